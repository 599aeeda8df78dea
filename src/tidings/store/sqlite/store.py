"""The store as one thing: its parts share an engine, and so their commits."""

from pathlib import Path

from tidings.store.sqlite.accounts import SqliteAccounts, SqliteSessions
from tidings.store.sqlite.apps import SqliteApps
from tidings.store.sqlite.archives import SqliteArchives
from tidings.store.sqlite.conversations import SqliteConversations
from tidings.store.sqlite.engine import Engine, FileEngine, MemoryEngine
from tidings.store.sqlite.erasure import SqliteErasure
from tidings.store.sqlite.extensions import SqliteExtensions
from tidings.store.sqlite.figures import SqliteFigures
from tidings.store.sqlite.files import SqliteFiles
from tidings.store.sqlite.follows import SqliteFollows
from tidings.store.sqlite.group_census import SqliteGroupCensus
from tidings.store.sqlite.group_extras import SqliteGroupExtras
from tidings.store.sqlite.group_history import SqliteGroupHistory
from tidings.store.sqlite.group_joining import SqliteJoining
from tidings.store.sqlite.group_listing import SqliteGroupListing
from tidings.store.sqlite.group_member_places import SqliteMemberPlaces
from tidings.store.sqlite.group_messages import SqliteGroupMessages
from tidings.store.sqlite.group_mutes import SqliteGroupMutes
from tidings.store.sqlite.group_permissions import SqlitePermissionGroups
from tidings.store.sqlite.group_reading import SqliteGroupReading, SqliteGroupReceipts
from tidings.store.sqlite.group_recycling import SqliteGroupRecycling
from tidings.store.sqlite.group_streams import SqliteGroupStreams
from tidings.store.sqlite.group_topics import SqliteTopics
from tidings.store.sqlite.groups import SqliteGroups
from tidings.store.sqlite.letters import SqliteLetters
from tidings.store.sqlite.listing import SqliteListing
from tidings.store.sqlite.live_rooms import SqliteLiveRooms
from tidings.store.sqlite.marks import SqliteMarks
from tidings.store.sqlite.merged import SqliteMerged
from tidings.store.sqlite.messages import SqliteMessages
from tidings.store.sqlite.mutes import SqliteMutes
from tidings.store.sqlite.profiles import SqliteProfiles
from tidings.store.sqlite.reactions import SqliteReactions
from tidings.store.sqlite.receiving import SqliteReceiving
from tidings.store.sqlite.relation_lists import SqliteRelationLists
from tidings.store.sqlite.relations import SqliteRelations, friends_of
from tidings.store.sqlite.retention import SqliteRetention
from tidings.store.sqlite.robots import SqliteRobots
from tidings.store.sqlite.search import SqliteSearch
from tidings.store.sqlite.search_index import SqliteSearchIndex
from tidings.store.sqlite.streams import SqliteStreams
from tidings.store.sqlite.words import SqliteWords
from tidings.vault import Vault

DATABASE = "tidings.db"


class Store:
    """Everything that is kept."""

    def __init__(self, engine: Engine, vault: Vault) -> None:
        """Put the parts over one engine."""
        self._engine = engine
        self.apps = SqliteApps(engine, vault)
        self.accounts = SqliteAccounts(engine)
        self.sessions = SqliteSessions(engine)
        self.messages = SqliteMessages(engine)
        self.conversations = SqliteConversations(engine)
        self.extensions = SqliteExtensions(engine)
        self.reactions = SqliteReactions(engine)
        self.streams = SqliteStreams(engine)
        self.robots = SqliteRobots(engine)
        self.merged = SqliteMerged(engine)
        self.files = SqliteFiles(engine)
        self.groups = SqliteGroups(engine)
        self.group_census = SqliteGroupCensus(engine)
        self.group_member_places = SqliteMemberPlaces(engine)
        self.group_recycling = SqliteGroupRecycling(engine)
        self.group_extras = SqliteGroupExtras(engine)
        self.group_messages = SqliteGroupMessages(engine)
        self.group_history = SqliteGroupHistory(engine)
        self.group_reading = SqliteGroupReading(engine)
        self.group_receipts = SqliteGroupReceipts(engine)
        self.group_joining = SqliteJoining(engine)
        self.group_listing = SqliteGroupListing(engine)
        self.group_topics = SqliteTopics(engine)
        self.group_mutes = SqliteGroupMutes(engine)
        self.group_permissions = SqlitePermissionGroups(engine)
        self.group_streams = SqliteGroupStreams(engine)
        self.live_rooms = SqliteLiveRooms(engine)
        self.mutes = SqliteMutes(engine)
        self.figures = SqliteFigures(engine)
        self.archives = SqliteArchives(engine)
        self.erasure = SqliteErasure(engine)
        self.listing = SqliteListing(engine)
        self.marks = SqliteMarks(engine)
        self.profiles = SqliteProfiles(engine, friends_of)
        self.follows = SqliteFollows(engine)
        self.relations = SqliteRelations(engine)
        self.relation_lists = SqliteRelationLists(engine)
        self.receiving = SqliteReceiving(engine)
        self.retention = SqliteRetention(engine)
        self.words = SqliteWords(engine)
        self.search = SqliteSearch(engine)
        self.letters = SqliteLetters(engine)
        self.search_index = SqliteSearchIndex(engine)

    async def close(self) -> None:
        """Commit what is pending and close."""
        await self._engine.close()


def open_file(folder: Path, vault: Vault, *, is_synced: bool = True) -> Store:
    """Open or create the database in a folder; call with a running loop."""
    return Store(FileEngine(folder / DATABASE, is_synced=is_synced), vault)


def open_memory(vault: Vault) -> Store:
    """Make a store that lives as long as the process."""
    return Store(MemoryEngine(), vault)
