"""Every store: one-to-one messages (domain/ports.py, MessageStore)."""

from dataclasses import replace

import pytest

from tests.support.stores import NOW, People, message, put, whole
from tidings.domain.accounts import Account
from tidings.domain.events import MessageModified, MessageRecalled, ReceiptGiven
from tidings.domain.messages import Flag, Message, MessageKey, to_conversation
from tidings.domain.ports import Logged, PageQuery
from tidings.ids import UINT32, UserId
from tidings.store.sqlite.store import Store


async def _history(store: Store, viewer: Account, peer: Account) -> list[Message]:
    return await store.messages.page(whole(viewer.number, peer.number))


def _both(each: Message, event: MessageRecalled | MessageModified) -> list[Logged]:
    return [Logged(each.sender, event), Logged(each.receiver, event)]


async def test_appended_message_comes_back_whole(store: Store, them: People) -> None:
    sent = message(
        them.alice,
        them.bob,
        seq=UINT32,
        random=UINT32,
        client_time=7,
        custom_data="\x00données 😀",
        flags=Flag.RECEIPT_WANTED,
        push=b'{"Title":"t"}',
        offline_until=NOW + 9,
    )
    await put(store, sent)
    assert sent.position > 0
    assert await _history(store, them.alice, them.bob) == [sent]
    assert await _history(store, them.bob, them.alice) == [sent]
    assert await _history(store, them.alice, them.carol) == []


async def test_positions_grow_in_commit_order(store: Store, them: People) -> None:
    sent = [message(them.alice, them.bob) for _ in range(300)]
    order: list[Message] = []
    for each in sent:
        store.messages.append(each).then(lambda _, each=each: order.append(each))  # type: ignore[misc]
    await store.messages.settle()
    assert order == sent
    positions = [each.position for each in sent]
    assert positions == sorted(set(positions))
    assert await store.conversations.newest_position() == positions[-1]


async def test_messages_and_events_share_one_counter(store: Store, them: People) -> None:
    first, last = message(them.alice, them.bob), message(them.bob, them.alice)
    await put(store, first)
    event = MessageRecalled(first.ref, them.alice.user_id)
    recalled_at = await store.messages.recall(first, _both(first, event))
    await put(store, last)
    assert recalled_at is not None
    assert first.position < recalled_at < last.position


async def test_a_write_is_seen_by_every_read_after_it(store: Store, them: People) -> None:
    for number in range(1, 30):
        await put(store, message(them.alice, them.bob))
        assert len(await _history(store, them.bob, them.alice)) == number


async def test_message_is_found_by_its_key(store: Store, them: People) -> None:
    sent = message(them.alice, them.bob)
    await put(store, sent, message(them.alice, them.bob), message(them.alice, them.carol))
    conversation = to_conversation(them.bob.number, them.alice.number)
    assert await store.messages.find_message(conversation, sent.key) == sent
    for wrong in (
        sent.key._replace(seq=sent.seq + 1000),
        sent.key._replace(random=sent.random + 1000),
        sent.key._replace(time=sent.time + 1),
    ):
        assert await store.messages.find_message(conversation, wrong) is None
    other = to_conversation(them.carol.number, them.alice.number)
    assert await store.messages.find_message(other, sent.key) is None


async def test_repeat_is_found_by_what_the_client_gave(store: Store, them: People) -> None:
    sent = message(them.alice, them.bob, client_time=NOW - 500)
    await put(store, sent)
    again = replace(sent, time=NOW + 400, body=b"[]")
    assert await store.messages.find_repeat(again, NOW - 620) == sent
    assert await store.messages.find_repeat(again, NOW + 1) is None
    for other in (
        replace(again, seq=sent.seq + 1),
        replace(again, random=sent.random + 1),
        replace(again, client_time=sent.client_time + 1),
        replace(again, sender=them.bob.number, receiver=them.alice.number),
        replace(again, receiver=them.carol.number),
    ):
        assert await store.messages.find_repeat(other, 0) is None


