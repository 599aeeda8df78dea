"""Applications in SQLite; their secrets are sealed under the master key (docs: operator's guide)."""

from dataclasses import dataclass
from functools import partial
from typing import Any, Literal

import apsw
import msgspec

from tidings.domain.apps import App
from tidings.domain.usersig import KeyRing, load_public_key
from tidings.ids import SdkAppId, UserId
from tidings.pending import Pending
from tidings.settings import AppSettings, changed, to_settings
from tidings.store.sqlite.engine import Engine
from tidings.store.sqlite.files import STRIKE
from tidings.store.sqlite.rows import one
from tidings.store.sqlite.transaction import Transaction
from tidings.vault import Vault

KeyKind = Literal["secret", "public"]
CHUNK = 5_000
_ACCOUNTS = "SELECT number FROM accounts WHERE app = ?"
_GROUPS = "SELECT number FROM groups WHERE app = ?"
_VERSION = "INSERT INTO meta VALUES ('apps_version', 1) ON CONFLICT (name) DO UPDATE SET value = value + 1"


@dataclass(frozen=True, slots=True)
class StoredKey:
    """A key of an app: `text` is the secret, or the public key's PEM."""

    number: int
    kind: KeyKind
    text: str
    created_at: int


OWNED_TABLES = (
    "sessions",
    "conversations",
    "events",
    "mutes",
    "conversation_traits",
    "conversation_groups",
    "quiet_times",
    "profiles",
    "follows",
    "friends",
    "friend_group_members",
    "friend_groups",
    "friend_requests",
    "blocks",
    "relation_states",
    "follow_counts",
)

GROUP_TABLES = (
    "group_members",
    "group_mutes",
    "group_bans",
    "group_requests",
    "group_attributes",
    "group_counters",
    "group_hidden",
    "group_recalls",
    "group_receipts",
    "group_pins",
    "permission_groups",
    "permission_members",
    "topic_permissions",
    "live_robots",
)


class SqliteApps:
    """The apps of this server and what belongs to them."""

    def __init__(self, engine: Engine, vault: Vault) -> None:
        """Work through `engine`; seal secrets with `vault`."""
        self._engine = engine
        self._vault = vault

    async def load(self) -> list[App]:
        """Return every app with its keys, admins and settings.

        Raises VaultError if the master key is not the one the secrets were sealed with.
        """
        return await self._engine.read(self._read_all)

    async def version(self) -> int:
        """Return a number that grows with each change of any app."""

        def query(connection: apsw.Connection) -> int:
            row = one(connection, "SELECT value FROM meta WHERE name = 'apps_version'")
            return 0 if row is None else int(row[0])

        return await self._engine.read(query)

    def create(self, sdk_app_id: SdkAppId, name: str, created_at: int) -> Pending[bool]:
        """Create an enabled app without keys and admins; False if the number is taken."""
        return self._change("INSERT OR IGNORE INTO apps VALUES (?, ?, 1, ?, '{}')", (sdk_app_id, name, created_at))

    def set_enabled(self, sdk_app_id: SdkAppId, *, is_enabled: bool) -> Pending[bool]:
        """Let an app in or shut it out; False if there is no such app."""
        return self._change("UPDATE apps SET is_enabled = ? WHERE sdk_app_id = ?", (int(is_enabled), sdk_app_id))

    def set_settings(self, sdk_app_id: SdkAppId, settings: AppSettings) -> Pending[bool]:
        """Keep an app's settings; False if there is no such app."""
        text = msgspec.json.encode(changed(settings)).decode()
        return self._change("UPDATE apps SET settings = ? WHERE sdk_app_id = ?", (text, sdk_app_id))

    async def delete(self, sdk_app_id: SdkAppId) -> bool:
        """Remove an app with everything of it; False if there is no such app.

        It is shut first and gone last; in between its messages go a chunk at a time, so that the other
        apps of a running server are not kept waiting. What was cut short goes on when asked again.
        """
        if not await self.set_enabled(sdk_app_id, is_enabled=False):
            return False
        first, last = await self._engine.read(_message_range)
        for start in range(first, last + 1, CHUNK):
            await self._engine.write(partial(_delete_messages, app=sdk_app_id, start=start))
        return await self._engine.write(partial(_delete_app, app=sdk_app_id))

    def add_key(self, sdk_app_id: SdkAppId, kind: KeyKind, text: str, created_at: int) -> Pending[bool]:
        """Add a key that UserSigs may be signed with from now on; False if there is no such app."""
        sealed = self._vault.seal(text.encode(), _label(sdk_app_id))
        sql = "INSERT INTO app_keys SELECT NULL, sdk_app_id, ?, ?, ? FROM apps WHERE sdk_app_id = ?"
        return self._change(sql, (kind, sealed, created_at, sdk_app_id))

    def remove_key(self, sdk_app_id: SdkAppId, number: int) -> Pending[bool]:
        """Remove a key; False if the app has no key of that number."""
        return self._change("DELETE FROM app_keys WHERE app = ? AND id = ?", (sdk_app_id, number))

    async def keys(self, sdk_app_id: SdkAppId) -> list[StoredKey]:
        """Return an app's keys, oldest first."""
        return await self._engine.read(lambda connection: self._keys(connection, sdk_app_id))

    def add_admin(self, sdk_app_id: SdkAppId, user_id: UserId) -> Pending[bool]:
        """Appoint an app admin; False if it was one already or there is no such app."""
        sql = "INSERT OR IGNORE INTO app_admins SELECT sdk_app_id, ? FROM apps WHERE sdk_app_id = ?"
        return self._change(sql, (user_id, sdk_app_id))

    def remove_admin(self, sdk_app_id: SdkAppId, user_id: UserId) -> Pending[bool]:
        """Take the rights of an app admin back; False if it was none."""
        return self._change("DELETE FROM app_admins WHERE app = ? AND user_id = ?", (sdk_app_id, user_id))

    def _change(self, sql: str, bindings: tuple[int | str | bytes, ...]) -> Pending[bool]:
        def change(tx: Transaction) -> bool:
            tx.cursor.execute(sql, bindings)
            has_hit = bool(tx.cursor.connection.changes())
            tx.cursor.execute(_VERSION)
            return has_hit

        return self._engine.write(change)

    def _read_all(self, connection: apsw.Connection) -> list[App]:
        rows: list[Any] = connection.execute("SELECT * FROM apps ORDER BY sdk_app_id").fetchall()
        return [self._to_app(connection, row) for row in rows]

    def _to_app(self, connection: apsw.Connection, row: Any) -> App:
        number = SdkAppId(row[0])
        keys = self._keys(connection, number)
        admins = connection.execute("SELECT user_id FROM app_admins WHERE app = ?", (number,))
        return App(
            number,
            row[1],
            bool(row[2]),
            row[3],
            KeyRing(
                tuple(key.text.encode() for key in keys if key.kind == "secret"),
                tuple(load_public_key(key.text.encode()) for key in keys if key.kind == "public"),
            ),
            frozenset(UserId(str(admin)) for (admin,) in admins),
            to_settings(AppSettings, msgspec.json.decode(row[4])),
        )

    def _keys(self, connection: apsw.Connection, app: SdkAppId) -> list[StoredKey]:
        rows: list[Any] = connection.execute("SELECT * FROM app_keys WHERE app = ? ORDER BY id", (app,)).fetchall()
        label = _label(app)
        return [
            StoredKey(number, kind, self._vault.unseal(sealed, label).decode(), created_at)
            for number, _, kind, sealed, created_at in rows
        ]


