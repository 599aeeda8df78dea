"""Which messages of groups were told already: each once, in the order of the group's sequence. Knows no socket.

A group's messages are numbered 1, 2, 3 ... without a gap. What comes after a hole waits until what
belongs there was fetched; so does all that is told of the group meanwhile.
"""

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from tidings_client.events import Event
from tidings_client.group_events import (
    GroupEvent,
    GroupMessageRecalled,
    GroupMessageReceived,
    GroupTipReceived,
    TopicsCreated,
    TopicsDeleted,
)
from tidings_client.group_messages import TOPIC_MARK, GroupMessage, TipKind, community_of

K = TypeVar("K")

REMEMBERED = 4096
REMEMBERED_TIPS = 64
LEAVING = (TipKind.QUIT, TipKind.REMOVED)


@dataclass(slots=True)
class _Room:
    """How far a group was told, and what waits behind a hole.

    `own` are sequences above the hole that this client's own messages have got, `tips` the latest
    tips told: some have no sequence of their own, but that of the message before them.
    """

    reached: int
    waiting: deque[GroupEvent] = field(default_factory=deque)
    own: set[int] = field(default_factory=set)
    tips: deque[tuple[int, int]] = field(default_factory=lambda: deque(maxlen=REMEMBERED_TIPS))

    def advance(self, seq: int) -> None:
        """Count everything up to a sequence as told."""
        self.reached = max(self.reached, seq)
        while self.reached + 1 in self.own:
            self.reached += 1
        self.own = {seq for seq in self.own if seq > self.reached}

    @property
    def goal(self) -> int:
        """The sequence up to which something is known to be there."""
        seqs = [message.seq for event in self.waiting if (message := message_of(event)) is not None]
        return max([self.reached, *self.own, *seqs])


