import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest

from tests.support.files import image
from tidings import picture_child
from tidings.picture_child import MAX_SIDE, RefusedError, examine

LIMITED = "import runpy, sys; m = runpy.run_path(sys.argv[1]); m['limit'](); {}"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "BMP", "WEBP"])
def test_each_kind_is_measured(kind: str) -> None:
    told, contents = examine(BytesIO(image(400, 300, kind)))
    assert (told["width"], told["height"]) == (400, 300)
    assert [made["size"] for made in told["made"]] == [len(content) for content in contents]


@pytest.mark.parametrize(
    "content",
    [
        image(9000, 9000, "PNG", "1"),
        image(MAX_SIDE + 1, 1, "PNG", "1"),
        image(500, 500)[:-300],
        image(9, 9, "TIFF"),
        b"\x89PNG\r\n\x1a\n",
        b"",
    ],
    ids=["too many pixels", "too wide", "cut short", "other kind", "only a head", "nothing"],
)
def test_what_is_no_ordinary_image_is_refused(content: bytes) -> None:
    with pytest.raises(RefusedError):
        examine(BytesIO(content))


@pytest.mark.parametrize(
    "act", ["bytearray(2 << 30)", "import os; os.write(os.open('file', os.O_CREAT | os.O_WRONLY), b'x')"]
)
def test_limits_hold(act: str, tmp_path: Path) -> None:
    argv = [sys.executable, "-IB", "-c", LIMITED.format(act), str(picture_child.__file__)]
    ended = subprocess.run(argv, capture_output=True, check=False, cwd=tmp_path)
    assert ended.returncode != 0
