"""Every hour's messages of an app as a file to download (spec/rest/open_msg_svc.yaml).

Made when the hour is over, a few messages at a time and beside everything else; kept for 7 days. What an
archive holds is what was sent: later changes, recalls and deletions are not in it, erased names are.
"""

from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from tidings.clock import Clock
from tidings.domain.apps import App, Apps
from tidings.domain.erasure import Erasure, pseudonym
from tidings.domain.figures import HOUR_S
from tidings.domain.files import Arrived, Files
from tidings.domain.messages import Message
from tidings.errors import ARCHIVE_NOT_THERE, ARCHIVE_TOO_OLD
from tidings.ids import Position, SdkAppId
from tidings.pending import Pending

KEPT_DAYS = 7
KEPT_HOURS = KEPT_DAYS * 24
# Messages that were dated in an hour are stored soon after its end.
GRACE_S = 60
ADDRESS_S = 3_600
CHUNK = 500
MEDIA_TYPE = "application/gzip"


@dataclass(frozen=True, slots=True)
class Pressed:
    """A text that was compressed: sizes in bytes, MD5 in hex, and where the compressed one can be read."""

    size: int
    digest: str
    packed_size: int
    packed_digest: str
    arrived: Arrived


@dataclass(frozen=True, slots=True)
class Archive:
    """The file of an app's hour, counted since 1970 (UTC); `file` is its key."""

    app: SdkAppId
    hour: int
    file: str
    size: int
    digest: str
    packed_size: int
    packed_digest: str

    @property
    def name(self) -> str:
        """What a download is called."""
        return f"messages-{self.hour}.gz"


class Chunk(NamedTuple):
    """Some messages in order of position, each with its app; `reached` None: there are no more to look at."""

    messages: list[tuple[SdkAppId, Message]]
    reached: Position | None
    is_over: bool


class ArchiveStore(Protocol):
    """What archives ask of the store."""

    async def progress(self) -> tuple[int, Position]:
        """Return the hour to archive next, 0 if none ever was, and the position that the last one reached."""
        ...

    async def first_hour(self) -> int | None:
        """Return the hour of the first message that was sent, not imported."""
        ...

    async def messages_until(self, after: Position, end: int, limit: int) -> Chunk:
        """Return what was sent after a position, up to the first message dated `end` or later: then it is over."""
        ...

    def save_archives(self, archives: Sequence[Archive], next_hour: int, reached: Position) -> Pending[None]:
        """Keep an hour's archives, and how far archiving is."""
        ...

    def replace_archive(self, old: Archive, new: Archive) -> Pending[None]:
        """Keep another file for an hour; the old one's bytes have to go."""
        ...

    async def find_archive(self, app: SdkAppId, hour: int) -> Archive | None:
        """Return the archive of an app's hour."""
        ...

    async def archives(self, app: SdkAppId) -> list[Archive]:
        """Return all archives of an app."""
        ...

    def expire_archives(self, hour: int) -> Pending[None]:
        """Drop the archives of hours before `hour`, and files that belong to no archive."""
        ...


class Draft(Protocol):
    """An archive that is being written."""

    async def add(self, messages: Sequence[Message]) -> None:
        """Add messages."""
        ...

    async def finish(self) -> Pressed:
        """Return the whole."""
        ...

    def close(self) -> None:
        """Let go of it."""
        ...


class Press(Protocol):
    """Writes and compresses archives, off the event loop."""

    def begin(self, app: SdkAppId, local_hour: int) -> Draft:
        """Begin an archive of an hour in the app's own time."""
        ...

    async def rewrite(
        self, pieces: AsyncIterator[bytes], names: Mapping[str, str], gone: Collection[str]
    ) -> tuple[Draft, Pressed] | None:
        """Replace names in an archive, and leave out what `gone` ones sent; None if it names nobody."""
        ...


