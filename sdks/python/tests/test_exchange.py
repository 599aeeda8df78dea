import pytest

from tidings_client.errors import NotConnectedError, TimedOutError
from tidings_client.exchange import MAX_SEQ, Exchange


async def test_request_is_found_by_command_and_number_and_only_once() -> None:
    exchange = Exchange(41)
    request = exchange.begin("a.b", b"{}", now=0, limit=5)
    assert request.call.seq == 42
    assert exchange.take("a.c", 42) is None
    assert exchange.take("a.b", 42) is request
    assert exchange.take("a.b", 42) is None


async def test_numbers_begin_again_after_the_largest() -> None:
    exchange = Exchange(MAX_SEQ)
    assert [exchange.begin("a.b", b"", 0, 5).call.seq for _ in range(2)] == [0, 1]


async def test_kept_requests_are_repeated_in_their_order() -> None:
    exchange = Exchange(0)
    first, _own, second = (exchange.begin("a.b", b"", 0, 5, is_kept=is_kept) for is_kept in (True, False, True))
    exchange.forget(first)
    exchange.put_back(first)
    assert exchange.to_repeat() == [first, second]


async def test_lost_socket_fails_only_what_belonged_to_it() -> None:
    exchange = Exchange(0)
    kept, own = exchange.begin("a.b", b"", 0, 5), exchange.begin("a.b", b"", 0, 5, is_kept=False)
    exchange.socket_lost(NotConnectedError("gone"))
    assert not kept.answer.done()
    assert isinstance(own.answer.exception(), NotConnectedError)


async def test_request_fails_when_its_time_is_over() -> None:
    exchange = Exchange(0)
    request = exchange.begin("a.b", b"", now=10, limit=5)
    exchange.expire(14.9)
    assert not request.answer.done()
    exchange.expire(15)
    with pytest.raises(TimedOutError, match=r"a\.b within 5 s"):
        await request.answer
    assert exchange.to_repeat() == []


async def test_end_fails_everything_but_what_was_given_up_already() -> None:
    exchange = Exchange(0)
    waiting, cancelled = exchange.begin("a.b", b"", 0, 5), exchange.begin("a.b", b"", 0, 5)
    cancelled.answer.cancel()
    exchange.fail_all(NotConnectedError("closed"))
    assert isinstance(waiting.answer.exception(), NotConnectedError)
    assert exchange.to_repeat() == []
