"""The composition root: the only place that builds objects, starts them and stops them."""

import asyncio
import contextlib
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import structlog
from picows import WSListener

import tidings.command  # noqa: F401 - fills the command table
from tidings import memory
from tidings.addresses import own_addresses
from tidings.clock import Clock, SystemClock
from tidings.command.call import Rules
from tidings.delivery.hub import Hub
from tidings.delivery.outbox import Postman
from tidings.delivery.rooms import OnlineRooms
from tidings.domain.accounts import Accounts
from tidings.domain.apps import App, Apps
from tidings.domain.archives import Archives
from tidings.domain.barriers import Barriers
from tidings.domain.blocks import Blocks
from tidings.domain.callbacks import overheard
from tidings.domain.conversations import Conversations
from tidings.domain.erasure import Erasing
from tidings.domain.extensions import Extensions
from tidings.domain.figures import Statistics
from tidings.domain.file_addresses import Addresses
from tidings.domain.files import Files
from tidings.domain.follows import Follows
from tidings.domain.friend_groups import FriendGroups
from tidings.domain.friend_requests import FriendRequests
from tidings.domain.friends import Friends
from tidings.domain.group.announcing import Announcing
from tidings.domain.group.asking import Asking
from tidings.domain.group.attributes import Attributes
from tidings.domain.group.banning import Banning
from tidings.domain.group.counters import Counters
from tidings.domain.group.directory import Directory
from tidings.domain.group.extensions import GroupExtensions
from tidings.domain.group.history import GroupHistory
from tidings.domain.group.importing import Importing
from tidings.domain.group.importing_members import MemberImporting
from tidings.domain.group.joining import Joining, Stores
from tidings.domain.group.life import Life
from tidings.domain.group.live import LiveRooms
from tidings.domain.group.live_admins import LiveAdmins
from tidings.domain.group.live_marks import LiveMarks
from tidings.domain.group.live_telling import Arrivals
from tidings.domain.group.member_info import MemberInfo
from tidings.domain.group.muting import Muting
from tidings.domain.group.notices import Notices
from tidings.domain.group.ownership import Ownership
from tidings.domain.group.permission_groups import PermissionGroups
from tidings.domain.group.pins import Pins
from tidings.domain.group.profiles import Profiles as GroupProfiles
from tidings.domain.group.reading import GroupReading
from tidings.domain.group.receipts import Receipts
from tidings.domain.group.recycling import Recycling
from tidings.domain.group.robots import LiveRobots
from tidings.domain.group.rules import GroupRules
from tidings.domain.group.sending import GroupSending
from tidings.domain.group.streams import GroupStreams, Parts
from tidings.domain.group.telling import Teller
from tidings.domain.group.topics import Topics
from tidings.domain.history import DAY_S, History
from tidings.domain.logins import FailedChecks, Identities, Logins
from tidings.domain.marks import Marks
from tidings.domain.merging import Merging
from tidings.domain.mutes import Mutes
from tidings.domain.presence import Presences
from tidings.domain.profiles import Profiles
from tidings.domain.reactions import Reactions
from tidings.domain.reading import Reading
from tidings.domain.receiving import Receiving
from tidings.domain.relation_rules import RelationRules
from tidings.domain.relations import RelationChanges
from tidings.domain.robots import Robots
from tidings.domain.searching import Searching
from tidings.domain.sending import Sending
from tidings.domain.streams import Streams
from tidings.domain.word_filter import WordFilter
from tidings.domain.words import Words
from tidings.door import Greeter, Protocols
from tidings.errors import TidingsError
from tidings.gateway.connection import Connection
from tidings.gateway.server import Gateway
from tidings.gateway.upgrade import parse_upgrade
from tidings.ids import AccountNumber, Chance, SystemChance
from tidings.metrics import Metrics
from tidings.pictures import ChildPictures
from tidings.rest.files import FilesDoor
from tidings.rest.http import HttpConnection
from tidings.rest.server import RestApp
from tidings.settings import ServerSettings
from tidings.store.archives import GzipPress
from tidings.store.objects import open_objects
from tidings.store.sqlite.store import DATABASE, Store, open_file, open_memory
from tidings.tickets import SealedTickets
from tidings.vault import Vault, VaultError
from tidings.view.groups import render_tip
from tidings.view.streams import render_stream
from tidings.webhook.courier import Courier
from tidings.webhook.listeners import Desk
from tidings.webhook.poster import Poster
from tidings.webhook.rooms import RoomsListener

