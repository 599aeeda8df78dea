import random
import string

import pytest

from tests.support.usersigs import (
    APP,
    EXPIRE,
    ISSUED,
    KEY,
    SIGNATURE,
    USER,
    USERBUF,
    USERBUF_SIGNATURE,
    USERBUF_TEXT,
    USERSIG,
    USERSIG_V1,
    members_of,
)
from tidings_client.usersig import HALF_A_YEAR_S, find_end, make_usersig

ALPHABET = set(string.ascii_letters + string.digits + "*-_")


def test_signature_is_that_of_the_vector() -> None:
    made = make_usersig(APP, KEY, USER, EXPIRE, now=ISSUED)
    assert members_of(made) == members_of(USERSIG)
    assert members_of(made)["TLS.sig"] == SIGNATURE


def test_userbuf_is_signed_too() -> None:
    members = members_of(make_usersig(APP, KEY, USER, EXPIRE, now=ISSUED, userbuf=USERBUF))
    assert (members["TLS.userbuf"], members["TLS.sig"]) == (USERBUF_TEXT, USERBUF_SIGNATURE)


def test_it_is_spelt_in_its_own_alphabet() -> None:
    made = "".join(make_usersig(APP, KEY, f"user{number}", now=ISSUED) for number in range(50))
    assert set(made) <= ALPHABET
    assert {"*", "-", "_"} & set(made)


def test_it_holds_for_half_a_year_unless_told_otherwise() -> None:
    assert find_end(make_usersig(APP, KEY, USER, now=ISSUED)) == ISSUED + HALF_A_YEAR_S


@pytest.mark.parametrize("usersig", [USERSIG, USERSIG_V1])
def test_end_is_read_from_both_versions(usersig: str) -> None:
    end = find_end(usersig)
    assert end is not None
    assert end > ISSUED


def test_what_is_no_usersig_has_no_end() -> None:
    chance = random.Random(1)
    nonsense = ["", "sig", KEY, USERSIG[:-1], "é", "A" * 400]
    nonsense += ["".join(chance.choices(sorted(ALPHABET), k=40)) for _ in range(50)]
    assert {find_end(text) for text in nonsense} == {None}
