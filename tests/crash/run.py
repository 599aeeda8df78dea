"""A run: a crew of devices talks while the server under it is killed again and again."""

import asyncio
import contextlib
import signal
from collections.abc import Awaitable, Callable, Iterable
from random import Random

from tests.crash.client import Crew, Device
from tests.crash.records import Evidence
from tests.crash.rest_sender import RestSender
from tests.crash.server import Address, Server

# Who takes part: ann has two devices, so that her own messages have somewhere to go.
DEVICES = {"ann/web": "web", "ann/phone": "android", "ben/web": "web", "cat/phone": "iphone"}
ACCOUNTS = ("ann", "ben", "cat")
MOST_EVENTS = 250
START_KILLS_IN = 8
LONGEST_START_S = 0.4
# An event is told when it has reached a client; the server may be anywhere in the next one.
LONGEST_PAUSE_S = 0.01
STALL_S = 60


class CrashRun:
    """Kills a server at moments that a seed decides, and gathers the evidence."""

    def __init__(self, server: Server, seed: int, patience_s: float = STALL_S) -> None:
        """Make a crew for a server that does not run yet; at the end wait `patience_s` for what is missing."""
        self._server = server
        self._patience_s = patience_s
        self.crew = Crew(Evidence({name: name.partition("/")[0] for name in DEVICES}), Random(seed))
        self._chance = Random(seed + 1)
        self.devices = [
            Device(self.crew, name, number, platform) for number, (name, platform) in enumerate(DEVICES.items(), 1)
        ]
        for device in self.devices:
            device.peers = [account for account in ACCOUNTS if account != device.account]
        self._rest = RestSender(self.crew, "cat", ["ann", "ben"])
        self._moment = asyncio.Event()
        self.kills = 0

    async def run(self, kills: int) -> Evidence:
        """Let everybody in, kill the server `kills` times, let everybody finish; returns the evidence."""
        asyncio.get_running_loop().set_exception_handler(
            lambda _, context: self.crew.failures.append(str(context.get("exception") or context))
        )
        try:
            await self._begin()
            await self._end_server()
            while self.kills < kills:
                await self._one_life()
            await self._finish()
        finally:
            self._server.kill()
            await self._server.ended()
        return self.crew.evidence

    async def _begin(self) -> None:
        address = await self._start()
        await asyncio.gather(*(device.connect(address) for device in self.devices))
        self.crew.is_sending = True
        for device in self.devices:
            device.fill()
        await self._rest.connect(address)

    async def _one_life(self) -> None:
        """Start the server, and kill it while it starts or after some events."""
        if not self._chance.randrange(START_KILLS_IN):
            delay = self._chance.uniform(0, LONGEST_START_S)
            timer = asyncio.get_running_loop().call_later(delay, self._server.kill)
            await self._server.start()
            timer.cancel()
            await self._end_server()
            return
        address = await self._start()
        self._moment.clear()
        self.crew.happened = self._count_down(self._chance.randint(1, MOST_EVENTS))
        connecting = asyncio.gather(*self._connect_all(address), return_exceptions=True)
        await asyncio.wait_for(self._moment.wait(), STALL_S)
        await self._end_server()
        _raise_unexpected(await connecting)

    async def _finish(self) -> None:
        """Let everything be answered and arrive, then ask for the final state."""
        self.crew.is_sending = False
        address = await self._start()
        await asyncio.gather(*self._connect_all(address))
        await self._until_quiet()
        askers = {device.account: device for device in self.devices}
        for account, device in askers.items():
            for peer in device.peers:
                self.crew.evidence.histories[account, peer] = await device.history(peer)
            for peer, count in (await device.unread()).items():
                self.crew.evidence.unread[account, peer] = count

    async def _until_quiet(self) -> None:
        """Wait until all is answered and everywhere; if that does not come, the checker will say what is missing."""
        quiet = asyncio.Event()
        due = [
            (device.arrived, sent.note.identity)
            for sent in self.crew.evidence.sent
            for device in self.devices
            if device.account in (sent.note.sender, sent.note.receiver) and device.name != sent.device
        ]

        heard = self.crew.evidence.heard
        to_hear = [
            (device.name, change.identity, change.text)
            for change, receiver in self.crew.changing
            for device in self.devices
            if device.account in (change.identity[0], receiver) and device.name != change.device
        ]

        def look() -> None:
            while due and due[-1][1] in due[-1][0]:
                due.pop()
            while to_hear and to_hear[-1] in heard:
                to_hear.pop()
            if not due and not to_hear and self._rest.is_idle and all(device.is_idle for device in self.devices):
                quiet.set()

        self.crew.happened = look
        look()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(quiet.wait(), self._patience_s)
        self.crew.happened = lambda: None

    def _connect_all(self, address: Address) -> Iterable[Awaitable[None]]:
        return [*(device.connect(address) for device in self.devices), self._rest.connect(address)]

    async def _start(self) -> Address:
        address = await self._server.start()
        if address is None:
            raise RuntimeError(f"the server did not start after {self.kills} kills: {await self._server.ended()}")
        return address

    async def _end_server(self) -> None:
        """Kill the server, however far it got; a life that ended by itself is no kill but a failure."""
        self._server.kill()
        status = await self._server.ended()
        if status != -signal.SIGKILL:
            raise RuntimeError(f"the server ended by itself with {status} after {self.kills} kills")
        self.kills += 1

    def _count_down(self, events: int) -> Callable[[], None]:
        """Return a callback that kills the server when called so many times, or a moment after that."""
        left = iter(range(events - 1))
        pause_s = max(0.0, self._chance.uniform(-LONGEST_PAUSE_S, LONGEST_PAUSE_S))
        loop = asyncio.get_running_loop()

        def kill() -> None:
            self._server.kill()
            self._moment.set()

        def count() -> None:
            if next(left, None) is None:
                self.crew.happened = lambda: None
                loop.call_later(pause_s, kill)

        return count


def _raise_unexpected(results: Iterable[object]) -> None:
    """Raise what went wrong when devices connected, save that the server was killed meanwhile."""
    for result in results:
        if isinstance(result, BaseException) and not isinstance(result, OSError):
            raise result