async def test_recent_sends_are_those_since_a_time_in_commit_order(store: Store, them: People) -> None:
    old, one, two = (message(them.alice, them.bob, NOW + offset) for offset in (-121, -120, 0))
    await put(store, old, one, two)
    assert await store.messages.recent(NOW - 120) == [one, two]


async def test_imports_do_not_hide_recent_sends(store: Store, them: People) -> None:
    sent = message(them.alice, them.bob)
    await put(store, sent)
    for age in (0, 5000):
        imported = message(them.bob, them.alice, NOW - age, flags=Flag.IMPORTED)
        assert await store.messages.import_message(imported)
    assert await store.messages.recent(NOW - 120) == [sent]


async def test_first_import_of_a_key_stays(store: Store, them: People) -> None:
    first = message(them.alice, them.bob, NOW - 99)
    assert await store.messages.import_message(first)
    turned = replace(first, sender=them.bob.number, receiver=them.alice.number, body=b"[]")
    assert not await store.messages.import_message(turned)
    assert await store.messages.import_message(replace(first, seq=first.seq + 1))
    found = await _history(store, them.alice, them.bob)
    assert [each.body for each in found] == [first.body, first.body]


async def test_import_does_not_become_the_last_message_if_it_is_older(store: Store, them: People) -> None:
    sent = message(them.alice, them.bob)
    await put(store, sent)
    await store.messages.import_message(message(them.bob, them.alice, NOW - 99))
    (state,) = await store.conversations.conversations(them.alice.number, sent.position, 9, 9)
    assert state.last == sent


# --- pages of history ---


async def _pages(store: Store, query: PageQuery, most: int = 100) -> list[list[Message]]:
    """Fetch page after page, each starting from the last message of the one before."""
    pages: list[list[Message]] = []
    while page := await store.messages.page(query):
        pages.append(page)
        assert len(pages) < most
        query = replace(query, start=page[-1].key)
    return pages


@pytest.mark.parametrize("newer", [False, True])
@pytest.mark.parametrize("limit", [1, 3, 7, 100])
async def test_pages_put_together_are_the_history(store: Store, them: People, limit: int, newer: bool) -> None:  # noqa: FBT001
    sent = [
        message(
            *((them.alice, them.bob) if number % 3 else (them.bob, them.alice)), NOW + number // 5, seq=number * 7 % 5
        )
        for number in range(40)
    ]
    await put(store, *sent)
    expected = sorted(sent, key=lambda each: (each.time, each.seq, each.position), reverse=not newer)
    query = replace(whole(them.alice.number, them.bob.number, limit), newer=newer)
    pages = await _pages(store, query)
    assert [each for page in pages for each in page] == expected
    assert {len(page) for page in pages[:-1]} <= {limit}


async def test_page_is_bounded_by_both_times_inclusively(store: Store, them: People) -> None:
    sent = [message(them.alice, them.bob, NOW + second) for second in range(5)]
    await put(store, *sent)
    query = replace(whole(them.bob.number, them.alice.number), min_time=NOW + 1, max_time=NOW + 3)
    assert await store.messages.page(query) == sent[3:0:-1]
    assert await store.messages.page(replace(query, newer=True)) == sent[1:4]


async def test_page_from_a_key_that_is_gone_goes_on_from_its_place(store: Store, them: People) -> None:
    sent = [message(them.alice, them.bob, NOW + second, seq=5) for second in range(5)]
    await put(store, *sent)
    gone = MessageKey(5, 999, NOW + 2)
    query = replace(whole(them.bob.number, them.alice.number), start=gone)
    assert await store.messages.page(query) == [sent[1], sent[0]]
    assert await store.messages.page(replace(query, newer=True)) == sent[2:]


async def test_page_leaves_recalled_ones_out_on_wish(store: Store, them: People) -> None:
    kept, recalled = message(them.alice, them.bob), message(them.alice, them.bob)
    await put(store, kept, recalled)
    await store.messages.recall(recalled, _both(recalled, MessageRecalled(recalled.ref, them.alice.user_id)))
    query = whole(them.bob.number, them.alice.number)
    assert len(await store.messages.page(query)) == 2
    assert await store.messages.page(replace(query, with_recalled=False)) == [kept]


