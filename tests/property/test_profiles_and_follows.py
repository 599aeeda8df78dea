"""Whatever people do at the same moment: nobody half follows anybody, and what was told is what is there.

Three people change their profiles, follow each other and stop, several calls in one moment, with limits
that are soon reached, and now and then one of the accounts is deleted. Each has a device that is told
everything live, and one that catches up now and then. What either puts together of events alone must be
what the store answers when asked anew.
"""

import asyncio
from collections.abc import Coroutine, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.support.delivery import Recorder
from tests.support.stores import APP, NOW, VAULT
from tidings.clock import SteppedClock
from tidings.domain.accounts import Account, Accounts, Newcomer
from tidings.domain.apps import App
from tidings.domain.events import FollowsChanged, KeptEvent, ProfileChanged
from tidings.domain.follows import Follows, FollowType
from tidings.domain.profile_fields import Side, Value, Values
from tidings.domain.profiles import Profiles
from tidings.domain.usersig import KeyRing
from tidings.domain.word_filter import WordFilter
from tidings.domain.words import Words
from tidings.ids import START, Position, UserId
from tidings.settings import AppSettings
from tidings.store.sqlite.store import Store, open_memory

T = TypeVar("T")
SETTINGS = AppSettings(
    followed_users=2, followers=2, mutual_follows=1, profile_fields="City:string:rw:rw,Note:string:-:rw"
)
CHAT = App(APP, "chat", is_enabled=True, created_at=NOW, keys=KeyRing(), settings=SETTINGS)
KINDS = (FollowType.FOLLOWER, FollowType.FOLLOWED, FollowType.MUTUAL)
TEXTS = ("Tag_Profile_IM_Nick", "Tag_Profile_IM_Image", "Tag_Profile_Custom_City", "Tag_Profile_Custom_Note")
LOG_PAGE = 3
PERSON = st.integers(0, 2)
ITEM = st.one_of(
    st.tuples(st.sampled_from(TEXTS), st.sampled_from(["", "a", "b"])),
    st.tuples(st.just("Tag_Profile_IM_Level"), st.integers(0, 2)),
)
FOLLOW = st.tuples(st.booleans(), PERSON, st.lists(PERSON, min_size=1, max_size=3))


@dataclass(slots=True)
class Device:
    """Holds what it was told, and nothing else."""

    position: Position = START
    profile: Values = field(default_factory=dict)
    lists: dict[int, set[UserId]] = field(default_factory=lambda: {kind: set() for kind in KINDS})

    def take(self, position: Position, event: KeptEvent) -> None:
        assert position > self.position
        self.position = position
        if isinstance(event, ProfileChanged):
            for each in event.fields:
                assert self.profile.get(each.tag, "") != each.value
                self.profile[each.tag] = each.value
                if each.value == "":
                    del self.profile[each.tag]
        assert isinstance(event, ProfileChanged | FollowsChanged)
        for change in event.changes if isinstance(event, FollowsChanged) else ():
            for kind in change.types:
                assert (change.peer_id in self.lists[kind]) is not change.is_added
                (self.lists[kind].add if change.is_added else self.lists[kind].remove)(change.peer_id)


async def _build(_words: object) -> WordFilter:
    return WordFilter(())


