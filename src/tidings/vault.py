"""The master key: what seals secrets at rest, and what other keys are derived from.

The key lies in a file of its own, so that a copy of the database alone gives nothing away.
Nothing in here knows what is sealed; a label keeps what is sealed for one purpose from being
opened for another.
"""

import contextlib
import os
import secrets
import stat
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_SIZE = 32
_NONCE_SIZE = 12
_FORMAT = b"\x01"
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


class VaultError(Exception):
    """A master key file or a sealed value that can't be used; the message says what to do."""


class Vault:
    """Seals and unseals with one master key (AES-256-GCM), and derives further keys from it (HKDF-SHA256)."""

    def __init__(self, key: bytes) -> None:
        """Work with `key`, KEY_SIZE bytes."""
        if len(key) != KEY_SIZE:
            raise VaultError(f"a master key has {KEY_SIZE} bytes, this one has {len(key)}")
        self._key = key
        self._cipher = AESGCM(self._derive(b"seal"))

    @classmethod
    def from_key(cls, key: bytes) -> "Vault":
        """Return a vault over `key`, KEY_SIZE bytes, without a file."""
        return cls(key)

    @classmethod
    def open(cls, path: Path) -> "Vault":
        """Return a vault over the key in the file at `path`, which is made if there is none.

        A new file is readable by its owner only, and on disk before this returns. Raises VaultError
        if the file can't be read or made, has another size, or may be read by others.
        """
        try:
            if not path.exists():
                _create(path)
            return cls(_read(path))
        except OSError as error:
            raise VaultError(
                f"master key file {path}: {error.strerror}; let the server's user read it, or name another file"
            ) from error

    def seal(self, plain: bytes, label: bytes) -> bytes:
        """Return `plain` encrypted for the purpose `label`; 29 bytes longer, and never the same twice."""
        nonce = secrets.token_bytes(_NONCE_SIZE)
        return _FORMAT + nonce + self._cipher.encrypt(nonce, plain, label)

    def unseal(self, sealed: bytes, label: bytes) -> bytes:
        """Return what was sealed for `label`; raises VaultError for another key, another label or a change."""
        start = len(_FORMAT) + _NONCE_SIZE
        nonce, text = sealed[len(_FORMAT) : start], sealed[start:]
        try:
            if sealed.startswith(_FORMAT) and len(nonce) == _NONCE_SIZE:
                return self._cipher.decrypt(nonce, text, label)
        except InvalidTag:
            pass
        raise VaultError(
            f"{label.decode(errors='replace')!r} was not sealed with this master key, or was changed since; "
            "put the master key file back that belongs to this data folder"
        )

    def derive(self, label: bytes) -> bytes:
        """Return 32 bytes that belong to `label` and tell nothing of the master key or of other labels."""
        return self._derive(b"derive:" + label)

    def _derive(self, info: bytes) -> bytes:
        return HKDF(SHA256(), KEY_SIZE, salt=None, info=b"tidings:" + info).derive(self._key)


def _read(path: Path) -> bytes:
    with path.open("rb") as file:
        mode = stat.S_IMODE(os.fstat(file.fileno()).st_mode)
        key = file.read(KEY_SIZE + 1)
    if mode & _OTHERS:
        raise VaultError(f"master key file {path} may be used by others (mode {mode:04o}); run: chmod 600 {path}")
    if len(key) != KEY_SIZE:
        size = f"{len(key)} bytes" if len(key) < KEY_SIZE else f"more than {KEY_SIZE} bytes"
        raise VaultError(f"master key file {path} has {size}, a master key has {KEY_SIZE}; put back a copy of it")
    return key


def _create(path: Path) -> None:
    """Make a key file that is there whole or not at all, also if two processes start at once."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(secrets.token_bytes(KEY_SIZE))
            file.flush()
            os.fsync(file.fileno())
        # A link, unlike a rename, leaves a key that another process made meanwhile.
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
    finally:
        draft.unlink(missing_ok=True)
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
