"""Sending into groups as both doors call for it: what a message may carry, to whom it goes, what is dropped."""

import pytest

from tests.support.clients import text_body
from tests.support.stage import Stage
from tests.unit.command.test_group_history import SERVICE, code_of, make_group, say, seen
from tidings.command.registry import Door
from tidings.domain.group.messages import Mention
from tidings.domain.messages import Flag
from tidings.ids import UserId

SEND = f"{SERVICE}/send_group_msg"


async def test_mentions_are_told_and_kept_in_their_order(stage: Stage) -> None:
    group = await make_group(stage)
    named = [{"GroupAtAllFlag": 1}, {"GroupAtAllFlag": 0, "GroupAt_Account": "bob"}]
    await say(stage, group, "@all @bob", GroupAtInfo=named)
    ((_, message, _),) = stage.rooms.messages
    assert message.mentions == (Mention(UserId("")), Mention(UserId("bob")))
    found = await stage.run(Door.SOCKET, f"{SERVICE}/group_msg_get", {"GroupId": group, "ReqMsgNumber": 1})
    assert found["RspMsgList"][0]["GroupAtInfo"] == named
    community = await make_group(stage, "Community")
    assert await code_of(say(stage, community, "@all", GroupAtInfo=named[:1])) == 10007
    assert await code_of(say(stage, group, "@", GroupAtInfo=named * 16)) == 10053


async def test_a_message_for_some_counts_for_nothing_and_mentions_nobody(stage: Stage) -> None:
    group = await make_group(stage)
    await say(stage, group, "psst", To_Account=["bob"])
    ((_, message, _),) = stage.rooms.messages
    assert message.targets == (stage.them.bob.number,)
    assert message.flags == Flag.TARGETED | Flag.NO_UNREAD
    mention = [{"GroupAtAllFlag": 1}]
    assert await code_of(say(stage, group, "psst", To_Account=["bob"], GroupAtInfo=mention)) == 10004
    assert await code_of(say(stage, group, "psst", To_Account=["nobody"])) == 10019
    assert await code_of(say(stage, group, "psst", To_Account=["bob"] * 51)) == 10005
    community = await make_group(stage, "Community")
    assert await code_of(say(stage, community, "psst", To_Account=["bob"])) == 10007


async def test_controls_are_refused_where_they_have_no_meaning(stage: Stage) -> None:
    meeting, live = await make_group(stage, "Meeting"), await make_group(stage, "AVChatRoom", ())
    assert await code_of(say(stage, meeting, "hi", SendMsgControl=["NoUnread"])) == 10004
    await say(stage, meeting, "hi", SendMsgControl=["NoLastMsg"])
    body = {"GroupId": live, "Random": 1, "MsgBody": text_body(), "SendMsgControl": ["NoLastMsg"]}
    assert await code_of(stage.run(Door.REST, SEND, body)) == 10004
    assert await code_of(say(stage, meeting, "hi", SendMsgControl=["NoLastMsg"], OnlineOnlyFlag=1)) == 10004
    assert await code_of(say(stage, meeting, "hi", MsgPriority="high")) == 10004


async def test_an_online_only_message_takes_no_sequence(stage: Stage) -> None:
    group = await make_group(stage)
    await say(stage, group, "kept")
    await say(stage, group, "told", OnlineOnlyFlag=1)
    assert await say(stage, group, "kept") == 2
    assert await seen(stage, group, stage.them.bob) == [(2, 0), (1, 0)]
    assert len(stage.rooms.messages) == 3


async def test_above_the_rate_the_less_important_is_dropped_but_the_sender_sees_success(stage: Stage) -> None:
    stage.change(group_messages_per_second=2)
    group = await make_group(stage)
    for _ in range(2):
        await say(stage, group, "normal")
    number = stage.rules.chance.uint32()
    body = {"GroupId": group, "Random": number, "MsgBody": text_body()}
    dropped = await stage.run(Door.REST, SEND, body)
    assert (dropped["ErrorCode"], dropped["MsgDropReason"]) == (0, "MsgFreqCtrl")
    assert await say(stage, group, "high", MsgPriority="High") == 3
    assert [m.seq for _, m, _ in stage.rooms.messages] == [1, 2, 3]


async def test_a_repeat_is_answered_as_the_first(stage: Stage) -> None:
    group = await make_group(stage)
    body = {"GroupId": group, "Random": 5, "MsgBody": text_body()}
    first = await stage.run(Door.SOCKET, SEND, body)
    stage.clock.step(300)
    again = await stage.run(Door.SOCKET, SEND, body)
    assert (again["MsgSeq"], again["MsgTime"]) == (first["MsgSeq"], first["MsgTime"])
    stage.clock.step(1)
    assert (await stage.run(Door.SOCKET, SEND, body))["MsgSeq"] == 2


async def test_who_is_mute_in_all_groups_sends_into_none(stage: Stage) -> None:
    group = await make_group(stage)
    await stage.rules.mutes.set(stage.them.bob, None, 60)
    assert await code_of(say(stage, group, "hi", stage.them.bob)) == 10017
    stage.clock.step(61)
    await say(stage, group, "hi", stage.them.bob)


@pytest.mark.parametrize("pushed", [{"PushFlag": 0, "Title": "t", "Desc": "d"}])
async def test_push_settings_are_kept_with_the_message(stage: Stage, pushed: object) -> None:
    group = await make_group(stage)
    await say(stage, group, "hi", OfflinePushInfo=pushed, SupportMessageExtension=1)
    found = (await stage.store.group_messages.find(stage.rooms.messages[0][0].number, [1]))[1]
    assert b'"Title"' in found.push
    assert found.flags & Flag.EXTENSIBLE
