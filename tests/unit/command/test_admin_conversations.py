"""recentcontact by REST: whose list it is, and how marks are counted."""

from tests.support.clients import Json
from tests.support.stage import Stage
from tests.support.stores import message, put
from tidings.command.registry import Door

BOB: Json = {"Type": 1, "To_Account": "bob"}
FIRST: Json = {"TimeStamp": 0, "StartIndex": 0, "TopTimeStamp": 0, "TopStartIndex": 0}


async def test_the_list_is_the_named_users(stage: Stage) -> None:
    await put(stage.store, message(stage.them.bob, stage.them.carol))
    body = {"From_Account": "carol", "AssistFlags": 63, **FIRST}
    answer = await stage.run(Door.REST, "recentcontact/get_list", body)
    assert [row["To_Account"] for row in answer["SessionItem"]] == ["bob"]
    assert answer["CompleteFlag"] == 1
    again = {**body, **{name: answer[name] for name in FIRST}}
    assert (await stage.run(Door.REST, "recentcontact/get_list", again))["SessionItem"] == []


async def test_an_empty_list_ends_where_it_begins(stage: Stage) -> None:
    body = {"From_Account": "carol", "AssistFlags": 63, **FIRST}
    answer = await stage.run(Door.REST, "recentcontact/get_list", body)
    assert {name: answer[name] for name in FIRST} == FIRST


async def test_marks_are_counted_from_one(stage: Stage) -> None:
    item = {"OptType": 1, "ContactItem": BOB, "SetMark": [1, 64]}
    for number, code in ((0, 50002), (65, 50002), (1, 0)):
        body = {"From_Account": "alice", "MarkItem": [{**item, "ClearMark": [number]}]}
        answer = await stage.run(Door.REST, "recentcontact/mark_contact", body)
        assert [row["ResultCode"] for row in answer["ResultItem"]] == [code]
    marked = await stage.rules.marks.of(stage.them.alice, [stage.them.bob.number])
    assert marked[stage.them.bob.number].marks == 1 << 63 | 1