class Archives:
    """Makes, finds and drops archives."""

    def __init__(self, store: ArchiveStore, press: Press, files: Files, apps: Apps, clock: Clock) -> None:
        """Note archives in `store`, write them by `press`, keep them in `files`."""
        self._store = store
        self._press = press
        self._files = files
        self._apps = apps
        self._clock = clock
        self._turn: Pending[None] | None = None

    async def find(self, app: App, local_hour: int) -> Archive:
        """Return the archive of an hour in the app's own time; raises 1005 too old, 1004 not there."""
        now, hour = int(self._clock.now()), local_hour - app.settings.utc_offset_hours
        if hour < now // HOUR_S - KEPT_HOURS:
            raise ARCHIVE_TOO_OLD(days=KEPT_DAYS)
        found = await self._store.find_archive(app.sdk_app_id, hour)
        if found is None:
            is_over = (hour + 1) * HOUR_S <= now
            raise ARCHIVE_NOT_THERE(detail="nobody sent anything" if is_over else "the hour is not over yet")
        return found

    def address(self, archive: Archive) -> tuple[str, int]:
        """Return path and query that an archive may be downloaded from, and until when, unix seconds."""
        ends_at = int(self._clock.now()) + ADDRESS_S
        return self._files.address_own(archive.app, archive.file, archive.name, ends_at), ends_at

    async def make(self) -> int:
        """Archive the hours that are over; returns how many files that made."""
        await self._begin_turn()
        try:
            return await self._make()
        finally:
            self._end_turn()

    async def anonymize(self, erasures: Sequence[Erasure]) -> None:
        """Replace the names of erased accounts in every archive of their apps."""
        await self._begin_turn()
        try:
            for app in dict.fromkeys(erasure.app for erasure in erasures):
                mine = [erasure for erasure in erasures if erasure.app == app]
                for archive in await self._store.archives(app):
                    await self._rewrite(archive, mine)
        finally:
            self._end_turn()

    async def expire(self) -> None:
        """Drop archives that are too old."""
        await self._begin_turn()
        try:
            await self._store.expire_archives(int(self._clock.now()) // HOUR_S - KEPT_HOURS)
        finally:
            self._end_turn()

    async def _make(self) -> int:
        next_hour, reached = await self._store.progress()
        last = (int(self._clock.now()) - GRACE_S) // HOUR_S - 1
        first = next_hour or await self._store.first_hour()
        if first is None:
            return 0
        made = 0
        for hour in range(max(first, last - KEPT_HOURS), last + 1):
            archives, reached = await self._press_hour(hour, reached)
            await self._store.save_archives(archives, hour + 1, reached)
            made += len(archives)
        return made

    async def _press_hour(self, hour: int, reached: Position) -> tuple[list[Archive], Position]:
        drafts: dict[SdkAppId, Draft] = {}
        try:
            while True:
                chunk = await self._store.messages_until(reached, (hour + 1) * HOUR_S, CHUNK)
                for app in dict.fromkeys(app for app, _ in chunk.messages):
                    draft = drafts.get(app) or drafts.setdefault(app, self._press.begin(app, self._local(app, hour)))
                    await draft.add([message for of, message in chunk.messages if of == app])
                reached = reached if chunk.reached is None else chunk.reached
                if chunk.reached is None or chunk.is_over:
                    return [await self._keep(app, hour, await draft.finish()) for app, draft in drafts.items()], reached
        finally:
            for draft in drafts.values():
                draft.close()

    async def _rewrite(self, archive: Archive, erasures: Sequence[Erasure]) -> None:
        names: dict[str, str] = {erasure.user_id: pseudonym(erasure.account) for erasure in erasures}
        gone: set[str] = {erasure.user_id for erasure in erasures if erasure.with_messages}
        pieces = await self._files.read_own(archive.app, archive.file)
        found = await self._press.rewrite(pieces, names, gone)
        if found is not None:
            draft, pressed = found
            try:
                await self._store.replace_archive(archive, await self._keep(archive.app, archive.hour, pressed))
            finally:
                draft.close()

    async def _keep(self, app: SdkAppId, hour: int, pressed: Pressed) -> Archive:
        key = await self._files.keep_own(app, f"messages-{hour}.gz", MEDIA_TYPE, pressed.arrived)
        return Archive(app, hour, key, pressed.size, pressed.digest, pressed.packed_size, pressed.packed_digest)

    def _local(self, app: SdkAppId, hour: int) -> int:
        found = self._apps.find(app)
        return hour + (0 if found is None else found.settings.utc_offset_hours)

    async def _begin_turn(self) -> None:
        """Wait until nobody else works on archives."""
        while (earlier := self._turn) is not None:
            await earlier
        self._turn = Pending[None]()

    def _end_turn(self) -> None:
        turn, self._turn = self._turn, None
        if turn is not None:
            turn.resolve(None)
