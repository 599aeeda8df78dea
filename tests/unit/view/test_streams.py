"""The bodies of messages that grow: all of the text in one piece."""

import json

from tests.support.stores import APP
from tidings.domain.growing import StreamKind
from tidings.domain.streams import Stream
from tidings.view.streams import render_stream


def test_a_stream_is_one_element_with_its_whole_text() -> None:
    stream = Stream(APP, StreamKind.ELEMENT, "please update", "s1", shown="so far", last_index=3)
    assert json.loads(render_stream(stream)) == [
        {
            "MsgType": "TIMStreamElem",
            "MsgContent": {
                "CompatibleText": "please update",
                "StreamMsgID": "s1",
                "Chunks": [{"EventType": "data", "Index": 3, "Markdown": "so far", "IsLast": False}],
            },
        }
    ]


def test_an_answer_of_a_chatbot_is_what_the_kits_look_for() -> None:
    [element] = json.loads(render_stream(Stream(APP, StreamKind.CHATBOT, shown="done", is_over=True)))
    assert element["MsgType"] == "TIMCustomElem"
    data = json.loads(element["MsgContent"]["Data"])
    assert (data["chunks"], data["isFinished"], data["src"]) == (["done"], 1, 2)
    assert "chatbotPlugin" in data
