"""Profiles in SQLite: no table is gone through, and what others have costs nothing."""

from collections.abc import Sequence

from tests.support.database import Work
from tests.support.stores import APP, NOW, People
from tidings.domain.accounts import Newcomer
from tidings.domain.profile_fields import NICK
from tidings.ids import START, AccountNumber, UserId
from tidings.store.sqlite.engine import Engine
from tidings.store.sqlite.profiles import SqliteProfiles
from tidings.store.sqlite.store import Store
from tidings.store.sqlite.transaction import Transaction

LEVEL = "Tag_Profile_IM_Level"


async def test_nothing_goes_through_a_whole_table(store: Store, them: People, work: Work) -> None:
    profiles, number = store.profiles, them.alice.number
    for call in (
        lambda: profiles.change_profile(number, {NICK: "A", LEVEL: 1}, frozenset(), NOW),
        lambda: profiles.profiles([number, them.bob.number]),
        lambda: profiles.import_accounts(APP, [Newcomer(UserId("alice"), "B"), Newcomer(UserId("new"))], NOW),
    ):
        assert await work.scans(call) == []


async def test_what_stays_as_it_is_writes_nothing(store: Store, them: People) -> None:
    await store.profiles.change_profile(them.alice.number, {LEVEL: 1}, frozenset(), NOW)
    newest = await store.conversations.newest_position()
    await store.profiles.change_profile(them.alice.number, {LEVEL: 1, NICK: "Alice"}, frozenset(), NOW)
    await store.profiles.import_accounts(APP, [Newcomer(UserId("alice"), "Alice")], NOW)
    assert await store.conversations.newest_position() == newest


async def test_those_whom_a_profile_concerns_are_told_and_find_it_in_their_log(
    store: Store, them: People, engine: Engine
) -> None:
    alice, bob = them.alice.number, them.bob.number

    def concerned(_tx: Transaction, account: AccountNumber) -> Sequence[AccountNumber]:
        return [bob] if account == alice else []

    profiles = SqliteProfiles(engine, concerned)
    first = await profiles.change_profile(alice, {LEVEL: 1}, frozenset(), NOW)
    second = await profiles.change_profile(bob, {LEVEL: 2}, frozenset(), NOW)
    assert (first.told, second.told) == ((alice, bob), (bob,))
    page = await store.conversations.log_after(bob, START, 9, NOW)
    assert page.entries == [(first.position, first.event), (second.position, second.event)]