MASTER_KEY = "master.key"
FILE_ADDRESSES = b"file addresses"
BACKLOG = 2048
CALLBACKS_S = 1.0
REFRESH_S, INDEX_S, KEEP_S, SWEEP_S, ERASE_S = 1.0, 1.0, 2.0, 5.0, 5.0
LIVE_S = 1.0
CLEAN_S, ARCHIVE_S, EXPIRE_S = 60.0, 30.0, 3600.0
# The indexer works this part of the time at most, so that sending hardly feels it.
INDEX_SHARE = 0.05
log = structlog.get_logger("tidings")


@dataclass(frozen=True, slots=True)
class World:
    """Time and chance, handed to everything that needs them."""

    clock: Clock
    chance: Chance


REAL_WORLD = World(SystemClock(), SystemChance())


class Server:
    """A running server; `host` and `port` are where it listens."""

    def __init__(self, settings: ServerSettings, store: Store, vault: Vault, world: World) -> None:
        """Put everything together over an open store."""
        self.settings = settings
        self.store = store
        self.apps = Apps()
        self.hub = Hub()
        self._clock = world.clock
        self._apps_version = -1
        self.poster = Poster(world.clock)
        self.courier = Courier(store.letters, self.poster, self.apps, world.clock, self._unread)
        self.desk = Desk(store.letters, self.poster, self.courier, world.clock)
        self.rules = _rules(self, vault, world)
        self.gateway = Gateway(self.rules, self.apps, self.hub, settings, Postman(asyncio.get_running_loop()))
        metrics = Metrics(self.gateway, self.hub, self.poster)
        self.rest = RestApp(
            self.rules,
            self.apps,
            settings,
            {"/healthz": _healthy, "/metrics": partial(metrics.page, self._rest_requests)},
            FilesDoor(self.rules.files, self.apps, _spool_folder(settings), settings.uploads),
        )
        self._protocols = Protocols(
            partial(HttpConnection, self.rest), self._accept, settings.frame_bytes, settings.handshake_seconds
        )
        self._listener: asyncio.Server | None = None
        self._chores: list[asyncio.Task[None]] = []
        self.host, self.port = settings.host, settings.port

    async def start(self) -> None:
        """Load what is kept, then listen."""
        await self.refresh()
        await self.rules.receiving.remember()
        await self.rules.relations.barriers.remember()
        await self.rules.sending.remember()
        await self.rules.words.load()
        await self.rules.streams.remember()
        await self.rules.files.recover()
        await self.rules.groups.sending.remember()
        await self.rules.groups.streams.remember()
        await self.rules.mutes.remember()
        await self.rules.statistics.remember()
        self.rules.addresses[:] = await own_addresses(self.settings)
        loop = asyncio.get_running_loop()
        self._listener = await loop.create_server(
            lambda: Greeter(self._protocols),
            self.settings.host,
            self.settings.port,
            backlog=BACKLOG,
            ssl=_tls(self.settings),
        )
        self.port = self._listener.sockets[0].getsockname()[1]
        for interval, chore in (
            (REFRESH_S, self.refresh),
            (INDEX_S, self.index),
            (KEEP_S, self.rules.statistics.keep),
            (SWEEP_S, self._sweep),
            (LIVE_S, self.sweep_rooms),
            (CALLBACKS_S, self.courier.work),
            (EXPIRE_S, self.courier.clean),
            (ERASE_S, self._erase),
            (EXPIRE_S, self.expire),
            (CLEAN_S, self.clean),
            (ARCHIVE_S, self.archive),
        ):
            self._chores.append(loop.create_task(_repeat(interval, chore)))

    async def refresh(self) -> None:
        """Take over what the command line has changed about the apps."""
        version = await self.store.apps.version()
        if version != self._apps_version:
            for gone in self.apps.replace(await self.store.apps.load()):
                self.rules.accounts.forget(gone)
                self.rules.groups.directory.forget(gone)
                self.rules.words.forget(gone)
                self.rules.statistics.forget(gone)
                self.gateway.end_app(gone)
            self._apps_version = version

    async def expire(self) -> None:
        """Remove messages older than their app's history days."""
        now = int(self._clock.now())
        cutoffs = {app.sdk_app_id: now - app.settings.history_days * DAY_S for app in self.apps.all()}
        if removed := await self.store.retention.expire(cutoffs):
            log.info("expired messages removed", count=removed)
        await self.rules.files.expire(self.apps)
        await self.rules.archives.expire()
        await self.rules.merging.expire(self.apps.all())
        if recycled := await self.rules.groups.recycling.sweep(self.apps.all()):
            log.info("unused groups disbanded", count=recycled)

    async def clean(self) -> None:
        """Remove the bytes of files that have expired, or whose account or app was deleted."""
        if removed := await self.rules.files.clean():
            log.info("files removed", count=removed)

    async def stop(self) -> None:
        """Take no more connections, finish what is under way, tell clients to come again, close the store."""
        chores, self._chores = self._chores, []
        for chore in chores:
            chore.cancel()
        if self._listener is not None:
            self._listener.close()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(self.settings.drain_seconds):
                await self._drained()
        await self.courier.stop()
        await self.rest.files.stop()
        self.gateway.stop()
        for connection in list(self.rest.connections):
            connection.shut_down()
        await asyncio.sleep(0)  # one loop turn, so that the farewells leave
        if chores:  # not stopped before
            with contextlib.suppress(TidingsError):
                await self.rules.statistics.keep()
        await self.store.close()

    async def _drained(self) -> None:
        while self.gateway.in_flight or self.rest.in_flight or self.rest.files.in_flight:
            with contextlib.suppress(TidingsError):  # a stop goes through also if the store takes no more
                await self.store.messages.settle()
            await asyncio.sleep(0)

    async def _sweep(self) -> None:
        self.gateway.sweep()
        self.rest.sweep()
        await self.rules.presences.sweep()
        await self.rules.streams.sweep()
        await self.rules.groups.streams.sweep()

    async def _unread(self, app: App, account: AccountNumber) -> int:
        return sum((await self.rules.reading.unread_of(app, account)).values())

    async def sweep_rooms(self) -> None:
        """Let those leave live rooms who have been away for too long; apps' servers hear of it."""
        overheard(RoomsListener(self.desk, self.apps), self.rules.groups.live.sweep)

    async def index(self) -> None:
        """Bring the index of searches up to date, a little at a time."""
        loop = asyncio.get_running_loop()
        began = loop.time()
        while await self.store.search_index.take_in():
            await asyncio.sleep((loop.time() - began) * (1 / INDEX_SHARE - 1))
            began = loop.time()

    async def archive(self) -> None:
        """Write the messages of hours that are over into files to download."""
        if made := await self.rules.archives.make():
            log.info("hours archived", files=made)

    async def _erase(self) -> None:
        await self.rules.statistics.keep()  # what is erased has been counted
        if erased := await self.rules.erasing.work():
            log.info("deleted accounts erased", count=erased)

    def _accept(self, target: str, host: str) -> WSListener | None:
        upgrade = parse_upgrade(target, host)
        return None if upgrade is None else Connection(self.gateway, upgrade)

    def _rest_requests(self) -> int:
        return self.rest.requests