class GroupInbox:
    """How far each group was told, and what this client has done itself."""

    def __init__(self, me: str, after: Mapping[str, int] | None = None) -> None:
        """Go on after what the user `me` was told of each group; None: with what happens from now on."""
        self._me = me
        self._silent: set[str] = set()
        self._rooms = {group: _Room(seq) for group, seq in (after or {}).items()}
        self._held: list[GroupEvent] = []
        self._is_holding = False
        self._own: dict[str, None] = {}
        self._recalled: dict[tuple[str, int], None] = {}

    @property
    def reached(self) -> dict[str, int]:
        """The highest sequence told of each group."""
        return {group: room.reached for group, room in self._rooms.items()}

    @property
    def holes(self) -> dict[str, int]:
        """The groups in which something is missing, and up to which sequence; none while things are held."""
        found = {group: room.goal for group, room in self._rooms.items() if room.waiting or room.own}
        return {} if self._is_holding else found

    def place(self, group: str) -> int | None:
        """Return up to which sequence a group was told; None for one that is not known."""
        room = self._rooms.get(group)
        return None if room is None else room.reached

    def hold(self) -> None:
        """Keep what is pushed back until `release`."""
        self._is_holding = True

    def release(self) -> list[Event]:
        """Return what was held back and is still news."""
        self._is_holding = False
        held, self._held = self._held, []
        return self.take(held)

    def lowest_held(self, group: str) -> int | None:
        """Return the lowest sequence of a group that is held back."""
        messages = (message_of(event) for event in self._held if event.group == group)
        return min((message.seq for message in messages if message is not None), default=None)

    def take(self, pushed: Iterable[GroupEvent]) -> list[Event]:
        """Return what is news and whose turn it is."""
        return [news for event in pushed for news in self._take(event)]

    def begin(self, group: str, reached: int) -> None:
        """Count everything up to a sequence of a group as told, and nothing above it."""
        self._rooms[group] = _Room(reached)
        self._silent.discard(group)

    def silence(self, group: str, reached: int) -> None:
        """Note that the account receives nothing of a group and its topics: what is told next is a new beginning."""
        self.begin(group, reached)
        self._silent |= {group, *self._topics_of(group)}

    def is_silent(self, group: str) -> bool:
        """Say whether the account receives nothing of a group, as far as is known."""
        return group in self._silent

    def expect(self, topic: str) -> None:
        """Note that a topic was made: its first message has the sequence 1."""
        self._rooms.setdefault(topic, _Room(0))
        if community_of(topic) in self._silent:
            self._silent.add(topic)

    def forget(self, group: str) -> None:
        """Know nothing of a group and its topics any more: what comes of it next is its beginning."""
        for name in (group, *self._topics_of(group)):
            self._rooms.pop(name, None)
            self._silent.discard(name)

    def fill(self, group: str, found: Iterable[GroupEvent], up_to: int) -> list[Event]:
        """Return what is news of a part of the history, oldest first, that ends at `up_to`, and what waited for it."""
        room = self._rooms.get(group)
        if room is None:
            return []
        news: list[Event] = []
        for event in found:
            message = message_of(event)
            if message is not None and message.seq > room.reached:
                news += self._admit(group, room, event)
        room.advance(up_to)
        return news + self._drain(group, room)

    def give_up(self, group: str) -> list[Event]:
        """Return what waits behind a hole that will never be filled."""
        room = self._rooms.get(group)
        if room is None:
            return []
        news: list[Event] = []
        while room.waiting:
            news += self._admit(group, room, room.waiting.popleft())
        room.advance(max(room.own, default=0))
        return news

    def does(self, message_id: str) -> None:
        """Note a message that this client sends itself, which is no news when it comes back."""
        _note(self._own, message_id)

    def gave_up(self, message_id: str) -> None:
        """Note that sending failed or its fate is unknown: should the message come, it is news."""
        self._own.pop(message_id, None)

    def has_sent(self, group: str, seq: int) -> list[Event]:
        """Note the sequence that an own message has got; returns what waited for it."""
        room = self._rooms.get(group)
        if room is None:
            return []
        if group in self._silent:
            room.advance(seq)
        elif seq > room.reached:
            room.own.add(seq)
            room.advance(0)
        return self._drain(group, room)

    def recalls(self, group: str, seq: int) -> bool:
        """Note that a message is recalled; returns whether that is news."""
        return _note(self._recalled, (group, seq))

    def has_not_recalled(self, group: str, seq: int) -> None:
        """Note that a recall failed."""
        self._recalled.pop((group, seq), None)

    def _topics_of(self, group: str) -> list[str]:
        return [name for name in self._rooms if name.startswith(group + TOPIC_MARK)]

    def _take(self, event: GroupEvent) -> list[Event]:
        message = message_of(event)
        if message is not None and not message.is_kept:
            return [event]
        if self._is_holding:
            self._held.append(event)
            return []
        if event.group not in self._rooms or (message is not None and event.group in self._silent):
            if message is None:
                return self._tell(event)
            # A group that this account has just come into, or wants to hear again: this is its beginning.
            self.begin(event.group, max(message.seq - 1, 0))
        room = self._rooms[event.group]
        room.waiting.append(event)
        return self._drain(event.group, room)

    def _drain(self, group: str, room: _Room) -> list[Event]:
        news: list[Event] = []
        while room.waiting:
            message = message_of(room.waiting[0])
            if message is not None and message.seq > room.reached + 1:
                break
            news += self._admit(group, room, room.waiting.popleft())
            if self._rooms.get(group) is not room:
                # The account has left the group; what follows is of a later stay.
                rest, room.waiting = list(room.waiting), deque()
                return news + self.take(rest)
        return news

    def _admit(self, group: str, room: _Room, event: GroupEvent) -> list[Event]:
        message = message_of(event)
        if message is None:
            return self._tell(event)
        name = (message.seq, message.random)
        if message.seq <= room.reached and (message.tip is None or name in room.tips):
            return []
        room.advance(message.seq)
        if message.is_recalled:
            self.recalls(group, message.seq)
        if message.tip is not None:
            room.tips.append(name)
            if message.tip.kind in LEAVING and self._me in message.tip.users:
                self.forget(group)
        return [] if message.id in self._own else [event]

    def _tell(self, event: GroupEvent) -> list[Event]:
        match event:
            case GroupMessageRecalled() if not self.recalls(event.group, event.seq):
                return []
            case TopicsCreated():
                for topic in event.topics:
                    self.expect(topic)
            case TopicsDeleted():
                for topic in event.topics:
                    self.forget(topic)
        return [event]


def message_of(event: Event) -> GroupMessage | None:
    """Return the message that an event brings, if it does."""
    return event.message if isinstance(event, GroupMessageReceived | GroupTipReceived) else None


def _note(seen: dict[K, None], key: K) -> bool:
    """Remember something among the latest; returns whether it is new."""
    if key in seen:
        return False
    seen[key] = None
    if len(seen) > REMEMBERED:
        del seen[next(iter(seen))]
    return True
