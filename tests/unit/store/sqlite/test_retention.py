"""Expiry: old history goes, its disk space comes back, and whoever missed it is told."""

import asyncio
from pathlib import Path

import pytest

from tests.support.stores import APP, NOW, OTHER_APP, VAULT, People, message, people, put, whole
from tidings.domain.accounts import Account, Newcomer
from tidings.domain.events import MessageRecalled
from tidings.domain.messages import HISTORY_IMPORT, Flag, Message
from tidings.domain.ports import Logged
from tidings.ids import Position, UserId
from tidings.store.sqlite import retention
from tidings.store.sqlite.engine import FileEngine
from tidings.store.sqlite.store import DATABASE, Store
from tidings.store.sqlite.transaction import Transaction

OLD = NOW - 100
CUTOFF = {APP: NOW, OTHER_APP: 0}


async def history(store: Store, viewer: Account, peer: Account) -> list[Message]:
    return (await store.messages.page(whole(viewer.number, peer.number)))[::-1]


async def has_gap(store: Store, account: Account, position: int) -> bool:
    return (await store.conversations.log_after(account.number, Position(position), 100, NOW)).has_gap


async def recall(store: Store, each: Message) -> Position:
    event = MessageRecalled(each.ref, each.sender_id)
    position = await store.messages.recall(each, [Logged(each.receiver, event)])
    assert position is not None
    return position


# --- what goes ---


@pytest.mark.parametrize("chunk", [1, 3, 500])
async def test_what_is_older_than_the_cut_off_goes(
    store: Store, them: People, monkeypatch: pytest.MonkeyPatch, chunk: int
) -> None:
    monkeypatch.setattr(retention, "CHUNK", chunk)
    sent = [message(them.alice, them.bob, NOW + offset) for offset in (-9, -8, -1, -7, 0, 1, -1, 2)]
    await put(store, *sent[:6])
    assert await store.retention.expire(CUTOFF) == 4
    assert await history(store, them.bob, them.alice) == sent[4:6]
    assert await store.retention.expire(CUTOFF) == 0


async def test_each_app_has_a_cut_off_of_its_own(store: Store, them: People) -> None:
    (friend,) = await store.accounts.save_accounts(OTHER_APP, [Newcomer(UserId("friend"))])
    kept = message(them.stranger, friend, OLD)
    await put(store, message(them.alice, them.bob, OLD), kept, message(them.bob, them.alice, OLD))
    assert await store.retention.expire({APP: NOW, OTHER_APP: OLD}) == 2
    assert await history(store, friend, them.stranger) == [kept]
    assert not await has_gap(store, friend, 0)
    assert await store.retention.expire({}) == 0


async def test_unread_and_list_know_nothing_of_what_went(store: Store, them: People) -> None:
    await put(store, message(them.alice, them.bob, OLD))
    await store.retention.expire(CUTOFF)
    assert await store.conversations.conversations(them.bob.number, Position(0), 9, 9) == []
    fresh = message(them.alice, them.bob)
    await put(store, fresh)
    (state,) = await store.conversations.conversations(them.bob.number, Position(0), 9, 9)
    assert state.last == fresh


# --- the log ---


async def test_log_tells_of_the_gap_to_those_who_have_not_seen_it(store: Store, them: People) -> None:
    sent = [message(them.alice, them.bob, time) for time in (OLD, OLD, NOW)]
    await put(store, *sent)
    await store.retention.expire(CUTOFF)
    gaps = [await has_gap(store, them.bob, position) for position in range(4)]
    assert gaps == [True, True, False, False]


async def test_positions_are_not_given_again(store: Store, them: People) -> None:
    sent = [message(them.alice, them.bob, OLD) for _ in range(3)]
    await put(store, *sent)
    await store.retention.expire(CUTOFF)
    assert await store.conversations.newest_position() == sent[-1].position
    fresh = message(them.alice, them.bob)
    await put(store, fresh)
    assert fresh.position > sent[-1].position


async def test_event_goes_only_where_the_gap_is_told(store: Store, them: People) -> None:
    early, late = message(them.alice, them.bob, OLD), message(them.alice, them.bob)
    await put(store, early)
    recalled_at = await recall(store, early)
    await put(store, late)
    await store.retention.expire({APP: NOW})
    page = await store.conversations.log_after(them.bob.number, early.position, 9, NOW)
    assert [entry if isinstance(entry, Message) else entry[0] for entry in page.entries] == [recalled_at, late]
    assert not page.has_gap
    await store.retention.expire({APP: NOW + 1})
    page = await store.conversations.log_after(them.bob.number, early.position, 9, NOW)
    assert (page.entries, page.has_gap) == ([], True)


@pytest.mark.parametrize("flags", [Flag.IMPORTED, HISTORY_IMPORT])
async def test_import_dated_back_goes_without_a_gap(store: Store, them: People, flags: int) -> None:
    await put(store, message(them.alice, them.bob))
    await store.messages.import_message(message(them.alice, them.bob, OLD, flags=flags))
    assert await store.retention.expire(CUTOFF) == 1
    assert not await has_gap(store, them.bob, 1)


# --- disk space ---


async def pages(engine: FileEngine) -> int:
    return int(str(engine.look_up(lambda connection: connection.execute("PRAGMA page_count").fetchone() or (0,))[0]))


@pytest.mark.parametrize("way", ["expired", "app deleted"])
async def test_disk_space_comes_back(tmp_path: Path, way: str) -> None:
    engine = FileEngine(tmp_path / DATABASE, is_synced=False)
    store = Store(engine, VAULT)
    them = await people(store)
    await put(store, message(them.stranger, them.stranger))
    await store.apps.create(APP, "app", NOW)
    small = await pages(engine)
    await put(store, *(message(them.alice, them.bob, OLD, body=bytes(10_000)) for _ in range(300)))
    assert await pages(engine) > small + 500
    if way == "expired":
        await store.retention.expire(CUTOFF)
    else:
        await store.apps.delete(APP)
        await store.retention.expire({})
    assert await pages(engine) < small + 50
    await store.close()
    size = await asyncio.to_thread((tmp_path / DATABASE).stat)
    assert size.st_size < (small + 50) * 4096


async def test_pages_are_given_back_some_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "FREED_PAGES", 50)
    engine = FileEngine(tmp_path / DATABASE, is_synced=False)
    store = Store(engine, VAULT)
    them = await people(store)
    await put(store, *(message(them.alice, them.bob, OLD, body=bytes(10_000)) for _ in range(100)))
    counts: list[int] = []
    vacuum = retention._vacuum  # noqa: SLF001 - watched, not altered

    def watched(transaction: Transaction) -> None:
        vacuum(transaction)
        counts.append(1)

    monkeypatch.setattr(retention, "_vacuum", watched)
    await store.retention.expire(CUTOFF)
    assert len(counts) >= 200 // 50
    assert await pages(engine) < 150
    await store.close()