def _rules(server: Server, vault: Vault, world: World) -> Rules:
    store, hub, clock = server.store, server.hub, world.clock
    accounts = Accounts(store.accounts)
    mutes, statistics = Mutes(store.mutes, clock), Statistics(store.figures, server.apps, clock)
    files = _files(server, vault, world)
    press = GzipPress(_spool_folder(server.settings))
    archives = Archives(store.archives, press, files, server.apps, clock)
    receiving = Receiving(store.receiving, hub, clock)
    barriers = Barriers(store.relation_lists)
    sending = Sending(store.messages, hub, clock, world.chance, mutes, statistics)
    sending.heed(receiving.refusals)
    sending.respect(barriers)
    words = Words(store.words, lambda words: asyncio.to_thread(WordFilter, words))
    profiles = Profiles(store.profiles, accounts, words, hub, clock)
    return Rules(
        accounts,
        Identities(server.apps, accounts, clock, FailedChecks(server.settings.failed_logins)),
        Logins(store.sessions, accounts, hub, SealedTickets(vault), clock, world.chance),
        sending,
        History(store.messages, hub, clock),
        Reading(store.conversations, hub, clock),
        Conversations(store.listing, hub, clock),
        Marks(store.marks, hub, clock),
        receiving,
        Presences(store.sessions, accounts, hub, clock),
        words,
        Searching(store.search, clock),
        Extensions(store.extensions, store.messages, hub, clock),
        Reactions(store.reactions, store.messages, hub),
        Streams(store.streams, store.messages, sending, hub, clock, render_stream),
        Merging(store.merged, clock, world.chance),
        profiles,
        Robots(store.robots, profiles),
        Follows(store.follows, hub, clock),
        _relation_rules(store, RelationChanges(store.relations, barriers, hub, clock), barriers),
        files,
        _group_rules(server, world, mutes, words),
        mutes,
        statistics,
        Erasing(store.erasure, [archives, files]),
        archives,
        server.desk,
        [],
        clock,
        world.chance,
    )


def _relation_rules(store: Store, changes: RelationChanges, barriers: Barriers) -> RelationRules:
    return RelationRules(
        Friends(changes),
        FriendRequests(changes),
        FriendGroups(changes),
        Blocks(changes),
        store.relation_lists,
        barriers,
    )


