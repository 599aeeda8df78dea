"""Where a running `tidings dev` leaves word of itself: address, app, key and ready UserSigs."""

import os
import tempfile
from pathlib import Path

import msgspec


class Facts(msgspec.Struct, frozen=True):
    """What the emulator says of itself."""

    gateway: str
    sdkappid: int
    key: str


def hint_path() -> Path:
    """Return the file that the emulator of this user writes, readable by nobody else."""
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    if runtime and Path(runtime).is_dir():
        return Path(runtime) / "tidings-dev.json"
    user = os.getuid() if hasattr(os, "getuid") else 0
    return Path(tempfile.gettempdir()) / f"tidings-dev-{user}.json"


def find_facts(path: Path) -> Facts | None:
    """Return what the file says; None if there is none, it is not this user's own, or it cannot be read."""
    try:
        with path.open("rb") as file:
            if hasattr(os, "getuid") and os.fstat(file.fileno()).st_uid != os.getuid():
                return None
            return msgspec.json.decode(file.read(), type=Facts)
    except (OSError, msgspec.DecodeError):
        return None
