"""The child that looks into images is held to its limits, whatever it does."""

import tempfile
from pathlib import Path
from typing import BinaryIO

import pytest

from tests.support.files import image, size_of
from tidings.domain.file_types import Version
from tidings.errors import BAD_IMAGE, TidingsError
from tidings.pictures import ChildPictures


def _file(content: bytes) -> BinaryIO:
    file = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the test
    file.write(content)
    file.flush()
    return file


async def test_image_is_measured_and_made_smaller() -> None:
    with _file(image(300, 200, "PNG", "RGBA")) as file:
        picture = await ChildPictures().examine(file)
    part, content = picture.smaller[Version.THUMB]
    assert (picture.width, picture.height, set(picture.smaller)) == (300, 200, {Version.THUMB})
    assert (part.media_type, part.size, (part.width, part.height)) == ("image/png", len(content), size_of(content))


@pytest.mark.parametrize(
    "script",
    [
        "import sys; print('it has too many pixels', end=''); sys.exit(3)",
        "import sys; sys.exit(1)",
        "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)",
        "print('no json')",
        "while True: print('x' * 1_000_000)",
        "while True: pass",
    ],
    ids=["refuses", "fails", "crashes", "nonsense", "endless answer", "no answer"],
)
async def test_child_that_goes_wrong_is_ended_and_the_image_refused(script: str, tmp_path: Path) -> None:
    child = tmp_path / "child.py"
    child.write_text(script)
    with _file(b"x") as file, pytest.raises(TidingsError) as error:
        await ChildPictures(child, patience_s=1.0).examine(file)
    assert error.value.fault is BAD_IMAGE


async def test_child_is_told_no_secrets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    child = tmp_path / "child.py"
    child.write_text("import os, sys; print(sorted(set(os.environ) - {'LC_CTYPE'}), end=''); sys.exit(3)")
    with _file(b"x") as file, pytest.raises(TidingsError, match=r"\[\]"):
        await ChildPictures(child).examine(file)
