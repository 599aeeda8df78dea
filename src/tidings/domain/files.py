"""Files: who may upload what, who may download it, how long it is kept, and bans (docs/files.md).

The store knows of each file, the objects hold the bytes. A file is told of to nobody before both
have it; one that is given up is first struck from the store, and its objects go later.
"""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO, Protocol

from tidings.clock import Clock
from tidings.domain.accounts import Account
from tidings.domain.apps import App, Apps
from tidings.domain.erasure import Erasure
from tidings.domain.file_addresses import KEY_BYTES, Addresses, Grant, Place, find_place, to_name
from tidings.domain.file_types import IMAGES, Kind, Version, ending, to_media_type
from tidings.domain.history import DAY_S
from tidings.errors import (
    BAD_FILE_REQUEST,
    BAD_IMAGE_FORMAT,
    FILE_BANNED,
    FILE_EXISTS,
    FILE_NOT_FOUND,
    FILE_TOO_LARGE,
    FILE_TYPE_REFUSED,
)
from tidings.ids import AccountNumber, Chance, SdkAppId
from tidings.pending import Pending

UPLOAD_S = 900
ADMIN_S = 900
REMOVED_AT_ONCE = 100
NOBODY = AccountNumber(0)


@dataclass(frozen=True, slots=True)
class Part:
    """A version of a file: its type, its bytes, and its pixels if it is an image."""

    media_type: str
    size: int
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file that is kept; `digest` is the SHA-256 of its bytes, in hex."""

    place: Place
    account: AccountNumber
    kind: Kind
    digest: str
    created_at: int
    original: Part
    smaller: dict[Version, Part] = field(default_factory=dict)
    is_banned: bool = False

    def part(self, version: Version) -> tuple[str, Part]:
        """Return object and description of a version; of one that would be no smaller, the original's."""
        found = self.smaller.get(version)
        return (to_object(self.place), self.original) if found is None else (to_object(self.place, version), found)

    @property
    def objects(self) -> list[str]:
        """The names of everything that is stored of it."""
        return [to_object(self.place), *(to_object(self.place, version) for version in self.smaller)]


@dataclass(frozen=True, slots=True)
class Arrived:
    """An upload that is here whole: its first bytes, its length, its SHA-256, and where to read it."""

    head: bytes
    size: int
    digest: str
    content: BinaryIO


@dataclass(frozen=True, slots=True)
class Picture:
    """What was found out about an image, and what was made of it."""

    width: int
    height: int
    smaller: dict[Version, tuple[Part, bytes]]


@dataclass(frozen=True, slots=True)
class Offer:
    """Addresses for one file, each a path with its query; the versions of an image are for images only."""

    upload: str
    download: str
    key: str
    ends_at: int
    large: str = ""
    thumb: str = ""


@dataclass(frozen=True, slots=True)
class Signed:
    """An address with full access for an app admin; empty if there is no such file."""

    address: str
    is_banned: bool = False


class FileStore(Protocol):
    """What files ask of the store."""

    def begin_file(self, file: StoredFile) -> Pending[StoredFile | None]:
        """Note a file that is about to be stored, unless its uploader is gone: then None.

        Returns the file that has its key already, if there is one.
        """
        ...

    def finish_file(self, key: str) -> Pending[None]:
        """Note that a file is stored whole."""
        ...

    def give_up_files(self, keys: Sequence[str]) -> Pending[None]:
        """Strike files; what is stored of them has to go."""
        ...

    def give_up_unfinished(self) -> Pending[None]:
        """Strike the files that the last run of the server did not finish."""
        ...

    async def find_files(self, app: SdkAppId, keys: Sequence[str]) -> dict[str, StoredFile]:
        """Return those of the files that are stored whole, by key."""
        ...

    def set_file_banned(self, app: SdkAppId, key: str, *, is_banned: bool) -> Pending[bool]:
        """Ban a file or lift the ban; False if there is no such file."""
        ...

    def expire_files(self, app: SdkAppId, cutoff: int) -> Pending[int]:
        """Strike an app's files made before a time, unix seconds; returns how many."""
        ...

    async def struck_files(self, limit: int) -> list[StoredFile]:
        """Return files that were struck and whose bytes are still there."""
        ...

    def forget_files(self, keys: Sequence[str]) -> Pending[None]:
        """Forget struck files, now that nothing is stored of them."""
        ...


class ObjectStore(Protocol):
    """Keeps bytes under names."""

    async def put(self, name: str, content: BinaryIO | bytes) -> None:
        """Store bytes; raises 114004."""
        ...

    def read(self, name: str, first: int, end: int) -> AsyncIterator[bytes]:
        """Return the bytes from `first` up to before `end` in pieces; raises 114004."""
        ...

    async def delete(self, names: Sequence[str]) -> None:
        """Remove objects, also those that are not there; raises 114004."""
        ...


class Pictures(Protocol):
    """Looks into images."""

    async def examine(self, content: BinaryIO) -> Picture:
        """Return an image's dimensions and its smaller versions; raises 4003."""
        ...


