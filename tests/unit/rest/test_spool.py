import os
from hashlib import sha256
from pathlib import Path

import pytest

from tidings.errors import FILE_TOO_LARGE, TidingsError
from tidings.rest.spool import spooled


async def test_what_comes_in_is_described_as_a_whole(tmp_path: Path) -> None:
    async with spooled(tmp_path, 1000) as spool:
        for piece in (b"ab", b"c" * 100, b"d"):
            await spool.write(piece)
        found = spool.arrived()
        found.content.seek(0)
        whole = found.content.read()
        assert (found.head, found.size, found.digest) == (b"ab" + b"c" * 30, 103, sha256(whole).hexdigest())
        assert os.listdir(tmp_path) == []  # noqa: PTH208 - an empty folder; it has no name that a crash could leave


async def test_too_much_is_refused_as_soon_as_it_is(tmp_path: Path) -> None:
    async with spooled(tmp_path, 3) as spool:
        await spool.write(b"abc")
        with pytest.raises(TidingsError) as error:
            await spool.write(b"d")
    assert error.value.fault is FILE_TOO_LARGE
