"""Groups in a user's list of conversations.

Nothing is written for members when somebody sends: a group stands in the list of every member who sees a
message of it, save those who have deleted it from their list since.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from tidings.domain.group.groups import Group, Member
from tidings.domain.group.messages import GroupMessage
from tidings.domain.ports import Traits
from tidings.ids import AccountNumber, GroupId, GroupNumber, Position, UserId


@dataclass(frozen=True, slots=True)
class GroupPeer:
    """A group as the other end of a conversation: its number is negative there, its name the group's ID."""

    number: AccountNumber
    user_id: UserId


@dataclass(frozen=True, slots=True)
class GroupConversation:
    """A group in one account's list; `time` is that of the last message it sees, unix seconds."""

    group: Group
    member: Member
    changed_at: Position
    last: GroupMessage | None
    time: int
    is_pinned: bool
    unread: int
    traits: Traits


def to_peer(group: Group) -> GroupPeer:
    """Return a group as the other end of a conversation."""
    return GroupPeer(AccountNumber(-group.number), UserId(group.group_id))


class GroupListStore(Protocol):
    """What groups in lists of conversations ask of the store."""

    async def changed_after(self, account: AccountNumber, after: Position, limit: int) -> list[GroupConversation]:
        """Return the groups of an account's list that changed after a position, in order of change."""
        ...

    async def names(self, groups: Sequence[GroupNumber]) -> dict[GroupNumber, GroupId]:
        """Return the IDs of groups, those that are gone included."""
        ...
