"""Forbidden words in SQLite."""

from collections.abc import Sequence
from typing import Any

import apsw

from tidings.domain.word_filter import Effect, Word, WordKind
from tidings.domain.words import MOST_EXPRESSIONS, MOST_WORDS, WordCounts, WordPage, WordQuery
from tidings.errors import TOO_MANY_WORDS
from tidings.ids import SdkAppId
from tidings.pending import Pending
from tidings.store.sqlite.engine import Engine
from tidings.store.sqlite.rows import one
from tidings.store.sqlite.transaction import Transaction

SELECT = "SELECT text, kind, effect, replacement, id, changed_at FROM words WHERE app = :app"
FITTING = " AND (:effects = '' OR instr(:effects, effect) > 0) AND (:contains = '' OR instr(text, :contains) > 0)"
COUNT = f"SELECT count(*), coalesce(sum(kind = {int(WordKind.EXPRESSION)}), 0) FROM words WHERE app = :app"
FIND = "SELECT id FROM words WHERE app = ? AND kind = ? AND folded = ?"
ADD = "INSERT INTO words VALUES (NULL, ?, ?, ?, ?, ?, ?, ?)"
CHANGE = "UPDATE words SET text = ?, effect = ?, replacement = ?, changed_at = ? WHERE id = ?"


class SqliteWords:
    """Which words each app forbids."""

    def __init__(self, engine: Engine) -> None:
        """Work through `engine`."""
        self._engine = engine

    async def words(self, app: SdkAppId) -> list[Word]:
        """Return an app's words, oldest first."""

        def query(connection: apsw.Connection) -> list[Word]:
            return [_to_word(row) for row in connection.execute(f"{SELECT} ORDER BY id", {"app": app})]

        return await self._engine.read(query)

    async def apps_with_words(self) -> list[SdkAppId]:
        """Return the apps that have words."""

        def query(connection: apsw.Connection) -> list[SdkAppId]:
            return [SdkAppId(int(str(app))) for (app,) in connection.execute("SELECT DISTINCT app FROM words")]

        return await self._engine.read(query)

    async def page(self, app: SdkAppId, query: WordQuery) -> WordPage:
        """Return those of an app's words that a query asks for."""
        asked = {
            "app": app,
            "effects": "".join(str(int(effect)) for effect in query.effects),
            "contains": query.contains,
            "limit": query.limit,
            "offset": query.offset,
        }

        def read(connection: apsw.Connection) -> WordPage:
            rows = connection.execute(f"{SELECT}{FITTING} ORDER BY id LIMIT :limit OFFSET :offset", asked)
            words = [_to_word(row) for row in rows]
            return WordPage(words, _counts(connection, COUNT, asked), _counts(connection, COUNT + FITTING, asked))

        return await self._engine.read(read)

    def add(self, app: SdkAppId, words: Sequence[Word], *, replaces: bool) -> Pending[tuple[int, bool]]:
        """Add words; returns how many are new and whether any that was there has changed.

        Raises 10004 if the app had too many then.
        """

        def change(tx: Transaction) -> tuple[int, bool]:
            known = [one(tx.cursor, FIND, (app, *word.key)) for word in words]
            fresh = [word for word, row in zip(words, known, strict=True) if row is None]
            for word in fresh:
                tx.cursor.execute(ADD, (app, *word.key, word.text, int(word.effect), word.replacement, word.changed_at))
            changed = [(word, row[0]) for word, row in zip(words, known, strict=True) if row is not None and replaces]
            for word, number in changed:
                tx.cursor.execute(CHANGE, (word.text, int(word.effect), word.replacement, word.changed_at, number))
            if fresh:
                _check_room(_counts(tx.cursor.connection, COUNT, {"app": app}))
            return len(fresh), bool(changed)

        return self._engine.write(change)

    def remove(self, app: SdkAppId, words: Sequence[Word]) -> Pending[int]:
        """Remove words, by their number or else by their key; returns how many went."""

        def change(tx: Transaction) -> int:
            return sum(_remove(tx, app, word) for word in words)

        return self._engine.write(change)


def _remove(tx: Transaction, app: SdkAppId, word: Word) -> int:
    if word.number:
        tx.cursor.execute("DELETE FROM words WHERE app = ? AND id = ?", (app, word.number))
    else:
        tx.cursor.execute("DELETE FROM words WHERE app = ? AND kind = ? AND folded = ?", (app, *word.key))
    return tx.cursor.connection.changes()


def _check_room(counts: WordCounts) -> None:
    if counts.expressions > MOST_EXPRESSIONS:
        raise TOO_MANY_WORDS(count=counts.expressions, what="expressions", limit=MOST_EXPRESSIONS)
    if counts.words > MOST_WORDS:
        raise TOO_MANY_WORDS(count=counts.words, what="forbidden words", limit=MOST_WORDS)


def _counts(connection: apsw.Connection, sql: str, bindings: dict[str, Any]) -> WordCounts:
    row: Any = connection.execute(sql, bindings).fetchone()
    return WordCounts(row[0], row[1])


def _to_word(row: Any) -> Word:
    return Word(row[0], WordKind(row[1]), Effect(row[2]), row[3], row[4], row[5])
