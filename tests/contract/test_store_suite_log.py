"""Every store: the accounts' logs (domain/ports.py, ConversationStore.log_after)."""

from dataclasses import replace
from random import Random

import pytest

from tests.support.stores import FOREVER, NOW, People, message, put
from tidings.domain.accounts import Account
from tidings.domain.events import KeptEvent, MessageRecalled, ReadByPeer
from tidings.domain.messages import HISTORY_IMPORT, Flag, Message
from tidings.domain.ports import Logged
from tidings.ids import Position
from tidings.store.sqlite.store import Store

START = Position(0)
Entry = Message | tuple[Position, KeptEvent]


def _position(entry: Entry) -> Position:
    return entry.position if isinstance(entry, Message) else entry[0]


async def _log(store: Store, account: Account, after: Position = START, limit: int = 1000) -> list[Entry]:
    """Return all of a log after a position, fetched page by page."""
    entries: list[Entry] = []
    while True:
        page = await store.conversations.log_after(account.number, after, limit, NOW)
        assert len(page.entries) <= limit
        assert page.reached >= after
        entries += page.entries
        after = page.reached
        if page.is_complete:
            return entries


async def _fill(store: Store, them: People, seed: int) -> None:
    """Let a hundred things happen between three people."""
    chance = Random(seed)
    sent: list[Message] = []
    everyone = (them.alice, them.bob, them.carol)
    for _ in range(100):
        one, other = chance.sample(everyone, 2)
        if not sent or chance.random() < 0.6:
            sent.append(message(one, other, NOW + chance.randrange(5)))
            await store.messages.append(sent[-1])
        elif chance.random() < 0.5:
            told = [
                Logged(one.number, ReadByPeer(other.user_id, NOW)),
                Logged(other.number, ReadByPeer(one.user_id, NOW)),
            ]
            await store.conversations.mark_read(one.number, other.number, NOW + chance.randrange(9), FOREVER, told)
        else:
            chosen = chance.choice(sent)
            event = MessageRecalled(chosen.ref, chosen.sender_id)
            await store.messages.recall(chosen, [Logged(chosen.sender, event), Logged(chosen.receiver, event)])


@pytest.mark.parametrize("limit", [1, 2, 7, 1000])
@pytest.mark.parametrize("seed", [1, 2])
async def test_pages_put_together_are_the_log(store: Store, them: People, seed: int, limit: int) -> None:
    await _fill(store, them, seed)
    for account in (them.alice, them.bob, them.carol):
        log = await _log(store, account)
        assert len(log) > 40
        positions = [_position(entry) for entry in log]
        assert positions == sorted(set(positions))
        assert await _log(store, account, limit=limit) == log


async def test_log_goes_on_from_any_position(store: Store, them: People) -> None:
    await _fill(store, them, 3)
    log = await _log(store, them.alice)
    newest = await store.conversations.newest_position()
    for after in range(newest + 1):
        page = await store.conversations.log_after(them.alice.number, Position(after), 1000, NOW)
        assert page.entries == [entry for entry in log if _position(entry) > after]
        assert (page.reached, page.is_complete, page.has_gap) == (newest, True, False)


async def test_incomplete_page_reaches_its_last_entry(store: Store, them: People) -> None:
    sent = [message(them.alice, them.bob) for _ in range(3)]
    await put(store, *sent)
    page = await store.conversations.log_after(them.bob.number, START, 2, NOW)
    assert (page.entries, page.reached, page.is_complete) == (sent[:2], sent[1].position, False)


async def test_log_is_of_one_account_only(store: Store, them: People) -> None:
    await put(store, message(them.alice, them.bob))
    assert await _log(store, them.carol) == []
    page = await store.conversations.log_after(them.carol.number, START, 9, NOW)
    assert page.reached == await store.conversations.newest_position()


async def test_both_sides_log_a_message(store: Store, them: People) -> None:
    sent = message(them.alice, them.bob)
    await put(store, sent)
    assert await _log(store, them.alice) == [sent]
    assert await _log(store, them.bob) == [sent]


async def test_log_leaves_out_what_a_side_does_not_see(store: Store, them: People) -> None:
    hidden, deleted = message(them.alice, them.bob, flags=Flag.HIDDEN_FROM_SENDER), message(them.alice, them.bob)
    await put(store, hidden, deleted)
    await store.messages.hide([deleted], them.bob.number)
    assert [_position(entry) for entry in await _log(store, them.alice)] == [deleted.position]
    assert [_position(entry) for entry in await _log(store, them.bob)] == [hidden.position]


async def test_lifetime_bounds_the_receivers_copy_in_the_log(store: Store, them: People) -> None:
    sent = message(them.alice, them.bob, offline_until=NOW)
    await put(store, sent)
    assert await _log(store, them.bob) == []
    assert await _log(store, them.alice) == [sent]


async def test_history_import_is_not_told_and_a_live_one_is(store: Store, them: People) -> None:
    quiet = message(them.alice, them.bob, NOW - 500, flags=HISTORY_IMPORT)
    live = message(them.alice, them.bob, NOW - 500, flags=Flag.IMPORTED)
    for each in (quiet, live):
        await store.messages.import_message(each)
    assert await _log(store, them.bob) == [live]


async def test_log_shows_messages_as_they_are_now(store: Store, them: People) -> None:
    sent = message(them.alice, them.bob)
    await put(store, sent)
    await store.messages.modify(replace(sent, body=b'["new"]', version=1), 0, [])
    (entry,) = await _log(store, them.bob)
    assert isinstance(entry, Message)
    assert entry.body == b'["new"]'
