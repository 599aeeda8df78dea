"""Rows of groups, members and messages: what goes in comes out."""

from dataclasses import replace

from tests.support.groups import found, place
from tests.support.stage import Stage
from tests.support.stores import NOW
from tidings.domain.group.groups import Group
from tidings.domain.group.kinds import ApplyOption, InviteOption, Kind
from tidings.domain.group.messages import GroupMessage, Mention, Priority
from tidings.ids import AccountNumber, GroupId, GroupNumber, Position, SdkAppId, UserId
from tidings.store.sqlite.group_rows import from_group, from_group_message, to_group, to_group_message

GROUP = Group(
    SdkAppId(7),
    GroupId("g"),
    Kind.COMMUNITY,
    "team",
    AccountNumber(3),
    NOW,
    20,
    ApplyOption.ASK,
    InviteOption.NEVER,
    number=GroupNumber(5),
    parent=GroupNumber(4),
    introduction="i",
    notification="n",
    face_url="f",
    is_muted=True,
    custom={"k": "v"},
    info_seq=9,
    info_at=10,
    member_count=11,
    last_seq=12,
    last_at=13,
    is_active=False,
    has_topics=True,
    has_permissions=True,
    default_permission=6,
    is_gone=True,
    cleared_seq=8,
)
MESSAGE = GroupMessage(
    GroupNumber(5),
    AccountNumber(3),
    UserId("bob"),
    NOW,
    7,
    NOW - 1,
    b"[]",
    "custom",
    2,
    b"push",
    Priority.HIGH,
    99,
    (Mention(UserId("")), Mention(UserId("eve"))),
    (AccountNumber(8),),
    seq=4,
    position=Position(40),
    version=2,
    revoker_id=UserId("r"),
    reason="why",
    name_card="card",
)


def test_a_group_comes_back_as_it_went_in() -> None:
    assert to_group((GROUP.number, *from_group(GROUP))) == GROUP


def test_a_message_comes_back_as_it_went_in() -> None:
    row = from_group_message(MESSAGE)
    columns = (*row[:8], *row[9:], "bob", "Bob", "face")
    assert to_group_message(columns) == replace(MESSAGE, sender_nick="Bob", sender_face="face")


def test_a_message_without_a_sender_keeps_the_name_it_was_told_by() -> None:
    tip = replace(MESSAGE, sender=AccountNumber(0), sender_id=UserId("@TIM#SYSTEM"), is_tip=True)
    row = from_group_message(tip)
    assert to_group_message((*row[:8], *row[9:], None, None, None)) == tip


async def test_a_member_comes_back_as_it_went_in(stage: Stage) -> None:
    group = await found(stage, Kind.PUBLIC, stage.them.bob)
    stored = stage.store.groups.find_members(group.number, [stage.them.bob.number])
    assert stored == {stage.them.bob.number: place(stage, group, stage.them.bob)}
