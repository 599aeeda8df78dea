"""Streams: messages that grow piece by piece while they are read (spec/rest/stream_msg.yaml).

Every piece is stored before it is answered, and told to the devices that are there; a device that was away gets
the whole text, from history or, if it had the beginning, by the change that ends the stream.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from enum import IntEnum
from functools import partial
from typing import Protocol

from tidings.clock import Clock
from tidings.domain.events import MessageModified
from tidings.domain.messages import Flag, Message, to_conversation
from tidings.domain.ports import Delivery, Logged, MessageStore
from tidings.domain.sending import Draft, Sending
from tidings.domain.turns import Turns
from tidings.errors import BAD_MESSAGE_JSON, MESSAGE_TOO_LONG, STREAM_OVER, STREAM_TOO_OFTEN
from tidings.ids import NO_INSTANCE, AccountNumber, Position, SdkAppId, UserId
from tidings.pending import Pending

PAUSE_S = 15.0
PIECES_PER_SECOND = 5
MAX_BYTES = 131_072


# Stands in until the first one is stored.
NO_MESSAGE = Message(AccountNumber(0), AccountNumber(0), UserId(""), UserId(""), 0, 0, 0, 0, b"", "", 0)


class StreamKind(IntEnum):
    """The form of the message: the element of streams, or the custom element of chatbots."""

    ELEMENT = 1
    CHATBOT = 2


@dataclass(frozen=True, slots=True)
class Piece:
    """What is added; it may stand for several, numbered from `index` to `end`; None: it follows the one before."""

    text: str
    index: int | None = None
    is_last: bool = False
    end: int | None = None


@dataclass(slots=True)
class Stream:
    """A message on its way; times are unix seconds. `text` is all of it so far, `shown` what people see of it."""

    app: SdkAppId
    kind: StreamKind
    compatible_text: str = ""
    id: str = ""
    message: Message = field(default_factory=lambda: NO_MESSAGE)
    text: str = ""
    shown: str = ""
    last_index: int = 0
    last_at: float = 0.0
    is_over: bool = False


Render = Callable[[Stream], bytes]
"""Gives a stream's message its body."""
Screen = Callable[[str], str]
"""Returns a text with forbidden words masked, or refuses it."""


class StreamStore(Protocol):
    """What streams ask of the store."""

    async def open_streams(self) -> list[Stream]:
        """Return the streams that are not over."""
        ...

    def open_stream(self, stream: Stream) -> Pending[None]:
        """Keep a stream whose message is stored."""
        ...

    def grow_stream(self, stream: Stream, given_version: int) -> Pending[bool]:
        """Store a stream with its message's body; False if the message is at another version, or recalled."""
        ...

    def close_stream(self, stream: Stream, given_version: int, logged: Sequence[Logged]) -> Pending[Position | None]:
        """Store the end of a stream and log it; None if the message is at another version, or recalled."""
        ...


