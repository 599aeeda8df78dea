"""The outer form of a UserSig, and everything that can be wrong with it."""

import json
import sys
import tracemalloc
import zlib

import pytest

from tests.support.usersigs import USERSIG, holding, members_of, raises_fault, to_base64url, unwrap, wrap
from tidings.domain.usersig.packing import MAX_JSON, MAX_TEXT, pack, unpack
from tidings.errors import SIG_EMPTY, SIG_MALFORMED


def bomb(size: int) -> str:
    deflater = zlib.compressobj(9)
    megabyte = bytes(1 << 20)
    parts = [deflater.compress(megabyte) for _ in range(size >> 20)]
    return wrap(b"".join([*parts, deflater.flush()]))


def test_the_vector_unpacks() -> None:
    assert unpack(USERSIG) == members_of(USERSIG)


def test_what_is_packed_unpacks() -> None:
    members = {"a": 1, "b": "ü\n", "c": [True, None]}
    assert unpack(pack(members)) == members


def test_nothing_is_empty() -> None:
    with raises_fault(SIG_EMPTY):
        unpack("")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (USERSIG[:-1], "a part is missing"),
        (USERSIG[:-4], "its end is missing"),
        (USERSIG[:100], "its end is missing"),
        (to_base64url(USERSIG), "base64url"),
        (USERSIG.replace("*", "+"), f"character {USERSIG.index('*') + 1} is '+'; it is standard base64"),
        (USERSIG.replace("*", "%2A"), "still escaped"),
        (USERSIG[:9] + " " + USERSIG[9:], "character 10 is ' '; white space"),
        (USERSIG + "\n", "white space"),
        ("é", "character 1 is '\\xe9'; only"),
        ("\ud800", "character 1 is '\\ud800'; only"),
        ("____", "no whole base64"),
        (USERSIG + "____", "no whole base64"),
        ("AAAA", "no zlib stream"),
        (USERSIG[:40] + "AAAA" + USERSIG[44:], "no zlib stream"),
        (wrap(unwrap(USERSIG) + b"more"), "4 bytes follow"),
        (wrap(unwrap(USERSIG) * 2), "bytes follow"),
        (wrap(zlib.compress(b"{}")[2:-4]), "no zlib stream"),
        (wrap(zlib.compress(b"{}", wbits=31)), "no zlib stream"),
        (wrap(b"{}"), "no zlib stream"),
        ("A" * (MAX_TEXT + 1), f"{MAX_TEXT + 1} characters"),
    ],
)
def test_a_damaged_wrapping_is_refused_with_its_cause(text: str, words: str) -> None:
    with raises_fault(SIG_MALFORMED, words):
        unpack(text)


@pytest.mark.parametrize("padding", ["", "=", "=="])
def test_base64url_is_recognised_with_and_without_padding(padding: str) -> None:
    texts = (to_base64url(holding(b'{"a":"%d"}' % 7919**power)) for power in range(1, 80))
    text = next(text for text in texts if text.endswith(padding) and "-" in text and text.count("=") == len(padding))
    with raises_fault(SIG_MALFORMED, "base64url"):
        unpack(text)
    if padding:
        with raises_fault(SIG_MALFORMED, "base64url"):
            unpack(text.rstrip("="))


def test_bits_that_stand_for_no_byte_must_be_zero() -> None:
    text = holding(b'{"a":12}')
    assert text.endswith("_")
    last = text.rstrip("_")[-1]
    following = chr(ord(last) + 1)
    with raises_fault(SIG_MALFORMED, "no whole base64"):
        unpack(text.replace(f"{last}_", f"{following}_"))


def test_a_zlib_dictionary_is_refused() -> None:
    deflater = zlib.compressobj(zdict=b"TLS.identifier")
    with raises_fault(SIG_MALFORMED, "no zlib stream"):
        unpack(wrap(deflater.compress(b'{"TLS.identifier":"a"}') + deflater.flush()))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "not JSON"),
        (b"{", "not JSON"),
        (b"{} {}", "not JSON"),
        (b"\xef\xbb\xbf{}", "not JSON"),
        (b'{"a":"\x01"}', "not JSON"),
        (b"{'a':1}", "not JSON"),
        (b"[]", "no object"),
        (b'"TLS"', "no object"),
        (b"null", "no object"),
        (b'{"a":1,"a":1}', "a name occurs twice"),
        (b'{"b":{"a":1,"\\u0061":1}}', "a name occurs twice"),
        (b'{"a":NaN}', "NaN is no JSON number"),
        (b'{"a":-Infinity}', "-Infinity is no JSON number"),
        (b'{"a":' + b"1" * 5000 + b"}", "a number has 5000 digits"),
        (b'{"a":"\xff"}', "not UTF-8"),
        (b'{"a":"\xed\xa0\x80"}', "not UTF-8"),
        ('{"a":1}'.encode("utf-16"), "not UTF-8"),
        (b"[" * MAX_JSON, "nested too deep"),
        (b'{"a":' * (MAX_JSON // 5), "nested too deep"),
        (b" " * (MAX_JSON + 1), f"more than {MAX_JSON} bytes"),
    ],
)
def test_content_that_is_no_json_object_is_refused_with_its_cause(content: bytes, words: str) -> None:
    with raises_fault(SIG_MALFORMED, words):
        unpack(holding(content))


def test_white_space_and_unknown_members_do_no_harm() -> None:
    assert unpack(holding(b' \r\n{ "a" :\t[ 1 ] , "b" : {} }\n')) == {"a": [1], "b": {}}


def test_content_may_have_the_greatest_size() -> None:
    content = json.dumps({"a": 1}).encode().ljust(MAX_JSON)
    assert unpack(holding(content)) == {"a": 1}


def test_a_real_number_without_fraction_is_whole() -> None:
    numbers = unpack(holding(b'{"a":1.7e9,"b":1700000000.0,"c":0.5,"d":1e999}'))
    assert list(map(type, numbers.values())) == [int, int, float, float]


@pytest.mark.parametrize("size", [5 << 20, 200 << 20], ids=["that passes for short", "of 200 MB"])
def test_a_zlib_bomb_is_refused_within_64_kib(size: int) -> None:
    text = bomb(size)
    with raises_fault(SIG_MALFORMED):
        unpack(text)
    tracemalloc.start()
    try:
        with raises_fault(SIG_MALFORMED, "at most" if len(text) > MAX_TEXT else "more than"):
            unpack(text)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 64 * 1024


def test_inflating_stops_at_the_cap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Time is not measured here; what takes it is counted: bytes asked of zlib."""
    asked: list[int] = []
    real = zlib.decompressobj

    class Counting:
        def __init__(self) -> None:
            self.inner = real()

        def decompress(self, data: bytes, limit: int) -> bytes:
            asked.append(limit)
            return self.inner.decompress(data, limit)

    monkeypatch.setattr(zlib, "decompressobj", Counting)
    with raises_fault(SIG_MALFORMED, "more than"):
        unpack(bomb(5 << 20))
    assert asked == [MAX_JSON + 1]


def test_nesting_is_bounded_whatever_the_stack_holds() -> None:
    limit = sys.getrecursionlimit()

    def dive(depth: int) -> None:
        if depth:
            dive(depth - 1)
        else:
            with raises_fault(SIG_MALFORMED, "nested too deep"):
                unpack(holding(b"[" * MAX_JSON))

    dive(limit // 3)
