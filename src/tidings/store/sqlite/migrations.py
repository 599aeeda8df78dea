"""Numbered, checksummed schema steps: old data opens in the new version, never the reverse."""

from hashlib import sha256
from importlib.resources import files

import apsw


class SchemaError(Exception):
    """The database does not fit this version of the program; the text says what to do."""


def steps() -> list[tuple[int, str]]:
    """Return the schema steps by number, with their SQL."""
    folder = files("tidings.store.sqlite") / "schema"
    found = [(int(item.name[:4]), item.read_text(encoding="utf-8")) for item in folder.iterdir() if _is_step(item.name)]
    return sorted(found)


def migrate(connection: apsw.Connection, known: list[tuple[int, str]] | None = None) -> None:
    """Bring a database to the newest step, each step in a transaction of its own.

    Raises SchemaError if the data is newer than the program, or if a step that was applied has
    been altered since.
    """
    known = steps() if known is None else known
    connection.execute(
        "CREATE TABLE IF NOT EXISTS schema_steps (number INTEGER PRIMARY KEY, checksum TEXT NOT NULL) STRICT"
    )
    done: dict[int, str] = dict(connection.execute("SELECT number, checksum FROM schema_steps"))
    newest = known[-1][0]
    if done and max(done) > newest:
        raise SchemaError(
            f"the data was written by a newer version (schema {max(done)}, this program knows {newest}): "
            "start the newer program, or restore a backup made before the upgrade"
        )
    for number, sql in known:
        checksum = sha256(sql.encode()).hexdigest()
        if number not in done:
            _apply(connection, number, sql, checksum)
        elif done[number] != checksum:
            raise SchemaError(
                f"schema step {number} is not the one this data was made with: install the released program"
            )


def _apply(connection: apsw.Connection, number: int, sql: str, checksum: str) -> None:
    connection.transaction_mode = "IMMEDIATE"
    with connection:
        if connection.execute("SELECT 1 FROM schema_steps WHERE number = ?", (number,)).fetchone():
            return  # another process was faster
        for _ in connection.execute(sql):
            pass
        connection.execute("INSERT INTO schema_steps VALUES (?, ?)", (number, checksum))


def _is_step(name: str) -> bool:
    return name.endswith(".sql") and name[:4].isdigit()
