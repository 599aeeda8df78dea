"""A run: pairs of people change what lies between them while the server under them is killed again and again."""

import asyncio
import json
import signal
import time
from dataclasses import dataclass, field
from random import Random

from bench.frames import to_frame
from tests.crash.connection import Body, Connection
from tests.crash.pairs import State, ask, choose, fetch, told
from tests.crash.server import Address, Server
from tidings.domain.usersig import make
from tidings_client.admin import AdminClient
from tidings_client.errors import NotConnectedError

PAIRS = (("ann", "ben"), ("cat", "dan"), ("eve", "fay"))
MOST_CHANGES = 60
LONGEST_PAUSE_S = 0.01
STALL_S = 60
LOG_IN: Body = {"State": "Online", "is_web_uniapp": 0, "InstType": 0, "CustomInfo": ""}


@dataclass(slots=True)
class Pair:
    """Two people, what may lie between them, and what a device of the first knows from its log."""

    one: str
    other: str
    possible: set[State] = field(default_factory=lambda: {State()})
    known: State = field(default_factory=State)
    cursor: int = 0


class PairRun:
    """Kills a server at moments that a seed decides; `findings` holds what it did wrong."""

    def __init__(self, server: Server, seed: int) -> None:
        """Prepare for a server that does not run yet."""
        self._server = server
        self._chance = Random(seed)
        self._pairs = [Pair(*names) for names in PAIRS]
        self._left = 0
        self._moment = asyncio.Event()
        self.findings: list[str] = []
        self.acked = 0
        self.unanswered = 0

    async def run(self, kills: int) -> None:
        """Let everybody in, kill the server `kills` times, and look at what is there in the end."""
        try:
            address = await self._start()
            async with _admin(address) as admin:
                await admin.multiaccount_import([name for names in PAIRS for name in names])
            for _ in range(kills):
                await self._one_life(address)
                address = await self._start()
            await asyncio.gather(*(self._compare(address, pair) for pair in self._pairs))
        finally:
            self._server.kill()
            await self._server.ended()

    async def _one_life(self, address: Address) -> None:
        """Compare, change, and kill the server after so many answers or a moment later."""
        await asyncio.gather(*(self._compare(address, pair) for pair in self._pairs))
        self._left = self._chance.randint(1, MOST_CHANGES)
        self._moment.clear()
        async with _admin(address) as admin:
            changing = asyncio.gather(*(self._change(admin, pair) for pair in self._pairs))
            await asyncio.wait_for(self._moment.wait(), STALL_S)
            self._server.kill()
            status = await self._server.ended()
            assert status == -signal.SIGKILL, f"the server ended by itself with {status}"
            await changing

    async def _change(self, admin: AdminClient, pair: Pair) -> None:
        """Make one change after the other until the server is gone."""
        while True:
            [state] = pair.possible
            change, made = choose(state, f"text {self.acked}", self._chance)
            pair.possible = {state, made}
            try:
                await ask(admin, change, pair.one, pair.other, made.remark if change == "remark" else made.nick)
            except NotConnectedError:
                self.unanswered += 1
                return
            pair.possible = {made}
            self.acked += 1
            self._count_down()

    def _count_down(self) -> None:
        self._left -= 1
        if self._left == 0:
            pause_s = max(0.0, self._chance.uniform(-LONGEST_PAUSE_S, LONGEST_PAUSE_S))
            asyncio.get_running_loop().call_later(pause_s, self._moment.set)

    async def _compare(self, address: Address, pair: Pair) -> None:
        """Note what is there and was never asked for, or was acknowledged and is gone, or was told otherwise."""
        async with _admin(address) as admin:
            found = await fetch(admin, pair.one, pair.other)
        if found not in pair.possible:
            self.findings.append(f"{pair.one} has {found}, should have one of {pair.possible}")
        pair.possible = {found}
        await self._catch_up(address, pair)
        if pair.known != found:
            self.findings.append(f"{pair.one}'s log tells {pair.known}, there is {found}")
            pair.known = found

    async def _catch_up(self, address: Address, pair: Pair) -> None:
        """Log in as the first one's device and take the events since the last time."""
        connection = Connection(lambda *_: None)
        await connection.open(address.port, f"/info?sdkappid={address.sdk_app_id}&instanceid={'0' * 32}&platform=7")
        head = _head(address, pair.one)
        answer = await connection.call(1, _frame(head, 1, "im_open_status.wslogin", LOG_IN))
        assert answer["ErrorCode"] == 0, answer
        head |= {"a2": answer["A2Key"], "tinyid": answer["TinyId"], "status_instid": answer["InstId"]}
        seq, is_complete = 1, False
        while not is_complete:
            seq += 1
            body = {"Cookie": str(pair.cursor), "SyncFlag": 0}
            answer = await connection.call(seq, _frame(head, seq, "openim.getmsg", body))
            assert not answer.get("Gap"), answer
            for event in answer["EventArray"]:
                pair.known = told(pair.known, event, pair.one)
            pair.cursor, is_complete = int(answer["Cookie"]), answer["SyncFlag"] == 2
        connection.transport.close()

    async def _start(self) -> Address:
        address = await self._server.start()
        assert address is not None, "the server did not start"
        return address


def _admin(address: Address) -> AdminClient:
    return AdminClient(f"http://127.0.0.1:{address.port}", address.sdk_app_id, address.admin, address.admin_usersig)


def _head(address: Address, account: str) -> Body:
    usersig = make(address.sdk_app_id, address.key, account, now=time.time(), expire=86_400)
    return {
        "ver": "v4",
        "platform": 7,
        "websdkappid": 537048168,
        "websdkversion": "1.7.3",
        "contenttype": "json",
        "sdkability": 75689843,
        "sdkability_ext": "",
        "cappid": 0,
        "cs": 0,
        "identifier": account,
        "usersig": usersig,
        "status_instid": 0,
        "sdkappid": address.sdk_app_id,
        "reqtime": int(time.time()),
    }


def _frame(head: Body, seq: int, command: str, body: Body) -> bytes:
    return to_frame(json.dumps({"head": {**head, "servcmd": command, "seq": seq}, "body": body}).encode())
