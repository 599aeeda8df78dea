import asyncio
import gc

from tidings_client.events import ConnectionLost, ConnectionRestored, Event, Gap, Lost, ReadByPeer
from tidings_client.mailbox import Mailbox, Stream

LOST, BACK = ConnectionLost("x"), ConnectionRestored()
FULL = Gap(Lost.BUFFER_FULL)


def read(number: int) -> Event:
    return ReadByPeer("bob", number)


async def rest_of(stream: Stream) -> list[Event]:
    """Return what a stream of a closed mailbox still holds."""
    return [event async for event in stream]


async def test_what_came_before_anybody_asked_comes_first() -> None:
    mailbox = Mailbox(10)
    mailbox.put(LOST)
    stream = mailbox.open()
    mailbox.put(BACK)
    mailbox.close()
    assert await rest_of(stream) == [LOST, BACK]


async def test_each_consumer_gets_every_event_of_its_kinds() -> None:
    mailbox = Mailbox(10)
    everything, some = mailbox.open(), mailbox.open(ReadByPeer, ConnectionLost)
    for event in (LOST, BACK, read(1)):
        mailbox.put(event)
    mailbox.close()
    assert await rest_of(everything) == [LOST, BACK, read(1)]
    assert await rest_of(some) == [LOST, read(1)]


async def test_consumer_of_some_kinds_leaves_the_others_to_later_ones() -> None:
    mailbox = Mailbox(10)
    mailbox.put(LOST)
    mailbox.put(read(1))
    mailbox.close()
    assert await rest_of(mailbox.open(ReadByPeer)) == [read(1)]
    assert await rest_of(mailbox.open()) == [LOST]


async def test_who_waits_is_woken() -> None:
    mailbox = Mailbox(10)
    waiting = asyncio.ensure_future(anext(mailbox.open()))
    await asyncio.sleep(0)
    mailbox.put(LOST)
    assert await waiting == LOST


async def test_what_a_consumer_left_behind_goes_to_the_next() -> None:
    mailbox = Mailbox(10)
    stream = mailbox.open()
    mailbox.put(LOST)
    mailbox.put(BACK)
    assert await anext(stream) == LOST
    del stream
    gc.collect()
    mailbox.close()
    assert await rest_of(mailbox.open()) == [BACK]


async def test_slow_consumer_is_told_that_the_oldest_are_gone() -> None:
    mailbox = Mailbox(2)
    stream = mailbox.open()
    for number in range(4):
        mailbox.put(read(number))
    mailbox.close()
    assert await rest_of(stream) == [FULL, read(2), read(3)]


async def test_gap_of_a_consumer_of_other_kinds_is_told_to_the_others() -> None:
    mailbox = Mailbox(1)
    _slow, gaps = mailbox.open(ReadByPeer), mailbox.open(Gap)
    mailbox.put(read(1))
    mailbox.put(read(2))
    mailbox.close()
    assert await rest_of(gaps) == [FULL]


async def test_nothing_grows_while_nobody_listens() -> None:
    mailbox = Mailbox(2)
    for number in range(9):
        mailbox.put(read(number))
    mailbox.close()
    assert await rest_of(mailbox.open()) == [FULL, read(8)]