class Files:
    """Every rule about files."""

    def __init__(
        self,
        store: FileStore,
        objects: ObjectStore,
        pictures: Pictures,
        addresses: Addresses,
        clock: Clock,
        chance: Chance,
    ) -> None:
        """Note files in `store`, keep their bytes in `objects`, have images looked at by `pictures`."""
        self._store = store
        self._objects = objects
        self._pictures = pictures
        self._addresses = addresses
        self._clock = clock
        self._chance = chance

    def offer(self, app: App, account: Account, kind: Kind, given_name: str) -> Offer:
        """Return where a user may upload a file within 15 minutes, and where it can be had afterwards.

        Raises 114011 if the app takes no files of that ending.
        """
        name = to_name(given_name)
        _check_ending(app, name)
        now = int(self._clock.now())
        place = Place(app.sdk_app_id, self._chance.token(KEY_BYTES).hex(), name)
        upload = self._addresses.to_upload(Grant(place, kind, account.number, now + UPLOAD_S))
        download = self._addresses.to_download(place, now + app.settings.history_days * DAY_S)
        is_image = kind is Kind.IMAGE
        return Offer(
            upload,
            download,
            place.key,
            now + UPLOAD_S,
            f"{download}&version={Version.LARGE}" if is_image else "",
            f"{download}&version={Version.THUMB}" if is_image else "",
        )

    def admit(self, apps: Apps, path: str, query: str) -> tuple[Grant, int]:
        """Return what may be uploaded here, and how many bytes at most.

        Raises 114000 or 114001 for what is no address of ours, 114011 for an ending that the app has come to refuse.
        """
        grant = self._addresses.read_upload(path, query, int(self._clock.now()))
        app = apps.find(grant.place.app)
        if app is None or not app.is_enabled:
            raise FILE_NOT_FOUND(address=path)
        _check_ending(app, grant.place.name)
        return grant, _limit(app, grant.kind)

    async def keep(self, grant: Grant, arrived: Arrived) -> StoredFile:
        """Store an upload; the same one again changes nothing.

        Raises 4003 or 4004 for an image that is none, 114011 if the address has another file, 114000 if
        the uploader is gone, 114004 if it could not be stored.
        """
        if not arrived.size:
            raise BAD_FILE_REQUEST(detail="the file is empty")
        media_type = to_media_type(arrived.head)
        known = await self._known(grant, arrived)
        if known is not None:
            return known
        picture = await self._examine(grant.kind, media_type, arrived)
        file = StoredFile(
            grant.place,
            grant.account,
            grant.kind,
            arrived.digest,
            int(self._clock.now()),
            Part(media_type, arrived.size, picture.width, picture.height),
            {version: part for version, (part, _) in picture.smaller.items()},
        )
        first = await self._store.begin_file(file)
        if first is None:
            raise FILE_NOT_FOUND(address=grant.place.path)
        if first is not file:
            raise FILE_EXISTS()
        await self._put(file, arrived, picture)
        return file

    async def keep_own(self, app: SdkAppId, name: str, media_type: str, arrived: Arrived) -> str:
        """Store a file that the app itself has, which does not expire by itself; returns its key. Raises 114004."""
        place = Place(app, self._chance.token(KEY_BYTES).hex(), name)
        part = Part(media_type, arrived.size)
        now = int(self._clock.now())
        file = StoredFile(place, NOBODY, Kind.FILE, arrived.digest, now, part)
        await self._store.begin_file(file)
        await self._put(file, arrived, Picture(0, 0, {}))
        return place.key

    async def read_own(self, app: SdkAppId, key: str) -> AsyncIterator[bytes]:
        """Return the bytes of a file that the app itself has, in pieces; raises 114000, 114004."""
        file = (await self._store.find_files(app, [key])).get(key)
        if file is None:
            raise FILE_NOT_FOUND(address=key)
        return self._objects.read(to_object(file.place), 0, file.original.size)

    def address_own(self, app: SdkAppId, key: str, name: str, ends_at: int) -> str:
        """Return path and query of an address that a file may be downloaded from until `ends_at`."""
        return self._addresses.to_download(Place(app, key, name), ends_at)

    async def find(self, apps: Apps, path: str, query: str) -> tuple[StoredFile, Version]:
        """Return what a download address stands for; raises 114000, 114001, or 4005 for a banned file."""
        access = self._addresses.read_download(path, query, int(self._clock.now()))
        app = apps.find(access.place.app)
        file = None if app is None or not app.is_enabled else await self._find(access.place)
        if file is None:
            raise FILE_NOT_FOUND(address=path)
        if file.is_banned and not access.is_full:
            raise FILE_BANNED()
        return file, access.version

    def read(self, name: str, first: int, end: int) -> AsyncIterator[bytes]:
        """Return an object's bytes from `first` up to before `end`, in pieces; raises 114004."""
        return self._objects.read(name, first, end)

    async def set_banned(self, app: App, address: str, *, is_banned: bool) -> None:
        """Ban a file, or lift its ban; raises 114000 if the app has no such file."""
        place = find_place(address)
        if place is None or place.app != app.sdk_app_id:
            raise FILE_NOT_FOUND(address=address[:200])
        if not await self._store.set_file_banned(app.sdk_app_id, place.key, is_banned=is_banned):
            raise FILE_NOT_FOUND(address=address[:200])

    async def sign(self, app: App, addresses: Sequence[str]) -> list[Signed]:
        """Return for each address one that holds for 15 minutes and also if the file is banned, in the order given."""
        places = [find_place(address) for address in addresses]
        keys = [place.key for place in places if place is not None and place.app == app.sdk_app_id]
        found = await self._store.find_files(app.sdk_app_id, keys)
        ends_at = int(self._clock.now()) + ADMIN_S
        return [
            Signed("")
            if place is None or place.app != app.sdk_app_id or (file := found.get(place.key)) is None
            else Signed(self._resign(address, file.place, ends_at), file.is_banned)
            for place, address in zip(places, addresses, strict=True)
        ]

    async def find_image(self, app: App, address: str) -> tuple[StoredFile, str]:
        """Return an app's image and the address of its original as given; raises 114000 if there is none."""
        place = find_place(address)
        file = None if place is None or place.app != app.sdk_app_id else await self._find(place)
        if file is None or file.original.media_type not in IMAGES:
            raise FILE_NOT_FOUND(address=address[:200])
        return file, address.partition("&version=")[0]

    async def expire(self, apps: Apps) -> int:
        """Give up files that are older than their app's history; returns how many."""
        now = int(self._clock.now())
        cutoffs = [(app.sdk_app_id, now - app.settings.history_days * DAY_S) for app in apps.all()]
        return sum([await self._store.expire_files(app, cutoff) for app, cutoff in cutoffs])

    async def recover(self) -> None:
        """Give up what the last run of the server left half stored: called once at start."""
        await self._store.give_up_unfinished()

    async def anonymize(self, _erasures: Sequence[Erasure]) -> None:
        """Remove what was given up with its accounts, names included."""
        await self.clean()

    async def clean(self) -> int:
        """Remove the bytes of files that were given up; returns how many files that were. Raises 114004."""
        removed = 0
        while struck := await self._store.struck_files(REMOVED_AT_ONCE):
            await self._objects.delete([name for file in struck for name in file.objects])
            await self._store.forget_files([file.place.key for file in struck])
            removed += len(struck)
        return removed

    async def _find(self, place: Place) -> StoredFile | None:
        return (await self._store.find_files(place.app, [place.key])).get(place.key)

    async def _known(self, grant: Grant, arrived: Arrived) -> StoredFile | None:
        """Return the file if this is a repeat of its upload; raises 114011 if it is another."""
        known = await self._find(grant.place)
        if known is not None and known.digest != arrived.digest:
            raise FILE_EXISTS()
        return known

    async def _examine(self, kind: Kind, media_type: str, arrived: Arrived) -> Picture:
        if kind is not Kind.IMAGE:
            return Picture(0, 0, {})
        if media_type not in IMAGES:
            raise BAD_IMAGE_FORMAT()
        return await self._pictures.examine(arrived.content)

    async def _put(self, file: StoredFile, arrived: Arrived, picture: Picture) -> None:
        try:
            for version, (_, content) in picture.smaller.items():
                await self._objects.put(to_object(file.place, version), content)
            await self._objects.put(to_object(file.place), arrived.content)
        except BaseException:
            await self._store.give_up_files([file.place.key])
            raise
        await self._store.finish_file(file.place.key)

    def _resign(self, address: str, place: Place, ends_at: int) -> str:
        base, mark, query = address.partition("?")
        version = (
            next((f"&version={each}" for each in Version if each and f"version={each}" in query), "") if mark else ""
        )
        return f"{base.partition('#')[0]}?{self._addresses.to_query(place, ends_at, is_full=True)}{version}"


def to_object(place: Place, version: Version = Version.ORIGINAL) -> str:
    """Return the name of an object: made of numbers and our own key only."""
    return f"{place.app}/{place.key[:2]}/{place.key}{'.' if version else ''}{version}"


def _limit(app: App, kind: Kind) -> int:
    settings = app.settings
    limits = {
        Kind.IMAGE: settings.image_bytes,
        Kind.VIDEO: settings.video_bytes,
        Kind.SOUND: settings.sound_bytes,
        Kind.FILE: settings.file_bytes,
    }
    return limits[kind]


def check_size(size: int, limit: int) -> None:
    """Refuse what is larger than allowed with 114002."""
    if size > limit:
        raise FILE_TOO_LARGE(size=size, limit=limit)


def _check_ending(app: App, name: str) -> None:
    found, settings = ending(name), app.settings
    taken, refused = settings.file_types, settings.refused_file_types
    if (taken and found not in taken.split(",")) or (refused and found in refused.split(",")):
        raise FILE_TYPE_REFUSED(ending=found)
