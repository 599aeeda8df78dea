"""Whatever two people hang on a message at the same moment: what was told is what is there, and no vote is lost.

Both sides set, delete and clear extensions and react, several calls in one moment. Each has a device that
is told everything live, and one that catches up now and then. What either puts together of events alone
must be what the store answers when asked anew.
"""

import asyncio
from collections.abc import Coroutine, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.support.delivery import Recorder
from tests.support.stores import NOW, VAULT, message, people, put
from tidings.clock import SteppedClock
from tidings.domain.accounts import Account
from tidings.domain.events import ExtensionsChanged, KeptEvent, MessageReacted
from tidings.domain.extensions import Extensions, Operation, Pair, Update
from tidings.domain.messages import Flag, Message
from tidings.domain.reactions import REACTIONS, Reactions, Wish
from tidings.errors import TidingsError
from tidings.ids import NO_INSTANCE, Position
from tidings.store.sqlite.store import Store, open_memory

T = TypeVar("T")
LOG_PAGE = 3
SIDE, KEY = st.integers(0, 1), st.sampled_from("abc")
CHANGE = st.tuples(SIDE, st.sampled_from(Operation), st.lists(KEY, min_size=1, max_size=3, unique=True), st.booleans())
REACTION = st.tuples(SIDE, st.sampled_from([str(number) for number in range(REACTIONS + 2)]), st.booleans())


@dataclass(slots=True)
class Device:
    """Holds what it was told, and nothing else."""

    position: Position
    pairs: dict[str, tuple[str, int]] = field(default_factory=dict)
    reactions: dict[str, tuple[int, bool]] = field(default_factory=dict)

    def take(self, position: Position, event: KeptEvent) -> None:
        assert position > self.position
        self.position = position
        if isinstance(event, ExtensionsChanged):
            if event.operation == Operation.CLEAR:
                self.pairs = {key: pair for key, pair in self.pairs.items() if pair[1] > event.cleared_seq}
            self.pairs |= {key: (value, seq) for key, value, seq in event.pairs}
        elif isinstance(event, MessageReacted):
            self.reactions[event.reaction] = (event.count, event.is_own)
            if not event.count:
                del self.reactions[event.reaction]


class TwoAtOneMessage(RuleBasedStateMachine):
    """Two people, their devices, one message, and what the store says."""

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.delivery = Recorder()
        self.votes = 0
        self.won: set[tuple[str, int]] = set()

    def run(self, coroutine: Coroutine[Any, Any, T]) -> T:
        return self.runner.run(coroutine)

    @initialize()
    def begin(self) -> None:
        self.run(self.open())

    async def open(self) -> None:
        self.store: Store = open_memory(VAULT)
        clock = SteppedClock(float(NOW))
        self.extensions = Extensions(self.store.extensions, self.store.messages, self.delivery, clock)
        self.reactions = Reactions(self.store.reactions, self.store.messages, self.delivery)
        them = await people(self.store)
        self.sent: Message = message(them.alice, them.bob, flags=Flag.EXTENSIBLE)
        await put(self.store, self.sent)
        self.sides: tuple[Account, Account] = (them.alice, them.bob)
        self.live = [Device(self.sent.position) for _ in self.sides]
        self.late = [Device(self.sent.position) for _ in self.sides]

    @rule(changes=st.lists(CHANGE, min_size=1, max_size=5))
    def change_extensions(self, changes: Sequence[tuple[int, Operation, Sequence[str], bool]]) -> None:
        self.run(self.all_at_once(*(self.change(*change) for change in changes)))

    @rule(reactions=st.lists(REACTION, min_size=1, max_size=5))
    def react(self, reactions: Sequence[tuple[int, str, bool]]) -> None:
        self.run(self.all_at_once(*(self.react_or_not(*each) for each in reactions)))

    async def all_at_once(self, *calls: Coroutine[Any, Any, None]) -> None:
        await asyncio.gather(*calls)

    async def change(self, one: int, operation: Operation, keys: Sequence[str], is_fresh: bool) -> None:  # noqa: FBT001
        self.votes += 1
        seen = self.live[one].pairs if is_fresh else {}
        pairs = [Pair(key, f"{self.votes}", seen.get(key, ("", 0))[1]) for key in keys]
        update = Update(operation, () if operation is Operation.CLEAR else pairs, is_checked=True)
        outcomes = await self.extensions.update(*self.sides, self.sent.key, update, source=NO_INSTANCE)
        assert {outcome.code for outcome in outcomes} <= {0, 23001}
        for outcome in outcomes:
            known = outcome.pair.key, seen.get(outcome.pair.key, ("", 0))[1]
            if outcome.code == 0 and 0 < known[1] < outcome.pair.seq and operation is not Operation.CLEAR:
                assert known not in self.won, "two changes came from the same value: one of them is lost"
                self.won.add(known)

    async def react_or_not(self, one: int, name: str, takes_back: bool) -> None:  # noqa: FBT001
        wish = Wish(self.sides[one], *self.sides, self.sent.key, name)
        code = 0
        try:
            await (self.reactions.remove if takes_back else self.reactions.add)(wish, NO_INSTANCE)
        except TidingsError as refused:
            code = refused.code
        assert code in {0, 23005, 23007}

    @rule(one=SIDE)
    def catch_up(self, one: int) -> None:
        self.run(self.read_log(one))

    async def read_log(self, one: int) -> None:
        device, is_complete = self.late[one], False
        while not is_complete:
            page = await self.store.conversations.log_after(self.sides[one].number, device.position, LOG_PAGE, NOW)
            for entry in page.entries:
                assert isinstance(entry, tuple)
                device.take(*entry)
            is_complete = page.is_complete

    @invariant()
    def what_was_told_is_what_is_there(self) -> None:
        if hasattr(self, "sides"):
            self.run(self.check_devices())

    async def check_devices(self) -> None:
        devices = {each.number: device for each, device in zip(self.sides, self.live, strict=True)}
        for (account, event, _), position in zip(self.delivery.events, self.delivery.positions, strict=True):
            devices[account].take(position, event)
        self.delivery.events.clear()
        self.delivery.positions.clear()
        _, pairs = await self.extensions.page(*self.sides, self.sent.key, 0)
        there = {pair.key: (pair.value, pair.seq) for pair in pairs}
        assert len({seq for _, seq in there.values()}) == len(there)
        for side, device in zip(self.sides, self.live, strict=True):
            assert device.pairs == there
            found = await self.reactions.of(side, self.sides, self.sent.key, 9)
            assert device.reactions == {each.name: (each.count, each.is_own) for each in found}
            assert len(found) <= REACTIONS

    def teardown(self) -> None:
        if hasattr(self, "sides"):
            for one, device in enumerate(self.late):
                self.run(self.read_log(one))
                assert (device.pairs, device.reactions) == (self.live[one].pairs, self.live[one].reactions)
            self.run(self.store.close())
        self.runner.close()


TestTwoAtOneMessage = TwoAtOneMessage.TestCase
TestTwoAtOneMessage.settings = settings(max_examples=40, stateful_step_count=20, deadline=None)
