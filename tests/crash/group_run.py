"""A run: devices talk in one group while the server under it is killed again and again.

The devices are the Python client's: they come back, send again and catch up by themselves.
"""

import asyncio
import contextlib
import signal
from collections.abc import Callable
from contextlib import AsyncExitStack
from random import Random

from sdks.python.tests.support.line import Line, line_to
from sdks.python.tests.support.stepped import SmallestChance
from tests.crash.group_checker import GroupEvidence
from tests.crash.server import Address, Server
from tidings_client import AdminClient, Chat, Gap, GroupMessageReceived, GroupType, connect, make_usersig
from tidings_client.address import Device

# Who takes part: ann has two devices, so that her own messages have somewhere to go.
DEVICES: dict[str, Device] = {"ann/web": "web", "ann/phone": "android", "ben/web": "web", "cat/phone": "iphone"}
ACCOUNTS = ("ann", "ben", "cat")
WINDOW = 6
MOST_EVENTS = 250
START_KILLS_IN = 8
LONGEST_START_S = 0.4
LONGEST_PAUSE_S = 0.01
STALL_S = 60
REQUEST_S = 600


class GroupRun:
    """Kills a server at moments that a seed decides, and gathers the evidence."""

    def __init__(self, server: Server, seed: int, patience_s: float = STALL_S) -> None:
        """Prepare; at the end wait `patience_s` for what is missing."""
        self._server = server
        self._chance = Random(seed)
        self._patience_s = patience_s
        self._group = ""
        self._chats: dict[str, Chat] = {}
        self._is_sending = True
        self._happened: Callable[[], None] = lambda: None
        self.evidence = GroupEvidence()
        self.kills = 0

    async def run(self, kills: int) -> GroupEvidence:
        """Let everybody in, kill the server `kills` times, let everybody finish; returns the evidence."""
        address = await self._start()
        try:
            async with line_to("127.0.0.1", address.port) as line, AsyncExitStack() as stack:
                await self._enter(address, line, stack)
                listeners = [asyncio.create_task(self._listen(name)) for name in DEVICES]
                talkers = [asyncio.create_task(self._talk(name)) for name in DEVICES]
                while self.kills < kills:
                    await self._kill_after(line, self._chance.randint(1, MOST_EVENTS))
                    address = await self._come_back(line)
                self._is_sending = False
                async with asyncio.timeout(STALL_S):
                    await asyncio.gather(*talkers)
                await self._gather_histories(address)
                await self._until_told()
                for listener in listeners:
                    listener.cancel()
        finally:
            self._server.kill()
            await self._server.ended()
        return self.evidence

    async def _enter(self, address: Address, line: Line, stack: AsyncExitStack) -> None:
        async with AdminClient(line.url, address.sdk_app_id, address.admin, address.admin_usersig) as admin:
            await admin.multiaccount_import(list(ACCOUNTS))
        for number, (name, device) in enumerate(DEVICES.items()):
            account = name.partition("/")[0]
            usersig = make_usersig(address.sdk_app_id, address.key, account)
            chance = SmallestChance(self._chance.random() + number)
            login = connect(
                line.url, address.sdk_app_id, account, usersig, device=device, chance=chance, request_s=REQUEST_S
            )
            self._chats[name] = await stack.enter_async_context(login)
        first = next(iter(self._chats.values()))
        self._group = await first.groups.create(GroupType.MEETING, "crew", members=ACCOUNTS[1:])

    async def _listen(self, name: str) -> None:
        told = self.evidence.told.setdefault(name, [])
        async for event in self._chats[name].events(GroupMessageReceived, Gap):
            if isinstance(event, GroupMessageReceived):
                told.append((event.message.seq, event.message.text))
            else:
                self.evidence.gaps.append(name)
            self._happened()

    async def _talk(self, name: str) -> None:
        """Send WINDOW messages at a time, until it is enough."""
        sent, acked = self.evidence.sent.setdefault(name, []), self.evidence.acked.setdefault(name, [])
        while self._is_sending:
            texts = [f"{name} {len(sent) + number}" for number in range(WINDOW)]
            sent += texts
            sends = [asyncio.create_task(self._chats[name].groups.send(self._group, text)) for text in texts]
            for answer in asyncio.as_completed(sends):
                message = await answer
                acked.append((message.seq, message.text))
                self._happened()

    async def _kill_after(self, line: Line, events: int) -> None:
        """Kill the server when so many things have happened, or a moment after that."""
        left, killed = iter(range(events - 1)), asyncio.Event()
        pause_s = max(0.0, self._chance.uniform(-LONGEST_PAUSE_S, LONGEST_PAUSE_S))

        def kill() -> None:
            self._server.kill()
            line.hold()
            killed.set()

        def count() -> None:
            if next(left, None) is None:
                self._happened = lambda: None
                asyncio.get_running_loop().call_later(pause_s, kill)

        self._happened = count
        await asyncio.wait_for(killed.wait(), STALL_S)
        await self._note_end()

    async def _come_back(self, line: Line) -> Address:
        """Start the server again; one time in a few kill it while it starts."""
        while not self._chance.randrange(START_KILLS_IN):
            delay = self._chance.uniform(0, LONGEST_START_S)
            timer = asyncio.get_running_loop().call_later(delay, self._server.kill)
            await self._server.start()
            timer.cancel()
            self._server.kill()
            await self._note_end()
        address = await self._start()
        line.lead_to("127.0.0.1", address.port)
        line.restore()
        return address

    async def _note_end(self) -> None:
        status = await self._server.ended()
        if status != -signal.SIGKILL:
            raise RuntimeError(f"the server ended by itself with {status} after {self.kills} kills")
        self.kills += 1

    async def _start(self) -> Address:
        address = await self._server.start()
        if address is None:
            raise RuntimeError(f"the server did not start after {self.kills} kills: {await self._server.ended()}")
        return address

    async def _gather_histories(self, address: Address) -> None:
        for name, chat in self._chats.items():
            pages = [page async for page in chat.groups.history(self._group, 100)]
            self.evidence.histories[name] = [
                (each.seq, each.text) for page in reversed(pages) for each in page if each.tip is None
            ]
        url = f"http://127.0.0.1:{address.port}"
        async with AdminClient(url, address.sdk_app_id, address.admin, address.admin_usersig) as admin:
            rows = [row async for row in admin.group_history(self._group)]
        self.evidence.histories["admin"] = [
            (row.msg_seq, row.msg_body[0].content["Text"]) for row in reversed(rows) if row.msg_body
        ]

    async def _until_told(self) -> None:
        """Wait until everything is everywhere; if that does not come, the checker says what is missing."""
        whole = next(iter(self.evidence.histories.values()))
        due = {name: {said for said in whole if said[1] not in self.evidence.sent[name]} for name in DEVICES}
        quiet = asyncio.Event()

        def look() -> None:
            if all(due[name] <= set(self.evidence.told.get(name, ())) for name in DEVICES):
                quiet.set()

        self._happened = look
        look()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(quiet.wait(), self._patience_s)
