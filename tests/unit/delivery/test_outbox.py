"""What waits to be written to a connection: one write for each socket and loop turn, and bounded."""

import asyncio
import logging

import pytest

from tidings.delivery.outbox import Outbox, Postman

LIMIT = 100


class Socket:
    """A transport that keeps what it was given; `waiting` bytes are not taken by the other side."""

    def __init__(self, waiting: int = 0) -> None:
        self.writes: list[bytes] = []
        self.waiting = waiting
        self.is_closed = False

    def write(self, data: bytes) -> None:
        self.writes.append(data)

    def is_closing(self) -> bool:
        return self.is_closed

    def get_write_buffer_size(self) -> int:
        return self.waiting


class BrokenSocket(Socket):
    def write(self, data: bytes) -> None:
        raise OSError(f"{len(data)} bytes went nowhere")


@pytest.fixture
async def postman() -> Postman:
    return Postman(asyncio.get_running_loop())


class Line:
    """A socket with its outbox, and how often it overflowed."""

    def __init__(self, postman: Postman, socket: Socket) -> None:
        self.socket = socket
        self.overflows = 0
        self.outbox = Outbox(socket, postman, LIMIT, self._note)

    def _note(self) -> None:
        self.overflows += 1


async def test_frames_of_a_loop_turn_leave_in_one_write_in_order(postman: Postman) -> None:
    line = Line(postman, Socket())
    for frame in (b"a", b"b", b"c"):
        line.outbox.put(frame)
    assert line.socket.writes == []
    await asyncio.sleep(0)
    assert line.socket.writes == [b"abc"]


async def test_next_loop_turn_writes_anew(postman: Postman) -> None:
    line = Line(postman, Socket())
    for frame in (b"a", b"b"):
        line.outbox.put(frame)
        await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert line.socket.writes == [b"a", b"b"]


async def test_each_socket_gets_its_own(postman: Postman) -> None:
    one, other = Line(postman, Socket()), Line(postman, Socket())
    one.outbox.put(b"a")
    other.outbox.put(b"x")
    one.outbox.put(b"b")
    await asyncio.sleep(0)
    assert (one.socket.writes, other.socket.writes) == ([b"ab"], [b"x"])


async def test_frame_that_is_flushed_does_not_leave_twice(postman: Postman) -> None:
    line = Line(postman, Socket())
    line.outbox.put(b"a")
    line.outbox.flush()
    await asyncio.sleep(0)
    assert line.socket.writes == [b"a"]


@pytest.mark.parametrize(("waiting", "is_cut_off"), [(0, False), (LIMIT, False), (LIMIT + 1, True)])
async def test_reader_with_more_than_the_limit_waiting_is_cut_off(
    postman: Postman, waiting: int, *, is_cut_off: bool
) -> None:
    line = Line(postman, Socket(waiting))
    line.outbox.put(b"a")
    await asyncio.sleep(0)
    assert line.overflows == int(is_cut_off)
    assert line.socket.writes == ([] if is_cut_off else [b"a"])


async def test_one_long_answer_is_no_sign_of_a_slow_reader(postman: Postman) -> None:
    line = Line(postman, Socket())
    line.outbox.put(bytes(100 * LIMIT))
    await asyncio.sleep(0)
    assert (line.overflows, len(line.socket.writes)) == (0, 1)


async def test_slow_reader_that_is_sent_nothing_is_left_alone(postman: Postman) -> None:
    line = Line(postman, Socket(LIMIT + 1))
    line.outbox.flush()
    await asyncio.sleep(0)
    assert line.overflows == 0


async def test_reader_that_is_gone_is_neither_written_to_nor_cut_off(postman: Postman) -> None:
    line = Line(postman, Socket(LIMIT + 1))
    line.outbox.put(b"a")
    line.socket.is_closed = True
    await asyncio.sleep(0)
    assert (line.overflows, line.socket.writes) == (0, [])


async def test_what_a_slow_reader_missed_is_not_kept_in_memory(postman: Postman) -> None:
    line = Line(postman, Socket(LIMIT + 1))
    line.outbox.put(b"missed")
    await asyncio.sleep(0)
    line.socket.waiting = 0
    line.outbox.put(b"next")
    await asyncio.sleep(0)
    assert line.socket.writes == [b"next"]


async def test_trouble_of_one_socket_is_not_that_of_others(postman: Postman, caplog: pytest.LogCaptureFixture) -> None:
    broken, sound = Line(postman, BrokenSocket()), Line(postman, Socket())
    with caplog.at_level(logging.ERROR):
        broken.outbox.put(b"a")
        sound.outbox.put(b"b")
        await asyncio.sleep(0)
    assert sound.socket.writes == [b"b"]
    assert [record.getMessage() for record in caplog.records] == ["an outbox could not be written"]


async def test_what_is_put_while_writing_leaves_with_the_next_turn(postman: Postman) -> None:
    class Echo(Socket):
        def write(self, data: bytes) -> None:
            super().write(data)
            if data == b"a":
                line.outbox.put(b"b")

    line = Line(postman, Echo())
    line.outbox.put(b"a")
    await asyncio.sleep(0)
    assert line.socket.writes == [b"a"]
    await asyncio.sleep(0)
    assert line.socket.writes == [b"a", b"b"]