def _label(sdk_app_id: SdkAppId) -> bytes:
    return b"app key of %d" % sdk_app_id


def _message_range(connection: apsw.Connection) -> tuple[int, int]:
    first, last = one(connection, "SELECT min(id), max(id) FROM messages")
    return (first or 0, last or 0)


def _delete_messages(tx: Transaction, app: SdkAppId, start: int) -> None:
    tx.keep_position()
    # Sender by sender: to list the app's accounts first would cost as much as there are accounts.
    of_app = (
        "((SELECT app FROM accounts WHERE number = messages.sender) = ?3"
        " OR messages.conversation < 0 AND (SELECT app FROM groups WHERE number = -messages.conversation) = ?3)"
    )
    sql = f"DELETE FROM messages WHERE id >= ?1 AND id < ?2 AND {of_app}"
    tx.cursor.execute(sql, (start, start + CHUNK, app))


def _delete_app(tx: Transaction, app: SdkAppId) -> bool:
    tx.keep_position()
    for table in OWNED_TABLES:
        tx.cursor.execute(f"DELETE FROM {table} WHERE account IN ({_ACCOUNTS})", (app,))
    for table in GROUP_TABLES:
        tx.cursor.execute(f"DELETE FROM {table} WHERE group_number IN ({_GROUPS})", (app,))
    tx.cursor.execute(f"{STRIKE} app = ?", (app,))
    for table in (
        "groups",
        "group_counts",
        "accounts",
        "app_keys",
        "app_admins",
        "daily_figures",
        "daily_accounts",
        "archives",
        "erasures",
        "words",
        "robots",
        "merged_messages",
        "letters",
        "dead_letters",
    ):
        tx.cursor.execute(f"DELETE FROM {table} WHERE app = ?", (app,))
    tx.cursor.execute("DELETE FROM apps WHERE sdk_app_id = ?", (app,))
    existed = bool(tx.cursor.connection.changes())
    tx.cursor.execute(_VERSION)
    return existed
