"""Archives on their way: sizes and digests are those of what was written."""

import gzip
from collections.abc import AsyncIterator
from hashlib import md5, sha256
from pathlib import Path

import pytest

from tests.support.stores import APP
from tidings.domain.archives import Pressed
from tidings.store.archives import GzipDraft, GzipPress
from tidings.view.archives import to_label

LINES = [f'{{"From_Account":"u{number % 3}","To_Account":"u9","n":{number}}}'.encode() for number in range(5_000)]


@pytest.fixture
def press(tmp_path: Path) -> GzipPress:
    return GzipPress(tmp_path)


def _read(pressed: Pressed) -> bytes:
    pressed.arrived.content.seek(0)
    packed = pressed.arrived.content.read()
    text = gzip.decompress(packed)
    assert (pressed.size, pressed.packed_size, pressed.arrived.size) == (len(text), len(packed), len(packed))
    assert pressed.digest == md5(text, usedforsecurity=False).hexdigest()
    assert pressed.packed_digest == md5(packed, usedforsecurity=False).hexdigest()
    assert (pressed.arrived.head, pressed.arrived.digest) == (packed[:32], sha256(packed).hexdigest())
    return text


def _is_empty(folder: Path) -> bool:
    return not list(folder.iterdir())


async def _pieces(packed: bytes, size: int) -> AsyncIterator[bytes]:
    for start in range(0, len(packed), size):
        yield packed[start : start + size]


@pytest.mark.parametrize("size", [1_000, 1 << 20])
async def test_what_was_written_is_rewritten_line_by_line(press: GzipPress, tmp_path: Path, size: int) -> None:
    draft = press.begin(APP, 5)
    draft.add_lines(LINES[:1])
    draft.add_lines(LINES[1:])
    pressed = await draft.finish()
    text = _read(pressed)
    assert text.count(b"\n") == len(LINES) + 1
    assert to_label(5).encode() in text.split(b"\n", 1)[0]
    pressed.arrived.content.seek(0)
    packed = pressed.arrived.content.read()
    assert await press.rewrite(_pieces(packed, size), {"nobody": "x"}, ()) is None
    found = await press.rewrite(_pieces(packed, size), {"u1": "x"}, {"u2"})
    assert found is not None
    rewritten = _read(found[1])
    assert (rewritten.count(b'"From_Account":"x"'), rewritten.count(b'"u1"'), rewritten.count(b'"u2"')) == (1667, 0, 0)
    assert rewritten.endswith(b"}\n]}")
    for each in (draft, found[0]):
        each.close()
    assert _is_empty(tmp_path)


async def test_an_archive_of_nothing_is_a_document_too(tmp_path: Path) -> None:
    draft = GzipDraft(tmp_path, b'{"a":[\n')
    assert _read(await draft.finish()) == b'{"a":[\n]}'
    draft.close()
