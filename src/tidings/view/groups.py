"""Groups, their messages and tips in their wire form (web-sdk-wire.md, sections 6 and 7)."""

from collections.abc import Mapping

import msgspec
from msgspec import Raw

from tidings.domain.group.groups import Group, community_of
from tidings.domain.group.kinds import Kind
from tidings.domain.group.messages import GroupMessage
from tidings.domain.group.tips import Tip
from tidings.domain.messages import Flag
from tidings.view.messages import to_tiny_text
from tidings.wire.group_pushes import (
    GroupInfo,
    GroupMessageDown,
    GroupMessageEvent,
    GroupPush,
    GroupTipEvent,
    MentionDown,
    NameCard,
    OnlineMembers,
    TipBody,
    TipMember,
    TipMute,
)
from tidings.wire.groups import Field
from tidings.wire.pushes import RevokerInfo

MESSAGE_EVENT, TIP_EVENT = 3, 4
GONE_PLACE, RECALLED_PLACE = 1, 2
WITH_TOPICS = 2
# The number that clients take the system account for.
SYSTEM_TINY_ID = "144115198244471703"
TIP_FIELDS = {
    "name": "GroupName",
    "introduction": "GroupIntroduction",
    "notification": "GroupNotification",
    "face_url": "GroupFaceUrl",
    "owner": "Owner_Account",
    "is_muted": "ShutupAll",
    "apply_option": "GroupApplyJoinOption",
    "custom": "MsgAppDefinedData",
}
# So long clients show the number of a live room without asking anew.
ONLINE_LASTS_S = 10
_encode = msgspec.json.Encoder().encode


def to_group_push(group: Group, message: GroupMessage) -> GroupPush:
    """Return the push of a message or a tip."""
    down = to_group_message_down(group, message)
    if message.is_tip:
        return GroupPush([GroupTipEvent(event=TIP_EVENT, tips=[down])])
    return GroupPush([GroupMessageEvent(event=MESSAGE_EVENT, messages=[down])])


def to_group_message_down(group: Group, message: GroupMessage) -> GroupMessageDown:
    """Return a message of a group in its wire form."""
    info = to_info(group, message.sender_nick, message.sender_face)
    if message.name_card:
        info.card = NameCard(message.name_card)
    down = GroupMessageDown(
        message.sender_id,
        info.group_id,
        message.seq,
        message.random,
        message.random,
        message.time,
        message.client_time,
        Raw(message.body),
        SYSTEM_TINY_ID if message.is_tip else to_tiny_text(message.sender),
        info,
        int(message.priority),
        message.client_seq,
        message.custom_data,
        message.version,
        online_only=int(not message.position and group.traits.keeps_messages and not message.is_tip),
    )
    if group.parent:
        down.topic_id = group.group_id
    if message.is_tip:
        down.event, down.is_system = TIP_EVENT, 1
    if message.mentions:
        down.mentions = [MentionDown(int(not m.user_id), m.user_id) for m in message.mentions]
    if message.is_broadcast:
        down.is_broadcast = 1
    if message.flags:
        _show_flags(down, message)
    return down


def to_info(group: Group, nick: str = "", face_url: str = "") -> GroupInfo:
    """Return the group, and a sender, as a message shows them; of a topic it is the community that counts."""
    if not group.parent:
        info = GroupInfo(group.group_id, group.name, group.kind.value, nick, face_url)
        info.community = WITH_TOPICS if group.has_topics else 0
        return info
    info = GroupInfo(community_of(group.group_id), "", Kind.COMMUNITY.value, nick, face_url)
    info.community, info.topic_id = WITH_TOPICS, group.group_id
    return info


def to_place_down(group: Group, seq: int) -> GroupMessageDown:
    """Return what stands for a message of which nothing is left for whoever asks."""
    info = to_info(group)
    down = GroupMessageDown("", info.group_id, seq, 0, 0, 0, 0, Raw(b"[]"), SYSTEM_TINY_ID, info)
    down.place = GONE_PLACE
    return down


def to_elements(message: GroupMessage) -> Raw:
    """Return a message's elements; a tip is one of them."""
    if message.is_tip:
        return Raw(b'[{"MsgType":"TIMGroupTipElem","MsgContent":' + message.body + b"}]")
    return Raw(message.body)


def _show_flags(down: GroupMessageDown, message: GroupMessage) -> None:
    flags = message.flags
    down.need_read_receipt = int(bool(flags & Flag.RECEIPT_WANTED))
    down.support_extension = int(bool(flags & Flag.EXTENSIBLE))
    if flags & Flag.RECALLED:
        down.place = RECALLED_PLACE
        down.revoker = RevokerInfo(message.revoker_id, message.reason)


def _to_change(value: object) -> object:
    """Return the new value of a profile's field: fields of the app are rows, switches are numbers."""
    if isinstance(value, Mapping):
        return [Field(str(key), str(text)) for key, text in value.items()]
    return int(value) if isinstance(value, bool) else value


def render_tip(tip: Tip) -> bytes:
    """Return a tip's body, one JSON object."""
    members = [
        TipMember(member.user_id, member.nick, member.face_url, member.name_card, member.role.value)
        for member in tip.concerned
    ]
    body = TipBody(
        tip.kind.value,
        tip.operator_id,
        [member.user_id for member in tip.concerned],
        tip.member_count,
        TipMember(tip.operator_id),
        members,
        {TIP_FIELDS[name]: _to_change(value) for name, value in tip.changes.items()},
        [TipMute(account, seconds) for account, seconds in tip.mutes.items()],
        None if tip.online_count is None else OnlineMembers(tip.online_count, ONLINE_LASTS_S),
    )
    return _encode(body)
