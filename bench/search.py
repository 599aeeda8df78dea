"""Searches in a conversation of many messages: they must stay fast as data grows."""

import asyncio
import json
import random
import time
from dataclasses import dataclass
from pathlib import Path

from bench.client import LoadClient, open_clients
from bench.history import AGE_S, CHUNK, account_numbers, time_of
from bench.loads import Plan
from bench.meter import Meter, Row
from bench.target import Target
from tidings.domain.messages import Message
from tidings.domain.searching import COUNTED_SHARE, SearchQuery, Sought
from tidings.ids import AccountNumber, UserId
from tidings.settings import AppSettings
from tidings.store.sqlite import search_index
from tidings.store.sqlite.engine import FileEngine
from tidings.store.sqlite.search import SqliteSearch
from tidings.store.sqlite.store import DATABASE

PAGE = 20
LETTERS = [chr(0x4E00 + n) for n in range(3_000)]
# As in a language: the nth letter is seen about 1/n as often as the first.
WEIGHTS = [1 / (n + 3) for n in range(len(LETTERS))]
TEXT_LETTERS = 20
RARE, RARE_COUNT = "\u5f69\u8679", 50
# Nobody sends meanwhile.
INDEX_BATCH = 512
KEYWORDS = {"rare pair": RARE, "common letter": LETTERS[0], "common pair": LETTERS[0] + LETTERS[1]}


@dataclass(frozen=True, slots=True)
class Filled:
    """A data folder in which u0 and u1 have `size` messages, all in the index."""

    folder: Path
    size: int
    numbers: list[AccountNumber]


def fill_search(folder: Path, size: int) -> Filled:
    """Make a data folder with messages to search."""
    target = Target("tidings", folder)
    try:
        numbers = asyncio.run(account_numbers(target))
    finally:
        target.stop()
    filled = Filled(folder, size, numbers)
    asyncio.run(_append(filled))
    return filled


async def _append(filled: Filled) -> None:
    engine = FileEngine(filled.folder / "data" / DATABASE, is_synced=False)
    chance, start = random.Random(1), int(time.time()) - AGE_S
    for first in range(0, filled.size, CHUNK):
        for n in range(first, min(first + CHUNK, filled.size)):
            one, other = (0, 1) if n % 2 else (1, 0)
            names, at = (UserId(f"u{one}"), UserId(f"u{other}")), time_of(n, filled.size, start)
            sides = filled.numbers[one], filled.numbers[other]
            engine.append(Message(*sides, *names, at, n, n, at, _body(n, filled.size, chance), "", 0))
        await engine.write(lambda _: None)
    search_index.BATCH = INDEX_BATCH
    index = search_index.SqliteSearchIndex(engine)
    while await index.take_in():
        pass
    await engine.close()


def _body(number: int, size: int, chance: random.Random) -> bytes:
    text = "".join(chance.choices(LETTERS, WEIGHTS, k=TEXT_LETTERS))
    text += RARE if number % (size // RARE_COUNT) == 0 else ""
    return f'[{{"MsgType":"TIMTextElem","MsgContent":{{"Text":"{text}"}}}}]'.encode()


async def measure_search(target: Target, plan: Plan, filled: Filled) -> list[Row]:
    """Search for what is rare and what is common, in the conversation and in all."""
    [client] = await open_clients(target, 0, 1)
    rows: list[Row] = []
    for name, keyword in KEYWORDS.items():
        for peer in ("u1", ""):
            row = await _measure(target, plan, client, {"KeywordList": [keyword], "PeerAccount": peer, "Count": PAGE})
            row["test"] = f"search {name} in {'one' if peer else 'all'}, {filled.size} messages"
            row["rows_read"] = await _rows_read(filled, keyword, is_in_one=bool(peer))
            rows.append(row)
    client.close()
    return rows


async def _measure(target: Target, plan: Plan, client: LoadClient, body: dict[str, object]) -> Row:
    meter = Meter(target.process)
    for seconds in (plan.warm_up_s / 4, plan.seconds / 4):
        meter.start()
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            began = time.perf_counter_ns()
            answer = await client.call("message_search.query", json.dumps(body))
            meter.note(began)
            if not answer["TotalCount"]:
                raise RuntimeError(f"nothing was found for {body}")
    return meter.row("search")


async def _rows_read(filled: Filled, keyword: str, *, is_in_one: bool) -> int:
    """Return how many messages such a search looks into."""
    engine = FileEngine(filled.folder / "data" / DATABASE, is_synced=False)
    counted = AppSettings().searched_messages
    one, other = filled.numbers
    search = SqliteSearch(engine)
    if is_in_one:
        query = SearchQuery(one, Sought((keyword,)), PAGE, counted, peer=other)
        rows = (await search.find_in_conversation(query)).rows
    else:
        query = SearchQuery(one, Sought((keyword,)), PAGE, counted // COUNTED_SHARE)
        rows = (await search.find_conversations(query)).rows
    await engine.close()
    return rows
