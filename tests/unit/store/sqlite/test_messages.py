"""Messages in SQLite: a page, a look-up and a change cost the same in a long history as in a short one."""

from dataclasses import replace

import pytest

from tests.support.database import Work
from tests.support.stores import NOW, People, message, put, whole
from tidings.domain.messages import Flag, Message, MessageKey
from tidings.domain.ports import PageQuery
from tidings.store.sqlite.store import Store

PAGE = 20


def query(them: People, start: MessageKey | None = None, *, newer: bool = False) -> PageQuery:
    return replace(whole(them.bob.number, them.alice.number, PAGE), start=start, newer=newer)


async def talk(store: Store, them: People, count: int, start: int = NOW) -> list[Message]:
    """Let alice and bob write by turns, a message a second."""
    sides = (them.alice, them.bob)
    sent = [message(sides[n % 2], sides[1 - n % 2], start + n) for n in range(count)]
    await put(store, *sent)
    return sent


@pytest.mark.parametrize("newer", [False, True])
@pytest.mark.parametrize("is_first", [True, False])
async def test_page_of_history_reads_an_index_in_its_order(
    store: Store, them: People, work: Work, *, newer: bool, is_first: bool
) -> None:
    sent = await talk(store, them, 9)
    asked = query(them, None if is_first else sent[4].key, newer=newer)
    plan = await work.plan(lambda: store.messages.page(asked))
    (step,) = [each for each in plan if "message_order" in each and "time>" in each]
    assert step == "SEARCH m USING INDEX message_order (conversation=? AND time>? AND time<?)"
    assert not [each for each in plan if each.startswith(("SCAN", "USE TEMP"))]


@pytest.mark.parametrize("newer", [False, True])
async def test_page_costs_the_same_at_any_depth_of_any_history(
    store: Store, them: People, work: Work, *, newer: bool
) -> None:
    sent = await talk(store, them, 3 * PAGE)
    small = await work.size(lambda: store.messages.page(query(them, sent[3 * PAGE // 2].key, newer=newer)))
    long = await talk(store, them, 60 * PAGE, NOW + 3 * PAGE)
    for place in (2, 30, 57):
        asked = query(them, long[place * PAGE].key, newer=newer)
        assert len(await store.messages.page(asked)) == PAGE
        assert await work.size(lambda asked=asked: store.messages.page(asked)) < 1.1 * small  # type: ignore[misc]


async def test_finding_and_changing_a_message_goes_by_an_index(store: Store, them: People, work: Work) -> None:
    one, two, three, four = await talk(store, them, 4)
    imported = message(them.alice, them.bob, NOW - 9, flags=Flag.IMPORTED)
    for call in (
        lambda: store.messages.find_message(one.conversation, one.key),
        lambda: store.messages.find_repeat(one, NOW - 120),
        lambda: store.messages.import_message(imported),
        lambda: store.messages.modify(replace(one, version=1), 0, []),
        lambda: store.messages.recall(one, []),
        lambda: store.messages.give_receipts([two], []),
        lambda: store.messages.hide([four, three], them.bob.number),
        lambda: store.messages.append(message(them.alice, them.bob)),
    ):
        assert await work.scans(call) == []


async def test_recent_sends_are_found_without_reading_older_ones(store: Store, them: People, work: Work) -> None:
    await talk(store, them, 10)
    small = await work.size(lambda: store.messages.recent(NOW + 5))
    await talk(store, them, 500, NOW - 1000)
    await talk(store, them, 10)
    assert await work.size(lambda: store.messages.recent(NOW + 5)) <= 1.1 * small


async def test_deleting_the_newest_does_not_read_the_rest(store: Store, them: People, work: Work) -> None:
    short = await talk(store, them, 20)
    small = await work.size(lambda: store.messages.hide(short[-1:], them.bob.number))
    long = await talk(store, them, 500, NOW + 20)
    assert await work.size(lambda: store.messages.hide(long[-1:], them.bob.number)) < 1.1 * small
