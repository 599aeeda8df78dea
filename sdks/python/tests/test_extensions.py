"""Extensions and reactions: what is asked, page by page."""

from dataclasses import replace
from typing import Any

import msgspec

from sdks.python.tests.support.scripted import Asked, Json, ScriptedServer, message
from tidings_client import Chat, Extension, Message, Reaction, wire
from tidings_client.decode import to_message

SET, GET = "openim_msg_ext_http_svc.set_key_values", "openim_msg_ext_http_svc.get_key_values"
STAT, WHO = "openim_msg_ext_http_svc.reaction_multi_stat", "openim_msg_ext_http_svc.reaction_iterate"


def sent(number: int = 7) -> Message:
    return to_message(msgspec.convert(message(number), wire.WireMessage), "alice")


def pages_of(*pages: object) -> Any:
    left = iter(pages)
    return lambda _asked: next(left)


async def test_extensions_are_gathered_from_all_pages_and_deleted_ones_left_out(
    chat: Chat, server: ScriptedServer
) -> None:
    first = [{"Key": "a", "Value": "1", "Seq": 1}, {"Key": "b", "Value": "2", "Seq": 2}]
    last = [{"Key": "a", "Value": "", "Seq": 3}]
    server.scripts[GET] = pages_of(
        {"CompleteFlag": 0, "ExtensionList": first}, {"CompleteFlag": 1, "ExtensionList": last}
    )
    assert await chat.extensions(sent()) == {"b": Extension("2", 2)}
    assert [asked.body["StartSeq"] for asked in server.all_of(GET)] == [0, 3]


async def test_what_was_seen_is_told_and_what_came_between_comes_back(chat: Chat, server: ScriptedServer) -> None:
    late = {"ErrorCode": 23001, "Extension": {"Key": "b", "Value": "x", "Seq": 9}}
    server.scripts[SET] = lambda _asked: {"ExtensionList": [{"ErrorCode": 0, "Extension": {"Key": "a"}}, late]}
    found = await chat.set_extensions(sent(), {"a": "1", "b": "2"}, {"b": Extension("1", 4)})
    assert found == {"b": Extension("x", 9)}
    [asked] = server.all_of(SET)
    assert [(pair["Key"], pair["Seq"]) for pair in asked.body["ExtensionList"]] == [("a", 0), ("b", 4)]


async def test_many_pairs_go_in_several_calls_and_clearing_names_none(chat: Chat, server: ScriptedServer) -> None:
    await chat.set_extensions(sent(), {str(n): "1" for n in range(21)})
    await chat.delete_extensions(sent(), {"a": Extension("1", 4)})
    await chat.clear_extensions(sent())
    asked = [each.body for each in server.all_of(SET)]
    assert [(body["OperateType"], len(body["ExtensionList"])) for body in asked] == [(1, 20), (1, 1), (2, 1), (3, 0)]
    assert asked[2]["ExtensionList"] == [{"Key": "a", "Value": "", "Seq": 4}]


async def test_reactions_are_the_users_own(chat: Chat, server: ScriptedServer) -> None:
    await chat.react(sent(), "tea")
    await chat.unreact(sent(), "tea")
    one = await server.asked_for("openim_msg_ext_http_svc.reaction_add")
    other = await server.asked_for("openim_msg_ext_http_svc.reaction_del")
    assert (one.body["Add_Account"], other.body["Del_Account"]) == (["alice"], ["alice"])
    assert one.body["MsgKey"] == sent().key


async def test_reactions_to_messages_are_asked_for_by_conversation(chat: Chat, server: ScriptedServer) -> None:
    row = {"Reaction": "tea", "Count": 1, "Reaction_Account": ["bob"], "ReactedByMe": 0}

    def script(asked: Asked) -> Json:
        return {"Results": [{"MsgKey": key, "MsgReactionSummary": [row]} for key in asked.body["MsgKeyList"]]}

    server.scripts[STAT] = script
    many = [sent(number) for number in range(1, 22)]
    other = replace(sent(30), sender="carol", key="c")
    found = await chat.reactions(*many, other)
    assert len(found) == len(many) + 1
    assert found["c"] == [Reaction("tea", 1, ("bob",), is_own=False)]
    asked = [(each.body["To_Account"], len(each.body["MsgKeyList"])) for each in server.all_of(STAT)]
    assert asked == [("bob", 20), ("bob", 1), ("carol", 1)]


async def test_who_reacted_comes_page_by_page(chat: Chat, server: ScriptedServer) -> None:
    server.scripts[WHO] = pages_of({"Reaction_Account": ["bob"], "NextSeq": 5}, {"Reaction_Account": ["carol"]})
    assert [page async for page in chat.reacting(sent(), "tea")] == [["bob"], ["carol"]]
    assert [asked.body["NextSeq"] for asked in server.all_of(WHO)] == [0, 5]
