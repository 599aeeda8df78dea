"""History of groups as both doors call for it: pages, recall, edits, deletion, clearing."""

from collections.abc import Awaitable, Callable

import pytest

from tests.support.clients import Json, text_body
from tests.support.stage import Stage
from tidings.command.registry import Door
from tidings.domain.accounts import Account
from tidings.errors import TidingsError

SERVICE = "group_open_http_svc"
Run = Callable[..., Awaitable[Json]]


async def make_group(stage: Stage, kind: str = "Public", members: tuple[str, ...] = ("bob",)) -> str:
    """Return a new group that alice owns."""
    body = {"Type": kind, "Name": "team", "MemberList": [{"Member_Account": name} for name in members]}
    made = await stage.run(Door.SOCKET, f"{SERVICE}/create_group", body)
    stage.delivery.events.clear()
    return str(made["GroupId"])


async def say(stage: Stage, group: str, text: str, by: Account | None = None, **fields: object) -> int:
    """Send a text and return its sequence."""
    number = stage.rules.chance.uint32()
    body = {"GroupId": group, "Random": number, "MsgBody": text_body(text), **fields}
    return int((await stage.run(Door.SOCKET, f"{SERVICE}/send_group_msg", body, by))["MsgSeq"])


async def seen(stage: Stage, group: str, by: Account, **fields: object) -> list[tuple[int, int]]:
    """Return sequences and what stands for them, as an account sees the history."""
    body = {"GroupId": group, "ReqMsgNumber": 20, **fields}
    found = await stage.run(Door.SOCKET, f"{SERVICE}/group_msg_get", body, by)
    return [(each["MsgSeq"], each.get("IsPlaceMsg", 0)) for each in found["RspMsgList"]]


async def code_of(call: Awaitable[object]) -> int:
    """Return the code a call is refused with."""
    with pytest.raises(TidingsError) as refused:
        await call
    return refused.value.code


async def test_pages_go_back_by_sequence(stage: Stage) -> None:
    group = await make_group(stage)
    for number in range(5):
        await say(stage, group, f"{number}")
    body = {"GroupId": group, "ReqMsgNumber": 2}
    first = await stage.run(Door.SOCKET, f"{SERVICE}/group_msg_get", body, stage.them.bob)
    assert [m["MsgSeq"] for m in first["RspMsgList"]] == [5, 4]
    assert (first["NextReqMsgSeq"], first["IsFinished"]) == (3, 1)
    last = await stage.run(Door.SOCKET, f"{SERVICE}/group_msg_get", {**body, "ReqMsgSeq": 1}, stage.them.bob)
    assert ([m["MsgSeq"] for m in last["RspMsgList"]], last["NextReqMsgSeq"], last["IsFinished"]) == ([1], 0, 2)


async def test_single_messages_are_fetched_by_their_sequences(stage: Stage) -> None:
    group = await make_group(stage)
    for number in range(4):
        await say(stage, group, f"{number}")
    assert await seen(stage, group, stage.them.bob, ReqMsgSeqList=[1, 3, 9], GetType=3) == [(3, 0), (1, 0)]


@pytest.mark.parametrize(("kind", "sees"), [("Private", 0), ("Public", 0), ("ChatRoom", 1)])
async def test_who_joins_later_sees_what_was_before_where_the_type_shows_it(stage: Stage, kind: str, sees: int) -> None:
    group = await make_group(stage, kind)
    await say(stage, group, "before")
    body = {"GroupId": group, "MemberList": [{"Member_Account": "carol"}]}
    await stage.run(Door.REST, f"{SERVICE}/add_group_member", body)
    after = await say(stage, group, "after")
    found = [seq for seq, _ in await seen(stage, group, stage.them.carol)]
    assert after in found
    assert found.count(1) == sees


async def test_a_message_for_some_is_a_gap_for_the_others(stage: Stage) -> None:
    group = await make_group(stage, members=("bob", "carol"))
    await say(stage, group, "for bob", To_Account=["bob"])
    assert await seen(stage, group, stage.them.bob) == [(1, 0)]
    assert await seen(stage, group, stage.them.carol) == [(1, 1)]


async def recall(stage: Stage, group: str, seqs: list[int], by: Account | None, **fields: object) -> list[int]:
    """Recall messages as a member, or as an app admin, and return the codes."""
    body = {"GroupId": group, "MsgSeqList": [{"MsgSeq": seq} for seq in seqs], **fields}
    door = Door.REST if by is None else Door.SOCKET
    answer = await stage.run(door, f"{SERVICE}/group_msg_recall", body, by)
    return [each["RetCode"] for each in answer["RecallRetList"]]


async def test_members_recall_their_own_messages_in_time_and_leaders_those_of_others(stage: Stage) -> None:
    group = await make_group(stage, members=("bob", "carol"))
    for _ in range(4):
        await say(stage, group, "hi", stage.them.bob)
    assert await recall(stage, group, [1], stage.them.carol) == [10007]
    assert await recall(stage, group, [1, 9], stage.them.bob) == [0, 10030]
    assert await recall(stage, group, [1], stage.them.bob) == [10032]
    assert await recall(stage, group, [2], stage.them.alice, Reason="off topic") == [0]
    stage.clock.step(121)
    assert await recall(stage, group, [3], stage.them.bob) == [10031]
    assert await recall(stage, group, [3], None) == [0]
    assert await seen(stage, group, stage.them.carol) == [(4, 0), (3, 2), (2, 2), (1, 2)]
    assert await seen(stage, group, stage.them.carol, WithRecalledMsg=0) == [(4, 0)]
    told = [event for _, event, _, _ in stage.rooms.events]
    assert [(e.messages[0].seq, e.revoker_id, e.reason) for e in told] == [  # type: ignore[union-attr]
        (1, "bob", ""),
        (2, "alice", "off topic"),
        (3, "alice", ""),
    ]


