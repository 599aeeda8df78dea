"""Identifiers: what may name an account, what clients call it, and chance."""

import pytest

from tidings.ids import MAX_USER_ID_BYTES, UINT32, AccountNumber, SystemChance, is_user_id, to_tiny_id


@pytest.mark.parametrize("text", ["a", "0", "user_17", "x@y.z", "a b", "~!#$%^&*()", "x" * MAX_USER_ID_BYTES])
def test_printable_ascii_names_an_account(text: str) -> None:
    assert is_user_id(text)


@pytest.mark.parametrize("text", ["", "x" * (MAX_USER_ID_BYTES + 1), "zoé", "名", "a\n", "a\x00", "\x7f", "\ud800"])
def test_nothing_else_does(text: str) -> None:
    assert not is_user_id(text)


def test_tiny_ids_are_beyond_what_javascript_counts_exactly_and_fit_64_bits() -> None:
    first, last = to_tiny_id(AccountNumber(1)), to_tiny_id(AccountNumber(UINT32))
    assert (1 << 57) < first < last < (1 << 63)
    assert last - first == UINT32 - 1


def test_chance_gives_numbers_of_32_bits_that_are_never_0(monkeypatch: pytest.MonkeyPatch) -> None:
    chance = SystemChance()
    for lowest_or_highest, expected in ((0, 1), (UINT32 - 1, UINT32)):
        monkeypatch.setattr("secrets.randbelow", lambda below, given=lowest_or_highest: min(given, below - 1))
        assert chance.uint32() == expected


def test_chance_repeats_itself_never() -> None:
    chance = SystemChance()
    assert len({chance.token(16) for _ in range(1000)}) == 1000
    assert {len(chance.token(size)) for size in range(5)} == set(range(5))
    assert len({chance.uint32() for _ in range(100)}) > 90
