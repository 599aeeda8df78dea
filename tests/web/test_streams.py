"""What the public clients show of texts that grow: chatbots' answers as they grow, streams as far as they know them."""

import json

from tests.support.clients import Json
from tests.web.conftest import Enter, Name
from tests.web.emulator import Emulator

ROBOT, STREAM = "openim_robot_http_svc", "stream_msg/send_c2c_stream_msg"


def test_an_answer_of_a_chatbot_grows_on_the_page(enter: Enter, emulator: Emulator, named: Name) -> None:
    alice, robot = enter(named("alice")), f"@RBT#{named('r')}"
    emulator.rest(f"{ROBOT}/create_robot", {"UserID": robot})
    answer = {"From_Account": robot, "To_Account": named("alice"), "Chunk": "ye"}
    key = emulator.rest(f"{ROBOT}/send_stream_msg", answer)["MsgKey"]
    come = alice.wait("MESSAGE_RECEIVED", {"from": robot})
    assert json.loads(come["payload"]["data"])["chunks"] == ["ye"]
    emulator.rest(f"{ROBOT}/send_stream_msg", {**answer, "Chunk": "s", "MsgKey": key, "Finish": 1})
    grown = alice.wait("MESSAGE_MODIFIED", {"ID": come["ID"]})
    (kept,) = enter(named("alice")).history(robot)["messageList"]
    for message in (grown, kept):
        data = json.loads(message["payload"]["data"])
        assert (data["chatbotPlugin"], data["chunks"], data["isFinished"]) == (2, ["yes"], 1)


def test_a_stream_is_seen_as_it_changes_and_empty_in_history(enter: Enter, emulator: Emulator, named: Name) -> None:
    """These clients do not know the element: what they make of it is what docs/streams.md says."""
    alice, robot = enter(named("alice")), f"@RBT#{named('r')}"
    emulator.rest(f"{ROBOT}/create_robot", {"UserID": robot})
    name = emulator.rest(STREAM, _piece(robot, named("alice"), 1, "a"))["StreamMsgID"]
    come = alice.wait("MESSAGE_RECEIVED", {"from": robot})
    emulator.rest(STREAM, _piece(robot, named("alice"), 2, "b", StreamMsgID=name))
    changed = alice.wait("MESSAGE_MODIFIED", {"ID": come["ID"]})
    [chunk] = changed["payload"]["chunks"]
    assert (chunk["markdown"], chunk["isLast"], changed["payload"]["compatibleText"]) == ("ab", True, "old")
    text = {"MsgBody": [{"MsgType": "TIMTextElem", "MsgContent": {"Text": "after"}}], "MsgRandom": 3}
    emulator.rest("openim/sendmsg", {"From_Account": robot, "To_Account": named("alice"), **text})
    alice.wait_text("after")
    kept = enter(named("alice")).history(robot)["messageList"]
    payloads = {message["ID"] == come["ID"]: message.get("payload") for message in kept}
    assert payloads == {True: None, False: {"text": "after"}}


def _piece(robot: str, reader: str, index: int, text: str, **more: str) -> Json:
    chunk = {"EventType": "data", "Index": index, "Markdown": text, "IsLast": index > 1}
    content = {"CompatibleText": "old", "Chunks": [chunk], **more}
    element = {"MsgType": "TIMStreamElem", "MsgContent": content}
    return {"From_Account": robot, "To_Account": reader, "MsgRandom": index, "MsgBody": [element]}
