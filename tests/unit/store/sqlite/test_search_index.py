"""The index: some messages at a time, and a few statements."""

from dataclasses import replace

import apsw
import pytest

from tests.support.stores import People, message, put, whole
from tidings.store.sqlite import search_index as module
from tidings.store.sqlite.engine import Engine
from tidings.store.sqlite.search_index import position, purge
from tidings.store.sqlite.store import Store


async def test_messages_are_taken_in_a_batch_at_a_time_in_their_order(
    store: Store, them: People, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "BATCH", 2)
    sent = [message(them.alice, them.bob) for _ in range(3)]
    await put(store, *sent)
    assert engine.look_up(position) == 0
    assert await store.search_index.take_in() == 2
    assert engine.look_up(position) == sent[1].position
    assert [await store.search_index.take_in() for _ in range(3)] == [1, 0, 0]
    assert await store.search_index.size() == 3


async def test_a_body_that_cannot_be_read_does_not_hold_the_others_up(store: Store, them: People) -> None:
    await put(store, message(them.alice, them.bob, body=b"?"), message(them.alice, them.bob))
    assert await store.search_index.take_in() == 2


async def test_tokens_of_what_has_left_are_gone_after_a_purge(store: Store, them: People, engine: Engine) -> None:
    sent = message(them.alice, them.bob, body='[{"MsgType":"TIMTextElem","MsgContent":{"Text":"龘"}}]'.encode())
    others = [message(them.alice, them.bob, body=b'[{"MsgType":"TIMTextElem","MsgContent":{"Text":"one"}}]')] * 3
    for each in (sent, *others):
        await put(store, replace(each))
        await store.search_index.take_in()

    def kept(connection: apsw.Connection) -> bool:
        return any(
            "龘".encode()[1:] in bytes(block) for (block,) in connection.execute("SELECT block FROM search_data")
        )

    assert engine.look_up(kept)
    first = min(await store.messages.page(whole(them.bob.number, them.alice.number)), key=lambda m: m.position)
    await store.messages.recall(first, [])
    await purge(engine)
    assert not engine.look_up(kept)
    assert await store.search_index.size() == 3
    await purge(engine)
