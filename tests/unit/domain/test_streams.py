"""Rules of streams: pieces in order, pauses, what is told live and what is kept (domain/streams.py)."""

import asyncio
from dataclasses import replace

import pytest

from tests.support.delivery import Recorder
from tests.support.stage import Stage
from tests.support.stores import APP
from tidings.domain.events import MessageModified
from tidings.domain.growing import MAX_BYTES, PAUSE_S, PIECES_PER_SECOND, Piece, StreamKind
from tidings.domain.messages import to_conversation
from tidings.domain.sending import Draft
from tidings.domain.streams import Parties, Stream, Streams
from tidings.errors import TidingsError
from tidings.view.streams import render_stream


def as_is(text: str) -> str:
    return text


def between(stage: Stage) -> Parties:
    return Parties(stage.them.alice, stage.them.bob)


async def begin(stage: Stage, piece: Piece, number: int = 1, name: str = "s", **draft: object) -> Stream:
    made = Draft(stage.them.alice, stage.them.bob, number, number, None, b"")
    opening = Stream(APP, StreamKind.ELEMENT, "old", name)
    return await stage.rules.streams.begin(replace(made, **draft), opening, piece, as_is)  # type: ignore[arg-type]


async def go_on(stage: Stage, piece: Piece, name: str = "s", screen: object = as_is) -> Stream:
    stage.clock.step(1)
    return await stage.rules.streams.go_on(name, between(stage), piece, screen)  # type: ignore[arg-type]


async def stored(stage: Stage, stream: Stream) -> bytes:
    them = stage.them
    found = await stage.store.messages.find_message(
        to_conversation(them.alice.number, them.bob.number), stream.message.key
    )
    assert found is not None
    return found.body


def modified(delivery: Recorder) -> tuple[int, int]:
    """Return how many changes were told live, and how many are kept."""
    lives = [event for _, event, _ in delivery.lives if isinstance(event, MessageModified)]
    return len(lives), sum(isinstance(event, MessageModified) for _, event, _ in delivery.events)


async def test_pieces_are_told_live_and_the_end_is_kept(stage: Stage) -> None:
    stream = await begin(stage, Piece("a", 1))
    await go_on(stage, Piece("b", 2))
    assert modified(stage.delivery) == (1, 0)
    assert b'"Markdown":"ab","IsLast":false' in await stored(stage, stream)
    await go_on(stage, Piece("c", 3, is_last=True))
    assert modified(stage.delivery) == (1, 2)
    assert b'"Index":3,"Markdown":"abc","IsLast":true' in await stored(stage, stream)


async def test_what_is_over_takes_no_more(stage: Stage) -> None:
    await begin(stage, Piece("a", 1, is_last=True))
    await begin(stage, Piece("a", 1), 2, "late")
    await begin(stage, Piece("a", 1), 3, "ended")
    await go_on(stage, Piece("b", is_last=True), "ended")
    stage.clock.step(PAUSE_S)
    for name in ("s", "late", "ended", "never was"):
        with pytest.raises(TidingsError) as refused:
            await go_on(stage, Piece("b"), name)
        assert refused.value.code == 20026


async def test_a_piece_goes_to_nobody_but_the_reader_of_its_stream(stage: Stage) -> None:
    them = stage.them
    await begin(stage, Piece("a", 1))
    for sender, receiver in ((them.alice, them.carol), (them.carol, them.bob), (None, them.alice)):
        with pytest.raises(TidingsError) as refused:
            await stage.rules.streams.go_on("s", Parties(sender, receiver), Piece("b"), as_is)
        assert refused.value.code == 20026
    stream = await stage.rules.streams.go_on("s", Parties(None, them.bob), Piece("b"), as_is)
    assert stream.text == "ab"


async def test_a_stream_begins_with_number_one(stage: Stage) -> None:
    with pytest.raises(TidingsError) as refused:
        await begin(stage, Piece("b", 2))
    assert refused.value.code == 90001
    assert stage.delivery.messages == []


async def test_a_pause_ends_it_for_those_who_read_it(stage: Stage) -> None:
    stream = await begin(stage, Piece("a", 1))
    stage.clock.step(PAUSE_S)
    await stage.rules.streams.sweep()
    assert modified(stage.delivery) == (0, 0)
    stage.clock.step(1)
    await stage.rules.streams.sweep()
    assert modified(stage.delivery) == (0, 2)
    assert b'"Markdown":"a","IsLast":true' in await stored(stage, stream)
    assert await stage.store.streams.open_streams() == []


