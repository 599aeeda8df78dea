"""Forbidden words: found whatever stands around them, refused, masked or replaced."""

import pytest

from tidings.domain.word_filter import Effect, Word, WordFilter, WordKind, compiled
from tidings.errors import TEXT_REFUSED, TidingsError


def words(*texts: str, effect: Effect = Effect.AS_SET) -> WordFilter:
    return WordFilter([Word(text, effect=effect) for text in texts])


@pytest.mark.parametrize(
    ("text", "passes"),
    [
        ("nothing here", "nothing here"),
        ("我要代刷学分", "我要**学分"),
        ("DARN it, dArn", "**** it, ****"),
        ("darndarn", "********"),
        ("darner", "******"),
        ("über-darn İ", "über-**** İ"),
    ],
)
def test_words_are_masked_letter_by_letter_wherever_they_stand(text: str, passes: str) -> None:
    assert words("代刷", "darn", "darner").screen(text, masks=True) == passes


def test_overlapping_words_are_all_masked() -> None:
    assert words("abc", "cde", "x").screen("abcdef x", masks=True) == "*****f *"


def test_words_that_are_not_masked_are_refused_with_no_word_of_theirs() -> None:
    with pytest.raises(TidingsError) as caught:
        words("darn").screen("oh darn", masks=False)
    assert caught.value.fault is TEXT_REFUSED
    assert "darn" not in caught.value.info


def test_an_effect_of_its_own_goes_before_the_setting() -> None:
    replaced = WordFilter([Word("darn", effect=Effect.REPLACE, replacement="dear"), Word("bad")])
    assert replaced.screen("Darn darn", masks=False) == "dear dear"
    with pytest.raises(TidingsError):
        words("darn", effect=Effect.REFUSE).screen("darn", masks=True)


def test_expressions_are_found_and_replaced() -> None:
    kind, effect = WordKind.EXPRESSION, Effect.REPLACE
    made = WordFilter([Word(r"cheap\s+pills?", kind, effect, "-"), Word("x*", kind, effect, "+")])
    assert made.screen("CHEAP   pill, 便宜 cheap pills xx", masks=False) == "-, 便宜 - +"


@pytest.mark.parametrize("expression", ["(", "a(?=b)", r"(a)\1", "(?:a{1000}){1000}"])
def test_expressions_that_could_not_be_matched_in_time_are_refused(expression: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        compiled(expression)


def test_words_that_join_are_looked_for_beside_the_first() -> None:
    made = words("one").joined_by([Word("two"), Word("thr.e", WordKind.EXPRESSION)]).joined_by([Word("four")])
    assert made.fresh == 2
    assert made.screen("one two three four five", masks=True) == "*** *** ***** **** five"


def test_a_filter_of_nothing_is_false() -> None:
    assert not WordFilter([])
    assert words("one")
    assert WordFilter([Word("o", WordKind.EXPRESSION)])


def test_a_word_differs_from_others_by_kind_and_folded_text() -> None:
    assert Word("ONE").key == Word("one").key
    assert Word("ONE", WordKind.EXPRESSION).key != Word("one", WordKind.EXPRESSION).key
    assert Word("one", WordKind.EXPRESSION).key != Word("one").key


def test_a_hundred_thousand_words_are_found_in_one_pass() -> None:
    made = words(*(f"word{number:06}" for number in range(100_000)))
    assert made.screen("see word099999 and Word000000", masks=True) == "see ********** and **********"
    assert len(made._automata) == 1  # noqa: SLF001 - one pass, whatever their number
