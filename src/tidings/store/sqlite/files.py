"""What is known of files, in SQLite; their bytes lie elsewhere (store/objects.py)."""

from collections.abc import Sequence
from functools import partial
from typing import Any

import apsw
import msgspec

from tidings.domain.file_addresses import Place
from tidings.domain.file_types import Kind, Version
from tidings.domain.files import Part, StoredFile
from tidings.ids import AccountNumber, SdkAppId
from tidings.pending import Pending
from tidings.store.sqlite.engine import Engine
from tidings.store.sqlite.rows import LISTED, one, to_list
from tidings.store.sqlite.transaction import Transaction
from tidings.store.sqlite.writing import Statement

# Keep in step with the schema step that explains the states.
ARRIVING, STORED, STRUCK = 0, 1, 2
# The app's own files belong to account 0.
INSERT = (
    "INSERT INTO files SELECT ?, ?, ?, ?, ?, ?, ?, ?, 0, 0"
    " WHERE ? = 0 OR EXISTS (SELECT 1 FROM accounts WHERE number = ? AND app = ? AND is_deleted = 0)"
)
COLUMNS = "app, key, name, account, kind, digest, created_at, parts, is_banned"
STRIKE = f"UPDATE files SET state = {STRUCK} WHERE"
Parts = dict[Version, Part]


class SqliteFiles:
    """The files of all apps."""

    def __init__(self, engine: Engine) -> None:
        """Work through `engine`."""
        self._engine = engine

    def begin_file(self, file: StoredFile) -> Pending[StoredFile | None]:
        """Note a file that is about to be stored, unless its uploader is gone: then None.

        Returns the file that has its key already, if there is one.
        """
        return self._engine.write(partial(_begin, file=file))

    def finish_file(self, key: str) -> Pending[None]:
        """Note that a file is stored whole, unless it was struck meanwhile."""
        sql = f"UPDATE files SET state = {STORED} WHERE key = ? AND state = {ARRIVING}"
        return self._engine.write(Statement(sql, (key,)))

    def give_up_files(self, keys: Sequence[str]) -> Pending[None]:
        """Strike files; what is stored of them has to go."""
        return self._engine.write(Statement(f"{STRIKE} key {LISTED}", (to_list(keys),)))

    def give_up_unfinished(self) -> Pending[None]:
        """Strike the files that the last run of the server did not finish."""
        return self._engine.write(Statement(f"{STRIKE} state = {ARRIVING} AND state <> {STORED}", ()))

    async def find_files(self, app: SdkAppId, keys: Sequence[str]) -> dict[str, StoredFile]:
        """Return those of the files that are stored whole, by key."""

        def query(connection: apsw.Connection) -> dict[str, StoredFile]:
            sql = f"SELECT {COLUMNS} FROM files WHERE key {LISTED} AND app = ? AND state = {STORED}"
            rows = connection.execute(sql, (to_list(keys), app))
            return {file.place.key: file for file in map(_to_file, rows)}

        return self._engine.look_up(query)

    def set_file_banned(self, app: SdkAppId, key: str, *, is_banned: bool) -> Pending[bool]:
        """Ban a file or lift the ban; False if there is no such file."""
        sql = f"UPDATE files SET is_banned = ? WHERE key = ? AND app = ? AND state = {STORED}"

        def change(tx: Transaction) -> bool:
            return _count(tx, sql, (int(is_banned), key, app)) > 0

        return self._engine.write(change)

    def expire_files(self, app: SdkAppId, cutoff: int) -> Pending[int]:
        """Strike an app's files made before a time, unix seconds; returns how many."""
        sql = f"{STRIKE} app = ? AND created_at < ? AND state = {STORED} AND account <> 0"
        return self._engine.write(partial(_count, sql=sql, bindings=(app, cutoff)))

    async def struck_files(self, limit: int) -> list[StoredFile]:
        """Return files that were struck and whose bytes are still there."""

        def query(connection: apsw.Connection) -> list[StoredFile]:
            sql = f"SELECT {COLUMNS} FROM files WHERE state = {STRUCK} AND state <> {STORED} LIMIT ?"
            return [_to_file(row) for row in connection.execute(sql, (limit,))]

        return await self._engine.read(query)

    def forget_files(self, keys: Sequence[str]) -> Pending[None]:
        """Forget struck files, now that nothing is stored of them."""
        sql = f"DELETE FROM files WHERE key {LISTED} AND state = {STRUCK}"
        return self._engine.write(Statement(sql, (to_list(keys),)))


def _begin(tx: Transaction, file: StoredFile) -> StoredFile | None:
    place = file.place
    row = one(tx.cursor, f"SELECT {COLUMNS} FROM files WHERE key = ?", (place.key,))
    if row is not None:
        return _to_file(row)
    parts = msgspec.json.encode({Version.ORIGINAL: file.original, **file.smaller}).decode()
    values = (place.key, place.app, file.account, file.kind.value, place.name, file.digest, file.created_at, parts)
    tx.cursor.execute(INSERT, (*values, file.account, file.account, place.app))
    return file if tx.cursor.connection.changes() else None


def _count(tx: Transaction, sql: str, bindings: tuple[Any, ...]) -> int:
    tx.cursor.execute(sql, bindings)
    return tx.cursor.connection.changes()


def _to_file(row: Any) -> StoredFile:
    app, key, name, account, kind, digest, created_at, parts, is_banned = row
    smaller = msgspec.json.decode(parts, type=Parts)
    original = smaller.pop(Version.ORIGINAL)
    return StoredFile(
        Place(SdkAppId(app), key, name),
        AccountNumber(account),
        Kind(kind),
        digest,
        created_at,
        original,
        smaller,
        bool(is_banned),
    )
