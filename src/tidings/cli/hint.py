"""Where a running emulator leaves its facts, for `tidings chat` and others of the same user."""

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path


def hint_path() -> Path:
    """Return the file; only its owner may read it, since it holds the emulator's key."""
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    if runtime and Path(runtime).is_dir():
        return Path(runtime) / "tidings-dev.json"
    return Path(tempfile.gettempdir()) / f"tidings-dev-{os.getuid()}.json"


@contextlib.contextmanager
def hint_left(text: str, *, may_replace: bool = True) -> Iterator[None]:
    """Leave `text` in the file; in the end remove it, unless another emulator has left its own meanwhile.

    Without `may_replace` it is not left if there is another's. The emulator runs as well where the file
    can't be written.
    """
    path = hint_path()
    with contextlib.suppress(OSError):
        if may_replace or not path.exists():
            _write(path, text)
    try:
        yield
    finally:
        with contextlib.suppress(OSError):
            if path.read_text(encoding="utf-8") == text:
                path.unlink()


def _write(path: Path, text: str) -> None:
    """Put the file there whole, in place of any other."""
    with tempfile.TemporaryDirectory(prefix="tidings-", dir=path.parent) as folder:
        draft = Path(folder) / path.name
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.write(text)
        draft.replace(path)
