"""Every store: searches (domain/searching.py, SearchStore), and what the index keeps."""

import asyncio
import json
from dataclasses import replace

import pytest

from tests.support.stores import APP, FOREVER, NOW, People, message, put
from tidings.domain.accounts import Account
from tidings.domain.messages import Flag, Message
from tidings.domain.searching import SearchQuery, Sought
from tidings.ids import AccountNumber
from tidings.store.sqlite.store import Store


def text_body(*texts: str) -> bytes:
    elements = [{"MsgType": "TIMTextElem", "MsgContent": {"Text": text}} for text in texts]
    return json.dumps(elements, ensure_ascii=False).encode()


def query(viewer: Account, *keywords: str, peer: Account | None = None, **sought: object) -> SearchQuery:
    wanted = Sought(keywords, **sought)  # type: ignore[arg-type]
    return SearchQuery(viewer.number, wanted, 100, 1000, peer=None if peer is None else peer.number)


async def find(store: Store, one: Account, other: Account, *keywords: str, **sought: object) -> list[Message]:
    found = await store.search.find_in_conversation(query(one, *keywords, peer=other, **sought))
    assert len(found.messages) == found.total
    return found.messages


async def take_in(store: Store) -> None:
    while await store.search_index.take_in():
        pass


@pytest.fixture(params=["indexed", "not yet"])
def is_indexed(request: pytest.FixtureRequest) -> bool:
    """Say whether messages are in the index when they are sought."""
    return bool(request.param == "indexed")


async def test_one_and_two_letters_are_found_in_any_script(store: Store, them: People, *, is_indexed: bool) -> None:
    texts = ("我们去北京吃饭", "東京タワーへ行きましょう", "Good Morning", "naïve café 😀!")
    sent = [message(them.alice, them.bob, body=text_body(text)) for text in texts]
    await put(store, *sent)
    if is_indexed:
        await take_in(store)
    for place, keywords in enumerate((("北", "吃饭"), ("タ", "ワー", "東京タ"), ("g", "d m", "morning"), ("ï", "😀!"))):
        for keyword in keywords:
            assert await find(store, them.bob, them.alice, keyword) == [sent[place]], keyword
    assert await find(store, them.bob, them.alice, "京") == [sent[1], sent[0]]
    assert await find(store, them.bob, them.alice, "北吃") == []


async def test_letters_side_by_side_in_pairs_only_are_not_taken_for_the_keyword(store: Store, them: People) -> None:
    await put(store, message(them.alice, them.bob, body=text_body("abxbc", "ab", "bc")))
    await take_in(store)
    assert await find(store, them.bob, them.alice, "abc") == []


async def test_changed_message_is_found_by_what_it_says_now(store: Store, them: People, *, is_indexed: bool) -> None:
    sent = message(them.alice, them.bob, body=text_body("before"))
    await put(store, sent)
    await take_in(store)
    changed = replace(sent, body=text_body("after"), version=1)
    await store.messages.modify(changed, 0, [])
    if is_indexed:
        await take_in(store)
    assert await find(store, them.bob, them.alice, "before") == []
    assert await find(store, them.bob, them.alice, "after") == [changed]


async def test_message_that_changes_while_it_is_taken_in_is_found_by_what_it_says_now(
    store: Store, them: People
) -> None:
    sent = message(them.alice, them.bob, body=text_body("before"))
    await put(store, sent)
    changed = replace(sent, body=text_body("after"), version=1)
    await asyncio.gather(store.search_index.take_in(), _wait(store.messages.modify(changed, 0, [])))
    await take_in(store)
    assert await find(store, them.bob, them.alice, "after") == [changed]


async def _wait(pending: object) -> None:
    await pending  # type: ignore[misc]


