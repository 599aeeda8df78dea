"""What members are in groups: roles, mutes, name cards, what they receive; and who owns a group."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from msgspec import UNSET, UnsetType

from tidings_client import wire
from tidings_client import wire_group_members as ask
from tidings_client.decode_groups import to_wire_receive
from tidings_client.events import ReceiveOption
from tidings_client.group_feed import SERVICE
from tidings_client.group_messages import community_of
from tidings_client.session import Session
from tidings_client.wire_group_asks import Field, MemberDown, NamedMembers

NAMED_A_CALL = 50
FOR_EVER = 0xFFFF_FFFF


class GroupRole(StrEnum):
    """What a member is; the values are the names on the wire."""

    OWNER = "Owner"
    ADMIN = "Admin"
    MEMBER = "Member"


@dataclass(frozen=True, slots=True)
class GroupMember:
    """A member; times are unix seconds, 0 for never. `role` is a GroupRole."""

    user: str
    role: str = ""
    joined_at: int = 0
    last_sent_at: int = 0
    muted_until: int = 0
    name_card: str = ""
    nick: str = ""
    face_url: str = ""
    custom: Mapping[str, str] = field(default_factory=dict)


class GroupMembers:
    """Changes what members are."""

    def __init__(self, session: Session) -> None:
        """Act as the user of `session`."""
        self._session = session
        self._call = session.traffic.call

    async def named(self, group: str, users: Sequence[str]) -> dict[str, GroupMember]:
        """Return those of the users who are members."""
        found: dict[str, GroupMember] = {}
        for first in range(0, len(users), NAMED_A_CALL):
            body = ask.AskNamed(group=group, users=list(users[first : first + NAMED_A_CALL]))
            page = await self._call(f"{SERVICE}.get_specified_group_member_info", body, NamedMembers)
            found |= {each.account: to_member(each) for each in page.members}
        return found

    async def set_role(self, group: str, user: str, role: str) -> None:
        """Make a member an admin, or an ordinary one."""
        await self._change(ask.ChangeMember(group=group, user=user, role=role))

    async def mute(self, group: str, user: str, seconds: int) -> None:
        """Keep a member from speaking in a group, or in one topic."""
        body = ask.ChangeMember(group=community_of(group), topic=_topic(group), user=user, mute_seconds=seconds)
        await self._change(body)

    async def set_name_card(self, group: str, text: str, user: str) -> None:
        """Say what a member is called in the group."""
        await self._change(ask.ChangeMember(group=group, user=user or self._session.user_id, name_card=text))

    async def set_custom(self, group: str, values: Mapping[str, str], user: str) -> None:
        """Give a member's custom fields values."""
        custom = [Field(key=key, value=value) for key, value in values.items()]
        await self._change(ask.ChangeMember(group=group, user=user or self._session.user_id, custom=custom))

    async def set_receive(self, group: str, option: ReceiveOption) -> None:
        """Say what this account receives of a group, or of one topic."""
        receive = to_wire_receive(option)
        me = self._session.user_id
        body = ask.ChangeMember(group=community_of(group), topic=_topic(group), user=me, receive=receive)
        await self._change(body)
        self._session.groups.receives(group, option)

    async def hand_over(self, group: str, user: str) -> None:
        """Make another member the owner."""
        await self._call(f"{SERVICE}.change_group_owner", ask.HandOver(group=group, user=user), wire.Nothing)

    async def _change(self, body: ask.ChangeMember) -> None:
        await self._call(f"{SERVICE}.modify_group_member_info", body, wire.Nothing)


def to_member(row: MemberDown) -> GroupMember:
    """Return a member."""
    return GroupMember(
        user=row.account,
        role=row.role,
        joined_at=row.joined_at,
        last_sent_at=row.sent_at,
        muted_until=row.muted_until,
        name_card=row.name_card,
        nick=row.nick,
        face_url=row.face_url,
        custom={each.key: each.value for each in row.custom},
    )


def _topic(group: str) -> str | UnsetType:
    return UNSET if community_of(group) == group else group
