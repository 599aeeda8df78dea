"""Whatever people do with their lists: a list fetched anew is the old list and what was told since.

Two people write to each other and to a third, and pin, delete, clear, mark, group and silence their
conversations. Each has a device that is told everything live and one that catches up now and then.
What either puts together of events alone must be what the store answers when asked anew.
"""

import asyncio
from collections.abc import Coroutine, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.property.test_conversations import ELSEWHERE, LOG_PAGE
from tests.support.delivery import Recorder
from tests.support.stores import APP, NOW, VAULT
from tidings.clock import SteppedClock
from tidings.domain import events
from tidings.domain.accounts import Account, Newcomer
from tidings.domain.apps import App
from tidings.domain.conversations import Conversations
from tidings.domain.events import KeptEvent
from tidings.domain.marks import MarkChange, Marks
from tidings.domain.messages import Flag, Message
from tidings.domain.ports import Traits
from tidings.domain.reading import Reading
from tidings.domain.receiving import QuietTime, ReceiveOption, Receiving
from tidings.domain.sending import Draft, Sending
from tidings.domain.usersig import KeyRing
from tidings.errors import TidingsError
from tidings.ids import AccountNumber, InstanceId, Position, SystemChance, UserId
from tidings.settings import AppSettings
from tidings.store.sqlite.store import Store, open_memory

T = TypeVar("T")
MAX_PINS = 2
CHAT = App(
    APP,
    "chat",
    is_enabled=True,
    created_at=NOW,
    keys=KeyRing(),
    settings=AppSettings(pinned_conversations=MAX_PINS, sync_deletions=True),
)
PERSON, PEERS = st.integers(0, 1), st.lists(st.integers(0, 2), min_size=1, max_size=3)
NAMES = st.sampled_from(["Work", "Home", "Sport"])
BITS = st.integers(0, 7)


@dataclass(slots=True)
class Row:
    """A conversation as a device holds it: in the list or not, and with which last message."""

    is_listed: bool = False
    is_pinned: bool = False
    last: bytes | None = None
    marks: int = 0
    custom: str = ""
    option: int = 0
    groups: set[int] = field(default_factory=set)


class Follower:
    """Holds what it was told, and nothing else."""

    def __init__(self, owner: UserId) -> None:
        self.owner = owner
        self.position = Position(0)
        self.rows: dict[UserId, Row] = {}
        self.groups: dict[int, str] = {}
        self.quiet = QuietTime()

    def row(self, peer: UserId) -> Row:
        return self.rows.setdefault(peer, Row())

    def take_message(self, message: Message) -> None:
        assert message.position > self.position
        self.position = message.position
        row = self.row(message.receiver_id if message.sender_id == self.owner else message.sender_id)
        row.is_listed, row.last = True, message.body

    def take_event(self, position: Position, event: KeptEvent) -> None:
        assert position > self.position
        self.position = position
        self._change_list(event)
        self._change_rest(event)

    def _change_list(self, event: KeptEvent) -> None:
        match event:
            case events.ConversationsDeleted(peers, _):
                for peer in peers:
                    self.rows[peer] = replace(self.row(peer), is_listed=False, is_pinned=False, last=None)
            case events.HistoryCleared(peer):
                self.row(peer).is_listed, self.row(peer).last = True, None
            case events.ConversationsPinned(peers, is_pinned):
                for peer in peers:
                    self.row(peer).is_pinned = is_pinned
                    self.row(peer).is_listed |= is_pinned
            case events.ConversationsMarked(marks):
                for each in marks:
                    assert each.has_bits or each.has_custom
                    self.row(each.peer_id).marks, self.row(each.peer_id).custom = each.bits, each.custom
            case events.ReceiveOptionSet(peers, option):
                for peer in peers:
                    self.row(peer).option = option

    def _change_rest(self, event: KeptEvent) -> None:
        match event:
            case events.QuietTimeSet(option, start, end, is_repeated):
                self.quiet = QuietTime(ReceiveOption(option), start, end, is_repeated)
            case events.ConversationGroupCreated(number, name, peers):
                assert number not in self.groups
                self.groups[number] = name
                self._move(number, peers, ())
            case events.ConversationGroupDeleted(number, name):
                assert self.groups.pop(number) == name
                self._move(number, (), list(self.rows))
            case events.ConversationGroupRenamed(number, name, old_name):
                assert self.groups[number] == old_name
                self.groups[number] = name
            case events.ConversationGroupChanged(number, name, added, removed):
                assert self.groups[number] == name
                self._move(number, added, removed)

    def _move(self, number: int, added: Sequence[UserId], removed: Sequence[UserId]) -> None:
        for peer in added:
            self.row(peer).groups.add(number)
        for peer in removed:
            self.row(peer).groups.discard(number)


