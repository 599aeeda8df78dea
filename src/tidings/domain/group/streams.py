"""Streams in groups: messages that grow piece by piece while their members read them (spec/rest/stream_msg.yaml).

Every piece is stored before it is answered, and told to the members who are online; others get the whole text
from history.
"""

from dataclasses import dataclass, field, replace
from functools import partial
from hashlib import blake2b
from typing import Protocol

from tidings.clock import Clock
from tidings.domain.accounts import Account
from tidings.domain.group.directory import Directory
from tidings.domain.group.events import GroupModified
from tidings.domain.group.groups import NO_GROUP, NOBODY, Group
from tidings.domain.group.history import check_keeps
from tidings.domain.group.listing import GroupListStore
from tidings.domain.group.messages import GroupMessage
from tidings.domain.group.ports import GroupMessageStore, Rooms
from tidings.domain.group.sending import GroupDraft, GroupSending
from tidings.domain.growing import ID_BYTES, PAUSE_S, Growing, Growth, Piece, Render, Screen
from tidings.domain.turns import Turns
from tidings.errors import STREAM_OVER, TidingsError
from tidings.ids import NO_INSTANCE, UserId
from tidings.pending import Pending

NO_LIMIT = 0
# Stands in until the first one is stored.
NO_MESSAGE = GroupMessage(NO_GROUP, NOBODY, UserId(""), 0, 0, 0, b"")


@dataclass(slots=True)
class GroupStream(Growing):
    """A message of a group on its way."""

    message: GroupMessage = field(default_factory=lambda: NO_MESSAGE)


class GroupStreamStore(Protocol):
    """What streams in groups ask of the store."""

    async def open_streams(self) -> list[GroupStream]:
        """Return the streams that are not over."""
        ...

    def open_stream(self, stream: GroupStream) -> Pending[None]:
        """Keep a stream whose message is stored."""
        ...

    def grow_stream(self, stream: GroupStream, given_version: int) -> Pending[bool]:
        """Store a stream with its message's body; False if the message is at another version, or recalled."""
        ...

    def close_stream(self, stream: GroupStream, given_version: int) -> Pending[bool]:
        """Store the end of a stream; False if the message is at another version, or recalled."""
        ...


@dataclass(frozen=True, slots=True)
class Parts:
    """What streams in groups are made of."""

    directory: Directory
    listing: GroupListStore
    messages: GroupMessageStore
    sending: GroupSending
    rooms: Rooms


class GroupStreams:
    """Begins streams, lets them grow, and ends them; what happens to one stream takes turns."""

    def __init__(self, store: GroupStreamStore, parts: Parts, clock: Clock, render: Render) -> None:
        """Keep streams in `store`, in the form that `render` gives."""
        self._store = store
        self._parts = parts
        self._growth = Growth(clock, render)
        self._open: dict[str, GroupStream] = {}
        self._turns: Turns[str] = Turns()

    async def remember(self) -> None:
        """Go on with what was open when the server stopped: called once at start."""
        self._open = {stream.id: stream for stream in await self._store.open_streams()}

    async def begin(self, draft: GroupDraft, stream: GroupStream, piece: Piece, screen: Screen) -> GroupStream:
        """Send the beginning of a stream, known by the `id` it has; sent again it is the first one.

        Raises 10044 where the type keeps nothing, 90001 for a piece that is not number 1, 80002 for one that is
        too long, and what sending raises.
        """
        check_keeps(draft.group)
        self._growth.begin(stream, piece, screen)
        draft.body = self._growth.body(stream, draft.custom_data)
        if (first := self._open.get(stream.id)) is not None:
            return first
        sent = await self._parts.sending.send(draft, NO_LIMIT)
        message = (await self._parts.messages.find(draft.group.number, [sent.seq])).get(sent.seq)
        if message is None:  # past its time at once
            return stream
        stream.message = message
        if (first := self._open.get(stream.id)) is not None:  # a repeat that came meanwhile has opened it
            return first
        if stream.is_over or message.body != draft.body:
            return stream
        self._open[stream.id] = stream
        await self._store.open_stream(stream)
        return stream

    async def go_on(
        self, stream_id: str, group: Group, sender: Account | None, piece: Piece, screen: Screen
    ) -> GroupStream:
        """Add a piece to a stream, which may be its last one; no sender stands for whoever the stream is from.

        Raises 20026 if the stream is over or of another group or sender, 60007 for the sixth piece of a second,
        90001 for a piece that is not the next, 80002 over 128 KB.
        """
        stream = self._open.get(stream_id)
        is_from = stream is not None and (sender is None or sender.number == stream.message.sender)
        if stream is None or not is_from or stream.message.group != group.number:
            raise STREAM_OVER(detail=f"no stream {stream_id!r} is open in group {group.group_id!r}")
        return await self._turns.take(stream_id, partial(self._go_on, stream, group, piece, screen))

    async def end_all(self, account: Account) -> None:
        """End the streams from an account: it is about to go."""
        for stream in [s for s in self._open.values() if s.message.sender == account.number]:
            await self._turns.take(stream.id, partial(self._end, stream))

    async def sweep(self) -> None:
        """End the streams that have paused for more than 15 seconds: nobody waits for them any longer."""
        for stream in [s for s in self._open.values() if self._growth.is_late(s)]:
            await self._turns.take(stream.id, partial(self._end, stream))

    async def _go_on(self, stream: GroupStream, group: Group, piece: Piece, screen: Screen) -> GroupStream:
        if stream.is_over or self._growth.is_late(stream):
            raise STREAM_OVER(detail=f"stream {stream.id!r} has ended, or paused for more than {PAUSE_S:.0f} s")
        self._growth.count(stream)
        grown = replace(stream, message=replace(stream.message))
        self._growth.add(grown, piece, screen)
        grown.message.body = self._growth.body(grown, grown.message.custom_data)
        if not await self._keep(stream, grown, group):
            raise STREAM_OVER(detail=f"the message of stream {stream.id!r} was changed or recalled")
        return stream

    async def _end(self, stream: GroupStream) -> None:
        if not stream.is_over:
            ended = replace(stream, message=replace(stream.message), is_over=True)
            ended.message.body = self._growth.ended(ended)
            await self._keep(stream, ended, await self._group(stream))

    async def _group(self, stream: GroupStream) -> Group | None:
        """Return the group of a stream, None if it is gone."""
        number = stream.message.group
        name = (await self._parts.listing.names([number])).get(number)
        try:
            group = None if name is None else self._parts.directory.get(stream.app, name)
        except TidingsError:
            return None
        return group if group is not None and group.number == number else None

    async def _keep(self, stream: GroupStream, grown: GroupStream, group: Group | None) -> bool:
        """Store what has grown, then tell it; False if the message was changed, recalled or is gone."""
        given = stream.message.version
        grown.message.version = given + 1
        keep = self._store.close_stream if grown.is_over else self._store.grow_stream
        is_kept = await keep(grown, given)
        if grown.is_over or not is_kept:
            stream.is_over = True
            self._open.pop(stream.id, None)
        if not is_kept:
            return False
        stream.message = grown.message
        stream.take(grown)
        if group is not None:
            self._parts.rooms.event(group, GroupModified(grown.message), NO_INSTANCE)
        return True


def to_id(draft: GroupDraft, text: str) -> str:
    """Return the id of a stream that begins so: sent again it gets the same, so that the message is a repeat, too."""
    numbers = f"group {draft.group.number} {draft.sender.number} {draft.random} "
    return blake2b((numbers + text).encode(), digest_size=ID_BYTES).hexdigest()
