"""Whatever people do at the same moment: no relation is half there, and what was told is what is there.

Three people add, ask, answer, delete and block each other and keep friends in groups, several calls in one
moment, with lists that are soon full. Each has a device that is told everything live, and one that catches
up now and then. What either puts together of events alone must be what the store answers when asked anew.
"""

import asyncio
from collections.abc import Awaitable, Coroutine, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.support.delivery import Recorder
from tests.support.stores import APP, NOW, VAULT
from tidings.clock import SteppedClock
from tidings.domain.accounts import Account, Accounts, Newcomer
from tidings.domain.apps import App
from tidings.domain.barriers import Barriers
from tidings.domain.blocks import Blocks
from tidings.domain.events import FriendGroupChange, KeptEvent, RelationsChanged
from tidings.domain.friend_groups import FriendGroups
from tidings.domain.friend_requests import Answer, FriendRequests, Reply
from tidings.domain.friends import Adding, Friends, Update, Wish
from tidings.domain.relation_lists import RequestQuery
from tidings.domain.relations import RelationChanges, Results
from tidings.domain.usersig import KeyRing
from tidings.errors import TidingsError
from tidings.ids import START, Position, UserId
from tidings.settings import AppSettings
from tidings.store.sqlite.store import Store, open_memory

T = TypeVar("T")
ONLY_FRIENDS = AppSettings(friends_only=True)
CHAT = App(APP, "chat", is_enabled=True, created_at=NOW, keys=KeyRing(), settings=AppSettings(allow_type="confirm"))
TIGHT = replace(CHAT, settings=AppSettings(allow_type="confirm", friends=1))
# What the rules may say no with: no such relation, itself, asked first, blocked, or a list that is full.
REFUSALS = {30001, 30010, 30014, 30515, 30525, 30539, 30614, 31704, 31804, 32216}
LOG_PAGE = 3
PERSON = st.integers(0, 2)
PEERS = st.lists(PERSON, min_size=1, max_size=3)
GROUP_NAME = st.sampled_from(["", "a", "b"])
CALL = st.one_of(
    st.tuples(st.just("add"), PERSON, PEERS, st.booleans(), st.booleans(), st.booleans(), GROUP_NAME),
    st.tuples(st.just("answer"), PERSON, PEERS, st.sampled_from(Reply), st.booleans(), GROUP_NAME),
    st.tuples(st.just("forget"), PERSON, PEERS, st.booleans(), st.booleans()),
    st.tuples(st.just("delete"), PERSON, PEERS, st.booleans()),
    st.tuples(st.just("delete_all"), PERSON, st.booleans()),
    st.tuples(st.just("block"), PERSON, PEERS),
    st.tuples(st.just("unblock"), PERSON, PEERS),
    st.tuples(st.just("update"), PERSON, PEERS, GROUP_NAME),
    st.tuples(st.just("regroup"), PERSON, PEERS, GROUP_NAME),
)
Call = tuple[Any, ...]
Request = tuple[UserId, bool]


@dataclass(slots=True)
class Device:
    """Holds what it was told, and nothing else."""

    position: Position = START
    friends: set[UserId] = field(default_factory=set)
    remarks: dict[UserId, object] = field(default_factory=dict)
    blocked: set[UserId] = field(default_factory=set)
    requests: set[Request] = field(default_factory=set)
    groups: set[str] = field(default_factory=set)

    def take(self, position: Position, event: KeptEvent, own: UserId) -> None:
        """Take one event in; what one event tells happened in no order, save groups and updates."""
        assert position > self.position
        self.position = position
        assert isinstance(event, RelationsChanged)
        for change in event.groups:
            self._regroup(change)
        both = set(event.added_ids) & set(event.deleted_ids)
        assert not both, f"{both} came and went in one event"
        self.friends |= set(event.added_ids)
        for user_id in event.deleted_ids:
            self.friends.remove(user_id)
            self.remarks.pop(user_id, None)
        assert not self.blocked & set(event.blocked_ids)
        self.blocked = (self.blocked | set(event.blocked_ids)) - set(event.unblocked_ids)
        self.requests |= {(request.user_id, request.asker_id == own) for request in event.requests}
        for ended in event.ended_requests:
            self.requests.remove((ended.user_id, ended.is_own))
        for update in event.updates:
            assert update.user_id in self.friends
            for each in update.fields:
                if each.tag == "Tag_SNS_IM_Remark":
                    self.remarks[update.user_id] = each.value

    def _regroup(self, change: FriendGroupChange) -> None:
        assert change.name not in self.groups
        assert not change.old_name or change.old_name in self.groups
        self.groups = (self.groups - {change.old_name}) | ({change.name} - {""})

    def state(self) -> tuple[object, ...]:
        """Return all that it holds, for comparing."""
        remarks = {user_id: remark for user_id, remark in self.remarks.items() if remark}
        return self.friends, remarks, self.blocked, self.requests, self.groups


