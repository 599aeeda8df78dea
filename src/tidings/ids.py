"""Identifiers as types of their own, and the one source of chance.

A UserID is what the customer's app calls a user; an account number is ours, stable for the
account's life and the base of the TinyId that clients build message ids from.
"""

import secrets
from typing import NewType, Protocol

SdkAppId = NewType("SdkAppId", int)
UserId = NewType("UserId", str)
AccountNumber = NewType("AccountNumber", int)
InstanceId = NewType("InstanceId", int)
ConversationNumber = NewType("ConversationNumber", int)
Position = NewType("Position", int)
GroupNumber = NewType("GroupNumber", int)
GroupId = NewType("GroupId", str)

NO_INSTANCE = InstanceId(0)
"""Stands for what no login did: an admin, the server itself."""

START = Position(0)
"""Before everything."""

TINY_ID_BASE = 1 << 57
MAX_USER_ID_BYTES = 32
UINT32 = 0xFFFFFFFF


def to_tiny_id(number: AccountNumber) -> int:
    """Return the account's number as clients know it (spec/client/web-sdk-wire.md, section 5)."""
    return TINY_ID_BASE + number


def is_user_id(text: str) -> bool:
    """Say whether `text` may name an account: 1 to 32 printable ASCII bytes (spec/auth.md, 1)."""
    return 0 < len(text) <= MAX_USER_ID_BYTES and text.isascii() and text.isprintable()


class Chance(Protocol):
    """A source of random numbers and bytes."""

    def uint32(self) -> int:
        """Return a number from 1 to 2**32 - 1."""
        ...

    def token(self, size: int) -> bytes:
        """Return `size` unpredictable bytes."""
        ...


class SystemChance:
    """The operating system's randomness."""

    def uint32(self) -> int:
        """Return a number from 1 to 2**32 - 1."""
        return secrets.randbelow(UINT32) + 1

    def token(self, size: int) -> bytes:
        """Return `size` unpredictable bytes."""
        return secrets.token_bytes(size)
