"""Conversations in SQLite: lists, unread numbers and logs cost what they show, not what there is."""

import pytest

from tests.support.database import Work
from tests.support.stores import APP, FOREVER, NOW, People, message, put
from tidings.domain.accounts import Account, Newcomer
from tidings.domain.events import AllReadElsewhere, ReadByPeer, ReadElsewhere
from tidings.domain.ports import Logged, UnreadLimits
from tidings.ids import Position, UserId
from tidings.store.sqlite.store import Store

LIMITS = UnreadLimits(100, 250, NOW)
START = Position(0)


async def read(store: Store, reader: Account, peer: Account) -> Position | None:
    told = [Logged(reader.number, ReadElsewhere(peer.user_id, NOW))]
    return await store.conversations.mark_read(reader.number, peer.number, NOW, FOREVER, told)


async def fill(store: Store, one: Account, other: Account, count: int) -> None:
    await put(store, *(message(one, other) for _ in range(count)))


async def test_nothing_goes_through_a_whole_table(store: Store, them: People, work: Work) -> None:
    await fill(store, them.alice, them.bob, 5)
    await fill(store, them.bob, them.carol, 5)
    bob, peers = them.bob.number, [them.alice.number, them.carol.number]
    conversations = store.conversations
    for call in (
        lambda: conversations.unread(bob, LIMITS),
        lambda: conversations.unread(bob, LIMITS, peers),
        lambda: conversations.conversations(bob, START, 101, 3000),
        lambda: conversations.read_times(bob, peers),
        lambda: conversations.log_after(bob, START, 200, NOW),
        conversations.newest_position,
        lambda: read(store, them.bob, them.alice),
        lambda: conversations.mark_all_read(bob, NOW, AllReadElsewhere(NOW), ReadByPeer(them.bob.user_id, NOW)),
    ):
        assert await work.scans(call) == []


@pytest.mark.parametrize("strangers", [1, 5])
async def test_what_others_write_costs_an_account_nothing(
    store: Store, them: People, work: Work, strangers: int
) -> None:
    """What is asked of bob stays the same, however much alice and others write to carol."""
    bob, asked = them.bob.number, store.conversations
    await fill(store, them.alice, them.bob, 20)
    calls = (
        lambda: asked.unread(bob, LIMITS),
        lambda: asked.conversations(bob, START, 101, 3000),
        lambda: asked.log_after(bob, START, 200, NOW),
    )
    before = [await work.size(call) for call in calls]
    others = await store.accounts.save_accounts(APP, [Newcomer(UserId(f"u{n}")) for n in range(strangers)])
    for each in (them.alice, *others):
        await fill(store, each, them.carol, 300)
    assert [await work.size(call) for call in calls] == pytest.approx(before, rel=0.1)


async def test_what_was_read_costs_nothing_any_more(store: Store, them: People, work: Work) -> None:
    sizes = []
    for _ in range(3):
        await fill(store, them.alice, them.bob, 200)
        await read(store, them.bob, them.alice)
        await fill(store, them.alice, them.bob, 5)
        sizes.append(await work.size(lambda: store.conversations.unread(them.bob.number, LIMITS)))
    assert sizes == pytest.approx([sizes[0]] * 3, rel=0.1)


async def test_unread_messages_are_counted_no_further_than_the_limit(store: Store, them: People, work: Work) -> None:
    limits = UnreadLimits(100, 10, NOW)
    await fill(store, them.alice, them.bob, 10)
    small = await work.size(lambda: store.conversations.unread(them.bob.number, limits))
    await fill(store, them.alice, them.bob, 500)
    assert await work.size(lambda: store.conversations.unread(them.bob.number, limits)) < 1.1 * small


async def test_device_that_missed_little_reads_little(store: Store, them: People, work: Work) -> None:
    sizes = []
    for _ in range(3):
        await fill(store, them.alice, them.bob, 200)
        seen = await store.conversations.newest_position()
        await fill(store, them.bob, them.alice, 3)
        sizes.append(
            await work.size(lambda seen=seen: store.conversations.log_after(them.bob.number, seen, 200, NOW))  # type: ignore[misc]
        )
    assert sizes == pytest.approx([sizes[0]] * 3, rel=0.1)
