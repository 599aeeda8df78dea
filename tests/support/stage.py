"""What commands run on: the real rules over a store in memory, called by their names and JSON bodies."""

import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec
from obstore.store import MemoryStore

import tidings.command  # noqa: F401 - fills the command table
from tests.support.clients import Json
from tests.support.delivery import Recorder
from tests.support.rooms import RecordingRooms
from tests.support.server import SeededChance
from tests.support.stores import APP, NOW, VAULT, People, open_store, people
from tidings.clock import SteppedClock
from tidings.command.call import Call, LoginLine, Rules
from tidings.command.registry import COMMANDS, Door
from tidings.domain.accounts import Account, Accounts
from tidings.domain.apps import App, Apps
from tidings.domain.archives import Archives
from tidings.domain.barriers import Barriers
from tidings.domain.blocks import Blocks
from tidings.domain.callbacks import Caller
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
from tidings.domain.history import History
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
from tidings.domain.usersig import KeyRing
from tidings.domain.word_filter import Word, WordFilter
from tidings.domain.words import Words
from tidings.ids import NO_INSTANCE
from tidings.pictures import ChildPictures
from tidings.settings import AppSettings
from tidings.store.archives import GzipPress
from tidings.store.objects import Objects
from tidings.store.sqlite.store import Store
from tidings.tickets import SealedTickets
from tidings.view.groups import render_tip
from tidings.view.streams import render_stream

Told = tuple[RecordingRooms, Recorder]
World = tuple[SteppedClock, SeededChance]


class Deaf:
    """Hears no command."""

    def of(self, _app: App, _caller: Caller) -> None:
        """Return nobody."""


@dataclass(slots=True)
class Stage:
    """The rules, what they run on, and an app with alice, bob and carol."""

    rules: Rules
    store: Store
    clock: SteppedClock
    delivery: Recorder
    rooms: RecordingRooms
    them: People
    app: App
    apps: Apps

    def change(self, **settings: object) -> None:
        """Change the app's settings."""
        self.app = replace(self.app, settings=AppSettings(**settings))  # type: ignore[arg-type]

    def call(self, caller: Account | None = None, line: LoginLine | None = None) -> Call:
        """Return a call by an account, alice if none is named."""
        return Call(self.rules, self.app, caller or self.them.alice, NO_INSTANCE, line=line)

    async def run(self, door: Door, name: str, body: object, caller: Account | None = None) -> Json:
        """Run a command as alice, or as `caller`, and return its answer as a client gets it."""
        command = COMMANDS[door, name]
        response = await command.handler(self.call(caller), command.read(json.dumps(body).encode()))
        answer: Json = json.loads(msgspec.json.encode(response))
        return answer


def _group_rules(store: Store, told: Told, world: World, mutes: Mutes, words: Words) -> GroupRules:
    (rooms, delivery), (clock, chance) = told, world
    directory = Directory(store.groups)
    notices = Notices(store.group_joining, delivery, rooms, clock, chance)
    life = Life(directory, store.groups, rooms, notices, clock, chance)
    sending = GroupSending(directory, store.group_messages, rooms, clock, mutes, is_limited=True)
    teller, kept = Teller(sending, render_tip, clock, chance), store.group_joining
    joining = Joining(directory, Stores(store.groups, kept), life, teller, notices)
    attributes = Attributes(store.group_extras, rooms, clock, is_limited=True)
    messages = store.group_messages
    history = GroupHistory(store.group_history, messages, rooms, clock)
    live = LiveRooms(directory, store.live_rooms, rooms, Arrivals(teller, clock), clock)
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
        GroupReading(store.group_reading, delivery, clock),
        Receipts(store.group_receipts, messages, delivery, clock),
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


def _relation_rules(store: Store, delivery: Recorder, clock: SteppedClock, barriers: Barriers) -> RelationRules:
    changes = RelationChanges(store.relations, barriers, delivery, clock)
    return RelationRules(
        Friends(changes),
        FriendRequests(changes),
        FriendGroups(changes),
        Blocks(changes),
        store.relation_lists,
        barriers,
    )


async def _build(words: Sequence[Word]) -> WordFilter:
    return WordFilter(words)


@asynccontextmanager
async def open_stage(folder: Path, kind: str = "memory") -> AsyncIterator[Stage]:
    """Put everything together, as the server does, but over a delivery that writes down."""
    store, clock, delivery, chance = open_store(kind, folder), SteppedClock(float(NOW)), Recorder(), SeededChance()
    them, rooms = await people(store), RecordingRooms()
    app = App(APP, "test", is_enabled=True, created_at=NOW, keys=KeyRing())
    apps, accounts, barriers = Apps([app]), Accounts(store.accounts), Barriers(store.relation_lists)
    mutes, statistics = Mutes(store.mutes, clock), Statistics(store.figures, apps, clock)
    files = Files(store.files, Objects(MemoryStore()), ChildPictures(), Addresses(b"secret"), clock, chance)
    archives = Archives(store.archives, GzipPress(folder), files, apps, clock)
    receiving, words = Receiving(store.receiving, delivery, clock), Words(store.words, _build)
    sending = Sending(store.messages, delivery, clock, chance, mutes, statistics)
    sending.heed(receiving.refusals)
    sending.respect(barriers)
    profiles = Profiles(store.profiles, accounts, words, delivery, clock)
    rules = Rules(
        accounts,
        Identities(apps, accounts, clock, FailedChecks(20)),
        Logins(store.sessions, accounts, delivery, SealedTickets(VAULT), clock, chance),
        sending,
        History(store.messages, delivery, clock),
        Reading(store.conversations, delivery, clock),
        Conversations(store.listing, delivery, clock),
        Marks(store.marks, delivery, clock),
        receiving,
        Presences(store.sessions, accounts, delivery, clock),
        words,
        Searching(store.search, clock),
        Extensions(store.extensions, store.messages, delivery, clock),
        Reactions(store.reactions, store.messages, delivery),
        Streams(store.streams, store.messages, sending, delivery, clock, render_stream),
        Merging(store.merged, clock, chance),
        profiles,
        Robots(store.robots, profiles),
        Follows(store.follows, delivery, clock),
        _relation_rules(store, delivery, clock, barriers),
        files,
        _group_rules(store, (rooms, delivery), (clock, chance), mutes, words),
        mutes,
        statistics,
        Erasing(store.erasure, [archives, files]),
        archives,
        Deaf(),
        [],
        clock,
        chance,
    )
    try:
        yield Stage(rules, store, clock, delivery, rooms, them, app, apps)
    finally:
        await store.close()