class RelationsInAMoment(RuleBasedStateMachine):
    """Three people, their devices, and what the store says."""

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.delivery = Recorder()

    def run(self, coroutine: Coroutine[Any, Any, T]) -> T:
        return self.runner.run(coroutine)

    @initialize()
    def begin(self) -> None:
        self.store: Store = self.run(self.open())
        self.barriers = Barriers(self.store.relation_lists)
        changes = RelationChanges(self.store.relations, self.barriers, self.delivery, SteppedClock(float(NOW)))
        self.friends, self.requests = Friends(changes), FriendRequests(changes)
        self.groups, self.blocks = FriendGroups(changes), Blocks(changes)
        newcomers = [Newcomer(UserId(name)) for name in ("ann", "ben", "cat")]
        self.people: list[Account] = self.run(Accounts(self.store.accounts).save(APP, newcomers))
        self.live = [Device() for _ in self.people]
        self.late = [Device() for _ in self.people]

    async def open(self) -> Store:
        return open_memory(VAULT)

    @rule(calls=st.lists(CALL, min_size=1, max_size=5))
    def call(self, calls: Sequence[Call]) -> None:
        self.run(self.all_at_once(calls))

    async def all_at_once(self, calls: Sequence[Call]) -> None:
        for found in await asyncio.gather(*(self.one(*call) for call in calls)):
            assert {error.code for error in found or () if error is not None} <= REFUSALS

    async def one(self, name: str, one: int, *rest: Any) -> Results | None:
        """Do what one person asks; what was refused as a whole counts as a result too."""
        call: Awaitable[Results | None] = getattr(self, f"do_{name}")(self.people[one], *rest)
        try:
            return await call
        except TidingsError as error:
            return [error]

    def peers(self, numbers: Sequence[int]) -> list[Account]:
        return [self.people[number] for number in dict.fromkeys(numbers)]

    async def do_add(
        self,
        owner: Account,
        peers: Sequence[int],
        is_both: bool,  # noqa: FBT001
        is_forced: bool,  # noqa: FBT001
        is_tight: bool,  # noqa: FBT001
        group: str,
    ) -> Results:
        how = Adding(TIGHT if is_tight else CHAT, is_both=is_both, is_forced=is_forced)
        return await self.friends.add(owner, [Wish(peer, "AddSource", group=group) for peer in self.peers(peers)], how)

    async def do_answer(
        self,
        owner: Account,
        peers: Sequence[int],
        reply: Reply,
        is_tight: bool,  # noqa: FBT001
        group: str,
    ) -> Results:
        answers = [Answer(peer, reply, group=group) for peer in self.peers(peers)]
        return await self.requests.answer(TIGHT if is_tight else CHAT, owner, answers)

    async def do_forget(self, owner: Account, peers: Sequence[int], received: bool, sent: bool) -> Results:  # noqa: FBT001
        return await self.requests.delete(owner, self.peers(peers), received=received, sent=sent)

    async def do_delete(self, owner: Account, peers: Sequence[int], is_both: bool) -> Results:  # noqa: FBT001
        return await self.friends.delete(owner, self.peers(peers), is_both=is_both)

    async def do_delete_all(self, owner: Account, is_both: bool) -> None:  # noqa: FBT001
        await self.friends.delete_all(owner, is_both=is_both)

    async def do_block(self, owner: Account, peers: Sequence[int]) -> Results:
        return await self.blocks.block(owner, self.peers(peers))

    async def do_unblock(self, owner: Account, peers: Sequence[int]) -> Results:
        return await self.blocks.unblock(owner, self.peers(peers))

    async def do_update(self, owner: Account, peers: Sequence[int], remark: str) -> Results:
        return await self.friends.update(owner, [Update(peer, remark=remark) for peer in self.peers(peers)])

    async def do_regroup(self, owner: Account, peers: Sequence[int], name: str) -> Results | None:
        if name:
            return await self.groups.add(owner, [name], self.peers(peers))
        await self.groups.delete(owner, ["a"])
        return None

    @rule(one=PERSON)
    def catch_up(self, one: int) -> None:
        self.run(self.read_log(one))

    async def read_log(self, one: int) -> None:
        device, is_complete = self.late[one], False
        while not is_complete:
            page = await self.store.conversations.log_after(self.people[one].number, device.position, LOG_PAGE, NOW)
            for entry in page.entries:
                assert isinstance(entry, tuple)
                device.take(*entry, self.people[one].user_id)
            is_complete = page.is_complete

    async def fetch(self, one: int) -> Device:
        """Ask the store for everything, as a device does that knows nothing."""
        lists, number = self.store.relation_lists, self.people[one].number
        rows = await lists.friend_page(number, 0, 9)
        requests = await lists.requests(number, RequestQuery(received=True, sent=True, before=0, limit=9))
        counts = await lists.counts(number)
        found = Device(
            friends={row.person.user_id for row in rows},
            remarks={row.person.user_id: row.entry.remark for row in rows if row.entry.remark},
            blocked={row.person.user_id for row in await lists.block_page(number, 0, 9)},
            requests={(row.person.user_id, row.is_own) for row in requests},
            groups={group.name for group in await lists.friend_groups(number, None, with_members=False)},
        )
        assert (counts.friends, counts.blocked) == (len(found.friends), len(found.blocked))
        assert {name for row in rows for name in row.entry.groups} <= found.groups
        return found

    @invariant()
    def no_relation_is_half_there(self) -> None:
        if hasattr(self, "people"):
            self.fetched = self.run(self.fetch_all())
            self.check_pairs()
            self.check_devices()

    async def fetch_all(self) -> list[Device]:
        return [await self.fetch(one) for one in range(len(self.people))]

    def check_pairs(self) -> None:
        for one, own in zip(self.people, self.fetched, strict=True):
            mine = one.user_id
            assert mine not in own.friends | own.blocked | {user_id for user_id, _ in own.requests}
            for other, theirs in zip(self.people, self.fetched, strict=True):
                peer = other.user_id
                # A block ends friendship and requests, both ways; a request ends once its asker has the friend.
                if peer in own.blocked:
                    assert peer not in own.friends
                    assert mine not in theirs.friends
                    assert not {(peer, True), (peer, False)} & own.requests
                assert ((peer, True) in own.requests) == ((mine, False) in theirs.requests)
                assert bool(self.barriers.flags(other, one, AppSettings())) == (peer in own.blocked)
                is_let = one is other or (mine in theirs.friends and peer in own.friends)
                assert self.is_let(other, one) == is_let

    def is_let(self, sender: Account, receiver: Account) -> bool:
        try:
            self.barriers.flags(sender, receiver, ONLY_FRIENDS)
        except TidingsError:
            return False
        return True

    def check_devices(self) -> None:
        told, positions = self.delivery.events, self.delivery.positions
        numbers = [person.number for person in self.people]
        for (account, event, _), position in zip(told, positions, strict=True):
            at = numbers.index(account)
            self.live[at].take(position, event, self.people[at].user_id)
        told.clear()
        positions.clear()
        for device, found in zip(self.live, self.fetched, strict=True):
            assert device.state() == found.state()

    def teardown(self) -> None:
        if hasattr(self, "people"):
            for one, device in enumerate(self.late):
                self.run(self.read_log(one))
                assert device.state() == self.live[one].state()
            self.run(self.store.close())
        self.runner.close()


TestRelationsInAMoment = RelationsInAMoment.TestCase
TestRelationsInAMoment.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
