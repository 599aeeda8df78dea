"""Searches in SQLite cost by what is found, not by what is there."""

from dataclasses import replace

from tests.support.database import Work
from tests.support.stores import People, message, put
from tidings.domain.searching import SearchQuery, Sought
from tidings.store.sqlite.store import Store


def body(text: str) -> bytes:
    return f'[{{"MsgType":"TIMTextElem","MsgContent":{{"Text":"{text}"}}}}]'.encode()


async def fill(store: Store, them: People, count: int) -> None:
    texts = ["sought rare" if n % (count // 5) == 0 else f"common {n}" for n in range(count)]
    await put(store, *[message(them.alice, them.bob, body=body(text)) for text in texts])
    while await store.search_index.take_in():
        pass


def query(them: People, keyword: str) -> SearchQuery:
    return SearchQuery(them.alice.number, Sought((keyword,)), 10, 50, peer=them.bob.number)


async def test_no_search_goes_through_a_whole_table(store: Store, them: People, work: Work) -> None:
    await fill(store, them, 50)
    one = query(them, "rare")
    for call in (
        lambda: store.search.find_in_conversation(one),
        lambda: store.search.find_conversations(replace(one, peer=None)),
    ):
        scans = await work.scans(call)
        assert [step for step in scans if "VIRTUAL TABLE" not in step and step != "SCAN s"] == []


async def test_what_is_read_does_not_grow_with_what_is_there(store: Store, them: People, work: Work) -> None:
    rare, common = query(them, "rare"), query(them, "common")
    sizes = []
    for _ in range(2):
        await fill(store, them, 1000)
        for asked in (rare, common):
            found = await store.search.find_in_conversation(replace(asked, limit=3, counted=5))
            assert found.rows <= 5
            sizes.append(await work.size(lambda asked=asked: store.search.find_in_conversation(asked)))  # type: ignore[misc]
    assert sizes[2] < 2 * sizes[0]
    assert sizes[3] < 2 * sizes[1]
