"""Streams: messages that grow piece by piece while they are read (spec/rest/stream_msg.yaml).

Every piece is stored before it is answered, and told to the devices that are there; a device that was away gets
the whole text, from history or, if it had the beginning, by the change that ends the stream.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from enum import IntEnum
from functools import partial
from hashlib import blake2b
from typing import NamedTuple, Protocol

from tidings.clock import Clock
from tidings.domain.accounts import Account
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
FIRST = 1
ID_BYTES = 12


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


class Parties(NamedTuple):
    """Between whom a piece is to go; None: whoever the stream is from."""

    sender: Account | None
    receiver: Account

    def are_of(self, message: Message) -> bool:
        """Say whether a message is between them: no answer may end up in somebody else's chat."""
        is_from = self.sender is None or self.sender.number == message.sender
        return is_from and self.receiver.number == message.receiver


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

        Raises 90001 for a piece that is not number 1, 80002 for one that is too long, and what sending raises.
        """
        if piece.index not in (None, FIRST):
            raise BAD_MESSAGE_JSON(detail=f"Index {piece.index} begins no stream: its first piece is number {FIRST}")
        self._add(stream, piece, screen)
        draft.body = self._rendered(stream, draft.custom_data)
        if (first := self._open.get(stream.id)) is not None:
            return first
        key = await self._sending.send(draft)
        message = await self._messages.find_message(to_conversation(draft.sender.number, draft.receiver.number), key)
        if message is None:  # recalled, or past its time, at once
            return stream
        if stream.kind is StreamKind.CHATBOT:
            stream.id = f"{message.conversation}/{key}"
        stream.message = message
        if (first := self._open.get(stream.id)) is not None:  # a repeat that came meanwhile has opened it
            return first
        if stream.is_over or message.body != draft.body:
            return stream
        self._open[stream.id] = stream
        await self._store.open_stream(stream)
        return stream

    async def go_on(self, stream_id: str, parties: Parties, piece: Piece, screen: Screen) -> Stream:
        """Add a piece to a stream, which may be its last one.

        Raises 20026 if the stream is over or not between those parties, 60007 for the sixth piece of a second,
        90001 for a piece that is not the next, 80002 over 128 KB.
        """
        stream = self._open.get(stream_id)
        if stream is None or not parties.are_of(stream.message):
            raise STREAM_OVER(detail=f"no stream {stream_id!r} is open between these accounts")
        return await self._turns.take(stream_id, partial(self._go_on, stream, piece, screen))

    async def end_all(self, account: Account) -> None:
        """End the streams from and to an account: it is about to go, or may not speak any more."""
        sides = [s for s in self._open.values() if account.number in (s.message.sender, s.message.receiver)]
        for stream in sides:
            await self._turns.take(stream.id, partial(self._end, stream))

    async def sweep(self) -> None:
        """End the streams that have paused for more than 15 seconds: nobody waits for them any longer."""
        late = [stream for stream in self._open.values() if self._is_late(stream)]
        for stream in late:
            await self._turns.take(stream.id, partial(self._end_late, stream))

    def _forget(self, stream: Stream) -> None:
        stream.is_over = True
        self._open.pop(stream.id, None)

    async def _go_on(self, stream: Stream, piece: Piece, screen: Screen) -> Stream:
        if stream.is_over or self._is_late(stream):
            raise STREAM_OVER(detail=f"stream {stream.id!r} has ended, or paused for more than {PAUSE_S:.0f} s")
        self._count(stream.id)
        grown = replace(stream, message=replace(stream.message))
        self._add(grown, piece, screen)
        grown.message.body = self._rendered(grown, grown.message.custom_data)
        if not await self._keep(stream, grown):
            raise STREAM_OVER(detail=f"the message of stream {stream.id!r} was changed or recalled")
        return stream

    async def _end_late(self, stream: Stream) -> None:
        if self._is_late(stream):
            await self._end(stream)

    async def _end(self, stream: Stream) -> None:
        if not stream.is_over:
            ended = replace(stream, message=replace(stream.message), is_over=True)
            ended.message.body = self._render(ended)
            await self._keep(stream, ended)

    async def _keep(self, stream: Stream, grown: Stream) -> bool:
        """Store what has grown, then tell it.

        False if the message was changed or recalled meanwhile, or is gone: that ends its stream.
        """
        given = stream.message.version
        grown.message.version = given + 1
        message = grown.message
        event = MessageModified(message.ref, message.version, message.body, message.custom_data)
        if grown.is_over:
            logged = [Logged(account, event) for account in _viewers(message)]
            position = await self._store.close_stream(grown, given, logged)
            self._forget(stream)
            for each in logged if position is not None else ():
                self._delivery.event(each.account, Position(position or 0), each.event, NO_INSTANCE)
            is_kept = position is not None
        else:
            is_kept = await self._store.grow_stream(grown, given)
            if is_kept:
                self._delivery.live(_viewers(message), event, NO_INSTANCE)
        if not is_kept:
            self._forget(stream)
            return False
        stream.message, stream.text, stream.shown = message, grown.text, grown.shown
        stream.last_index, stream.last_at, stream.is_over = grown.last_index, grown.last_at, grown.is_over
        return True

    def _rendered(self, stream: Stream, custom_data: str) -> bytes:
        """Return a stream's body; raises 80002 if the message as a whole is too long."""
        body = self._render(stream)
        if (size := len(body) + len(custom_data.encode())) >= MAX_BYTES:
            raise MESSAGE_TOO_LONG(size=size, limit=MAX_BYTES - 1)
        return body

    def _add(self, stream: Stream, piece: Piece, screen: Screen) -> None:
        """Add a piece to the text; raises what `screen` does, and 90001 if it is not the next."""
        index = stream.last_index + 1 if piece.index is None else piece.index
        if index <= stream.last_index:
            raise BAD_MESSAGE_JSON(detail=f"Index {index} came after {stream.last_index}: it must grow with each piece")
        text = stream.text + piece.text
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


def to_id(draft: Draft, text: str) -> str:
    """Return the id of a stream that begins so: sent again it gets the same, so that the message is a repeat, too."""
    numbers = f"{draft.sender.number} {draft.receiver.number} {draft.seq} {draft.random} "
    return blake2b((numbers + text).encode(), digest_size=ID_BYTES).hexdigest()


def _viewers(message: Message) -> list[AccountNumber]:
    """Return who sees a message: a sender that it is hidden from does not."""
    sides = dict.fromkeys((message.sender, message.receiver))
    if message.flags & Flag.HIDDEN_FROM_SENDER:
        del sides[message.sender]
    return list(sides)