@pytest.mark.parametrize("change", ["recall", "hide", "recall before"])
async def test_what_nobody_may_see_leaves_the_index(store: Store, them: People, change: str) -> None:
    sent = message(them.alice, them.bob, body=text_body("secret"))
    await put(store, sent)
    if change != "recall before":
        await take_in(store)
    if change == "hide":
        await store.messages.hide([sent], them.alice.number)
        assert await find(store, them.alice, them.bob, "secret") == []
        assert await find(store, them.bob, them.alice, "secret") != []
        await store.messages.hide([sent], them.bob.number)
    else:
        await store.messages.recall(sent, [])
    await take_in(store)
    for one, other in ((them.alice, them.bob), (them.bob, them.alice)):
        assert await find(store, one, other, "secret") == []
    assert await store.search_index.size() == 0


async def test_expired_messages_leave_the_index(store: Store, them: People) -> None:
    await put(store, message(them.alice, them.bob, NOW - 10, body=text_body("old")))
    kept = message(them.alice, them.bob, NOW, body=text_body("old, too"))
    await put(store, kept)
    await take_in(store)
    await store.retention.expire({APP: NOW - 5})
    assert await find(store, them.bob, them.alice, "old") == [kept]
    assert await store.search_index.size() == 1


async def test_others_conversations_are_not_searched(store: Store, them: People, *, is_indexed: bool) -> None:
    await put(store, message(them.alice, them.bob, body=text_body("between us")))
    if is_indexed:
        await take_in(store)
    for stranger in (them.carol, them.stranger):
        assert (await store.search.find_conversations(query(stranger, "between"))).total == 0
    assert await find(store, them.carol, them.alice, "between") == []


async def test_cleared_hidden_and_untimely_messages_are_not_found(store: Store, them: People) -> None:
    hidden = message(them.alice, them.bob, flags=Flag.HIDDEN_FROM_SENDER, body=text_body("word"))
    await put(store, message(them.alice, them.bob, NOW - 9, body=text_body("word")), hidden)
    await take_in(store)
    assert await find(store, them.alice, them.bob, "word", min_time=NOW - 8, max_time=FOREVER) == []
    assert await find(store, them.bob, them.alice, "word", min_time=NOW - 8, max_time=FOREVER) == [hidden]
    assert len(await find(store, them.bob, them.alice, "word", max_time=NOW - 9)) == 1


async def test_types_and_senders_narrow_a_search_or_stand_alone(store: Store, them: People) -> None:
    face = message(them.bob, them.alice, body=b'[{"MsgType":"TIMFaceElem","MsgContent":{"Index":1,"Data":"word"}}]')
    said, answered = (message(*who, body=text_body("word")) for who in ((them.alice, them.bob), (them.bob, them.alice)))
    await put(store, face, said, answered)
    await take_in(store)
    both = them.alice, them.bob
    by_bob = frozenset([them.bob.number])
    assert await find(store, *both, "word") == [answered, said]
    assert await find(store, *both, "word", senders=by_bob) == [answered]
    assert await find(store, *both, senders=by_bob) == [answered, face]
    assert await find(store, *both, types=frozenset(["TIMFaceElem"])) == [face]
    assert await find(store, *both, senders=frozenset([AccountNumber(0)])) == []


async def test_conversations_with_much_to_find_do_not_hide_others(store: Store, them: People) -> None:
    rare = message(them.carol, them.alice, body=text_body("common"))
    many = [message(them.bob, them.alice, body=text_body(f"common {n}")) for n in range(300)]
    await put(store, rare, *many)
    await take_in(store)
    found = await store.search.find_conversations(replace(query(them.alice, "common"), counted=3))
    assert [(each.count, each.newest) for each in found.conversations] == [(3, many[-1]), (1, rare)]
    assert found.rows < 250


async def test_conversations_with_deleted_accounts_are_left_out(store: Store, them: People) -> None:
    await put(store, message(them.bob, them.alice, body=text_body("word")))
    await store.accounts.delete_account(them.bob.number)
    assert (await store.search.find_conversations(query(them.alice, "word"))).total == 0
