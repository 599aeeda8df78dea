"""Streamed requests over a real connection: pieces, waiting, early answers, and what follows them."""

import asyncio
from collections.abc import Callable

import pytest

from tests.unit.rest.test_http import Clerk, answer, opened, post
from tidings.errors import FILE_CUT_SHORT, TidingsError
from tidings.rest.exchange import HIGH_WATER, Exchange, Head

TARGET = "/files/x"


async def _until(is_so: Callable[[], bool]) -> None:
    while not is_so():  # noqa: ASYNC110 - the connection tells nobody of it
        await asyncio.sleep(0)  # one turn of the loop


async def _body(exchange: Exchange) -> bytes:
    return b"".join([piece async for piece in exchange.body()])


async def test_body_comes_in_pieces_and_the_answer_goes_out_in_pieces() -> None:
    clerk = Clerk()
    async with opened(clerk) as (reader, writer):
        writer.write(post(TARGET + "?q", b"abc", b"X-Some: thing\r\n", b"PUT")[:-1])
        exchange = await clerk.streamed.get()
        assert (exchange.head.method, exchange.head.query, exchange.head.headers[b"x-some"]) == ("PUT", "q", b"thing")
        assert exchange.length == 3
        pieces = exchange.body()
        assert await anext(pieces) == b"ab"
        writer.write(b"c")
        assert [piece async for piece in pieces] == [b"c"]
        exchange.begin(206, b"x-kind: some\r\n", 2)
        assert await exchange.write(b"o")
        assert await exchange.write(b"k")
        exchange.finish()
        expected = b"HTTP/1.1 206 Partial Content\r\nx-kind: some\r\ncontent-length: 2\r\n\r\nok"
        assert await reader.readexactly(len(expected)) == expected


async def test_client_waits_while_nobody_takes_what_it_sends() -> None:
    clerk = Clerk()
    async with opened(clerk) as (_, writer):
        whole = b"x" * (16 * HIGH_WATER)
        writer.write(post(TARGET, whole, b"", b"PUT"))
        exchange = await clerk.streamed.get()
        await _until(lambda: exchange.is_full)
        seen = 0
        async for piece in exchange.body():
            assert len(piece) <= 2 * HIGH_WATER
            seen += len(piece)
        assert seen == len(whole)


async def test_requests_before_and_behind_are_answered_in_their_order() -> None:
    clerk = Clerk()
    async with opened(clerk) as (reader, writer):
        writer.write(post("/later") + post(TARGET, b"abc") + post("/b", b"2"))
        (await clerk.held.get())(200, b"", b"first")
        exchange = await clerk.streamed.get()
        assert await _body(exchange) == b"abc"
        exchange.answer(200, b"", b"second")
        exchange.finish()
        expected = (
            b"HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nfirst"
            b"HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\nsecond" + answer("/b", b"2")
        )
        assert await reader.readexactly(len(expected)) == expected


async def test_early_answer_reaches_a_client_that_is_still_sending() -> None:
    clerk = Clerk()
    async with opened(clerk) as (reader, writer):
        request = post(TARGET, b"x" * 5_000_000, b"", b"PUT")
        writer.write(request[:1000])
        exchange = await clerk.streamed.get()
        exchange.answer(413, b"", b"too much")
        exchange.finish()
        writer.write(request[1000:])
        expected = b"HTTP/1.1 413 Request Entity Too Large\r\ncontent-length: 8\r\nconnection: close\r\n\r\ntoo much"
        told = await reader.read()
        assert told.partition(b"\r\n")[2] == expected.partition(b"\r\n")[2]
        await _until(lambda: not clerk.connections)


async def test_waiting_client_is_told_to_go_on_only_once_its_body_is_wanted() -> None:
    clerk = Clerk()
    async with opened(clerk) as (reader, writer):
        head = post(TARGET, b"12", b"Expect: 100-continue\r\n")[:-2]
        writer.write(head)
        exchange = await clerk.streamed.get()
        taken = asyncio.ensure_future(_body(exchange))
        assert await reader.readuntil(b"\r\n\r\n") == b"HTTP/1.1 100 Continue\r\n\r\n"
        writer.write(b"12")
        assert await taken == b"12"
        exchange.answer(200, b"", b"")
        exchange.finish()


async def test_lost_client_ends_what_waits_for_it() -> None:
    clerk = Clerk()
    async with opened(clerk) as (_, writer):
        writer.write(post(TARGET, b"abc")[:-1])
        exchange = await clerk.streamed.get()
        taken = asyncio.ensure_future(_body(exchange))
        writer.transport.abort()
        with pytest.raises(TidingsError) as error:
            await taken
        assert error.value.fault is FILE_CUT_SHORT
        assert not await exchange.write(b"x")
        exchange.finish()


async def test_answer_that_breaks_off_ends_the_connection() -> None:
    clerk = Clerk()
    async with opened(clerk) as (reader, writer):
        writer.write(post(TARGET))
        exchange = await clerk.streamed.get()
        await _body(exchange)
        exchange.begin(200, b"", 100)
        await exchange.write(b"part")
        exchange.finish(is_whole=False)
        assert (await reader.read()).endswith(b"\r\n\r\npart")


@pytest.mark.parametrize(("given", "expected"), [({}, None), ({b"content-length": b"7"}, 7)])
def test_length_is_what_the_header_says(given: dict[bytes, bytes], expected: int | None) -> None:
    head = Head("PUT", "/", "", given, is_kept_alive=True)
    assert Exchange(None, head).length == expected  # type: ignore[arg-type] # it is not asked
