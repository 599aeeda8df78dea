"""Erasing deleted accounts: what is kept of them goes, piece by piece, beside the sending (docs/decisions/0016).

A deletion is answered once nobody can find the account any more. What takes longer is done here, and
goes on after a restart. What the account sent stays with those who received it, under a name that says
nothing (`pseudonym`), unless the app wants that gone as well.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from tidings.decimals import decimal
from tidings.ids import AccountNumber, SdkAppId, UserId

PSEUDONYM = "~erased-"


@dataclass(frozen=True, slots=True)
class Erasure:
    """A deleted account of which something is left; `with_messages`: what it sent goes, too."""

    account: AccountNumber
    app: SdkAppId
    user_id: UserId
    with_messages: bool


class ErasureStore(Protocol):
    """What erasing asks of the store."""

    async def erasures(self) -> list[Erasure]:
        """Return the accounts that are not erased yet."""
        ...

    async def erase(self, erasures: Sequence[Erasure]) -> None:
        """Remove accounts from every table but the list of erasures, a little at a time."""
        ...

    async def finish(self, erasures: Sequence[Erasure]) -> bool:
        """Drop them from the list, and the past from the disk.

        False if somebody still reads the past: then some bytes are left until it is asked again.
        """
        ...


class Anonymizer(Protocol):
    """Something outside the database that names accounts."""

    async def anonymize(self, erasures: Sequence[Erasure]) -> None:
        """Replace the names of erased accounts."""
        ...


class Erasing:
    """Erases what is due."""

    def __init__(self, store: ErasureStore, elsewhere: Sequence[Anonymizer]) -> None:
        """Erase from `store` and from what lies `elsewhere`."""
        self._store = store
        self._elsewhere = elsewhere
        self._is_due = True  # what the process before has left

    def is_due(self) -> None:
        """Note that an account was deleted."""
        self._is_due = True

    async def work(self) -> int:
        """Erase what is due; returns how many accounts that were."""
        if not self._is_due:
            return 0
        self._is_due = False
        try:
            erasures = await self._store.erasures()
            if erasures:
                await self._store.erase(erasures)
                for each in self._elsewhere:
                    await each.anonymize(erasures)
            is_done = await self._store.finish(erasures)
        except BaseException:
            self._is_due = True
            raise
        self._is_due = self._is_due or not is_done
        return len(erasures)


def pseudonym(number: AccountNumber) -> UserId:
    """Return the name that an erased account has for others."""
    return UserId(f"{PSEUDONYM}{number}")


def parse_pseudonym(user_id: str) -> AccountNumber | None:
    """Return the number of the erased account that a name stands for, if it has the form of one."""
    number = decimal(user_id.removeprefix(PSEUDONYM)) if user_id.startswith(PSEUDONYM) else None
    return None if number is None else AccountNumber(number)
