"""A live room: what it costs to join one that is full, and to tell everybody in it a message."""

import asyncio
import time

from bench.client import LoadClient, open_clients
from bench.loads import SETTLE_S, TEXT_BYTES, Plan
from bench.meter import Meter, Row
from bench.target import Target

PEOPLE, QUICK_PEOPLE, JOINS = 5000, 500, 200
DELIVERIES_PER_S = 20_000
ROOM = "live-bench"
JOIN = f'{{"GroupId":"{ROOM}"}}'


async def measure_live_rooms(target: Target, plan: Plan) -> list[Row]:
    """Fill a room, then let one of it speak so often that everybody together hears 20,000 messages a second."""
    people = QUICK_PEOPLE if plan.is_quick else PEOPLE
    target.import_users(0, people)
    target.post("group_open_http_svc/create_group", {"Type": "AVChatRoom", "Name": "live", "GroupId": ROOM})
    clients = await open_clients(target, 0, people)
    meter = Meter(target.process)
    rows = [await _join(clients[:JOINS], meter, f"joins of an empty live room, {JOINS}")]
    await _join(clients[JOINS:-JOINS], meter, "")
    rows.append(await _join(clients[-JOINS:], meter, f"joins of a live room of {people - JOINS}, {JOINS}"))
    await asyncio.sleep(SETTLE_S)
    for client in clients[1:]:
        client.on_text = lambda _sender, sent_ns: meter.note(sent_ns)
    await _speak(clients[0], plan.warm_up_s, people)
    meter.start()
    await _speak(clients[0], plan.seconds, people)
    rows.append(meter.row(f"deliveries in a live room of {people}"))
    for client in clients:
        client.close()
    return rows


async def _join(clients: list[LoadClient], meter: Meter, name: str) -> Row:
    meter.start()
    for client in clients:
        began = time.perf_counter_ns()
        await client.call("group_open_http_svc.apply_join_group", JOIN)
        meter.note(began)
    return meter.row(name)


async def _speak(client: LoadClient, seconds: float, people: int) -> None:
    pause, end = people / DELIVERIES_PER_S, time.perf_counter() + seconds
    due = time.perf_counter()
    while due < end:
        client.send_group(ROOM, TEXT_BYTES)
        due += pause
        await asyncio.sleep(max(due - time.perf_counter(), 0))
    await asyncio.sleep(SETTLE_S / 4)
