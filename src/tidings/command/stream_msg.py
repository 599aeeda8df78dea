"""stream_msg: messages that grow piece by piece (spec/rest/stream_msg.yaml)."""

from functools import partial
from typing import Annotated

from msgspec import Meta, Struct, field

from tidings.command.call import Call
from tidings.command.drafts import MAX_INTEGER, Uint32, party
from tidings.command.registry import Door, command
from tidings.domain.group.sending import GroupDraft
from tidings.domain.group.streams import GroupStream
from tidings.domain.group.streams import to_id as to_group_id
from tidings.domain.growing import ID_BYTES, Piece, StreamKind
from tidings.domain.sending import Draft
from tidings.domain.streams import Parties, Stream, to_id
from tidings.errors import BAD_ELEMENT, BAD_MESSAGE_BODY, BAD_MESSAGE_JSON, BAD_RECEIVER, BAD_SENDER, JSON_TOO_LONG
from tidings.ids import GroupId, UserId
from tidings.wire.envelope import Request, Response

ELEMENT, DATA = "TIMStreamElem", "data"
HIDE_FROM_SENDER = 2


class ChunkUp(Struct, frozen=True):
    """A piece."""

    kind: str = field(name="EventType")
    index: Annotated[int, Meta(ge=1, le=MAX_INTEGER)] = field(name="Index")
    markdown: str = field(name="Markdown")
    is_last: bool = field(name="IsLast")


class StreamContent(Struct, frozen=True):
    """What the element holds: no StreamMsgID begins a stream."""

    chunks: list[ChunkUp] = field(name="Chunks")
    compatible_text: str = field(name="CompatibleText", default="")
    id: str = field(name="StreamMsgID", default="")


class StreamElement(Struct, frozen=True):
    """The one element."""

    kind: str = field(name="MsgType")
    content: StreamContent = field(name="MsgContent")


class StreamRequest(Request, frozen=True, kw_only=True):
    """A piece of a stream, the first one or a later one."""

    to_account: UserId = field(name="To_Account")
    random: Uint32 = field(name="MsgRandom")
    body: list[StreamElement] = field(name="MsgBody")
    from_account: UserId = field(name="From_Account", default=UserId(""))
    seq: Uint32 | None = field(name="MsgSeq", default=None)
    sync_other_machine: int = field(name="SyncOtherMachine", default=1)
    custom_data: str = field(name="CloudCustomData", default="")


class StreamResponse(Response, kw_only=True):
    """The stream, and the message that it is."""

    id: str = field(name="StreamMsgID")
    key: str = field(name="MsgKey")
    time: int = field(name="MsgTime")


class GroupStreamRequest(Request, frozen=True, kw_only=True):
    """A piece of a stream in a group; `random` has two names, one of which must be there."""

    group_id: GroupId = field(name="GroupId")
    body: list[StreamElement] = field(name="MsgBody")
    from_account: UserId = field(name="From_Account", default=UserId(""))
    msg_random: Uint32 | None = field(name="MsgRandom", default=None)
    random: Uint32 | None = field(name="Random", default=None)
    custom_data: str = field(name="CloudCustomData", default="")


class GroupStreamResponse(Response, kw_only=True):
    """The stream, and the message that it is."""

    id: str = field(name="StreamMsgID")
    seq: int = field(name="MsgSeq")
    time: int = field(name="MsgTime")


