"""History pages in a conversation of many messages: they must stay fast as data grows."""

import asyncio
import random
import time
from pathlib import Path

from bench.client import LoadClient, open_clients
from bench.loads import TEXT_BYTES, Plan
from bench.meter import Meter, Row
from bench.target import Target
from tidings.domain.messages import Message
from tidings.ids import TINY_ID_BASE, AccountNumber, UserId
from tidings.store.sqlite.engine import FileEngine
from tidings.store.sqlite.store import DATABASE

PAGE = 20
CHUNK = 10_000
# Messages are spread over this span, within the days that history is kept.
SPAN_S = 6 * 86_400
AGE_S = SPAN_S + 3_600


def fill_history(folder: Path, size: int) -> int:
    """Make a data folder in which u0 and u1 have `size` messages; returns the first one's time, unix seconds."""
    target = Target("tidings", folder)
    try:
        numbers = asyncio.run(account_numbers(target))
    finally:
        target.stop()
    start = int(time.time()) - AGE_S
    asyncio.run(_append(folder / "data" / DATABASE, numbers, size, start))
    return start


async def account_numbers(target: Target) -> list[AccountNumber]:
    """Return the account numbers of u0 and u1, made now."""
    target.import_users(0, 2)
    clients = await open_clients(target, 0, 2)
    for client in clients:
        client.close()
    return [AccountNumber(client.tiny_id - TINY_ID_BASE) for client in clients]


async def _append(path: Path, numbers: list[AccountNumber], size: int, start: int) -> None:
    engine = FileEngine(path, is_synced=False)
    body = f'[{{"MsgType":"TIMTextElem","MsgContent":{{"Text":"{"x" * TEXT_BYTES}"}}}}]'.encode()
    for first in range(0, size, CHUNK):
        for n in range(first, min(first + CHUNK, size)):
            one, other = (0, 1) if n % 2 else (1, 0)
            names = UserId(f"u{one}"), UserId(f"u{other}")
            at = time_of(n, size, start)
            engine.append(Message(numbers[one], numbers[other], *names, at, n, n, at, body, "", 0))
        await engine.write(lambda _: None)
    await engine.close()


async def measure_history(target: Target, plan: Plan, size: int, start: int) -> list[Row]:
    """Ask for pages at random places of the history, one after the other."""
    [client] = await open_clients(target, 0, 1)
    chance = random.Random(1)
    meter = Meter(target.process)
    for seconds in (plan.warm_up_s / 2, plan.seconds / 2):
        meter.start()
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            number = chance.randrange(PAGE, size)
            began = time.perf_counter_ns()
            await _page_before(client, number, time_of(number, size, start))
            meter.note(began)
    row = meter.row(f"history page, {size} messages")
    client.close()
    return [row]


async def _page_before(client: LoadClient, number: int, at: int) -> None:
    body = (
        f'{{"Peer_Account":"u1","MaxCnt":{PAGE},"LastMsgTime":{at},"MsgKey":"{number}_{number}_{at}",'
        '"WithRecalledMsg":1,"GetDirection":0}'
    )
    answer = await client.call("openim.getroammsg", body)
    got = [message["MsgSeq"] for message in answer["MsgList"]]
    if got != list(range(number - PAGE, number)):
        raise RuntimeError(f"the page before message {number} holds {got}")


def time_of(number: int, size: int, start: int) -> int:
    """Return when message `number` of `size` was sent, unix seconds, if the first was at `start`."""
    return start + number * SPAN_S // size
