"""Texts of profiles: their sizes, and words in them."""

import pytest

from tests.support.stage import Stage
from tidings.domain.group.texts import check_card, passed
from tidings.domain.word_filter import Effect, Word
from tidings.errors import TidingsError


async def test_words_are_looked_for_where_people_write(stage: Stage) -> None:
    words = stage.rules.words
    await words.add(stage.app, [Word("darn")], replaces=False)
    for name in ("name", "introduction", "notification"):
        with pytest.raises(TidingsError) as refused:
            passed(words, stage.app, {name: "oh darn"})
        assert refused.value.code == 80001
    assert passed(words, stage.app, {"face_url": "darn"}) == {"face_url": "darn"}
    stage.change(word_filter="mask")
    assert passed(words, stage.app, {"name": "oh darn"}) == {"name": "oh ****"}


async def test_what_stands_in_a_words_place_counts_too(stage: Stage) -> None:
    words = stage.rules.words
    await words.add(stage.app, [Word("a", effect=Effect.REPLACE, replacement="bbb")], replaces=False)
    await words.add(stage.app, [Word("c", effect=Effect.REPLACE, replacement="")], replaces=False)
    assert passed(words, stage.app, {"name": "x" * 97 + "a"}) == {"name": "x" * 97 + "bbb"}
    for text in ("x" * 98 + "a", "c", ""):
        with pytest.raises(TidingsError) as refused:
            passed(words, stage.app, {"name": text})
        assert refused.value.code == 10004


def test_cards_have_fifty_bytes() -> None:
    check_card("x" * 50)
    with pytest.raises(TidingsError, match="51 bytes"):
        check_card("x" * 51)
