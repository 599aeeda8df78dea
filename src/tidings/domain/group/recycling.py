"""Ending groups that nobody uses, where an app wants it (spec/groups.md, section 12)."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from functools import partial
from typing import Protocol

from tidings.clock import Clock
from tidings.domain.apps import App
from tidings.domain.group.directory import Directory
from tidings.domain.group.groups import NO_GROUP, SYSTEM, Group
from tidings.domain.group.life import Life
from tidings.domain.group.notices import NoticeKind
from tidings.errors import TidingsError
from tidings.ids import GroupId, GroupNumber, SdkAppId

PAGE = 100


class RecyclingStore(Protocol):
    """What recycling asks of the store; live rooms, of which nothing is kept, are never idle."""

    async def idle(
        self, app: SdkAppId, since: int, after: GroupNumber, limit: int
    ) -> Sequence[tuple[GroupNumber, GroupId]]:
        """Return an app's groups after one of them in which nothing has happened since a moment, unix seconds.

        What happens in its topics happens in a community.
        """
        ...

    def is_idle(self, group: GroupNumber, since: int) -> bool:
        """Say whether nothing has happened in a group since then."""
        ...


class Recycling:
    """Disbands groups that saw no message, and in which nobody came or went, for as long as an app says."""

    def __init__(self, store: RecyclingStore, directory: Directory, life: Life, clock: Clock) -> None:
        """Find groups in `store`, end them in turn with the changes of `life`."""
        self._store = store
        self._directory = directory
        self._life = life
        self._clock = clock

    async def sweep(self, apps: Iterable[App]) -> int:
        """End the groups of those apps that have been idle for too long, and tell members; says how many."""
        ended = 0
        for app in apps:
            if seconds := app.settings.recycle_group_seconds:
                ended += await self._sweep(app.sdk_app_id, int(self._clock.now()) - seconds)
        return ended

    async def _sweep(self, app: SdkAppId, since: int) -> int:
        ended, after = 0, NO_GROUP
        while rows := await self._store.idle(app, since, after, PAGE):
            for number, group_id in rows:
                # It may be gone by now, and another have its ID.
                with suppress(TidingsError):
                    group = self._directory.get(app, group_id)
                    if group.number == number:
                        ended += await self._life.in_turn(group, partial(self._end, group, since))
            after = rows[-1][0]
        return ended

    async def _end(self, group: Group, since: int) -> bool:
        """End a group unless something has happened in it by now; says whether."""
        if not self._store.is_idle(group.number, since):
            return False
        await self._life.end(group, SYSTEM, NoticeKind.RECYCLED)
        return True
