"""Streams, chatbots and merged messages over both doors."""

from tests.support.clients import LOGIN, GatewayClient, Json, RestClient, text_body
from tests.support.server import Site

STREAM, ROBOT = "stream_msg/send_c2c_stream_msg", "openim_robot_http_svc"
SAVE, LOAD = "im_long_msg.save_relay_json_msg", "im_long_msg.get_relay_json_msg"
LOGIN_COMMAND = "im_open_status.wslogin"
NAME = "@RBT#helper"


def piece(index: int, text: str, name: str = "", *, is_last: bool = False) -> Json:
    chunk = {"EventType": "data", "Index": index, "Markdown": text, "IsLast": is_last}
    content: Json = {"CompatibleText": "please update", "Chunks": [chunk]}
    element = {"MsgType": "TIMStreamElem", "MsgContent": {**content, "StreamMsgID": name} if name else content}
    return {"From_Account": NAME, "To_Account": "alice", "MsgRandom": index, "MsgBody": [element]}


def shown(elements: list[Json]) -> tuple[str, bool]:
    [chunk] = elements[0]["MsgContent"]["Chunks"]
    return chunk["Markdown"], chunk["IsLast"]


async def test_a_stream_is_read_while_it_grows_and_whole_afterwards(
    site: Site, rest: RestClient, alice: GatewayClient
) -> None:
    await rest.call(f"{ROBOT}/create_robot", {"UserID": NAME, "Nick": "Helper"})
    cookie = (await alice.call("openim.getmsg", {"Cookie": ""}))["Cookie"]
    name = (await rest.call(STREAM, piece(1, "Hello")))["StreamMsgID"]
    [told] = await alice.events()
    assert shown(told["C2cMsgArray"][0]["MsgBody"]) == ("Hello", False)
    await rest.call(STREAM, piece(2, ", world", name))
    [told] = await alice.events()
    assert shown(told["C2cMsgModNotifys"][0]["MsgBody"]) == ("Hello, world", False)
    assert "Position" not in told
    await rest.call(STREAM, piece(3, "!", name, is_last=True))
    [told] = await alice.events()
    assert shown(told["C2cMsgModNotifys"][0]["MsgBody"]) == ("Hello, world!", True)
    await rest.call(STREAM, piece(4, "?", name), code=20026)
    missed = await alice.call("openim.getmsg", {"Cookie": cookie})
    assert shown(missed["MsgList"][0]["MsgBody"]) == ("Hello, world!", True)
    page = await (await site.login("alice", "android")).call("openim.getroammsg", {"Peer_Account": NAME})
    assert [shown(each["MsgBody"]) for each in page["MsgList"]] == [("Hello, world!", True)]


async def test_a_stream_that_pauses_too_long_is_ended(site: Site, rest: RestClient, alice: GatewayClient) -> None:
    await rest.call(f"{ROBOT}/create_robot", {"UserID": NAME})
    name = (await rest.call(STREAM, piece(1, "Hello")))["StreamMsgID"]
    await alice.events()
    site.clock.step(16)
    await rest.call(STREAM, piece(2, "!", name), code=20026)
    await site.server.rules.streams.sweep()
    [told] = await alice.events()
    assert shown(told["C2cMsgModNotifys"][0]["MsgBody"]) == ("Hello", True)


async def test_a_chatbot_does_not_log_in(site: Site, rest: RestClient) -> None:
    await rest.call(f"{ROBOT}/create_robot", {"UserID": NAME})
    for name in (NAME, "@RBT#nobody"):
        device = await site.open()
        for command, body in ((LOGIN_COMMAND, LOGIN), ("openim.getmsg", {"Cookie": ""})):
            await device.call(command, body, 70051, identifier=name, usersig=site.usersig(name))
    found = await rest.call("im_open_login_svc/account_check", {"CheckItem": [{"UserID": "@RBT#nobody"}]})
    assert found["ResultItem"][0]["AccountStatus"] == "NotImported"


