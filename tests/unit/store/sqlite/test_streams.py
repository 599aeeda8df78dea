"""Streams in SQLite: found by their keys."""

from dataclasses import replace

from tests.support.database import Work
from tests.support.stores import APP, People, message, put
from tidings.domain.growing import StreamKind
from tidings.domain.streams import Stream
from tidings.store.sqlite.store import Store


async def test_nothing_goes_through_a_whole_table(store: Store, them: People, work: Work) -> None:
    sent = message(them.alice, them.bob)
    await put(store, sent)
    stream = Stream(APP, StreamKind.ELEMENT, id="s", message=sent)
    await store.streams.open_stream(stream)
    for call in (
        lambda: store.streams.grow_stream(replace(stream, message=replace(sent, version=1)), 0),
        lambda: store.streams.close_stream(replace(stream, message=replace(sent, version=2)), 1, []),
    ):
        assert await work.scans(call) == []
