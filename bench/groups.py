"""Groups in which everybody is online: what each delivery costs, and when the last one has a message."""

import asyncio
import time

from bench.client import LoadClient, open_clients
from bench.loads import SETTLE_S, TEXT_BYTES, Plan
from bench.meter import Meter, Row
from bench.target import Target

SIZES = (200, 1000)
MEMBERS_A_CALL = 100
DELIVERIES_PER_S = 20_000


async def measure_groups(target: Target, plan: Plan) -> list[Row]:
    """Let one member speak, so often that all together hear 20,000 messages a second."""
    target.import_users(0, SIZES[-1])
    clients = await open_clients(target, 0, SIZES[-1])
    rows: list[Row] = []
    for size in SIZES[:1] if plan.is_quick else SIZES:
        group = f"group-{size}"
        found(target, group, "Public", size)
        rows += await _measure(target, plan, clients[:size], group)
    for client in clients:
        client.close()
    return rows


def found(target: Target, group: str, kind: str, size: int) -> None:
    """Make a group of u0 to u<size - 1>, which u0 owns."""
    target.post(
        "group_open_http_svc/create_group", {"Type": kind, "Name": "g", "GroupId": group, "Owner_Account": "u0"}
    )
    for first in range(1, size, MEMBERS_A_CALL):
        names = [{"Member_Account": f"u{n}"} for n in range(first, min(first + MEMBERS_A_CALL, size))]
        target.post("group_open_http_svc/add_group_member", {"GroupId": group, "Silence": 1, "MemberList": names})


async def _measure(target: Target, plan: Plan, clients: list[LoadClient], group: str) -> list[Row]:
    each, whole = Meter(target.process), Meter(target.process)
    heard: dict[int, int] = {}

    def take(_sender: int, sent_ns: int) -> None:
        each.note(sent_ns)
        heard[sent_ns] = heard.get(sent_ns, 0) + 1
        if heard[sent_ns] == len(clients) - 1:
            whole.note(sent_ns)

    for client in clients[1:]:
        client.on_text = take
    await _speak(clients[0], group, plan.warm_up_s, len(clients))
    each.start()
    whole.start()
    await _speak(clients[0], group, plan.seconds, len(clients))
    rows = [each.row(f"deliveries in a group of {len(clients)}"), whole.row(f"messages to all of {len(clients)}")]
    for client in clients:
        client.on_text = lambda _sender, _sent_ns: None
    return rows


async def _speak(client: LoadClient, group: str, seconds: float, people: int) -> None:
    pause, end = people / DELIVERIES_PER_S, time.perf_counter() + seconds
    due = time.perf_counter()
    while due < end:
        client.send_group(group, TEXT_BYTES)
        due += pause
        await asyncio.sleep(max(due - time.perf_counter(), 0))
    await asyncio.sleep(SETTLE_S / 4)
