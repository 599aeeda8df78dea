"""Who asks to come into a group, and what is changed together when somebody comes or goes (spec/groups.md, 3 and 7)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Protocol

from tidings.domain.events import GroupNotice
from tidings.domain.group.groups import NOBODY, Group, Member
from tidings.domain.group.kinds import Kind
from tidings.domain.ports import Logged
from tidings.ids import AccountNumber, GroupId, GroupNumber, Position, UserId
from tidings.pending import Pending

NO_ONE = UserId("")
Told = list[tuple[Position, Logged]]


class Stage(IntEnum):
    """Whom a request waits for; the values are those of the wire's ApplicationType."""

    APPLICATION = 0
    CONSENT = 1
    INVITATION = 2


class Answer(IntEnum):
    """What became of a request."""

    NONE = 0
    AGREED = 1
    REFUSED = 2


@dataclass(frozen=True, slots=True)
class JoinRequest:
    """An account that would come in; `inviter` asked it in, NOBODY: it asked itself.

    Owner and admins decide on applications and invitations, the account itself on its consent. Whoever
    answers repeats `key`. `time` in unix seconds.
    """

    group: GroupNumber
    account: AccountNumber
    inviter: AccountNumber
    stage: Stage
    wording: str
    key: str
    time: int
    answer: Answer = Answer.NONE
    handler: AccountNumber = NOBODY


@dataclass(frozen=True, slots=True)
class RequestRow:
    """A request as those see it who may decide; the asker is the inviter, or the account itself."""

    request: JoinRequest
    group_id: GroupId
    group_name: str
    kind: Kind
    asker_id: UserId
    asker_nick: str
    asker_face: str
    account_id: UserId
    place: Position


@dataclass(frozen=True, slots=True)
class Ban:
    """Until when an account may not be in a group, unix seconds."""

    user_id: UserId
    until: int


@dataclass(frozen=True, slots=True)
class JoinChange:
    """What is changed in one transaction; `notices` are logged with it.

    Open requests of whom is `admitted` are answered by it, in the name of `handler`. `bans` and `mutes` are ends in
    unix seconds, a mute of 0 is lifted. `changed` are members, and `renewed` is the group, as they are from now on.
    """

    notices: Sequence[Logged] = ()
    admitted: Sequence[Member] = ()
    removed: Sequence[AccountNumber] = ()
    requests: Sequence[JoinRequest] = ()
    bans: Mapping[AccountNumber, int] = field(default_factory=dict)
    banned_by: UserId = NO_ONE
    unbanned: Sequence[AccountNumber] = ()
    handler: AccountNumber = NOBODY
    mutes: Mapping[AccountNumber, int] = field(default_factory=dict)
    changed: Sequence[Member] = ()
    renewed: Group | None = None


class JoinStore(Protocol):
    """What coming and going ask of the store; a write is durable once its pending resolves."""

    def change_members(self, group: Group, time: int, change: JoinChange) -> Pending[Told]:
        """Make a change and count the members; returns what was logged, and where."""
        ...

    def end_group(self, group: Group, time: int, notice: GroupNotice) -> Pending[Position]:
        """End a group and log the notice for every member, at one position."""
        ...

    def leaders(self, group: GroupNumber) -> list[AccountNumber]:
        """Return the owner and the admins."""
        ...

    def find_request(self, group: GroupNumber, account: AccountNumber, inviter: AccountNumber) -> JoinRequest | None:
        """Return the last request of an account, or of an inviter for it."""
        ...

    def find_bans(self, group: GroupNumber, accounts: Sequence[AccountNumber], now: int) -> dict[AccountNumber, int]:
        """Return until when those of the accounts are banned that are."""
        ...

    def count_joined(self, accounts: Sequence[AccountNumber]) -> dict[AccountNumber, int]:
        """Count the groups that accounts are in."""
        ...

    async def page_bans(self, group: GroupNumber, now: int, skip: int, limit: int) -> list[Ban]:
        """Return a page of a group's bans."""
        ...

    async def page_requests(
        self, account: AccountNumber, after: Position, limit: int, *, is_community: bool
    ) -> list[RequestRow]:
        """Return requests that the account may decide on, or that were answered lately, after a place.

        Those of communities, or all others.
        """
        ...

    async def count_open(self, account: AccountNumber, *, is_community: bool) -> int:
        """Count the requests that wait for the account."""
        ...