class PeopleInAMoment(RuleBasedStateMachine):
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
        clock = SteppedClock(float(NOW))
        self.accounts = Accounts(self.store.accounts)
        words = Words(self.store.words, _build)
        self.profiles = Profiles(self.store.profiles, self.accounts, words, self.delivery, clock)
        self.follows = Follows(self.store.follows, self.delivery, clock)
        newcomers = [Newcomer(UserId(name)) for name in ("ann", "ben", "cat")]
        self.people: list[Account] = self.run(self.accounts.save(APP, newcomers))
        self.live = [Device() for _ in self.people]
        self.late = [Device() for _ in self.people]

    async def open(self) -> Store:
        return open_memory(VAULT)

    @rule(calls=st.lists(FOLLOW, min_size=1, max_size=5))
    def follow_and_leave(self, calls: Sequence[tuple[bool, int, Sequence[int]]]) -> None:
        self.run(self.all_at_once(calls))

    async def all_at_once(self, calls: Sequence[tuple[bool, int, Sequence[int]]]) -> None:
        await asyncio.gather(*(self.follow_or_leave(*call) for call in calls))

    async def follow_or_leave(self, follows: bool, one: int, others: Sequence[int]) -> None:  # noqa: FBT001
        owner, peers = self.people[one], [self.people[other] for other in others]
        if follows:
            found = await self.follows.follow(CHAT, owner, peers)
            assert {error.code for error in found if error is not None} <= {30001, 32100, 32101, 32102, 32103}
        else:
            assert await self.follows.unfollow(owner, peers) == [None] * len(peers)

    @rule(changes=st.lists(st.tuples(PERSON, st.lists(ITEM, min_size=1, max_size=3)), min_size=1, max_size=4))
    def change_profiles(self, changes: Sequence[tuple[int, Sequence[tuple[str, Value]]]]) -> None:
        self.run(self.change_all(changes))

    async def change_all(self, changes: Sequence[tuple[int, Sequence[tuple[str, Value]]]]) -> None:
        await asyncio.gather(
            *(self.profiles.change(CHAT, self.people[one], list(items), Side.ADMIN) for one, items in changes)
        )

    @rule(one=PERSON, nick=st.sampled_from([None, "", "a"]), face=st.sampled_from([None, "b"]))
    def bring_in_again(self, one: int, nick: str | None, face: str | None) -> None:
        self.run(self.profiles.import_accounts(APP, [Newcomer(self.people[one].user_id, nick, face)]))

    @rule(one=PERSON)
    def catch_up(self, one: int) -> None:
        self.run(self.read_log(one))

    async def read_log(self, one: int) -> None:
        device, is_complete = self.late[one], False
        while not is_complete:
            page = await self.store.conversations.log_after(self.people[one].number, device.position, LOG_PAGE, NOW)
            for entry in page.entries:
                assert isinstance(entry, tuple)
                device.take(*entry)
            is_complete = page.is_complete

    @invariant()
    def nobody_half_follows_anybody(self) -> None:
        if hasattr(self, "people"):
            self.run(self.check_follows())

    async def check_follows(self) -> None:
        lists = [
            {kind: {row.user_id for row in (await self.follows.page(each, kind, 0, 9)).rows} for kind in KINDS}
            for each in self.people
        ]
        counts = await self.follows.counts(self.people)
        for person, own in zip(self.people, lists, strict=True):
            found = counts[person.number]
            assert (found.followers, found.followed, found.mutual) == tuple(len(own[kind]) for kind in KINDS)
            assert (found.followers <= 2, found.followed <= 2, found.mutual <= 1) == (True, True, True)
            assert own[FollowType.MUTUAL] == own[FollowType.FOLLOWER] & own[FollowType.FOLLOWED]
            types = await self.follows.types(person, self.people)
            for peer, theirs in zip(self.people, lists, strict=True):
                follows, followed = peer.user_id in own[FollowType.FOLLOWED], peer.user_id in own[FollowType.FOLLOWER]
                assert follows == (person.user_id in theirs[FollowType.FOLLOWER])
                assert types.get(peer.number, 0) == 2 * follows + followed
        self.lists = lists

    @invariant()
    def what_was_told_is_what_is_there(self) -> None:
        if hasattr(self, "people"):
            self.run(self.check_devices())

    async def check_devices(self) -> None:
        told, positions = self.delivery.events, self.delivery.positions
        devices = {each.number: device for each, device in zip(self.people, self.live, strict=True)}
        for (account, event, _), position in zip(told, positions, strict=True):
            devices[account].take(position, event)
        told.clear()
        positions.clear()
        found = await self.profiles.of(CHAT, self.people, Side.USER)
        for person, device, lists in zip(self.people, self.live, self.lists, strict=True):
            assert device.profile == found[person.number].values
            assert device.lists == lists
            known = self.accounts.known(APP, person.user_id)
            assert known is not None
            names = {"Tag_Profile_IM_Nick": known.nick, "Tag_Profile_IM_Image": known.face_url}
            assert all(device.profile.get(tag, "") == name for tag, name in names.items())

    def teardown(self) -> None:
        if hasattr(self, "people"):
            for one, device in enumerate(self.late):
                self.run(self.read_log(one))
                assert (device.profile, device.lists) == (self.live[one].profile, self.live[one].lists)
            self.run(self.store.close())
        self.runner.close()


TestPeopleInAMoment = PeopleInAMoment.TestCase
TestPeopleInAMoment.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
