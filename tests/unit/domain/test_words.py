"""The forbidden words of all apps, ready in memory and kept in the store."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from tests.support.stage import Stage
from tests.support.stores import APP, OTHER_APP
from tidings.domain import words as module
from tidings.domain.word_filter import Word, WordFilter
from tidings.domain.words import WordQuery, Words
from tidings.errors import PROFILE_REFUSED, TEXT_REFUSED, TOO_MANY_WORDS, Fault, TidingsError


def check_refused(words: Words, stage: Stage, text: str, fault: Fault = TEXT_REFUSED) -> None:
    with pytest.raises(TidingsError) as caught:
        words.screen(stage.app, text)
    assert caught.value.fault is fault


async def test_words_hold_at_once_for_their_app_and_no_other(stage: Stage) -> None:
    words = stage.rules.words
    await words.add(stage.app, [Word("darn")], replaces=False)
    check_refused(words, stage, "Darn it")
    assert words.screen(replace(stage.app, sdk_app_id=OTHER_APP), "darn it") == "darn it"
    assert set(words.filters) == {APP}


async def test_removed_words_pass_and_an_app_without_words_has_no_filter(stage: Stage) -> None:
    words = stage.rules.words
    await words.add(stage.app, [Word("one"), Word("two")], replaces=False)
    await words.remove(stage.app, [Word("ONE"), Word("never there")])
    assert words.screen(stage.app, "one") == "one"
    check_refused(words, stage, "two")
    await words.remove(stage.app, [Word("two")])
    assert words.filters == {}


async def test_words_are_ready_again_after_a_start(stage: Stage) -> None:
    await stage.rules.words.add(stage.app, [Word("darn")], replaces=False)
    fresh = Words(stage.store.words, _build)
    await fresh.load()
    check_refused(fresh, stage, "darn")


async def _build(words: Sequence[Word]) -> WordFilter:
    return WordFilter(words)


async def test_the_setting_says_whether_words_are_refused_or_masked(stage: Stage) -> None:
    await stage.rules.words.add(stage.app, [Word("darn")], replaces=False)
    stage.change(word_filter="mask")
    assert stage.rules.words.screen(stage.app, "darn") == "****"


async def test_names_are_screened_if_the_setting_says_so(stage: Stage) -> None:
    await stage.rules.words.add(stage.app, [Word("darn")], replaces=False)
    assert stage.rules.words.screen_name(stage.app, "darn") == "darn"
    stage.change(filter_profiles=True)
    with pytest.raises(TidingsError) as caught:
        stage.rules.words.screen_name(stage.app, "darn")
    assert caught.value.fault is PROFILE_REFUSED
    stage.change(filter_profiles=True, word_filter="mask")
    assert stage.rules.words.screen_name(stage.app, "darn") == "****"


async def test_many_words_one_by_one_are_made_ready_anew_now_and_then(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "FRESH_WORDS", 3)
    words = stage.rules.words
    for number in range(10):
        await words.add(stage.app, [Word(f"word{number}")], replaces=False)
        assert words.filters[APP].fresh <= 3
    for number in range(10):
        check_refused(words, stage, f"word{number}")


async def test_more_words_than_allowed_are_refused_and_none_is_kept(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tidings.store.sqlite.words.MOST_WORDS", 2)
    with pytest.raises(TidingsError) as caught:
        await stage.rules.words.add(stage.app, [Word(text) for text in ("one", "two", "three")], replaces=False)
    assert caught.value.fault is TOO_MANY_WORDS
    assert (await stage.rules.words.page(stage.app, WordQuery(limit=9))).words == []
    assert stage.rules.words.filters == {}


async def test_an_app_that_is_gone_has_no_words(stage: Stage) -> None:
    await stage.rules.words.add(stage.app, [Word("darn")], replaces=False)
    stage.rules.words.forget(APP)
    assert stage.rules.words.filters == {}
