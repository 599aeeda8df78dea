"""Marks and groups in SQLite: what they cost does not depend on other accounts' ones."""

import pytest

from tests.support.database import Work
from tests.support.stores import APP, NOW, People
from tidings.domain.accounts import Account, Newcomer
from tidings.domain.marks import MarkBook
from tidings.domain.ports import Traits
from tidings.ids import UserId
from tidings.store.sqlite.store import Store


async def mark(store: Store, owner: Account, peer: Account) -> None:
    def rule(book: MarkBook) -> tuple[None, None]:
        group = next(iter(book.groups()), None) or book.add_group("Work")
        book.rename_group(group.number, "Work")
        book.save({peer.number: Traits(1, "vip", (group.number,), NOW)})
        book.in_group(group.number)
        book.traits([peer.number])
        book.count()
        return None, None

    await store.marks.change_marks(owner.number, NOW, rule)


def drop(book: MarkBook) -> tuple[None, None]:
    book.drop_group(1)
    return None, None


async def test_nothing_goes_through_a_whole_table(store: Store, them: People, work: Work) -> None:
    await mark(store, them.alice, them.bob)
    alice = them.alice.number
    for call in (
        lambda: mark(store, them.alice, them.carol),
        lambda: store.marks.traits(alice, [them.bob.number]),
        lambda: store.marks.marked(alice, 0, 101),
        lambda: store.marks.groups(alice),
        lambda: store.marks.change_marks(alice, NOW, drop),
    ):
        assert await work.scans(call) == []


async def test_what_others_mark_costs_an_account_nothing(store: Store, them: People, work: Work) -> None:
    await mark(store, them.alice, them.bob)
    calls = (
        lambda: mark(store, them.alice, them.bob),
        lambda: store.marks.marked(them.alice.number, 0, 101),
        lambda: store.marks.groups(them.alice.number),
    )
    before = [await work.size(call) for call in calls]
    others = await store.accounts.save_accounts(APP, [Newcomer(UserId(f"f{n}")) for n in range(300)])
    for each in others:
        await mark(store, each, them.bob)
    assert [await work.size(call) for call in calls] == pytest.approx(before, rel=0.1)
