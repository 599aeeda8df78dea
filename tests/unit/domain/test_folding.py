"""Texts as they are compared, and the way back to the text itself."""

import pytest

from tidings.domain.folding import Places, fold


@pytest.mark.parametrize(("one", "other"), [("ABC", "abc"), ("ÄÖ", "äö"), ("STRASSE", "straße"), ("Σ", "ς")])
def test_letters_of_either_case_are_the_same(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("text", "part", "found"),
    [
        ("say Hello", "hello", "Hello"),
        ("东京 ABC", "abc", "ABC"),
        ("die STRASSE da", "strasse", "STRASSE"),
        ("die Straße da", "strasse", "Straße"),
        ("Straße", "s", "S"),
        ("ß", "s", "ß"),
        ("😀 İx", "x", "x"),
    ],
)
def test_what_is_found_in_the_folded_text_is_found_again_in_the_text(text: str, part: str, found: str) -> None:
    folded = fold(text)
    encoded, sought = folded.encode(), part.encode()
    start = encoded.index(sought)
    first, end = Places(text, folded, encoded).span(start, start + len(sought))
    assert text[first:end] == found
