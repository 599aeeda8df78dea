"""A whole server in the test's own loop: memory store, a clock that is stepped, seeded chance, a free port."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from random import Random

from tests.support.clients import PATIENCE_S, GatewayClient, RestClient
from tidings.app import Server, World
from tidings.clock import SteppedClock
from tidings.domain import usersig
from tidings.domain.accounts import Newcomer
from tidings.ids import SdkAppId, UserId
from tidings.settings import AppSettings, ServerSettings
from tidings.store.sqlite.store import open_memory
from tidings.vault import KEY_SIZE, Vault

APP = SdkAppId(1400000001)
OTHER_APP = SdkAppId(1400000002)
ADMIN = "administrator"
USERS = ("alice", "bob", "carol")
NOW = 1_760_000_000
SIG_SECONDS = 30 * 86_400


class SeededChance:
    """Random numbers that are the same in every run."""

    def __init__(self, seed: int = 1) -> None:
        self._random = Random(seed)

    def uint32(self) -> int:
        """Return a number from 1 to 2**32 - 1."""
        return self._random.randrange(1, 1 << 32)

    def token(self, size: int) -> bytes:
        """Return `size` bytes."""
        return self._random.randbytes(size)


@dataclass(slots=True)
class Site:
    """A running server, one of its apps, and the clients that a test has opened."""

    server: Server
    clock: SteppedClock
    chance: SeededChance
    app: SdkAppId
    key: str
    silence: float = 0.0
    opened: list[GatewayClient] = field(default_factory=list)

    @property
    def now(self) -> int:
        """The server's time, unix seconds."""
        return int(self.clock.now())

    @property
    def address(self) -> str:
        """Host and port."""
        return f"{self.server.host}:{self.server.port}"

    def usersig(self, user_id: str, *, expire: int = SIG_SECONDS, at: int | None = None, key: str | None = None) -> str:
        """Return a UserSig of this app, signed now unless `at` says when."""
        issued = self.now if at is None else at
        return usersig.make(self.app, self.key if key is None else key, user_id, expire=expire, now=issued)

    def rest(self, identifier: str = ADMIN) -> RestClient:
        """Return a client of the REST door."""
        return RestClient(self.address, self.app, identifier, self.usersig(identifier))

    async def open(self, device: str = "", *, path: str = "info", query: str = "") -> GatewayClient:
        """Open a socket that is not logged in."""
        device_key = f"{self.chance.uint32():032x}"
        extra = f"&device={device}" if device else ""
        url = f"ws://{self.address}/{path}?sdkappid={self.app}&instanceid={device_key}&platform=7{extra}{query}"
        client = await GatewayClient.open(url)
        self.opened.append(client)
        return client

    async def login(
        self, user_id: str, device: str = "", *, path: str = "info", expire: int = SIG_SECONDS
    ) -> GatewayClient:
        """Open a socket and log in."""
        client = await self.open(device, path=path)
        await client.login(user_id, self.usersig(user_id, expire=expire))
        return client

    async def change(self, **changes: object) -> None:
        """Change the app's settings."""
        await self.server.store.apps.set_settings(self.app, AppSettings(**changes))  # type: ignore[arg-type]
        await self.server.refresh()

    def sweep_after(self, silence_s: float) -> None:
        """Let so many seconds pass in which no socket says anything, then look for silent ones."""
        self.silence += silence_s
        self.server.gateway.sweep()

    async def settled(self) -> None:
        """Wait until the server has noticed every socket that was closed, and done what follows from it."""
        gateway = self.server.gateway

        def is_settled() -> bool:
            return len(gateway.connections) == sum(client.is_open for client in self.opened) and not gateway.in_flight

        async with asyncio.timeout(PATIENCE_S):
            while not is_settled():  # noqa: ASYNC110 - the server tells nobody of it
                await asyncio.sleep(0)  # one turn of the loop

    async def beside(self, app: SdkAppId = OTHER_APP) -> "Site":
        """Return another app of the same server, with users of the same names."""
        site = Site(self.server, self.clock, self.chance, app, f"{self.chance.uint32():064x}", opened=self.opened)
        await _make_app(site)
        return site


@asynccontextmanager
async def running_server(
    *, seed: int = 1, settings: ServerSettings | None = None, app_settings: AppSettings | None = None
) -> AsyncIterator[Site]:
    """Run a server with an app, its admin and three users until the test is done."""
    chance, clock = SeededChance(seed), SteppedClock(float(NOW))
    vault = Vault.from_key(chance.token(KEY_SIZE))
    settings = settings or ServerSettings(port=0, store="memory", drain_seconds=0.5)
    server = Server(settings, open_memory(vault), vault, World(clock, chance))
    site = Site(server, clock, chance, APP, f"{chance.uint32():064x}")
    await _make_app(site, app_settings)
    await server.start()
    loop = asyncio.get_running_loop()
    server.gateway.monotonic = lambda: loop.time() + site.silence
    try:
        yield site
    finally:
        for client in site.opened:
            await client.close()
        await server.stop()


async def _make_app(site: Site, settings: AppSettings | None = None) -> None:
    apps = site.server.store.apps
    await apps.create(site.app, "test", site.now)
    await apps.add_key(site.app, "secret", site.key, site.now)
    await apps.add_admin(site.app, UserId(ADMIN))
    if settings is not None:
        await apps.set_settings(site.app, settings)
    names = (ADMIN, *USERS)
    await site.server.rules.accounts.save(site.app, [Newcomer(UserId(name)) for name in names])
    await site.server.refresh()
