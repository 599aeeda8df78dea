"""Rows of groups, members and group messages as the domain's objects, and back."""

from collections.abc import Sequence
from typing import Any

import msgspec
from msgspec import Struct

from tidings.domain.group.groups import Group, Member
from tidings.domain.group.kinds import ApplyOption, InviteOption, Kind, Receive, Role
from tidings.domain.group.messages import GroupMessage, Mention, Priority
from tidings.ids import AccountNumber, GroupId, GroupNumber, Position, SdkAppId, UserId

# After `number`, in the table's order.
GROUP_FIELDS = (
    "app, group_id, kind, parent, owner, name, introduction, notification, face_url, created_at, max_members,"
    " apply_option, invite_option, is_muted, custom, info_seq, info_at, member_count, last_seq, last_at, is_active,"
    " has_topics, has_permissions, default_permission, is_gone, cleared_seq, shows_past, members_at"
)
GROUP_COLUMNS = ", ".join(f"g.{name.strip()}" for name in f"number, {GROUP_FIELDS}".split(","))
GROUP_WIDTH = GROUP_COLUMNS.count(",") + 1
# From `group_members m`, with `accounts a` and, for whom there is one, `group_mutes u`.
MEMBER_COLUMNS = (
    "m.account, a.user_id, m.role, m.joined_at, m.joined_seq, m.read_seq, m.receive, m.name_card, m.sent_at,"
    " coalesce(u.muted_until, 0), m.custom, m.entry, a.nick, a.face_url"
)
MEMBER_SIDES = (
    " JOIN accounts a ON a.number = m.account"
    " LEFT JOIN group_mutes u ON u.group_number = m.group_number AND u.account = m.account"
)
# From `messages m`, with `accounts s` where there is a sender.
GROUP_MESSAGE_COLUMNS = (
    "m.id, m.conversation, m.time, m.seq, m.random, m.sender, m.client_time, m.flags, m.version, m.body,"
    " m.custom_data, m.push, m.revoker_id, m.reason, m.extra, s.user_id, s.nick, s.face_url"
)
GROUP_MESSAGE_SIDES = " LEFT JOIN accounts s ON s.number = m.sender"

encode = msgspec.json.Encoder().encode
_to_fields = msgspec.json.Decoder(dict[str, str]).decode


class Extra(Struct, omit_defaults=True, gc=False):
    """What only group messages have."""

    sender_id: str = ""
    priority: int = Priority.NORMAL
    client_seq: int = 0
    mentions: tuple[str, ...] = ()
    targets: tuple[int, ...] = ()
    is_tip: bool = False
    name_card: str = ""


_to_extra = msgspec.json.Decoder(Extra).decode


def to_group(row: Sequence[Any]) -> Group:
    """Read a row of GROUP_COLUMNS."""
    return Group(
        number=GroupNumber(row[0]),
        app=SdkAppId(row[1]),
        group_id=GroupId(row[2]),
        kind=Kind(row[3]),
        parent=GroupNumber(row[4]),
        owner=AccountNumber(row[5]),
        name=row[6],
        introduction=row[7],
        notification=row[8],
        face_url=row[9],
        created_at=row[10],
        max_members=row[11],
        apply_option=ApplyOption(row[12]),
        invite_option=InviteOption(row[13]),
        is_muted=bool(row[14]),
        custom=_to_fields(row[15]),
        info_seq=row[16],
        info_at=row[17],
        member_count=row[18],
        last_seq=row[19],
        last_at=row[20],
        is_active=bool(row[21]),
        has_topics=bool(row[22]),
        has_permissions=bool(row[23]),
        default_permission=row[24],
        is_gone=bool(row[25]),
        cleared_seq=row[26],
        shows_past=None if row[27] is None else bool(row[27]),
        members_at=row[28],
    )


def from_group(g: Group) -> tuple[object, ...]:
    """Return a group's GROUP_FIELDS."""
    return (
        g.app,
        g.group_id,
        g.kind.value,
        g.parent,
        g.owner,
        g.name,
        g.introduction,
        g.notification,
        g.face_url,
        g.created_at,
        g.max_members,
        g.apply_option.value,
        g.invite_option.value,
        g.is_muted,
        encode(g.custom).decode(),
        g.info_seq,
        g.info_at,
        g.member_count,
        g.last_seq,
        g.last_at,
        g.is_active,
        g.has_topics,
        g.has_permissions,
        g.default_permission,
        g.is_gone,
        g.cleared_seq,
        g.shows_past,
        g.members_at,
    )


def to_member(row: Sequence[Any]) -> Member:
    """Read a row of MEMBER_COLUMNS."""
    return Member(
        account=AccountNumber(row[0]),
        user_id=UserId(row[1]),
        role=Role(row[2]),
        joined_at=row[3],
        joined_seq=row[4],
        read_seq=row[5],
        receive=Receive(row[6]),
        name_card=row[7],
        sent_at=row[8],
        muted_until=row[9],
        custom=_to_fields(row[10]),
        entry=row[11],
        nick=row[12],
        face_url=row[13],
    )


def from_member(group: GroupNumber, m: Member) -> tuple[object, ...]:
    """Return a member as its row."""
    return (
        group,
        m.account,
        m.entry,
        m.role.value,
        m.joined_at,
        m.joined_seq,
        m.read_seq,
        m.receive.value,
        m.name_card,
        m.sent_at,
        encode(m.custom).decode(),
    )


def to_group_message(row: Sequence[Any]) -> GroupMessage:
    """Read a row of GROUP_MESSAGE_COLUMNS."""
    extra = _to_extra(row[14])
    return GroupMessage(
        group=GroupNumber(-row[1]),
        sender=AccountNumber(row[5]),
        sender_id=UserId(extra.sender_id or row[15] or ""),
        time=row[2],
        random=row[4],
        client_time=row[6],
        body=row[9],
        custom_data=row[10],
        flags=row[7],
        push=row[11],
        priority=extra.priority,
        client_seq=extra.client_seq,
        mentions=tuple(Mention(UserId(name)) for name in extra.mentions),
        targets=tuple(map(AccountNumber, extra.targets)),
        is_tip=extra.is_tip,
        seq=row[3],
        position=Position(row[0]),
        version=row[8],
        revoker_id=UserId(row[12]),
        reason=row[13],
        sender_nick=row[16] or "",
        sender_face=row[17] or "",
        name_card=extra.name_card,
    )


def from_group_message(m: GroupMessage) -> tuple[object, ...]:
    """Return a message as its row."""
    extra = Extra(
        "" if m.sender else m.sender_id,
        int(m.priority),
        m.client_seq,
        tuple(mention.user_id for mention in m.mentions),
        m.targets,
        m.is_tip,
        m.name_card,
    )
    return (
        m.position,
        -m.group,
        m.time,
        m.seq,
        m.random,
        m.sender,
        m.client_time,
        m.flags,
        0,
        m.version,
        m.body,
        m.custom_data,
        m.push,
        m.revoker_id,
        m.reason,
        encode(extra),
    )
