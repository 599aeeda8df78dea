"""Merged messages that are too long for one message: kept apart, under a key (spec/messages.md, section 1)."""

from collections.abc import Iterable
from typing import Protocol

from tidings.clock import Clock
from tidings.domain.accounts import Account
from tidings.domain.apps import App
from tidings.domain.history import DAY_S
from tidings.errors import MERGED_NOT_FOUND, MERGED_TOO_LONG
from tidings.ids import Chance, SdkAppId
from tidings.pending import Pending

KEY_BYTES = 16
MAX_BYTES = 1_048_576


class MergedStore(Protocol):
    """What merged messages ask of the store."""

    def save_merged(self, key: str, owner: Account, time: int, body: bytes) -> Pending[None]:
        """Keep merged messages under a key."""
        ...

    def load_merged(self, key: str, app: SdkAppId) -> tuple[int, bytes] | None:
        """Return when merged messages were last used, unix seconds, and what they are."""
        ...

    def touch_merged(self, key: str, time: int) -> Pending[None]:
        """Note that merged messages are used."""
        ...

    def expire_merged(self, app: SdkAppId, before: int) -> Pending[int]:
        """Remove what was last used before a time; returns how many went."""
        ...


class Merging:
    """Keeps merged messages as long as the app's history, counted from when they were last read."""

    def __init__(self, store: MergedStore, clock: Clock, chance: Chance) -> None:
        """Keep them in `store`."""
        self._store = store
        self._clock = clock
        self._chance = chance

    async def save(self, owner: Account, body: bytes) -> str:
        """Keep merged messages and return their key, which nobody can guess; raises 80002 over 1 MB."""
        if len(body) > MAX_BYTES:
            raise MERGED_TOO_LONG(size=len(body), limit=MAX_BYTES)
        key = self._chance.token(KEY_BYTES).hex()
        await self._store.save_merged(key, owner, int(self._clock.now()), body)
        return key

    async def load(self, app: SdkAppId, key: str) -> bytes:
        """Return merged messages; raises 20022 if there are none under that key, or no more."""
        found = self._store.load_merged(key, app)
        if found is None:
            raise MERGED_NOT_FOUND(key=key)
        used_at, body = found
        now = int(self._clock.now())
        if now - used_at >= DAY_S:
            await self._store.touch_merged(key, now)
        return body

    async def expire(self, apps: Iterable[App]) -> None:
        """Remove what nobody has read for the app's history days."""
        now = int(self._clock.now())
        for app in apps:
            await self._store.expire_merged(app.sdk_app_id, now - app.settings.history_days * DAY_S)