class Wires(Recorder):
    """Brings everything at once to those devices that are there all the time."""

    def __init__(self) -> None:
        super().__init__()
        self.devices: dict[AccountNumber, Follower] = {}

    def message(self, message: Message, source: InstanceId, *, to_sender: bool) -> int:
        assert (source, to_sender) == (ELSEWHERE, True)
        is_refused = bool(message.flags & Flag.DELETED_BY_RECEIVER)
        for number in {message.sender} if is_refused else {message.sender, message.receiver}:
            if number in self.devices:
                self.devices[number].take_message(message)
        return 0

    def event(self, account: AccountNumber, position: Position, event: KeptEvent, source: InstanceId) -> None:
        assert source == ELSEWHERE
        self.devices[account].take_event(position, event)


class Lists(RuleBasedStateMachine):
    """Two people and what they do with their lists; a third only gets and sends."""

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.clock, self.wires, self.sent = SteppedClock(NOW), Wires(), 0

    def run(self, call: Coroutine[Any, Any, T]) -> T:
        return self.runner.run(call)

    def attempt(self, call: Coroutine[Any, Any, object]) -> None:
        """Do what limits and names may forbid: then nothing has changed."""
        with suppress(TidingsError):
            self.run(call)

    @initialize()
    def begin(self) -> None:
        self.people = self.run(self._open())
        self.owners = self.people[:2]
        self.away = {owner.number: Follower(owner.user_id) for owner in self.owners}
        self.wires.devices = {owner.number: Follower(owner.user_id) for owner in self.owners}
        store, told = self.store, (self.wires, self.clock)
        self.lists, self.marks = Conversations(store.listing, *told), Marks(store.marks, *told)
        self.reading, self.receiving = Reading(store.conversations, *told), Receiving(store.receiving, *told)
        self.sending = Sending(store.messages, *told, SystemChance())
        self.sending.heed(self.receiving.refusals)

    async def _open(self) -> list[Account]:
        self.store: Store = open_memory(VAULT)
        newcomers = [Newcomer(UserId(name)) for name in ("alice", "bob", "carol")]
        return await self.store.accounts.save_accounts(APP, newcomers)

    def teardown(self) -> None:
        self.run(self.store.close())
        self.runner.close()

    def peers(self, numbers: Sequence[int]) -> list[Account]:
        return [self.people[number] for number in numbers]

    @rule(one=st.integers(0, 2), step=st.integers(0, 2), passed=st.integers(0, 1))
    def send(self, one: int, step: int, passed: int) -> None:
        self.clock.step(passed)
        self.sent += 1
        sender, receiver = self.people[one], self.people[(one + step) % 3]
        body = b"[%d]" % self.sent
        draft = Draft(sender, receiver, self.sent, self.sent, None, body, source=ELSEWHERE, heeds_refusals=True)
        self.run(self.sending.send(draft))

    @rule(one=PERSON, peers=PEERS, is_pinned=st.booleans())
    def pin(self, one: int, peers: list[int], *, is_pinned: bool) -> None:
        owner, chosen = self.people[one], self.peers(peers)
        if is_pinned:
            self.attempt(self.lists.pin(CHAT, owner, chosen, ELSEWHERE))
        else:
            self.run(self.lists.unpin(owner, chosen, ELSEWHERE))

    @rule(one=PERSON, peers=PEERS, clears=st.booleans())
    def delete(self, one: int, peers: list[int], *, clears: bool) -> None:
        self.run(self.lists.delete(CHAT, self.people[one], self.peers(peers), ELSEWHERE, clears=clears))

    @rule(one=PERSON, peer=st.integers(0, 2))
    def clear(self, one: int, peer: int) -> None:
        self.run(self.lists.clear(self.people[one], self.people[peer], ELSEWHERE))

    @rule(one=PERSON, peers=PEERS, bits=BITS, cleared=BITS, custom=st.sampled_from([None, "", "vip"]))
    def mark(self, one: int, peers: list[int], bits: int, cleared: int, custom: str | None) -> None:
        changes = [MarkChange(peer, bits, cleared, custom) for peer in self.peers(peers)]
        self.run(self.marks.mark(self.people[one], changes, ELSEWHERE))

    @rule(one=PERSON, name=NAMES, peers=PEERS)
    def create_group(self, one: int, name: str, peers: list[int]) -> None:
        self.run(self.marks.create_group(self.people[one], name, self.peers(peers), ELSEWHERE))

    @rule(one=PERSON, name=NAMES)
    def delete_group(self, one: int, name: str) -> None:
        self.attempt(self.marks.delete_group(self.people[one], name, ELSEWHERE))

    @rule(one=PERSON, name=NAMES, new_name=NAMES)
    def rename_group(self, one: int, name: str, new_name: str) -> None:
        self.attempt(self.marks.rename_group(self.people[one], name, new_name, ELSEWHERE))

    @rule(one=PERSON, name=NAMES, added=PEERS, removed=PEERS)
    def change_group(self, one: int, name: str, added: list[int], removed: list[int]) -> None:
        sides = self.peers(added), self.peers(removed)
        self.attempt(self.marks.change_group(self.people[one], name, *sides, ELSEWHERE))

    @rule(one=PERSON, peers=PEERS, option=st.sampled_from(ReceiveOption))
    def set_option(self, one: int, peers: list[int], option: ReceiveOption) -> None:
        self.run(self.receiving.set_option(self.people[one], self.peers(peers), option, ELSEWHERE))

    @rule(one=PERSON, start=st.integers(0, 2))
    def set_quiet_time(self, one: int, start: int) -> None:
        quiet = QuietTime(ReceiveOption.QUIET, start, 2, is_repeated=bool(start))
        self.run(self.receiving.set_quiet_time(self.people[one], quiet, ELSEWHERE))

    @rule(one=PERSON)
    def catch_up(self, one: int) -> None:
        owner, is_complete = self.people[one], False
        device = self.away[owner.number]
        after = device.position
        while not is_complete:
            page = self.run(self.store.conversations.log_after(owner.number, after, LOG_PAGE, NOW))
            for entry in page.entries:
                if isinstance(entry, Message):
                    device.take_message(entry)
                else:
                    device.take_event(*entry)
            after, is_complete = page.reached, page.is_complete
        self.check(owner, device)

    @invariant()
    def who_is_told_live_has_what_is_there(self) -> None:
        for owner in self.owners:
            self.check(owner, self.wires.devices[owner.number])

    def check(self, owner: Account, device: Follower) -> None:
        held = {
            peer: (row.is_pinned, row.last, row.marks, row.custom, row.option, row.groups)
            for peer, row in device.rows.items()
            if row.is_listed
        }
        assert held == self.fetched(owner)
        assert sum(row.is_pinned for row in device.rows.values()) <= MAX_PINS
        self.check_marks(owner, device)

    def fetched(self, owner: Account) -> dict[UserId, tuple[object, ...]]:
        """Return the list as it is asked for anew."""
        states = self.run(self.reading.conversations(CHAT, owner, Position(0)))
        return {
            each.peer.user_id: (
                each.is_pinned,
                None if each.last is None else each.last.body,
                *_shown(each.traits),
            )
            for each in states
        }

    def check_marks(self, owner: Account, device: Follower) -> None:
        groups = self.run(self.marks.groups(owner))
        assert device.groups == {group.number: group.name for group in groups}
        found = self.run(self.marks.of(owner, [person.number for person in self.people]))
        for person in self.people:
            row, traits = device.row(person.user_id), found.get(person.number, Traits())
            assert (row.marks, row.custom, row.groups) == (traits.marks, traits.custom_mark, set(traits.groups))
        options = self.run(self.receiving.options(owner, self.people))
        assert {person.user_id: device.row(person.user_id).option for person in self.people} == options
        assert device.quiet == self.run(self.receiving.quiet_time(owner))


def _shown(traits: Traits) -> tuple[object, ...]:
    return traits.marks, traits.custom_mark, traits.receive_option, set(traits.groups)


TestLists = Lists.TestCase
TestLists.settings = settings(max_examples=60, stateful_step_count=30)
