"""Tickets (A2Key): short texts that only this server can have made, so that none need be stored."""

import binascii
import hmac
import struct
from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import blake2b

from tidings.domain.logins import TicketParts
from tidings.ids import AccountNumber, InstanceId, SdkAppId
from tidings.vault import Vault

_LAYOUT = struct.Struct(">QQI")
_MAC_BYTES = 20
MAX_LENGTH = 64


class SealedTickets:
    """Makes and reads tickets under a key derived from the master key; they survive a restart."""

    def __init__(self, vault: Vault) -> None:
        """Derive the key."""
        self._key = vault.derive(b"tickets")

    def issue(self, parts: TicketParts) -> str:
        """Return the ticket of a login, 54 characters that need no escaping."""
        body = _LAYOUT.pack(*parts)
        return urlsafe_b64encode(body + self._mac(body)).decode().rstrip("=")

    def read(self, text: str) -> TicketParts | None:
        """Return what a genuine ticket says, None for anything else."""
        if len(text) > MAX_LENGTH:
            return None
        try:
            raw = urlsafe_b64decode(text + "=" * (-len(text) % 4))
            app, account, instance = _LAYOUT.unpack(raw[: _LAYOUT.size])
        except (binascii.Error, ValueError, struct.error):
            return None
        parts = TicketParts(SdkAppId(app), AccountNumber(account), InstanceId(instance))
        # Compared as text: decoding passes over foreign characters and the last one's spare bits.
        return parts if hmac.compare_digest(self.issue(parts).encode(), text.encode()) else None

    def _mac(self, body: bytes) -> bytes:
        return blake2b(body, digest_size=_MAC_BYTES, key=self._key).digest()
