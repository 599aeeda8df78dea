"""What happens to messages after they were sent: paging, import, recall, modification, deletion, receipts."""

import asyncio
from dataclasses import replace

import pytest

from tests.support.delivery import Recorder
from tests.support.stores import NOW, People, message, put, whole
from tests.support.usersigs import raises_fault
from tidings.clock import SteppedClock
from tidings.domain.accounts import Account
from tidings.domain.apps import App
from tidings.domain.events import MessageModified, MessageRecalled, ReceiptGiven
from tidings.domain.history import DAY_S, Change, History
from tidings.domain.messages import HISTORY_IMPORT, Flag, Message, MessageKey
from tidings.errors import (
    ALREADY_RECALLED,
    MESSAGE_NOT_FOUND,
    MODIFY_CONFLICT,
    NOTHING_TO_MODIFY,
    RECALL_TOO_LATE,
    VERSION_CONFLICT,
    TidingsError,
)
from tidings.ids import InstanceId
from tidings.settings import AppSettings
from tidings.store.sqlite.store import Store

SOURCE = InstanceId(77)
NEW = Change(b'["new"]', "c")
UNKNOWN = MessageKey(1, 2, 3)


@pytest.fixture
def history(store: Store, delivery: Recorder, clock: SteppedClock) -> History:
    return History(store.messages, delivery, clock)


@pytest.fixture
async def sent(store: Store, them: People) -> Message:
    """Return a message from alice to bob that was sent NOW."""
    sent = message(them.alice, them.bob)
    await put(store, sent)
    return sent


async def _seen(store: Store, viewer: Account, peer: Account) -> list[Message]:
    return await store.messages.page(whole(viewer.number, peer.number))


# --- pages ---


@pytest.mark.parametrize("days", [1, 7])
async def test_a_page_never_reaches_past_the_history_days(
    history: History, store: Store, app: App, them: People, days: int
) -> None:
    times = [NOW - days * DAY_S + offset for offset in (-1, 0, 1)]
    await put(store, *(message(them.alice, them.bob, time) for time in times))
    app = replace(app, settings=AppSettings(history_days=days))
    query = whole(them.bob.number, them.alice.number)
    assert [found.time for found in await history.page(app, query)] == times[:0:-1]
    assert [found.time for found in await history.page(app, replace(query, min_time=times[2]))] == times[2:]


async def test_pages_join_though_messages_between_them_are_deleted(
    history: History, store: Store, app: App, them: People
) -> None:
    sent = [message(them.alice, them.bob, NOW - number) for number in range(10)]
    await put(store, *reversed(sent))
    seen: list[Message] = []
    query = whole(them.bob.number, them.alice.number, limit=3)
    while page := await history.page(app, query):
        seen += page
        query = replace(query, start=page[-1].key)
        # What the next page starts from goes, and the first of what it would show.
        following = sent[sent.index(page[-1]) + 1 :][:1]
        await history.hide(them.bob, them.alice, [page[-1].key, *(each.key for each in following)])
    assert [each.key for each in seen] == [sent[number].key for number in (0, 1, 2, 4, 5, 6, 8, 9)]
    assert [each.key for each in await _seen(store, them.bob, them.alice)] == [sent[n].key for n in (0, 1, 4, 5, 8)]
    assert [each.key for each in await _seen(store, them.alice, them.bob)] == [each.key for each in sent]


# --- import ---


@pytest.mark.parametrize("flags", [Flag.IMPORTED, HISTORY_IMPORT], ids=["live", "history"])
async def test_an_import_is_told_if_it_is_live_and_only_once(
    history: History, store: Store, delivery: Recorder, them: People, flags: int
) -> None:
    is_live = flags == Flag.IMPORTED
    given = message(them.alice, them.bob, NOW - 500)
    assert await history.import_message(replace(given), is_live=is_live)
    assert not await history.import_message(replace(given), is_live=is_live)
    (stored,) = await _seen(store, them.bob, them.alice)
    assert (stored.time, stored.flags) == (NOW - 500, flags)
    assert delivery.messages == ([(stored, 0, True)] if is_live else [])


# --- recall ---


async def _recall(
    history: History, sent: Message, them: People, *, by: Account | None = None, window_s: int | None = 120
) -> None:
    await history.recall(them.alice, them.bob, sent.key, by=by or them.alice, window_s=window_s, source=SOURCE)


async def test_a_recall_is_marked_and_told_to_both_sides(
    history: History, store: Store, delivery: Recorder, sent: Message, them: People
) -> None:
    await _recall(history, sent, them, by=them.carol)
    for viewer, peer in ((them.alice, them.bob), (them.bob, them.alice)):
        (found,) = await _seen(store, viewer, peer)
        assert found.flags & Flag.RECALLED
        assert found.revoker_id == "carol"
    event = MessageRecalled(sent.ref, them.carol.user_id)
    assert delivery.events == [(them.alice.number, event, SOURCE), (them.bob.number, event, SOURCE)]
    assert set(delivery.positions) == {await store.conversations.newest_position()}


@pytest.mark.parametrize("window", [0, 120])
async def test_the_recall_window_is_counted_in_whole_seconds(
    history: History, clock: SteppedClock, sent: Message, them: People, window: int
) -> None:
    clock.step(window + 1)
    with raises_fault(RECALL_TOO_LATE, f"{window + 1} s old", f"{window} s"):
        await _recall(history, sent, them, window_s=window)
    clock.step(-0.1)
    await _recall(history, sent, them, window_s=window)


