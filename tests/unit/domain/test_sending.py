"""Sending: store first, then deliver; a repeat finds its first result (what devices see of it: tests/flow)."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.clients import PATIENCE_S
from tests.support.delivery import Recorder
from tests.support.server import SeededChance
from tests.support.stores import NOW, People, open_store, people, whole
from tidings.clock import SteppedClock
from tidings.domain.messages import Flag, Message, MessageKey
from tidings.domain.sending import Draft, Sending
from tidings.errors import STORE_UNAVAILABLE, TidingsError
from tidings.ids import InstanceId
from tidings.pending import Pending
from tidings.store.sqlite.store import Store

SOURCE = InstanceId(77)


@pytest.fixture
def sending(store: Store, delivery: Recorder, clock: SteppedClock, chance: SeededChance) -> Sending:
    return Sending(store.messages, delivery, clock, chance)


@pytest.fixture
def draft(them: People) -> Draft:
    """Return alice's draft to bob."""
    return Draft(them.alice, them.bob, seq=5, random=6, client_time=NOW, body=b'["hello"]', source=SOURCE)


@pytest.fixture
async def slow_store(tmp_path: Path, them: People) -> AsyncIterator[Store]:
    """Return a store whose reads take their time, with accounts of the same numbers."""
    store = open_store("file", tmp_path)
    assert await people(store) == them
    yield store
    await store.close()


async def _history(store: Store, draft: Draft) -> list[Message]:
    return await store.messages.page(whole(draft.receiver.number, draft.sender.number))


def _refuse(monkeypatch: pytest.MonkeyPatch, store: Store) -> None:
    """Let the store refuse what it is asked to append, a moment later."""

    def append(_: Message) -> Pending[None]:
        pending: Pending[None] = Pending()
        asyncio.get_running_loop().call_soon(pending.fail, STORE_UNAVAILABLE(detail="the disk is full"))
        return pending

    monkeypatch.setattr(store.messages, "append", append)


async def test_a_message_is_delivered_as_it_was_stored(
    sending: Sending, store: Store, delivery: Recorder, draft: Draft
) -> None:
    key = await sending.send(replace(draft, custom_data="c", push=b"{}", flags=Flag.NO_LAST))
    assert key == MessageKey(5, 6, NOW)
    (stored,) = await _history(store, draft)
    assert delivery.messages == [(stored, SOURCE, True)]
    assert (stored.body, stored.custom_data, stored.push, stored.flags) == (b'["hello"]', "c", b"{}", Flag.NO_LAST)
    assert (stored.sender_nick, stored.receiver_id) == ("Alice", "bob")
    assert stored.position > 0


async def test_the_servers_clock_gives_the_time_and_the_clients_is_kept_beside_it(
    sending: Sending, store: Store, draft: Draft, clock: SteppedClock
) -> None:
    clock.step(3)
    await sending.send(draft)
    (stored,) = await _history(store, draft)
    assert (stored.time, stored.client_time) == (NOW + 3, NOW)


async def test_what_a_draft_leaves_open_is_chosen_by_the_server(sending: Sending, store: Store, draft: Draft) -> None:
    key = await sending.send(replace(draft, seq=None, client_time=None))
    (stored,) = await _history(store, draft)
    assert key.seq == stored.seq > 0
    assert stored.client_time == NOW


@pytest.mark.parametrize(("lifetime", "until"), [(None, 0), (0, NOW), (60, NOW + 60)])
async def test_a_lifetime_counts_from_now(
    sending: Sending, store: Store, draft: Draft, lifetime: int | None, until: int
) -> None:
    await sending.send(replace(draft, lifetime_s=lifetime))
    (stored,) = await _history(store, draft)
    assert stored.offline_until == until


async def test_a_sender_who_is_not_to_be_told_does_not_find_it_either(
    sending: Sending, store: Store, delivery: Recorder, draft: Draft
) -> None:
    await sending.send(replace(draft, tells_sender=False))
    assert [to_sender for _, _, to_sender in delivery.messages] == [False]
    assert len(await _history(store, draft)) == 1
    assert await store.messages.page(whole(draft.sender.number, draft.receiver.number)) == []


async def test_an_online_only_message_is_delivered_and_not_stored(
    sending: Sending, store: Store, delivery: Recorder, draft: Draft
) -> None:
    only = replace(draft, is_online_only=True)
    assert await sending.send(only) == await sending.send(only)
    assert len(delivery.messages) == 1
    assert await _history(store, draft) == []


async def test_deliveries_are_in_the_order_of_the_log(sending: Sending, delivery: Recorder, draft: Draft) -> None:
    drafts = [replace(draft, seq=number) for number in range(50)]
    await asyncio.gather(*map(sending.send, drafts))
    told = [message for message, _, _ in delivery.messages]
    assert [message.seq for message in told] == list(range(50))
    positions = [message.position for message in told]
    assert positions == sorted(set(positions))


# --- repeats ---


@pytest.mark.parametrize("client_time", [NOW, None])
@pytest.mark.parametrize("age", [0, 1, 119, 120])
async def test_a_repeat_within_the_window_gets_the_first_key(
    sending: Sending, delivery: Recorder, draft: Draft, clock: SteppedClock, client_time: int | None, age: int
) -> None:
    draft = replace(draft, client_time=client_time)
    first = await sending.send(draft)
    clock.step(age)
    assert await sending.send(draft) == first
    assert len(delivery.messages) == 1


