"""Forbidden words in SQLite."""

from tests.support.stores import APP, OTHER_APP
from tidings.domain.word_filter import Effect, Word, WordKind
from tidings.domain.words import WordCounts, WordQuery
from tidings.store.sqlite.store import Store

ALL = WordQuery(limit=100)
FEW = [
    Word("One", effect=Effect.REPLACE, replacement="1", changed_at=5),
    Word("two"),
    Word("t.*", WordKind.EXPRESSION, Effect.REFUSE),
]


async def texts(store: Store, query: WordQuery = ALL) -> list[str]:
    return [word.text for word in (await store.words.page(APP, query)).words]


async def test_words_come_back_whole_in_their_order_with_numbers(store: Store) -> None:
    assert await store.words.add(APP, FEW, replaces=False) == (3, False)
    found = await store.words.words(APP)
    assert [word.number for word in found] == [1, 2, 3]
    assert [(w.text, w.kind, w.effect, w.replacement, w.changed_at) for w in found] == [
        (w.text, w.kind, w.effect, w.replacement, w.changed_at) for w in FEW
    ]
    assert await store.words.apps_with_words() == [APP]
    assert await store.words.words(OTHER_APP) == []


async def test_a_word_that_is_there_stays_or_takes_over_what_is_said_now(store: Store) -> None:
    await store.words.add(APP, FEW, replaces=False)
    again = [Word("ONE", effect=Effect.REFUSE)]
    assert await store.words.add(APP, again, replaces=False) == (0, False)
    assert (await store.words.words(APP))[0].effect is Effect.REPLACE
    assert await store.words.add(APP, again, replaces=True) == (0, True)
    first = (await store.words.words(APP))[0]
    assert (first.number, first.text, first.effect) == (1, "ONE", Effect.REFUSE)


async def test_words_are_removed_by_number_or_key(store: Store) -> None:
    await store.words.add(APP, FEW, replaces=False)
    assert await store.words.remove(APP, [Word("x", number=2), Word("oNE"), Word("none")]) == 2
    assert await texts(store) == ["t.*"]
    assert await store.words.remove(OTHER_APP, [Word("t.*", WordKind.EXPRESSION)]) == 0


async def test_a_page_holds_what_is_asked_for_and_counts_everything(store: Store) -> None:
    await store.words.add(APP, FEW, replaces=False)
    assert await texts(store, WordQuery(offset=1, limit=1)) == ["two"]
    assert await texts(store, WordQuery(contains="t", limit=9)) == ["two", "t.*"]
    page = await store.words.page(APP, WordQuery(effects=(Effect.REFUSE, Effect.AS_SET), limit=1))
    assert [word.text for word in page.words] == ["two"]
    assert (page.total, page.fitting) == (WordCounts(3, 1), WordCounts(2, 1))
