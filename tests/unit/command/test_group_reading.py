"""Reading groups as both doors call for it: read positions, unread numbers, receipts, pins, lists."""

import pytest

from tests.support.stage import Stage
from tests.unit.command.test_group_history import SERVICE, code_of, make_group, recall, say
from tidings.command.registry import Door
from tidings.domain.accounts import Account
from tidings.domain.events import GroupReadElsewhere, GroupReceiptsGiven


async def unread(stage: Stage, group: str, by: Account) -> int:
    """Return an account's unread number of a group, as its list has it."""
    found = await stage.run(Door.SOCKET, "recentcontact/page_get", {}, by)
    (row,) = [each for each in found["SessionItem"] if each.get("ToAccount") == group]
    return int(row["UnreadMsgCount"])


async def report(stage: Stage, group: str, seq: int, by: Account) -> None:
    """Report a group as read."""
    await stage.run(Door.SOCKET, f"{SERVICE}/msg_read_report", {"GroupId": group, "MsgReadedSeq": seq}, by)


async def test_unread_is_what_came_after_the_sequence_read(stage: Stage) -> None:
    group, bob = await make_group(stage), stage.them.bob
    for _ in range(3):
        await say(stage, group, "hi")
    assert await unread(stage, group, bob) == 3
    await report(stage, group, 2, bob)
    await report(stage, group, 1, bob)
    assert await unread(stage, group, bob) == 1
    await say(stage, group, "mine", bob)
    assert await unread(stage, group, bob) == 0
    assert [e for _, e, _ in stage.delivery.events] == [GroupReadElsewhere(group, 2)]


async def test_some_messages_count_for_nothing(stage: Stage) -> None:
    group, bob = await make_group(stage), stage.them.bob
    await say(stage, group, "counts")
    await say(stage, group, "quiet", SendMsgControl=["NoUnread"])
    await say(stage, group, "for bob", To_Account=["bob"])
    gone = await say(stage, group, "gone")
    await recall(stage, group, [gone], stage.them.alice)
    await stage.run(
        Door.REST, f"{SERVICE}/add_group_member", {"GroupId": group, "MemberList": [{"Member_Account": "carol"}]}
    )
    assert await unread(stage, group, bob) == 1
    assert await unread(stage, group, stage.them.carol) == 0


async def test_a_meeting_counts_none(stage: Stage) -> None:
    group = await make_group(stage, "Meeting")
    await say(stage, group, "hi")
    assert await unread(stage, group, stage.them.bob) == 0


@pytest.mark.parametrize(("count", "shown"), [(0, 0), (2, 2), (99, 3)])
async def test_a_migration_sets_an_unread_number(stage: Stage, count: int, shown: int) -> None:
    group = await make_group(stage)
    await say(stage, group, "1")
    await say(stage, group, "quiet", SendMsgControl=["NoUnread"])
    await say(stage, group, "2")
    await say(stage, group, "3")
    body = {"GroupId": group, "Member_Account": "bob", "UnreadMsgNum": count}
    await stage.run(Door.REST, f"{SERVICE}/set_unread_msg_num", body)
    assert await unread(stage, group, stage.them.bob) == shown


async def test_all_is_read_at_once_group_by_group(stage: Stage) -> None:
    group = await make_group(stage)
    await say(stage, group, "hi")
    body = {"GroupReadInfo": [{"GroupId": group, "MsgSeq": 1}, {"GroupId": "@TGS#none", "MsgSeq": 1}]}
    answer = await stage.run(Door.SOCKET, "openim/read_all_unread_msg", body, stage.them.bob)
    assert [row["RetCode"] for row in answer["GroupReadInfoArray"]] == [0, 10015]
    assert await unread(stage, group, stage.them.bob) == 0