@command(
    "stream_msg/send_c2c_stream_msg",
    Door.REST,
    BAD_MESSAGE_JSON,
    bad_fields={"MsgBody": BAD_MESSAGE_BODY, "To_Account": BAD_RECEIVER, "From_Account": BAD_SENDER},
)
async def send(call: Call, request: StreamRequest) -> StreamResponse:
    """Begin a stream, or add to it; relations and mutes are not asked."""
    content, piece = _piece(request.body)
    screen = partial(call.rules.words.screen, call.app)
    sender = await party(call, request.from_account, BAD_SENDER) if request.from_account else None
    receiver = await party(call, request.to_account, BAD_RECEIVER)
    if content.id:
        return _answer(await call.rules.streams.go_on(content.id, Parties(sender, receiver), piece, screen))
    if (size := len(request.custom_data.encode())) > (limit := call.app.settings.message_bytes):
        raise JSON_TOO_LONG(size=size, limit=limit)
    tells_sender = request.sync_other_machine != HIDE_FROM_SENDER
    draft = Draft(
        sender or call.account,
        receiver,
        request.seq,
        request.random,
        None,
        b"",
        request.custom_data,
        tells_sender=tells_sender,
    )
    # Who gives no MsgSeq has nothing that tells a repeat from another message.
    name = call.rules.chance.token(ID_BYTES).hex() if draft.seq is None else to_id(draft, piece.text)
    stream = Stream(call.app.sdk_app_id, StreamKind.ELEMENT, screen(content.compatible_text), name)
    return _answer(await call.rules.streams.begin(draft, stream, piece, screen))


@command(
    "stream_msg/send_group_stream_msg",
    Door.REST,
    BAD_MESSAGE_JSON,
    bad_fields={"MsgBody": BAD_MESSAGE_BODY, "From_Account": BAD_SENDER},
)
async def send_to_group(call: Call, request: GroupStreamRequest) -> GroupStreamResponse:
    """Begin a stream in a group, or add to it; mutes are not asked, and the sender need not be a member."""
    content, piece = _piece(request.body)
    screen = partial(call.rules.words.screen, call.app)
    sender = await party(call, request.from_account, BAD_SENDER) if request.from_account else None
    group = call.rules.groups.directory.get(call.app.sdk_app_id, request.group_id)
    streams = call.rules.groups.streams
    if content.id:
        return _group_answer(await streams.go_on(content.id, group, sender, piece, screen))
    random = request.random if request.msg_random is None else request.msg_random
    if random is None:
        raise BAD_MESSAGE_JSON(detail="the first piece needs MsgRandom or Random")
    if (size := len(request.custom_data.encode())) > (limit := call.app.settings.message_bytes):
        raise JSON_TOO_LONG(size=size, limit=limit)
    draft = GroupDraft(group, sender or call.account, random, b"", is_admin=True, custom_data=request.custom_data)
    name = to_group_id(draft, piece.text)
    stream = GroupStream(call.app.sdk_app_id, StreamKind.ELEMENT, screen(content.compatible_text), name)
    return _group_answer(await streams.begin(draft, stream, piece, screen))


def _group_answer(stream: GroupStream) -> GroupStreamResponse:
    return GroupStreamResponse(id=stream.id, seq=stream.message.seq, time=stream.message.time)


def _piece(body: list[StreamElement]) -> tuple[StreamContent, Piece]:
    """Return the element's content, and its pieces as one; their numbers must grow."""
    if len(body) != 1 or body[0].kind != ELEMENT:
        raise BAD_MESSAGE_BODY(detail=f"it must hold one {ELEMENT} and nothing else")
    content = body[0].content
    indexes = [chunk.index for chunk in content.chunks]
    if not indexes or indexes != sorted(set(indexes)):
        raise BAD_ELEMENT(detail=f"Chunks need an Index each that grows, these have {indexes}")
    if any(chunk.kind != DATA for chunk in content.chunks):
        raise BAD_ELEMENT(detail=f"EventType must be {DATA!r}")
    if any(chunk.is_last for chunk in content.chunks[:-1]):
        raise BAD_ELEMENT(detail="IsLast stands at a piece that others follow")
    text = "".join(chunk.markdown for chunk in content.chunks)
    # The first of the numbers decides whether the piece is the next; the stream goes on from the last one.
    return content, Piece(text, indexes[0], content.chunks[-1].is_last, indexes[-1])


def _answer(stream: Stream) -> StreamResponse:
    return StreamResponse(id=stream.id, key=str(stream.message.key), time=stream.message.time)
