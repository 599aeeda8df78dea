"""Callbacks of messages in groups (provoked one by one: tests/flow/test_group_callbacks.py)."""

from tests.support.groups import found
from tests.support.stage import Stage
from tests.support.stores import NOW
from tests.unit.view.callbacks.test_c2c import TELLING
from tidings.domain.group.happenings import GroupReceipted, GroupReceiptWanted, ReceiptCount, RobotsMentioned
from tidings.domain.group.messages import GroupMessage, Mention
from tidings.ids import AccountNumber, GroupNumber, UserId
from tidings.view.callbacks.group_messages import render_receipts, render_robots, render_wanted, to_message_id

MESSAGE = GroupMessage(GroupNumber(1), AccountNumber(1), UserId("alice"), NOW, 6, NOW, b"[]", seq=9)


def test_a_message_is_shown_by_its_sender_s_number_time_and_random() -> None:
    assert to_message_id(MESSAGE) == f"144115188075855873-{NOW}-6"


async def test_of_those_mentioned_only_chatbots_are_named(stage: Stage) -> None:
    group = await found(stage)
    MESSAGE.mentions = (Mention(UserId("bob")), Mention(UserId("@RBT#helper")))
    body = render_robots(RobotsMentioned(group, MESSAGE, is_online_only=False), TELLING)
    assert body.at_robots_account == ["@RBT#helper"]


async def test_receipts_are_counted(stage: Stage) -> None:
    group = await found(stage)
    wanted = render_wanted(GroupReceiptWanted(group, MESSAGE), TELLING).group_msg_receipt_list
    assert [(each.msg_seq, each.read_num, each.unread_num) for each in wanted] == [(9, 0, 0)]
    given = GroupReceipted(group, (ReceiptCount(9, 1, 2),), (UserId("bob"),))
    (row,) = render_receipts(given, TELLING).group_msg_receipt_list
    assert (row.read_num, row.unread_num, row.read_receipt_members[0].member_account) == (1, 2, "bob")