# --- what happens to messages ---


async def test_recall_marks_once_and_says_by_whom(store: Store, them: People) -> None:
    sent = message(them.alice, them.bob)
    await put(store, sent)
    event = MessageRecalled(sent.ref, UserId("boss"), "why")
    asked = replace(sent, revoker_id=UserId("boss"), reason="why")
    assert await store.messages.recall(asked, _both(sent, event)) is not None
    assert await store.messages.recall(asked, _both(sent, event)) is None
    (found,) = await _history(store, them.bob, them.alice)
    assert found.flags & Flag.RECALLED
    assert (found.revoker_id, found.reason) == ("boss", "why")
    for number in (them.alice.number, them.bob.number):
        page = await store.conversations.log_after(number, sent.position, 9, NOW)
        assert [entry[1] for entry in page.entries if not isinstance(entry, Message)] == [event]


async def test_modification_needs_the_version_that_is_stored(store: Store, them: People) -> None:
    sent = message(them.alice, them.bob)
    await put(store, sent)
    new = replace(sent, version=1, body=b'["new"]', custom_data="c")
    event = MessageModified(sent.ref, 1, new.body, "c")
    assert await store.messages.modify(new, 0, _both(sent, event)) is not None
    assert await store.messages.modify(replace(new, body=b"[]"), 0, _both(sent, event)) is None
    assert await _history(store, them.bob, them.alice) == [new]


async def test_recalled_message_is_not_modified(store: Store, them: People) -> None:
    sent = message(them.alice, them.bob)
    await put(store, sent)
    await store.messages.recall(sent, [])
    assert await store.messages.modify(replace(sent, version=1, body=b"[]"), 0, []) is None


async def test_hidden_message_is_gone_for_one_side_only(store: Store, them: People) -> None:
    one, two = message(them.alice, them.bob), message(them.bob, them.alice)
    await put(store, one, two)
    await store.messages.hide([one, two], them.bob.number)
    assert await _history(store, them.bob, them.alice) == []
    assert len(await _history(store, them.alice, them.bob)) == 2
    await store.messages.hide([one], them.alice.number)
    assert [each.key for each in await _history(store, them.alice, them.bob)] == [two.key]


async def test_message_hidden_from_its_sender_is_in_the_receivers_view_only(store: Store, them: People) -> None:
    sent = message(them.alice, them.bob, flags=Flag.HIDDEN_FROM_SENDER)
    await put(store, sent)
    assert await _history(store, them.alice, them.bob) == []
    assert await _history(store, them.bob, them.alice) == [sent]
    assert await store.conversations.conversations(them.alice.number, sent.position, 9, 9) == []


async def test_receipts_mark_messages_and_are_logged(store: Store, them: People) -> None:
    sent = [message(them.alice, them.bob) for _ in range(2)]
    await put(store, *sent)
    event = ReceiptGiven(them.bob.user_id, NOW, tuple(each.ref for each in sent))
    position = await store.messages.give_receipts(sent, [Logged(them.alice.number, event)])
    found = await _history(store, them.alice, them.bob)
    assert all(each.flags & Flag.PEER_READ for each in found)
    page = await store.conversations.log_after(them.alice.number, sent[-1].position, 9, NOW)
    assert page.entries == [(position, event)]


async def test_message_to_oneself_is_there_once_and_never_unread(store: Store, them: People) -> None:
    sent = message(them.alice, them.alice)
    await put(store, sent)
    assert await _history(store, them.alice, them.alice) == [sent]
    page = await store.conversations.log_after(them.alice.number, type(sent.position)(0), 9, NOW)
    assert page.entries == [sent]
    (state,) = await store.conversations.conversations(them.alice.number, type(sent.position)(0), 9, 9)
    assert state.last == sent
