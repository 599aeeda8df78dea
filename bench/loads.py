"""The tests: each puts one kind of load on a target and returns its rows."""

import asyncio
import time
from dataclasses import dataclass

from bench.client import LoadClient, open_clients
from bench.meter import Meter, Row
from bench.target import Target

PAIRS, WINDOW, TEXT_BYTES = 50, 8, 200
RATE_PER_S = 500
LOGINS, LOGINS_AT_ONCE = 1000, 20
IDLE_STEPS = (1000, 5000)
SETTLE_S = 2.0


@dataclass(frozen=True)
class Plan:
    """How long to measure, in seconds, and whether the big steps are left out."""

    seconds: float = 10.0
    warm_up_s: float = 2.0
    is_quick: bool = False


class Pair:
    """Two users, the first of whom keeps WINDOW messages in flight: neither acknowledged nor delivered."""

    def __init__(self, sender: LoadClient, receiver: LoadClient, meter: Meter) -> None:
        """Take over what both clients report."""
        self._sender, self._receiver, self._meter = sender, receiver, meter
        self._delivered = sender.sent
        self._is_on = False
        sender.on_ack = self.fill
        receiver.on_text = self._take

    def start(self) -> None:
        """Begin to send."""
        self._is_on = True
        self.fill()

    def stop(self) -> None:
        """Send no more."""
        self._is_on = False

    def fill(self) -> None:
        """Send until the window is full."""
        sender = self._sender
        while self._is_on and sender.sent - min(sender.acked, self._delivered) < WINDOW:
            sender.send(self._receiver.number, TEXT_BYTES)

    def _take(self, _sender: int, sent_ns: int) -> None:
        self._delivered += 1
        self._meter.note(sent_ns)
        self.fill()


async def measure_pairs(target: Target, plan: Plan) -> list[Row]:
    """Keep 50 pairs saturated: durable, delivered and acknowledged messages."""
    target.import_users(0, 2 * PAIRS)
    clients = await open_clients(target, 0, 2 * PAIRS)
    meter = Meter(target.process)
    pairs = [Pair(clients[n], clients[n + 1], meter) for n in range(0, 2 * PAIRS, 2)]
    for pair in pairs:
        pair.start()
    await asyncio.sleep(plan.warm_up_s)
    meter.start()
    await asyncio.sleep(plan.seconds)
    row = meter.row("messages, saturated")
    for pair in pairs:
        pair.stop()
    await asyncio.sleep(SETTLE_S / 4)
    _close(clients)
    return [row]


async def measure_rate(target: Target, plan: Plan) -> list[Row]:
    """Send 500 messages a second in the same pairs, evenly spaced."""
    target.import_users(0, 2 * PAIRS)
    clients = await open_clients(target, 0, 2 * PAIRS)
    meter = Meter(target.process)
    for client in clients:
        client.on_text = lambda _sender, sent_ns: meter.note(sent_ns)
    await _send_evenly(clients, int(plan.warm_up_s * RATE_PER_S))
    meter.start()
    await _send_evenly(clients, int(plan.seconds * RATE_PER_S))
    row = meter.row(f"messages, {RATE_PER_S}/s")
    await asyncio.sleep(SETTLE_S / 4)
    _close(clients)
    return [row]


async def _send_evenly(clients: list[LoadClient], total: int) -> None:
    senders, start, sent = clients[::2], time.perf_counter(), 0
    while sent < total:
        due = min(int((time.perf_counter() - start) * RATE_PER_S) + 1, total)
        for number in range(sent, due):
            sender = senders[number % PAIRS]
            sender.send(sender.number + 1, TEXT_BYTES)
        sent = due
        await asyncio.sleep(0.001)


async def measure_logins(target: Target, plan: Plan) -> list[Row]:
    """Open connections with a login each, 20 in flight."""
    count = LOGINS // 4 if plan.is_quick else LOGINS
    target.import_users(0, count + LOGINS_AT_ONCE)
    _close(await open_clients(target, count, count + LOGINS_AT_ONCE, LOGINS_AT_ONCE))
    meter = Meter(target.process)
    gate = asyncio.Semaphore(LOGINS_AT_ONCE)
    clients = [LoadClient(target, number) for number in range(count)]

    async def log_in(client: LoadClient) -> None:
        async with gate:
            began = time.perf_counter_ns()
            await client.open()
            meter.note(began)

    meter.start()
    await asyncio.gather(*(log_in(client) for client in clients))
    row = meter.row("logins")
    _close(clients)
    return [row]


async def measure_idle(target: Target, plan: Plan) -> list[Row]:
    """Weigh logged-in connections that do nothing."""
    steps = IDLE_STEPS[:1] if plan.is_quick else IDLE_STEPS
    target.import_users(0, steps[-1])
    _close(await open_clients(target, 0, 1))
    await asyncio.sleep(SETTLE_S)
    base_kb = target.process.rss_kb()
    clients: list[LoadClient] = []
    rows: list[Row] = []
    for step in steps:
        clients += await open_clients(target, len(clients), step)
        await asyncio.sleep(SETTLE_S)
        cpu_s, rss_kb = target.process.cpu_s(), target.process.rss_kb()
        await asyncio.sleep(SETTLE_S)
        rows.append(
            {
                "test": f"idle connections, {step}",
                "count": step,
                "kb_each": round((rss_kb - base_kb) / step, 1),
                "idle_cpu_pct": round((target.process.cpu_s() - cpu_s) / SETTLE_S * 100, 1),
                "rss_mb": round(rss_kb / 1024, 1),
            }
        )
    _close(clients)
    return rows


def _close(clients: list[LoadClient]) -> None:
    for client in clients:
        client.close()
