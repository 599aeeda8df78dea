"""Streams: messages that grow piece by piece while they are read (spec/rest/stream_msg.yaml).

Every piece is stored before it is answered, and told to the devices that are there; a device that was away gets
the whole text, from history or, if it had the beginning, by the change that ends the stream.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from hashlib import blake2b
from typing import NamedTuple, Protocol

from tidings.clock import Clock
from tidings.domain.accounts import Account
from tidings.domain.events import MessageModified
from tidings.domain.growing import ID_BYTES, PAUSE_S, Growing, Growth, Piece, Render, Screen, StreamKind
from tidings.domain.messages import Flag, Message, to_conversation
from tidings.domain.ports import Delivery, Logged, MessageStore
from tidings.domain.sending import Draft, Sending
from tidings.domain.turns import Turns
from tidings.errors import STREAM_OVER
from tidings.ids import NO_INSTANCE, AccountNumber, Position, UserId
from tidings.pending import Pending

# Stands in until the first one is stored.
NO_MESSAGE = Message(AccountNumber(0), AccountNumber(0), UserId(""), UserId(""), 0, 0, 0, 0, b"", "", 0)


@dataclass(slots=True)
class Stream(Growing):
    """A one-to-one message on its way."""

    message: Message = field(default_factory=lambda: NO_MESSAGE)


class Parties(NamedTuple):
    """Between whom a piece is to go; None: whoever the stream is from."""

    sender: Account | None
    receiver: Account

    def are_of(self, message: Message) -> bool:
        """Say whether a message is between them: no answer may end up in somebody else's chat."""
        is_from = self.sender is None or self.sender.number == message.sender
        return is_from and self.receiver.number == message.receiver


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
        self._growth = Growth(clock, render)
        self._open: dict[str, Stream] = {}
        self._turns: Turns[str] = Turns()

    async def remember(self) -> None:
        """Go on with what was open when the server stopped: called once at start."""
        self._open = {stream.id: stream for stream in await self._store.open_streams()}

    async def begin(self, draft: Draft, stream: Stream, piece: Piece, screen: Screen) -> Stream:
        """Send the beginning of a stream, known by the `id` it has; sent again it is the first one.

        Raises 90001 for a piece that is not number 1, 80002 for one that is too long, and what sending raises.
        """
        self._growth.begin(stream, piece, screen)
        draft.body = self._growth.body(stream, draft.custom_data)
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
        late = [stream for stream in self._open.values() if self._growth.is_late(stream)]
        for stream in late:
            await self._turns.take(stream.id, partial(self._end_late, stream))

    def _forget(self, stream: Stream) -> None:
        stream.is_over = True
        self._open.pop(stream.id, None)

    async def _go_on(self, stream: Stream, piece: Piece, screen: Screen) -> Stream:
        if stream.is_over or self._growth.is_late(stream):
            raise STREAM_OVER(detail=f"stream {stream.id!r} has ended, or paused for more than {PAUSE_S:.0f} s")
        self._growth.count(stream)
        grown = replace(stream, message=replace(stream.message))
        self._growth.add(grown, piece, screen)
        grown.message.body = self._growth.body(grown, grown.message.custom_data)
        if not await self._keep(stream, grown):
            raise STREAM_OVER(detail=f"the message of stream {stream.id!r} was changed or recalled")
        return stream

    async def _end_late(self, stream: Stream) -> None:
        if self._growth.is_late(stream):
            await self._end(stream)

    async def _end(self, stream: Stream) -> None:
        if not stream.is_over:
            ended = replace(stream, message=replace(stream.message), is_over=True)
            ended.message.body = self._growth.ended(ended)
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
        stream.message = message
        stream.take(grown)
        return True


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