class Streams:
    """Begins streams, lets them grow, and ends them; what happens to one stream takes turns."""

    def __init__(
        self,
        store: StreamStore,
        messages: MessageStore,
        sending: Sending,
        delivery: Delivery,
        clock: Clock,
        render: Render,
    ) -> None:
        """Send through `sending`, keep in `store`, tell through `delivery`, in the form that `render` gives."""
        self._store = store
        self._messages = messages
        self._sending = sending
        self._delivery = delivery
        self._clock = clock
        self._render = render
        self._open: dict[str, Stream] = {}
        self._counts: dict[str, int] = {}
        self._second = 0
        self._turns: Turns[str] = Turns()

    async def remember(self) -> None:
        """Go on with what was open when the server stopped: called once at start."""
        self._open = {stream.id: stream for stream in await self._store.open_streams()}

    async def begin(self, draft: Draft, stream: Stream, piece: Piece, screen: Screen) -> Stream:
        """Send the beginning of a stream, known by the `id` it has; sent again it is the first one.

        Raises 90001 for a piece that does not come first, 80002 for one that is too long, and what sending raises.
        """
        self._add(stream, piece, screen)
        draft.body = self._render(stream)
        key = await self._sending.send(draft)
        message = await self._messages.find_message(to_conversation(draft.sender.number, draft.receiver.number), key)
        if message is None:  # recalled, or past its time, at once
            return stream
        if stream.kind is StreamKind.CHATBOT:
            stream.id = f"{message.conversation}/{key}"
        first = next((each for each in self._open.values() if each.message.position == message.position), None)
        stream.message = message
        if first is not None or stream.is_over or message.body != draft.body:
            return first or stream
        self._open[stream.id] = stream
        await self._store.open_stream(stream)
        return stream

    async def go_on(self, app: SdkAppId, stream_id: str, piece: Piece, screen: Screen) -> Stream:
        """Add a piece to a stream, which may be its last one.

        Raises 20026 if the stream is over, 60007 for the sixth piece of a second, 90001 for a piece that is not
        the next, 80002 over 128 KB.
        """
        stream = self._open.get(stream_id)
        if stream is None or stream.app != app:
            raise STREAM_OVER(detail=f"there is no stream {stream_id!r}, or it has ended")
        return await self._turns.take(stream_id, partial(self._go_on, stream, piece, screen))

    async def sweep(self) -> None:
        """End the streams that have paused for more than 15 seconds: nobody waits for them any longer."""
        late = [stream for stream in self._open.values() if self._is_late(stream)]
        for stream in late:
            await self._turns.take(stream.id, partial(self._end_late, stream))

    async def _go_on(self, stream: Stream, piece: Piece, screen: Screen) -> Stream:
        if stream.is_over or self._is_late(stream):
            raise STREAM_OVER(detail=f"stream {stream.id!r} has ended, or paused for more than {PAUSE_S:.0f} s")
        self._count(stream.id)
        grown = replace(stream, message=replace(stream.message))
        self._add(grown, piece, screen)
        grown.message.body = self._render(grown)
        await self._keep(stream, grown)
        return stream

    async def _end_late(self, stream: Stream) -> None:
        if stream.is_over or not self._is_late(stream):
            return
        ended = replace(stream, message=replace(stream.message), is_over=True)
        ended.message.body = self._render(ended)
        await self._keep(stream, ended)

    async def _keep(self, stream: Stream, grown: Stream) -> None:
        """Store what has grown, then tell it; a message that was changed or recalled meanwhile ends its stream."""
        given = stream.message.version
        grown.message.version = given + 1
        message = grown.message
        event = MessageModified(message.ref, message.version, message.body, message.custom_data)
        if grown.is_over:
            logged = [Logged(account, event) for account in _viewers(message)]
            position = await self._store.close_stream(grown, given, logged)
            self._open.pop(stream.id, None)
            for each in logged if position is not None else ():
                self._delivery.event(each.account, Position(position or 0), each.event, NO_INSTANCE)
            is_kept = position is not None
        else:
            is_kept = await self._store.grow_stream(grown, given)
            if is_kept:
                self._delivery.live(_viewers(message), event, NO_INSTANCE)
        if not is_kept:
            self._open.pop(stream.id, None)
            stream.is_over = True
            raise STREAM_OVER(detail=f"the message of stream {stream.id!r} was changed or recalled")
        stream.message, stream.text, stream.shown = message, grown.text, grown.shown
        stream.last_index, stream.last_at, stream.is_over = grown.last_index, grown.last_at, grown.is_over

    def _add(self, stream: Stream, piece: Piece, screen: Screen) -> None:
        """Add a piece to the text; raises what `screen` does, 90001 if it is not the next, 80002 if too long."""
        index = stream.last_index + 1 if piece.index is None else piece.index
        if index <= stream.last_index:
            raise BAD_MESSAGE_JSON(detail=f"Index {index} came after {stream.last_index}: it must grow with each piece")
        text = stream.text + piece.text
        if (size := len(text.encode())) >= MAX_BYTES:
            raise MESSAGE_TOO_LONG(size=size, limit=MAX_BYTES - 1)
        stream.text, stream.shown = text, screen(text)
        stream.last_index, stream.is_over = piece.end or index, piece.is_last
        stream.last_at = self._clock.now()

    def _is_late(self, stream: Stream) -> bool:
        return self._clock.now() - stream.last_at > PAUSE_S

    def _count(self, stream_id: str) -> None:
        second = int(self._clock.now())
        if second != self._second:
            self._second = second
            self._counts.clear()
        count = self._counts.get(stream_id, 0)
        if count >= PIECES_PER_SECOND:
            raise STREAM_TOO_OFTEN(limit=PIECES_PER_SECOND)
        self._counts[stream_id] = count + 1


def _viewers(message: Message) -> list[AccountNumber]:
    """Return who sees a message: a sender that it is hidden from does not."""
    sides = dict.fromkeys((message.sender, message.receiver))
    if message.flags & Flag.HIDDEN_FROM_SENDER:
        del sides[message.sender]
    return list(sides)