async def test_after_the_window_the_same_numbers_are_a_new_message(
    sending: Sending, store: Store, draft: Draft, clock: SteppedClock
) -> None:
    first = await sending.send(replace(draft, client_time=None))
    clock.step(121)
    assert await sending.send(replace(draft, client_time=None)) != first
    assert await sending.send(replace(draft, client_time=None, seq=9)) != first
    assert len(await _history(store, draft)) == 3


@pytest.mark.parametrize("change", [{"seq": 9}, {"random": 9}, {"body": b'["bye"]'}])
async def test_what_differs_is_another_message(
    sending: Sending, delivery: Recorder, draft: Draft, change: dict[str, object]
) -> None:
    await sending.send(draft)
    await sending.send(replace(draft, **change))  # type: ignore[arg-type]
    assert len(delivery.messages) == 2


async def test_the_same_numbers_to_or_from_others_are_other_messages(
    sending: Sending, delivery: Recorder, draft: Draft, them: People
) -> None:
    for one, other in ((them.alice, them.bob), (them.bob, them.alice), (them.alice, them.carol)):
        await sending.send(replace(draft, sender=one, receiver=other))
    assert len(delivery.messages) == 3


async def test_repeats_that_come_at_once_are_stored_once(
    sending: Sending, store: Store, delivery: Recorder, draft: Draft
) -> None:
    keys = await asyncio.gather(*(sending.send(draft) for _ in range(5)))
    assert len(set(keys)) == len(await _history(store, draft)) == len(delivery.messages) == 1


@pytest.mark.parametrize("seconds", [101, 3600, -6, -3600])
async def test_a_repeat_that_memory_has_forgotten_is_found_in_the_store(
    store: Store, delivery: Recorder, draft: Draft, clock: SteppedClock, seconds: int
) -> None:
    draft = replace(draft, client_time=NOW - min(seconds, 0))  # the client's clock may be fast
    first = await Sending(store.messages, delivery, clock, SeededChance()).send(draft)
    clock.step(max(seconds, 0))
    forgetful = Sending(store.messages, delivery, clock, SeededChance())
    assert list(await asyncio.gather(forgetful.send(draft), forgetful.send(draft))) == [first, first]
    assert len(delivery.messages) == 1


async def test_old_drafts_that_come_at_once_are_sent_once(
    slow_store: Store, delivery: Recorder, draft: Draft, clock: SteppedClock
) -> None:
    clock.step(3600)
    sending = Sending(slow_store.messages, delivery, clock, SeededChance())
    keys = await asyncio.gather(*(sending.send(draft) for _ in range(3)))
    assert set(keys) == {MessageKey(5, 6, NOW + 3600)}
    assert len(await _history(slow_store, draft)) == len(delivery.messages) == 1


async def test_after_a_restart_recent_sends_are_remembered(
    store: Store, delivery: Recorder, draft: Draft, clock: SteppedClock
) -> None:
    draft = replace(draft, client_time=None)
    first = await Sending(store.messages, delivery, clock, SeededChance()).send(draft)
    clock.step(120)
    restarted = Sending(store.messages, delivery, clock, SeededChance())
    await restarted.remember()
    assert await restarted.send(draft) == first
    clock.step(1)
    assert await restarted.send(draft) != first


# --- a store that refuses ---


@pytest.mark.parametrize("age", [0, 3600])
async def test_what_the_store_refused_is_not_delivered_and_may_be_tried_again(
    slow_store: Store, delivery: Recorder, draft: Draft, monkeypatch: pytest.MonkeyPatch, age: int
) -> None:
    draft = replace(draft, client_time=NOW - age)
    sending = Sending(slow_store.messages, delivery, SteppedClock(NOW), SeededChance())
    with monkeypatch.context() as patch:
        _refuse(patch, slow_store)
        tries = asyncio.gather(*(sending.send(draft) for _ in range(3)), return_exceptions=True)
        results = await asyncio.wait_for(tries, PATIENCE_S)
    assert [getattr(error, "code", None) for error in results] == [STORE_UNAVAILABLE.code] * 3
    assert delivery.messages == []
    await sending.send(draft)
    assert len(delivery.messages) == len(await _history(slow_store, draft)) == 1


async def test_a_batch_that_the_store_refused_is_told_as_such(
    sending: Sending, store: Store, delivery: Recorder, draft: Draft, monkeypatch: pytest.MonkeyPatch
) -> None:
    _refuse(monkeypatch, store)
    with pytest.raises(TidingsError, match="the disk is full"):
        await sending.send_all([draft])
    assert delivery.messages == []


# --- batches ---


async def test_a_batch_has_one_time_and_passes_over_repeats(
    sending: Sending, delivery: Recorder, draft: Draft, them: People, clock: SteppedClock
) -> None:
    drafts = [replace(draft, receiver=receiver) for receiver in (them.bob, them.carol, them.bob)]
    keys = await sending.send_all(drafts)
    assert set(keys) == {MessageKey(5, 6, NOW)}
    clock.step(60)
    assert await sending.send_all(drafts) == keys
    assert [message.receiver_id for message, _, _ in delivery.messages] == ["bob", "carol"]


async def test_an_online_only_batch_is_delivered_and_not_stored(
    sending: Sending, store: Store, delivery: Recorder, draft: Draft
) -> None:
    await sending.send_all([replace(draft, is_online_only=True)])
    assert len(delivery.messages) == 1
    assert await _history(store, draft) == []