async def test_receipts_are_counted_listed_and_told_to_the_sender(stage: Stage) -> None:
    group = await make_group(stage, members=("bob", "carol"))
    seq = await say(stage, group, "read me", NeedReadReceipt=1)
    plain = await say(stage, group, "or not")
    asked = {"GroupId": group, "MsgSeqList": [{"MsgSeq": seq}, {"MsgSeq": plain}]}
    for _ in range(2):  # the second time it is nothing new
        await stage.run(Door.SOCKET, f"{SERVICE}/group_msg_receipt", asked, stage.them.bob)
    found = await stage.run(Door.REST, f"{SERVICE}/get_group_msg_receipt", asked)
    assert [(r["Code"], r["ReadNum"], r["UnreadNum"]) for r in found["GroupMsgReceiptList"]] == [
        (0, 1, 1),
        (10062, 0, 0),
    ]
    ((account, event, _),) = stage.delivery.events
    assert account == stage.them.alice.number
    assert isinstance(event, GroupReceiptsGiven)
    assert [(r.seq, r.read, r.unread) for r in event.receipts] == [(seq, 1, 1)]
    detail = {"GroupId": group, "MsgSeq": seq, "Cursor": "", "Count": 1}
    read = await stage.run(Door.REST, f"{SERVICE}/get_group_msg_receipt_detail", {**detail, "Filter": 0})
    assert (read["ReadList"], read["IsFinish"]) == ([{"Read_Account": "bob"}], 1)
    other = await stage.run(
        Door.SOCKET, f"{SERVICE}/get_group_msg_receipt_detail", {"GroupId": group, "MsgSeq": seq, "Flag": 1, "Num": 5}
    )
    assert other["UnreadList"] == [{"Unread_Account": "carol"}]


async def test_the_members_who_have_not_read_come_in_pages(stage: Stage) -> None:
    group = await make_group(stage, members=("bob", "carol"))
    seq = await say(stage, group, "read me", NeedReadReceipt=1)
    detail = {"GroupId": group, "MsgSeq": seq, "Filter": 1, "Cursor": "", "Count": 1}
    first = await stage.run(Door.REST, f"{SERVICE}/get_group_msg_receipt_detail", detail)
    assert (first["UnreadList"], first["IsFinish"]) == ([{"Unread_Account": "bob"}], 0)
    last = await stage.run(Door.REST, f"{SERVICE}/get_group_msg_receipt_detail", {**detail, "Cursor": first["Cursor"]})
    assert (last["UnreadList"], last["IsFinish"]) == ([{"Unread_Account": "carol"}], 1)


async def test_where_nobody_asked_there_are_no_receipts(stage: Stage) -> None:
    group = await make_group(stage)
    await say(stage, group, "plain")
    asked = {"GroupId": group, "MsgSeqList": [{"MsgSeq": 1}]}
    assert await code_of(stage.run(Door.SOCKET, f"{SERVICE}/group_msg_receipt", asked, stage.them.bob)) == 10062
    community = await make_group(stage, "Community")
    asked["GroupId"] = community
    assert await code_of(stage.run(Door.REST, f"{SERVICE}/get_group_msg_receipt", asked)) == 10007
    assert await code_of(say(stage, community, "hi", NeedReadReceipt=1)) == 10007
    assert await code_of(say(stage, group, "hi", NeedReadReceipt=1, OnlineOnlyFlag=1)) == 10061


async def test_leaders_pin_messages_and_the_newest_pin_comes_first(stage: Stage) -> None:
    group = await make_group(stage)
    for _ in range(11):
        await say(stage, group, "hi")
    pin, bob = f"{SERVICE}/pin_message", stage.them.bob
    assert await code_of(stage.run(Door.SOCKET, pin, {"GroupId": group, "MsgSeq": 1}, bob)) == 10007
    await stage.run(Door.SOCKET, pin, {"GroupId": group, "MsgSeq": 1})
    await stage.run(Door.REST, pin, {"GroupId": group, "MsgSeq": 2, "Pinner_Account": "bob"})
    assert await code_of(stage.run(Door.REST, pin, {"GroupId": group, "MsgSeq": 2})) == 10071
    assert await code_of(stage.run(Door.REST, pin, {"GroupId": group, "MsgSeq": 99})) == 10052
    for seq in range(3, 11):
        await stage.run(Door.REST, pin, {"GroupId": group, "MsgSeq": seq})
    assert await code_of(stage.run(Door.REST, pin, {"GroupId": group, "MsgSeq": 11})) == 10070
    await recall(stage, group, [10], stage.them.alice)  # takes its pin away
    unpin = {"GroupId": group, "MsgSeq": 9}
    await stage.run(Door.REST, f"{SERVICE}/unpin_message", unpin)
    assert await code_of(stage.run(Door.REST, f"{SERVICE}/unpin_message", unpin)) == 10004
    found = await stage.run(Door.SOCKET, f"{SERVICE}/get_pinned_messages", {"GroupId": group}, bob)
    assert found["PinnedMsgList"][-2:] == [
        {"MsgSeq": 2, "Pinner_Account": "bob"},
        {"MsgSeq": 1, "Pinner_Account": "alice"},
    ]
    assert [row["MsgSeq"] for row in found["PinnedMsgList"]] == [8, 7, 6, 5, 4, 3, 2, 1]
