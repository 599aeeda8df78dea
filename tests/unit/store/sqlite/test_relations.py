"""The book of relations in SQLite: rows, counts and sequences change together."""

from dataclasses import replace

import pytest

from tests.support.stores import NOW, People
from tidings.domain.relation_book import Entry, RelationBook, Request
from tidings.ids import AccountNumber, Position
from tidings.store.sqlite.engine import Engine
from tidings.store.sqlite.relations import friends_of, unrelate
from tidings.store.sqlite.store import Store
from tidings.store.sqlite.transaction import Transaction

ENTRY = Entry("AddSource_Type_Web", "hi", NOW, "Bobby", NOW, ("Choir", "Team"), {"Tag_SNS_Custom_Since": "2019"})


class Desk:
    """Runs what is done to the book in transactions."""

    def __init__(self, store: Store, them: People) -> None:
        self.store, self.alice, self.bob = store, them.alice.number, them.bob.number

    async def run(self, *acts: object) -> list[object]:
        """Call acts with the book; returns what they return."""

        def rule(book: RelationBook) -> tuple[list[object], list[list[object]]]:
            return [act(book) for act in acts], []  # type: ignore[operator]

        done = await self.store.relations.change_relations(NOW, rule)  # type: ignore[arg-type]
        return done.value

    async def befriend(self) -> None:
        """Let alice have bob as a friend."""
        await self.run(
            lambda book: [book.add_group(self.alice, name) for name in ENTRY.groups],
            lambda book: book.save(self.alice, self.bob, ENTRY),
        )


@pytest.fixture
def desk(store: Store, them: People) -> Desk:
    return Desk(store, them)


async def test_an_entry_comes_back_as_it_was_saved(desk: Desk) -> None:
    await desk.befriend()
    entry, is_friend, back = await desk.run(
        lambda book: book.entry(desk.alice, desk.bob),
        lambda book: book.is_friend(desk.alice, desk.bob),
        lambda book: book.entry(desk.bob, desk.alice),
    )
    assert (entry, is_friend, back) == (ENTRY, True, None)


async def test_counts_follow_and_sequences_grow_with_what_changed(desk: Desk) -> None:
    await desk.befriend()
    (first,) = await desk.run(lambda book: book.counts(desk.alice))
    await desk.run(lambda book: book.save(desk.alice, desk.bob, replace(ENTRY, remark="R")))
    (second,) = await desk.run(lambda book: book.counts(desk.alice))
    await desk.run(lambda book: book.part(desk.alice, desk.bob))
    (third,) = await desk.run(lambda book: book.counts(desk.alice))
    assert [each.friends for each in (first, second, third)] == [1, 1, 0]  # type: ignore[attr-defined]
    assert first.standard_sequence < second.standard_sequence < third.standard_sequence  # type: ignore[attr-defined]
    assert first.custom_sequence == second.custom_sequence < third.custom_sequence  # type: ignore[attr-defined]


async def test_groups_lose_their_friends_with_their_name(desk: Desk) -> None:
    await desk.befriend()
    await desk.run(
        lambda book: book.drop_group(desk.alice, "Choir"), lambda book: book.rename_group(desk.alice, "Team", "Crew")
    )
    names, entry = await desk.run(lambda book: book.groups(desk.alice), lambda book: book.entry(desk.alice, desk.bob))
    assert (names, entry) == (["Crew"], replace(ENTRY, groups=("Crew",)))


async def test_a_request_is_kept_read_and_forgotten(desk: Desk) -> None:
    asked = Request("AddSource_Type_Web", "hi", NOW, "r", "Choir")
    await desk.run(lambda book: book.ask(desk.alice, desk.bob, asked))
    found, unread, was_read, again = await desk.run(
        lambda book: book.request(desk.alice, desk.bob),
        lambda book: book.unread_requests(desk.bob),
        lambda book: book.read_requests(desk.bob, NOW),
        lambda book: book.read_requests(desk.bob, NOW),
    )
    assert (found, unread, was_read, again) == (asked, 1, True, False)
    await desk.run(lambda book: book.drop_request(desk.alice, desk.bob))
    assert await desk.run(lambda book: book.request(desk.alice, desk.bob)) == [None]


async def test_what_an_account_says_of_itself_is_read_from_its_profile(desk: Desk, store: Store) -> None:
    values = {"Tag_Profile_IM_AllowType": "X", "Tag_Profile_IM_AdminForbidType": "AdminForbid_Type_SendOut"}
    assert await desk.run(lambda b: b.allow_type(desk.bob), lambda b: b.is_barred(desk.bob)) == ["", False]
    await store.profiles.change_profile(desk.bob, dict(values), frozenset(), NOW)
    assert await desk.run(lambda b: b.allow_type(desk.bob), lambda b: b.is_barred(desk.bob)) == ["X", True]


async def test_a_profile_concerns_those_in_whose_lists_one_is(desk: Desk, engine: Engine) -> None:
    await desk.befriend()
    concerned: list[AccountNumber] = await engine.write(lambda tx: friends_of(tx, desk.bob))
    assert concerned == [desk.alice]


async def test_nothing_is_between_two_of_whom_one_is_gone(desk: Desk, engine: Engine) -> None:
    await desk.befriend()
    await desk.run(
        lambda book: book.block(desk.bob, desk.alice, NOW),
        lambda book: book.ask(desk.bob, desk.alice, Request("s", "w", NOW)),
    )

    def change(tx: Transaction) -> None:
        unrelate(tx, desk.alice, desk.bob)

    await engine.write(change)
    left = await desk.run(
        lambda book: book.is_friend(desk.alice, desk.bob),
        lambda book: book.blocks(desk.bob, desk.alice),
        lambda book: book.request(desk.bob, desk.alice),
        lambda book: (book.counts(desk.alice).friends, book.counts(desk.bob).blocked),
    )
    assert left == [False, False, None, (0, 0)]


async def test_what_is_not_logged_keeps_its_position_over_a_restart(desk: Desk, store: Store) -> None:
    await desk.befriend()
    assert await store.conversations.newest_position() > Position(0)
