"""Events on their way to who wants them: nothing is missed by attaching late, nothing grows without bound."""

import asyncio
import weakref
from collections import deque
from collections.abc import Callable

from tidings_client.events import Event, Gap, Lost

Kinds = tuple[type[Event], ...]


class Stream:
    """Events for one consumer, as an async iterator; ends when the chat has ended."""

    def __init__(self, kinds: Kinds, limit: int, lose: Callable[[], None]) -> None:
        """Take events of some kinds; beyond `limit` waiting ones the oldest is dropped and a Gap told."""
        self._kinds = kinds
        self._limit = limit
        self._lose = lose
        self._is_short = False
        self.waiting: deque[Event] = deque()
        self._news = asyncio.Event()
        self.is_over = False

    def covers(self, event: Event) -> bool:
        """Say whether this consumer wants an event."""
        return isinstance(event, self._kinds)

    def put(self, event: Event) -> None:
        """Add an event."""
        self.waiting.append(event)
        if len(self.waiting) > self._limit:
            self.waiting.popleft()
            if not self._is_short and not issubclass(Gap, self._kinds):
                self._lose()
            self._is_short = True
        self._news.set()

    def end(self) -> None:
        """Let the consumer take what is there, and no more."""
        self.is_over = True
        self._news.set()

    def __aiter__(self) -> "Stream":
        """Return itself."""
        return self

    async def __anext__(self) -> Event:
        """Wait for the next event."""
        while not self.waiting:
            if self.is_over:
                raise StopAsyncIteration
            self._news.clear()
            await self._news.wait()
        if self._is_short:
            self._is_short = False
            if issubclass(Gap, self._kinds):
                return Gap(Lost.BUFFER_FULL)
        return self.waiting.popleft()


class Mailbox:
    """Hands every event to all who want it; keeps what nobody wants yet."""

    def __init__(self, limit: int) -> None:
        """Keep at most `limit` events for each consumer, and as many for none."""
        self._limit = limit
        self._streams: weakref.WeakSet[Stream] = weakref.WeakSet()
        self._unclaimed: deque[Event] = deque()
        self._is_over = False

    def put(self, event: Event) -> None:
        """Tell an event."""
        wanted = [stream for stream in self._streams if stream.covers(event)]
        for stream in wanted:
            stream.put(event)
        if not wanted:
            self._keep(event)

    def open(self, *kinds: type[Event]) -> Stream:
        """Return a stream of events of these kinds (none: all), beginning with what nobody has taken yet."""
        stream = Stream(kinds or (Event,), self._limit, self._lose)
        for event in self._unclaimed:
            if stream.covers(event):
                stream.waiting.append(event)
        self._unclaimed = deque(event for event in self._unclaimed if not stream.covers(event))
        stream.is_over = self._is_over
        self._streams.add(stream)
        weakref.finalize(stream, self._give_back, stream.waiting).atexit = False
        return stream

    def close(self) -> None:
        """End all streams, those that are opened later too."""
        self._is_over = True
        for stream in self._streams:
            stream.end()

    def _keep(self, event: Event) -> None:
        self._unclaimed.append(event)
        if len(self._unclaimed) > self._limit:
            self._unclaimed.popleft()
            if not isinstance(self._unclaimed[0], Gap):
                self._unclaimed[0] = Gap(Lost.BUFFER_FULL)

    def _give_back(self, rest: deque[Event]) -> None:
        """Keep what a consumer who went away has not taken, unless another one got it as well."""
        left = [event for event in rest if not any(stream.covers(event) for stream in self._streams)]
        self._unclaimed.extendleft(reversed(left))

    def _lose(self) -> None:
        self.put(Gap(Lost.BUFFER_FULL))