async def test_who_was_away_asks_for_what_was_recalled(stage: Stage) -> None:
    group = await make_group(stage)
    await say(stage, group, "hi")
    await recall(stage, group, [1], stage.them.alice)
    now = int(stage.clock.now())
    for begin, count in ((now, 1), (now * 1000, 1), (now + 1, 0)):
        body = {"NotifyReqList": [{"GroupId": group, "BeginTime": begin}, {"GroupId": "@TGS#none"}]}
        found = await stage.run(Door.SOCKET, f"{SERVICE}/batch_get_group_notify", body, stage.them.bob)
        (row,) = found["NotifyRspList"]
        assert (row["GroupId"], row["NextMsgTime"], len(row["NotifyMsgList"])) == (group, 0, count)
    one = await stage.run(Door.SOCKET, f"{SERVICE}/get_group_notify", {"GroupId": group}, stage.them.bob)
    assert one["NotifyMsgList"][0]["MsgSeq"] == 1


async def test_an_edit_changes_what_is_given_and_tells_the_group(stage: Stage) -> None:
    group = await make_group(stage)
    await say(stage, group, "old", CloudCustomData="kept")
    body = {"GroupId": group, "MsgSeq": 1, "MsgVersion": 0, "MsgBody": text_body("new")}
    answer = await stage.run(Door.SOCKET, "openim/modify_group_msg", body, stage.them.bob)
    assert (answer["MsgVersion"], answer["MsgBody"], answer["CloudCustomData"]) == (1, text_body("new"), "kept")
    again = stage.run(Door.SOCKET, "openim/modify_group_msg", body, stage.them.bob)
    assert await code_of(again) == 20027
    await stage.run(Door.REST, "openim/modify_group_msg", {"GroupId": group, "MsgSeq": 1, "CloudCustomData": "x"})
    assert await code_of(stage.run(Door.REST, "openim/modify_group_msg", {"GroupId": group, "MsgSeq": 7})) == 20026
    versions = [event.message.version for _, event, _, _ in stage.rooms.events]  # type: ignore[union-attr]
    assert versions == [1, 2]


async def test_what_a_member_deletes_is_gone_for_that_member_alone(stage: Stage) -> None:
    group = await make_group(stage)
    for _ in range(2):
        await say(stage, group, "hi")
    name, bob = f"{SERVICE}/delete_group_ramble_msg_by_seq", stage.them.bob
    await stage.run(Door.SOCKET, name, {"GroupId": group, "Seqs": [1]}, bob)
    assert await seen(stage, group, bob) == [(2, 0), (1, 1)]
    assert await seen(stage, group, stage.them.alice) == [(2, 0), (1, 0)]
    assert await code_of(stage.run(Door.SOCKET, name, {"GroupId": group, "Seqs": [3]}, bob)) == 10052
    assert await code_of(stage.run(Door.SOCKET, name, {"GroupId": group, "Seqs": [1] * 31}, bob)) == 10051


async def test_a_senders_recent_messages_go_without_a_word(stage: Stage) -> None:
    group = await make_group(stage)
    await say(stage, group, "bad", stage.them.bob)
    await say(stage, group, "good")
    body = {"GroupId": group, "Sender_Account": "bob"}
    await stage.run(Door.REST, f"{SERVICE}/delete_group_msg_by_sender", body)
    assert await seen(stage, group, stage.them.alice) == [(2, 0), (1, 2)]
    assert stage.rooms.events == []


async def test_a_cleared_history_is_gone_for_members_but_not_for_admins(stage: Stage) -> None:
    group = await make_group(stage)
    for _ in range(3):
        await say(stage, group, "hi")
    await stage.run(Door.REST, f"{SERVICE}/clear_group_msg", {"GroupId": group, "MsgSeq": 2})
    assert await seen(stage, group, stage.them.bob) == [(3, 0)]
    body = {"GroupId": group, "ReqMsgNumber": 20}
    admins = await stage.run(Door.REST, f"{SERVICE}/group_msg_get_simple", body)
    assert [m["MsgSeq"] for m in admins["RspMsgList"]] == [3, 2, 1]
    community = await make_group(stage, "Community")
    refused = stage.run(Door.REST, f"{SERVICE}/clear_group_msg", {"GroupId": community})
    assert await code_of(refused) == 10007


async def test_expired_messages_have_placeholders_for_admins_and_none_for_members(stage: Stage) -> None:
    group = await make_group(stage)
    await say(stage, group, "old")
    stage.clock.step(8 * 86_400)
    await say(stage, group, "new")
    body = {"GroupId": group, "ReqMsgNumber": 20}
    admins = await stage.run(Door.REST, f"{SERVICE}/group_msg_get_simple", body)
    assert [(m["MsgSeq"], m["IsPlaceMsg"]) for m in admins["RspMsgList"]] == [(2, 0), (1, 1)]
    assert await seen(stage, group, stage.them.bob) == [(2, 0), (1, 1)]
    await stage.store.retention.expire({stage.app.sdk_app_id: int(stage.clock.now()) - 7 * 86_400})
    assert await seen(stage, group, stage.them.bob) == [(2, 0)]
