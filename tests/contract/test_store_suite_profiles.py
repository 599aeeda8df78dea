"""Every store: profiles and follows (domain/profiles.py, domain/follows.py)."""

from collections.abc import Sequence

import pytest

from tests.support.stores import APP, NOW, People
from tidings.domain.accounts import Account, Newcomer
from tidings.domain.events import FollowChange, FollowsChanged, ProfileChanged, ProfileField
from tidings.domain.follows import FollowBook, FollowCounts, FollowType, Results
from tidings.domain.ports import Logged
from tidings.domain.profile_fields import IMAGE, NICK, Values
from tidings.domain.profiles import Profile
from tidings.errors import TidingsError
from tidings.ids import START, AccountNumber, UserId
from tidings.store.sqlite.store import Store

LEVEL, CITY = "Tag_Profile_IM_Level", "Tag_Profile_Custom_City"
NONE: frozenset[str] = frozenset()
KINDS = (FollowType.FOLLOWER, FollowType.FOLLOWED, FollowType.MUTUAL)
EVENT = FollowsChanged((FollowChange(UserId("bob"), NOW, (2,), is_added=True),))


async def profile(store: Store, account: Account) -> Profile:
    return (await store.profiles.profiles([account.number]))[account.number]


async def change(
    store: Store, account: Account, values: Values, secret: frozenset[str] = NONE
) -> ProfileChanged | None:
    return (await store.profiles.change_profile(account.number, values, secret, NOW)).event


async def log(store: Store, account: Account) -> list[object]:
    page = await store.conversations.log_after(account.number, START, 1000, NOW)
    return [entry[1] for entry in page.entries if isinstance(entry, tuple)]


# --- profiles ---


async def test_fields_add_up_and_empty_texts_go(store: Store, them: People) -> None:
    await change(store, them.alice, {LEVEL: 0, CITY: "Lyon", IMAGE: "f"})
    assert (await profile(store, them.alice)).values == {NICK: "Alice", IMAGE: "f", LEVEL: 0, CITY: "Lyon"}
    await change(store, them.alice, {NICK: "", CITY: "", LEVEL: 1})
    assert (await profile(store, them.alice)).values == {IMAGE: "f", LEVEL: 1}
    assert (await profile(store, them.bob)).values == {NICK: "Bob"}


async def test_only_what_changes_is_logged_and_moves_a_sequence(store: Store, them: People) -> None:
    assert await change(store, them.alice, {NICK: "Alice", CITY: ""}) is None
    assert await profile(store, them.alice) == Profile({NICK: "Alice"})
    event = await change(store, them.alice, {NICK: "A", CITY: "", LEVEL: 0})
    assert event == ProfileChanged(them.alice.user_id, (ProfileField(NICK, "A"), ProfileField(LEVEL, 0)))
    first = await profile(store, them.alice)
    assert (first.standard_sequence > START, first.custom_sequence) == (True, START)
    await change(store, them.alice, {CITY: "x"})
    second = await profile(store, them.alice)
    assert second.standard_sequence == first.standard_sequence < second.custom_sequence == second.sequence
    assert await log(store, them.alice) == [event, ProfileChanged(them.alice.user_id, (ProfileField(CITY, "x"),))]
    assert await log(store, them.bob) == []


async def test_secret_fields_change_and_are_not_logged(store: Store, them: People) -> None:
    assert await change(store, them.alice, {CITY: "x"}, frozenset([CITY])) is None
    found = await profile(store, them.alice)
    assert (found.values[CITY], found.custom_sequence > START) == ("x", True)
    assert await store.conversations.newest_position() >= found.custom_sequence
    event = await change(store, them.alice, {CITY: "y", LEVEL: 1}, frozenset([CITY]))
    assert event == ProfileChanged(them.alice.user_id, (ProfileField(LEVEL, 1),))


async def test_a_change_returns_the_account_as_it_is_and_whom_to_tell(store: Store, them: People) -> None:
    done = await store.profiles.change_profile(them.alice.number, {NICK: "A"}, NONE, NOW)
    assert (done.account.nick, done.account.user_id, done.told) == ("A", "alice", (them.alice.number,))
    assert done.position == await store.conversations.newest_position()


async def test_an_account_that_is_gone_has_no_profile(store: Store, them: People) -> None:
    await store.accounts.delete_account(them.alice.number)
    assert await store.profiles.profiles([them.alice.number, AccountNumber(999)]) == {}
    with pytest.raises(TidingsError) as refused:
        await change(store, them.alice, {NICK: "A"})
    assert refused.value.code == 40003


@pytest.mark.parametrize(
    ("nick", "face_url", "expected"),
    [(None, None, ("Alice", "")), ("A", None, ("A", "")), ("", None, ("", "")), (None, "u", ("Alice", "u"))],
)
async def test_import_of_a_known_account_changes_what_it_names(
    store: Store, them: People, nick: str | None, face_url: str | None, expected: tuple[str, str]
) -> None:
    newcomers = [Newcomer(UserId("dora"), "D", "d"), Newcomer(them.alice.user_id, nick, face_url)]
    made, changed = await store.profiles.import_accounts(APP, newcomers, NOW)
    assert (made.event, made.account.nick, made.account.face_url) == (None, "D", "d")
    assert (changed.account.number, changed.account.nick, changed.account.face_url) == (them.alice.number, *expected)
    assert (changed.event is None) == (expected == ("Alice", ""))
    (kept,) = await store.accounts.find_accounts(APP, [them.alice.user_id])
    assert kept == changed.account
    assert await log(store, them.alice) == ([] if changed.event is None else [changed.event])