async def test_the_account_a_stream_is_for_may_be_deleted(rest: RestClient, alice: GatewayClient) -> None:
    await rest.call(f"{ROBOT}/create_robot", {"UserID": NAME})
    name = (await rest.call(STREAM, piece(1, "Hello")))["StreamMsgID"]
    await rest.call("im_open_login_svc/account_delete", {"DeleteItem": [{"UserID": NAME}]})
    _, told = await alice.events()
    assert shown(told["C2cMsgModNotifys"][0]["MsgBody"]) == ("Hello", True)
    await rest.call(STREAM, piece(2, "!", name), code=90008)


async def test_a_stream_is_found_by_its_text(site: Site, rest: RestClient, alice: GatewayClient) -> None:
    await rest.call(f"{ROBOT}/create_robot", {"UserID": NAME})
    name = (await rest.call(STREAM, piece(1, "the quick bro")))["StreamMsgID"]
    for text, is_last in (("the quick brown", False), ("the quick brown fox", True)):
        await site.server.index()
        await rest.call(STREAM, piece(2 + is_last, " fox" if is_last else "wn", name, is_last=is_last))
        await site.server.index()
        found = await alice.call("message_search.query", {"KeywordList": ["brown"], "PeerAccount": NAME})
        assert [shown(each["MsgBody"]) for row in found["ConversationMsgs"] for each in row["MsgList"]] == [
            (text, is_last)
        ]


async def test_a_chatbot_answers_piece_by_piece(rest: RestClient, alice: GatewayClient) -> None:
    await rest.call(f"{ROBOT}/create_robot", {"UserID": NAME})
    assert (await rest.call(f"{ROBOT}/get_all_robots", {}))["Robot_Account"] == [NAME]
    await alice.send_message(NAME, "are you there?")
    answer: Json = {"From_Account": NAME, "To_Account": "alice", "Chunk": "ye"}
    key = (await rest.call(f"{ROBOT}/send_stream_msg", answer))["MsgKey"]
    await rest.call(f"{ROBOT}/send_stream_msg", {**answer, "Chunk": "s", "MsgKey": key, "Finish": 1})
    first, last = await alice.events()
    data = [each["MsgBody"][0]["MsgContent"]["Data"] for each in (*first["C2cMsgArray"], *last["C2cMsgModNotifys"])]
    assert ['"chunks":["ye"],"isFinished":0' in data[0], '"chunks":["yes"],"isFinished":1' in data[1]] == [True] * 2
    await rest.call(f"{ROBOT}/delete_robot", {"Robot_Account": NAME})
    await rest.call(f"{ROBOT}/send_stream_msg", answer, code=10004)


async def test_merged_messages_may_have_a_megabyte(alice: GatewayClient, bob: GatewayClient) -> None:
    row = {"MsgSeq": 1, "MsgRandom": 1, "MsgBody": text_body("x" * 10_000)}
    saved = await alice.call(SAVE, {"MsgList": [row] * 103})
    found = await bob.call(LOAD, {"JsonMsgKey": saved["JsonMsgKey"]})
    assert found["MsgList"] == [row] * 103
    await alice.call(SAVE, {"MsgList": [row] * 105}, code=80002)


async def test_merged_messages_are_sent_by_their_key(alice: GatewayClient, bob: GatewayClient) -> None:
    rows = [{"From_Account": "bob", "MsgSeq": n, "MsgRandom": n, "MsgBody": text_body("x" * 900)} for n in range(50)]
    saved = await alice.call(SAVE, {"MsgList": rows})
    content = {"Title": "chat", "MsgNum": 50, "AbstractList": ["a"], "JsonMsgKey": saved["JsonMsgKey"]}
    await alice.send_message("bob", MsgBody=[{"MsgType": "TIMRelayElem", "MsgContent": content}])
    [told] = await bob.events()
    key = told["C2cMsgArray"][0]["MsgBody"][0]["MsgContent"]["JsonMsgKey"]
    assert (await bob.call(LOAD, {"JsonMsgKey": key}))["MsgList"] == rows
    await bob.call(LOAD, {"JsonMsgKey": "no such key"}, code=20022)