def _files(server: Server, vault: Vault, world: World) -> Files:
    objects, secret = open_objects(server.settings), vault.derive(FILE_ADDRESSES)
    return Files(server.store.files, objects, ChildPictures(), Addresses(secret), world.clock, world.chance)


def _spool_folder(settings: ServerSettings) -> Path | None:
    return None if settings.store == "memory" else Path(settings.data_dir)


def _group_rules(server: Server, world: World, mutes: Mutes, words: Words) -> GroupRules:
    store, clock, chance = server.store, world.clock, world.chance
    directory = Directory(store.groups)
    rooms = OnlineRooms(server.hub, store.groups.memberships)
    notices = Notices(store.group_joining, server.hub, rooms, clock, chance)
    life = Life(directory, store.groups, rooms, notices, clock, chance)
    sending = GroupSending(directory, store.group_messages, rooms, clock, mutes, is_limited=server.settings.rate_limits)
    teller = Teller(sending, render_tip, clock, chance)
    kept, messages = store.group_joining, store.group_messages
    joining = Joining(directory, Stores(store.groups, kept), life, teller, notices)
    attributes = Attributes(store.group_extras, rooms, clock, is_limited=server.settings.rate_limits)
    history = GroupHistory(store.group_history, messages, rooms, clock)
    live = LiveRooms(directory, store.live_rooms, rooms.seats, Arrivals(teller, clock), clock)
    robots = LiveRobots(store.live_rooms, live, life.turns, clock)
    return GroupRules(
        directory,
        life,
        joining,
        sending,
        store.groups,
        messages,
        attributes,
        Counters(store.group_extras, rooms),
        history,
        GroupExtensions(store.extensions, store.reactions, history, rooms, clock),
        GroupReading(store.group_reading, server.hub, clock),
        Receipts(store.group_receipts, messages, server.hub, clock),
        Pins(store.group_history, history, rooms),
        Importing(store.group_history, clock, chance),
        Announcing(store.groups, rooms, clock, chance),
        store.group_listing,
        Topics(directory, store.group_topics, rooms, life, (clock, chance)),
        PermissionGroups(directory, store.group_permissions, life, chance),
        GroupStreams(
            store.group_streams, Parts(directory, store.group_listing, messages, sending, rooms), clock, render_stream
        ),
        Asking(directory, kept, joining, life, notices, chance),
        Banning(directory, kept, joining, life, teller, notices),
        live,
        robots,
        LiveMarks(live, robots),
        LiveAdmins(directory, store.groups, live, teller, notices, life.turns),
        Muting(directory, store.group_mutes, life, teller, notices),
        MemberInfo(directory, life, teller, notices, rooms),
        Ownership(directory, life, teller, notices),
        GroupProfiles(directory, life, teller, words),
        MemberImporting(directory, store.group_member_places, joining, life, notices),
        store.group_census,
        Recycling(store.group_recycling, directory, life, clock),
    )


def open_store(settings: ServerSettings, vault: Vault) -> Store:
    """Open the store that the settings name; call with a running loop."""
    if settings.store == "memory":
        return open_memory(vault)
    return open_file(Path(settings.data_dir), vault, is_synced=settings.durability == "full")


def open_vault(settings: ServerSettings) -> Vault:
    """Open the data folder's master key; folder and key are made for a new server only.

    A fresh key beside a database would open nothing that is sealed in there. Raises VaultError, OSError.
    """
    if settings.store == "memory":
        return Vault.from_key(SystemChance().token(32))
    folder = Path(settings.data_dir)
    folder.mkdir(parents=True, exist_ok=True)
    database, key = folder / DATABASE, folder / MASTER_KEY
    # In this order: whoever makes both at the same moment makes the key first.
    if database.exists() and not key.exists():
        raise VaultError(
            f"master key file {key} is missing, and a new one would not open what {database} has sealed: "
            "put the file back from a copy, or name another folder with --data to begin afresh"
        )
    return Vault.open(key)


@contextlib.asynccontextmanager
async def running(server: Server) -> AsyncIterator[Server]:
    """Start a server, and stop it in the end."""
    await server.start()
    memory.settle()
    try:
        yield server
    finally:
        await server.stop()


async def _repeat(interval_s: float, chore: Callable[[], Awaitable[None]]) -> None:
    while True:
        try:
            await chore()
        except Exception:
            log.exception("a chore failed", chore=getattr(chore, "__name__", ""))
        await asyncio.sleep(interval_s)


def _tls(settings: ServerSettings) -> ssl.SSLContext | None:
    if not settings.tls_cert:
        return None
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(settings.tls_cert, settings.tls_key or None)
    return context


def _healthy() -> tuple[bytes, bytes]:
    return b"text/plain", b"ok\n"
