"""A user's list of 500 conversations: it must come as fast however much is said in them."""

import asyncio
import json
import random
import time
from pathlib import Path

from bench.client import LoadClient, open_clients
from bench.history import AGE_S, CHUNK, time_of
from bench.loads import TEXT_BYTES, Plan
from bench.meter import Meter, Row
from bench.target import Target
from tidings.domain.messages import Message
from tidings.ids import SdkAppId, UserId
from tidings.store.sqlite.accounts import SqliteAccounts
from tidings.store.sqlite.engine import FileEngine
from tidings.store.sqlite.store import DATABASE

PEERS = 500
START = {"TimeStamp": 0, "StartIndex": 0, "TopTimeStamp": 0, "TopStartIndex": 0}
BODY = f'[{{"MsgType":"TIMTextElem","MsgContent":{{"Text":"{"x" * TEXT_BYTES}"}}}}]'.encode()


def fill_conversations(folder: Path, size: int) -> None:
    """Make a data folder in which u0 has `size` messages, shared by 500 conversations in turn."""
    target = Target("tidings", folder)
    try:
        target.import_users(0, PEERS + 1)
        app = SdkAppId(target.sdk_app_id)
    finally:
        target.stop()
    asyncio.run(_append(folder / "data" / DATABASE, app, size))


async def _append(path: Path, app: SdkAppId, size: int) -> None:
    engine = FileEngine(path, is_synced=False)
    names = [UserId(f"u{n}") for n in range(PEERS + 1)]
    found = {account.user_id: account.number for account in await SqliteAccounts(engine).find_accounts(app, names)}
    numbers = [found[name] for name in names]
    chance, start = random.Random(1), int(time.time()) - AGE_S
    for first in range(0, size, CHUNK):
        for n in range(first, min(first + CHUNK, size)):
            one, other = chance.sample((0, n % PEERS + 1), 2)
            at = time_of(n, size, start)
            engine.append(Message(numbers[one], numbers[other], names[one], names[other], at, n, n, at, BODY, "", 0))
        await engine.write(lambda _: None)
    await engine.close()


async def measure_conversations(target: Target, plan: Plan, size: int) -> list[Row]:
    """Fetch the whole list, page by page, one after the other: with all unread, then with all read."""
    [client] = await open_clients(target, 0, 1)
    unread = await _measure(target, plan, client)
    await client.call("openim.read_all_unread_msg", '{"C2CReadAllMsg":1}')
    read = await _measure(target, plan, client)
    client.close()
    for row, state in ((unread, "unread"), (read, "read")):
        row["test"] = f"list of {PEERS} {state} conversations, {size} messages"
    return [unread, read]


async def _measure(target: Target, plan: Plan, client: LoadClient) -> Row:
    meter = Meter(target.process)
    for seconds in (plan.warm_up_s / 2, plan.seconds / 2):
        meter.start()
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            began = time.perf_counter_ns()
            await _whole_list(client)
            meter.note(began)
    return meter.row("list")


async def _whole_list(client: LoadClient) -> None:
    place, listed = START, 0
    while True:
        answer = await client.call("recentcontact.page_get", json.dumps(place))
        listed += len(answer["SessionItem"])
        if answer["CompleteFlag"]:
            break
        place = {name: answer[name] for name in START}
    if listed != PEERS:
        raise RuntimeError(f"the list of {PEERS} conversations holds {listed}")