# --- follows ---


async def follow(store: Store, account: Account, *others: Account, time: int = NOW) -> list[bool]:
    made: list[bool] = []

    def rule(book: FollowBook) -> tuple[Results, list[Logged]]:
        made.extend(book.add(account.number, other.number, time) for other in others)
        return [None], [Logged(account.number, EVENT)]

    await store.follows.change_follows(time, rule)
    return made


async def leave(store: Store, account: Account, other: Account) -> bool:
    was: list[bool] = []

    def rule(book: FollowBook) -> tuple[Results, list[Logged]]:
        was.append(book.remove(account.number, other.number))
        return [], []

    assert (await store.follows.change_follows(NOW, rule)).position is None
    return was[0]


async def listed(store: Store, account: Account, kind: FollowType, before: int = 0, limit: int = 100) -> list[str]:
    return [row.user_id for row in await store.follows.follow_page(account.number, kind, before, limit)]


async def counts(store: Store, *accounts: Account) -> Sequence[tuple[int, int, int]]:
    found = await store.follows.follow_counts([account.number for account in accounts])
    rows = [found.get(account.number, FollowCounts()) for account in accounts]
    return [(row.followers, row.followed, row.mutual) for row in rows]


async def test_lists_types_and_counts_are_of_one_mind(store: Store, them: People) -> None:
    alice, bob, carol = them.alice, them.bob, them.carol
    assert await follow(store, alice, bob, carol) == [False, False]
    assert await follow(store, bob, alice) == [True]
    assert [await listed(store, alice, kind) for kind in KINDS] == [["bob"], ["carol", "bob"], ["bob"]]
    assert [await listed(store, bob, kind) for kind in KINDS] == [["alice"], ["alice"], ["alice"]]
    assert await counts(store, alice, bob, carol, them.stranger) == [(1, 2, 1), (1, 1, 1), (1, 0, 0), (0, 0, 0)]
    types = await store.follows.follow_types(alice.number, [bob.number, carol.number, them.stranger.number])
    assert types == {bob.number: FollowType.MUTUAL, carol.number: FollowType.FOLLOWED}
    assert await store.follows.follow_types(carol.number, [alice.number]) == {alice.number: FollowType.FOLLOWER}
    assert await leave(store, alice, bob)
    assert [await listed(store, alice, kind) for kind in KINDS] == [["bob"], ["carol"], []]
    assert [await listed(store, bob, kind) for kind in KINDS] == [[], ["alice"], []]
    assert not await leave(store, bob, alice)
    assert await counts(store, alice, bob, carol) == [(0, 1, 0), (0, 0, 0), (1, 0, 0)]


async def test_follow_pages_join_newest_first(store: Store, them: People) -> None:
    fans = await store.accounts.save_accounts(APP, [Newcomer(UserId(f"f{n}")) for n in range(5)])
    for number, fan in enumerate(fans):
        await follow(store, fan, them.alice, time=NOW + number)
    await follow(store, them.alice, *reversed(fans))
    for kind, order in (
        (FollowType.FOLLOWER, [4, 3, 2, 1, 0]),
        (FollowType.FOLLOWED, [0, 1, 2, 3, 4]),
        (FollowType.MUTUAL, [0, 1, 2, 3, 4]),
    ):
        found, before = [], 0
        while page := await store.follows.follow_page(them.alice.number, kind, before, 2):
            found += page
            before = page[-1].place
        assert [row.number for row in found] == [fans[n].number for n in order]
    rows = await store.follows.follow_page(them.alice.number, FollowType.FOLLOWER, 0, 1)
    assert [(row.user_id, row.time) for row in rows] == [("f4", NOW + 4)]


async def test_what_a_rule_says_is_logged_at_a_position_of_its_own(store: Store, them: People) -> None:
    def rule(book: FollowBook) -> tuple[Results, list[Logged]]:
        assert not book.follows(them.alice.number, them.bob.number)
        return [None], [Logged(them.alice.number, EVENT), Logged(them.bob.number, EVENT)]

    done = await store.follows.change_follows(NOW, rule)
    assert done.position == await store.conversations.newest_position()
    assert await log(store, them.alice) == await log(store, them.bob) == [EVENT]


async def test_what_a_follow_rule_raises_undoes_it(store: Store, them: People) -> None:
    def rule(book: FollowBook) -> tuple[Results, list[Logged]]:
        book.add(them.alice.number, them.bob.number, NOW)
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        await store.follows.change_follows(NOW, rule)
    assert await counts(store, them.alice, them.bob) == [(0, 0, 0), (0, 0, 0)]
    assert await listed(store, them.bob, FollowType.FOLLOWER) == []


async def test_deleted_accounts_are_in_no_list_and_do_not_exist(store: Store, them: People) -> None:
    await follow(store, them.bob, them.alice)
    await follow(store, them.carol, them.alice)
    await store.accounts.delete_account(them.bob.number)
    assert await listed(store, them.alice, FollowType.FOLLOWER) == ["carol"]
    found: list[set[AccountNumber]] = []

    def rule(book: FollowBook) -> tuple[Results, list[Logged]]:
        found.append(book.existing([them.alice.number, them.bob.number]))
        return [], []

    await store.follows.change_follows(NOW, rule)
    assert found == [{them.alice.number}]
