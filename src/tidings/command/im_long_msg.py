"""im_long_msg: merged messages that are too long for their own message (spec/client/im_long_msg.yaml)."""

import msgspec
from msgspec import Raw, Struct, field

from tidings.command.call import Call
from tidings.command.drafts import screened_body
from tidings.command.registry import Door, command
from tidings.errors import BAD_MESSAGE_JSON
from tidings.wire.envelope import Request, Response

WRAPPED = b'[{"MsgType":"TIMRelayElem","MsgContent":{"MsgList":%b}}]'


class SaveRequest(Request, frozen=True, kw_only=True):
    """Merged messages to keep."""

    messages: Raw = field(name="MsgList")


class SaveResponse(Response, kw_only=True):
    """Where they are kept, under both names that clients look for."""

    key: str = field(name="JsonMsgKey")
    other_key: str = field(name="PbMsgKey")


class LoadRequest(Request, frozen=True, kw_only=True):
    """Merged messages that were kept."""

    key: str = field(name="JsonMsgKey")


class LoadResponse(Response, kw_only=True):
    """Merged messages."""

    messages: Raw = field(name="MsgList")


class _Content(Struct):
    messages: Raw = field(name="MsgList")


class _Element(Struct):
    content: _Content = field(name="MsgContent")


_decode = msgspec.json.Decoder(list[_Element]).decode


@command("im_long_msg/save_relay_json_msg", Door.SOCKET, BAD_MESSAGE_JSON)
async def save(call: Call, request: SaveRequest) -> SaveResponse:
    """Keep merged messages, to be sent by their key; forbidden words in them are refused or masked."""
    body = screened_body(call, WRAPPED % bytes(request.messages))
    key = await call.rules.merging.save(call.account, bytes(_decode(body)[0].content.messages))
    return SaveResponse(key=key, other_key=key)


@command("im_long_msg/get_relay_json_msg", Door.SOCKET, BAD_MESSAGE_JSON)
async def load(call: Call, request: LoadRequest) -> LoadResponse:
    """Return merged messages to whoever has their key."""
    return LoadResponse(messages=Raw(await call.rules.merging.load(call.app.sdk_app_id, request.key)))
