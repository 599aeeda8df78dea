"""The bodies of messages that grow (spec/messages.md, section 1; spec/rest/openim_robot_http_svc.yaml)."""

import msgspec
from msgspec import Struct, field

from tidings.domain.growing import Growing, StreamKind

_encode = msgspec.json.Encoder().encode
# What the kits of the public clients know a chatbot's answer by.
CHATBOT, FROM_ROBOT = 2, 2


class Chunk(Struct):
    """A piece of a stream; a stored message has all of its text in one."""

    index: int = field(name="Index")
    markdown: str = field(name="Markdown")
    is_last: bool = field(name="IsLast")
    kind: str = field(name="EventType", default="data")


class StreamContent(Struct):
    """What a stream's element holds."""

    compatible_text: str = field(name="CompatibleText")
    id: str = field(name="StreamMsgID")
    chunks: list[Chunk] = field(name="Chunks")


class Answer(Struct):
    """What a chatbot's custom element holds, as JSON in its Data."""

    chunks: list[str]
    is_finished: int = field(name="isFinished")
    plugin: int = field(name="chatbotPlugin", default=CHATBOT)
    source: int = field(name="src", default=FROM_ROBOT)


def render_stream(stream: Growing) -> bytes:
    """Return a stream's body, the JSON array of its one element."""
    if stream.kind is StreamKind.CHATBOT:
        data = _encode(Answer([stream.shown], int(stream.is_over))).decode()
        return _encode([{"MsgType": "TIMCustomElem", "MsgContent": {"Data": data, "Desc": "", "Ext": "", "Sound": ""}}])
    chunk = Chunk(stream.last_index, stream.shown, stream.is_over)
    content = StreamContent(stream.compatible_text, stream.id, [chunk])
    return _encode([{"MsgType": "TIMStreamElem", "MsgContent": content}])
