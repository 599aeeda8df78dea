"""Messages of groups and tips in their wire form."""

import json
from dataclasses import replace

import msgspec

from tests.support.catalogue import check_push
from tests.support.groups import found, place, say
from tests.support.stage import Stage
from tidings.domain.group.kinds import Kind
from tidings.domain.group.messages import Mention
from tidings.domain.group.tips import Tip, TipKind
from tidings.domain.messages import Flag
from tidings.ids import UserId
from tidings.view.groups import (
    SYSTEM_TINY_ID,
    render_tip,
    to_elements,
    to_group_message_down,
    to_group_push,
    to_place_down,
)


async def test_a_message_is_a_push_of_the_catalogue_with_its_sender_and_group(stage: Stage) -> None:
    group = await found(stage, Kind.MEETING)
    await say(stage, group, stage.them.alice, mentions=(Mention(UserId("bob")), Mention(UserId(""))))
    message = stage.rooms.messages[0][1]
    check_push(msgspec.json.encode(to_group_push(group, replace(message, name_card="boss"))))
    down = to_group_message_down(group, message)
    assert (down.info.nick, down.info.kind, down.seq) == ("Alice", "ChatRoom", 1)
    assert [(m.is_all, m.account) for m in down.mentions or ()] == [(0, "bob"), (1, "")]


async def test_a_tip_is_a_push_from_the_system(stage: Stage) -> None:
    group = await found(stage)
    await stage.rules.groups.joining.add(group, [stage.them.bob], None)
    message = stage.rooms.messages[0][1]
    check_push(msgspec.json.encode(to_group_push(group, message)))
    assert to_group_message_down(group, message).tiny_id == SYSTEM_TINY_ID
    [element] = json.loads(bytes(to_elements(message)))
    assert element["MsgType"] == "TIMGroupTipElem"
    assert element["MsgContent"]["OpType"] == TipKind.JOINED


async def test_what_was_taken_back_says_by_whom_and_what_is_gone_is_a_place(stage: Stage) -> None:
    group = await found(stage)
    await say(stage, group, stage.them.alice)
    recalled = replace(stage.rooms.messages[0][1], flags=int(Flag.RECALLED), revoker_id=UserId("bob"), reason="spam")
    down = to_group_message_down(group, recalled)
    assert down.revoker is not None
    assert (down.place, down.revoker.revoker_account, down.revoker.reason) == (2, "bob", "spam")
    place_down = to_place_down(group, 7)
    assert (place_down.seq, place_down.place, bytes(place_down.body)) == (7, 1, b"[]")


async def test_a_tip_says_what_changed_in_the_words_of_the_wire(stage: Stage) -> None:
    group = await found(stage, Kind.PUBLIC, stage.them.bob)
    bob = place(stage, group, stage.them.bob)
    tip = Tip(TipKind.PROFILE, UserId("alice"), (bob,), {"name": "new", "owner": "bob"}, {UserId("bob"): 60})
    body = json.loads(render_tip(tip))
    assert body["MsgGroupNewInfo"] == {"GroupName": "new", "Owner_Account": "bob"}
    assert body["MsgMemberInfo"] == [{"User_Account": "bob", "ShutupTime": 60}]
    assert body["List_Account"] == ["bob"]