@pytest.mark.parametrize(
    ("piece", "code"),
    [(Piece("b", 1), 90001), (Piece("b" * MAX_BYTES, 2), 80002), (Piece('"' * (MAX_BYTES // 2), 2), 80002)],
    ids=["order", "length", "length of the whole message"],
)
async def test_a_piece_that_does_not_fit_changes_nothing(stage: Stage, piece: Piece, code: int) -> None:
    stream = await begin(stage, Piece("a", 1))
    with pytest.raises(TidingsError) as refused:
        await go_on(stage, piece)
    assert refused.value.code == code
    assert b'"Markdown":"a"' in await stored(stage, stream)
    await go_on(stage, Piece("b", 2))


async def test_five_pieces_a_second(stage: Stage) -> None:
    await begin(stage, Piece("a", 1))
    stage.clock.step(1)
    for _ in range(PIECES_PER_SECOND):
        await stage.rules.streams.go_on("s", between(stage), Piece("b"), as_is)
    with pytest.raises(TidingsError) as refused:
        await stage.rules.streams.go_on("s", between(stage), Piece("b"), as_is)
    assert refused.value.code == 60007
    await go_on(stage, Piece("b"))


async def test_forbidden_words_are_seen_across_pieces(stage: Stage) -> None:
    stream = await begin(stage, Piece("da", 1))
    await go_on(stage, Piece("rn", 2), screen=lambda text: text.replace("darn", "****"))
    assert b'"Markdown":"****"' in await stored(stage, stream)


async def test_a_beginning_that_is_sent_again_is_the_same_stream(stage: Stage) -> None:
    made = await asyncio.gather(*(begin(stage, Piece("a", 1)) for _ in range(2)))
    made.append(await begin(stage, Piece("a", 1)))
    assert made[0] is made[1] is made[2]
    assert len(stage.delivery.messages) == len(await stage.store.streams.open_streams()) == 1


async def test_a_beginning_goes_on_whose_server_stopped_before_it_was_answered(stage: Stage) -> None:
    stream = await begin(stage, Piece("a", 1))
    restarted = Streams(
        stage.store.streams, stage.store.messages, stage.rules.sending, stage.delivery, stage.clock, render_stream
    )
    lost = Stream(APP, StreamKind.ELEMENT, "old", "s", message=stream.message)
    assert await stage.store.streams.grow_stream(lost, 7) is False  # its row is gone, its message is there
    stage.clock.step(9)
    draft = Draft(stage.them.alice, stage.them.bob, 1, 1, None, b"")
    await restarted.begin(draft, Stream(APP, StreamKind.ELEMENT, "old", "s"), Piece("a", 1), as_is)
    await restarted.go_on("s", between(stage), Piece("b", 2), as_is)
    assert b'"Markdown":"ab"' in await stored(stage, stream)
    assert len(stage.delivery.messages) == 1


async def test_a_message_that_is_recalled_ends_its_stream(stage: Stage) -> None:
    stream = await begin(stage, Piece("a", 1))
    them = stage.them
    await stage.rules.history.recall(
        them.alice, them.bob, stream.message.key, by=them.alice, window_s=None, source=stage.call().instance
    )
    for _ in range(2):
        with pytest.raises(TidingsError) as refused:
            await go_on(stage, Piece("b", 2))
        assert refused.value.code == 20026
    assert await stage.store.streams.open_streams() == []


async def test_a_recalled_message_keeps_no_other_stream_from_its_end(stage: Stage) -> None:
    stream = await begin(stage, Piece("a", 1))
    other = await begin(stage, Piece("b", 1), 2, "other")
    them = stage.them
    await stage.rules.history.recall(
        them.alice, them.bob, stream.message.key, by=them.alice, window_s=None, source=stage.call().instance
    )
    stage.clock.step(PAUSE_S + 1)
    await stage.rules.streams.sweep()
    assert b'"Markdown":"b","IsLast":true' in await stored(stage, other)
    assert await stage.store.streams.open_streams() == []


@pytest.mark.parametrize("side", ["alice", "bob"])
async def test_the_streams_of_an_account_end_with_it(stage: Stage, side: str) -> None:
    stream = await begin(stage, Piece("a", 1))
    await stage.rules.streams.end_all(stage.them.carol)
    assert modified(stage.delivery) == (0, 0)
    await stage.rules.streams.end_all(getattr(stage.them, side))
    assert modified(stage.delivery) == (0, 2)
    assert b'"IsLast":true' in await stored(stage, stream)
    with pytest.raises(TidingsError, match="no stream"):
        await go_on(stage, Piece("b", 2))


async def test_who_does_not_see_the_message_is_not_told_how_it_grows(stage: Stage) -> None:
    await begin(stage, Piece("a", 1), tells_sender=False)
    await go_on(stage, Piece("b", 2))
    assert [accounts for accounts, _, _ in stage.delivery.lives] == [{stage.them.bob.number}]


async def test_a_restart_goes_on_where_it_was(stage: Stage) -> None:
    stream = await begin(stage, Piece("a", 1))
    restarted = Streams(
        stage.store.streams, stage.store.messages, stage.rules.sending, stage.delivery, stage.clock, render_stream
    )
    await restarted.remember()
    await restarted.go_on("s", between(stage), Piece("b", 2), as_is)
    assert b'"Markdown":"ab"' in await stored(stage, stream)