async def test_without_a_window_any_age_is_recalled(
    history: History, clock: SteppedClock, sent: Message, them: People
) -> None:
    clock.step(30 * DAY_S)
    await _recall(history, sent, them, window_s=None)


async def test_only_a_message_of_this_sender_is_recalled(
    history: History, delivery: Recorder, sent: Message, them: People
) -> None:
    for sender, receiver, key in (
        (them.bob, them.alice, sent.key),
        (them.alice, them.carol, sent.key),
        (them.alice, them.bob, UNKNOWN),
    ):
        with raises_fault(MESSAGE_NOT_FOUND, str(key)):
            await history.recall(sender, receiver, key, by=sender, window_s=None, source=SOURCE)
    assert delivery.events == []


async def test_of_recalls_at_once_one_succeeds_and_is_told(
    history: History, delivery: Recorder, sent: Message, them: People
) -> None:
    results = await asyncio.gather(*(_recall(history, sent, them) for _ in range(3)), return_exceptions=True)
    assert [error.code for error in results if isinstance(error, TidingsError)] == [ALREADY_RECALLED.code] * 2
    assert len(delivery.events) == 2


async def test_a_recalled_message_is_told_as_such_however_old_it_is(
    history: History, clock: SteppedClock, sent: Message, them: People
) -> None:
    await _recall(history, sent, them)
    clock.step(DAY_S)
    with raises_fault(ALREADY_RECALLED):
        await _recall(history, sent, them)


async def test_a_message_to_oneself_is_told_once(
    history: History, store: Store, delivery: Recorder, them: People
) -> None:
    sent = message(them.alice, them.alice)
    await put(store, sent)
    await history.recall(them.alice, them.alice, sent.key, by=them.alice, window_s=None, source=SOURCE)
    assert [account for account, _, _ in delivery.events] == [them.alice.number]


# --- modification ---


async def test_a_modification_replaces_content_and_is_told(
    history: History, store: Store, delivery: Recorder, sent: Message, them: People
) -> None:
    changed = await history.modify(them.bob, them.alice, sent.key, NEW, source=SOURCE)
    assert (changed.body, changed.custom_data, changed.version) == (b'["new"]', "c", 1)
    assert await _seen(store, them.alice, them.bob) == [changed]
    event = MessageModified(sent.ref, 1, b'["new"]', "c")
    assert delivery.events == [(them.alice.number, event, SOURCE), (them.bob.number, event, SOURCE)]


async def test_what_a_modification_does_not_name_stays(history: History, sent: Message, them: People) -> None:
    await history.modify(them.alice, them.bob, sent.key, Change(None, "c"), source=SOURCE)
    changed = await history.modify(them.alice, them.bob, sent.key, Change(b"[2]", None, version=1), source=SOURCE)
    assert (changed.body, changed.custom_data, changed.version) == (b"[2]", "c", 2)


async def test_a_modification_from_another_version_is_refused(history: History, sent: Message, them: People) -> None:
    with raises_fault(VERSION_CONFLICT, "at version 0", "from 1"):
        await history.modify(them.alice, them.bob, sent.key, replace(NEW, version=1), source=SOURCE)


async def test_of_modifications_at_once_one_succeeds(
    history: History, store: Store, delivery: Recorder, sent: Message, them: People
) -> None:
    tries = (history.modify(them.alice, them.bob, sent.key, Change(b"[%d]" % n, None), source=SOURCE) for n in range(3))
    results = await asyncio.gather(*tries, return_exceptions=True)
    (kept,) = (result for result in results if isinstance(result, Message))
    assert [error.code for error in results if isinstance(error, TidingsError)] == [MODIFY_CONFLICT.code] * 2
    assert await _seen(store, them.alice, them.bob) == [kept]
    assert len(delivery.events) == 2


async def test_a_message_that_is_unknown_or_recalled_is_not_modified(
    history: History, sent: Message, them: People
) -> None:
    await _recall(history, sent, them)
    for key in (sent.key, UNKNOWN):
        with raises_fault(NOTHING_TO_MODIFY, str(key)):
            await history.modify(them.alice, them.bob, key, NEW, source=SOURCE)


# --- deletion and receipts ---


async def test_deleting_hides_from_one_side_and_passes_over_unknown_keys(
    history: History, store: Store, delivery: Recorder, sent: Message, them: People
) -> None:
    await history.hide(them.bob, them.alice, [UNKNOWN])
    await history.hide(them.bob, them.alice, [UNKNOWN, sent.key, sent.key])
    assert await _seen(store, them.bob, them.alice) == []
    assert [found.key for found in await _seen(store, them.alice, them.bob)] == [sent.key]
    assert delivery.events == []


async def test_receipts_are_told_to_the_sender_once_and_for_the_peers_messages_only(
    history: History, store: Store, delivery: Recorder, sent: Message, them: People
) -> None:
    own = message(them.bob, them.alice)
    await put(store, own)
    for _ in range(2):
        await history.give_receipts(them.bob, them.alice, [sent.key, own.key, sent.key, UNKNOWN], SOURCE)
    event = ReceiptGiven(them.bob.user_id, NOW, (sent.ref,))
    assert delivery.events == [(them.alice.number, event, SOURCE)]
    read = {found.key: bool(found.flags & Flag.PEER_READ) for found in await _seen(store, them.alice, them.bob)}
    assert read == {sent.key: True, own.key: False}
