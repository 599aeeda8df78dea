"""What has been told already: each thing once, in the order of the account's log. Knows no socket.

A kept event has a position, which only grows. What is pushed while missed events are being fetched
is held back until that is done, so that order holds across a reconnect.
"""

from collections import deque
from collections.abc import Iterable

from tidings_client.events import Event, Gap, Lost, MessageModified, MessageRecalled, MessageReceived

REMEMBERED = 4096

# What was done to which message: its id and MsgSeq for a new one, its key and version for a change.
Deed = tuple[type[Event], str, int]


class Inbox:
    """The position reached, what came after it, and what this client has sent itself."""

    def __init__(self, after: int | None = None) -> None:
        """Begin after a position of the log; None: with what happens from now on."""
        self._floor = self._reached = -1 if after is None else after
        self._recent: deque[int] = deque()
        self._above: set[int] = set()
        self._own: dict[Deed, None] = {}
        self._unkept: dict[Deed, None] = {}
        self._held: list[Event] = []
        self._is_holding = False

    @property
    def position(self) -> int | None:
        """The highest position that was told; None before the first."""
        return None if self._reached < 0 else self._reached

    @property
    def cookie(self) -> str:
        """The position as the server wants it."""
        return "" if self.position is None else str(self.position)

    def hold(self) -> None:
        """Keep what is pushed back until `release`."""
        self._is_holding = True

    def release(self) -> list[Event]:
        """Return what was held back and is still news."""
        self._is_holding = False
        held, self._held = self._held, []
        return self._news(held)

    def take_push(self, pushed: Iterable[Event]) -> list[Event]:
        """Return what is news; nothing that has a position while pushes are held."""
        if not self._is_holding:
            return self._news(pushed)
        found = list(pushed)
        self._held += [event for event in found if _position(event)]
        return self._news(event for event in found if not _position(event))

    def take_page(self, logged: Iterable[Event], cookie: str, *, has_gap: bool) -> list[Event]:
        """Return what is news in a page of the log, in its order; the page reaches to `cookie`.

        With a gap the position known is worth nothing: the log may even have begun anew below it.
        """
        gap: list[Event] = [Gap(Lost.LOG_TOO_SHORT)] if has_gap and self.position is not None else []
        is_beginning = has_gap or self.position is None
        if is_beginning:
            self._forget_positions()
        news = self._news(sorted(logged, key=_position))
        if cookie.isascii() and cookie.isdigit():
            reached = int(cookie)
            # The first answer may reach beyond what was pushed since the login; that is news all the same.
            self._raise_floor(min([reached, *(_position(event) - 1 for event in self._held if is_beginning)]))
        return gap + news

    def does(self, deed: Deed) -> None:
        """Note what this client does itself, which is no news when the log brings it."""
        _note(self._own, deed)

    def gave_up(self, deed: Deed) -> None:
        """Note that a deed failed or its fate is unknown: should the log bring it, it is news."""
        self._own.pop(deed, None)

    def _news(self, events: Iterable[Event]) -> list[Event]:
        # What happened at one position may be told by several events, one behind the other.
        fresh: set[int] = set()
        return [event for event in events if self._is_news(event, fresh)]

    def _is_news(self, event: Event, fresh: set[int]) -> bool:
        position = _position(event)
        if position and position not in fresh:
            if not self._reach(position):
                return False
            fresh.add(position)
        deed = _deed(event)
        if deed is None:
            return True
        if deed in self._own:
            return False
        return bool(position) or _note(self._unkept, deed)

    def _reach(self, position: int) -> bool:
        """Note a position; returns whether it is a new one."""
        if position <= self._floor or position in self._above:
            return False
        self._reached = max(self._reached, position)
        self._above.add(position)
        self._recent.append(position)
        if len(self._recent) > REMEMBERED:
            oldest = self._recent.popleft()
            self._above.discard(oldest)
            self._floor = max(self._floor, oldest)
        return True

    def _forget_positions(self) -> None:
        self._floor = self._reached = -1
        self._recent.clear()
        self._above.clear()

    def _raise_floor(self, position: int) -> None:
        self._floor = max(self._floor, position)
        self._reached = max(self._reached, position)
        self._above = {each for each in self._above if each > self._floor}
        self._recent = deque(each for each in self._recent if each > self._floor)


def _position(event: Event) -> int:
    found = getattr(event, "position", 0)
    return found if isinstance(found, int) else 0


def _deed(event: Event) -> Deed | None:
    match event:
        case MessageReceived(message):
            return MessageReceived, message.id, message.seq
        case MessageRecalled(key=key):
            return MessageRecalled, key, 0
        case MessageModified(key=key, version=version):
            return MessageModified, key, version
    return None


def _note(seen: dict[Deed, None], deed: Deed) -> bool:
    """Remember a deed among the latest; returns whether it is a new one."""
    if deed in seen:
        return False
    seen[deed] = None
    if len(seen) > REMEMBERED:
        del seen[next(iter(seen))]
    return True
