"""Robots of live rooms: accounts that count as being there without a connection.

Source: spec/rest/group_open_avchatroom_http_svc.yaml, mark 500. They outlast a restart of the server.
"""

from collections.abc import Sequence
from functools import partial
from typing import Protocol

from tidings.clock import Clock
from tidings.domain.accounts import Account
from tidings.domain.group.groups import Group
from tidings.domain.group.live import LiveRooms
from tidings.domain.turns import Turns
from tidings.ids import AccountNumber, GroupNumber
from tidings.pending import Pending

STAYS_S = 3 * 86400


class RobotRoomStore(Protocol):
    """What robots of live rooms ask of the store."""

    def save_robots(self, group: GroupNumber, accounts: Sequence[AccountNumber], until: int) -> Pending[None]:
        """Keep that accounts are robots of a room up to a moment, unix seconds."""
        ...

    def delete_robots(self, group: GroupNumber, accounts: Sequence[AccountNumber]) -> Pending[None]:
        """Keep of accounts that they are no robots."""
        ...


class LiveRobots:
    """Puts robots into live rooms and takes them out; the room is not told."""

    def __init__(self, store: RobotRoomStore, live: LiveRooms, turns: Turns[GroupNumber], clock: Clock) -> None:
        """Keep them in `store` and seat them in `live`; changes of one group take `turns`."""
        self._store = store
        self._live = live
        self._turns = turns
        self._clock = clock

    async def add(self, group: Group, accounts: Sequence[Account]) -> None:
        """Let accounts be robots of a room for three days from now."""
        self._live.open(group)
        await self._turns.take(group.number, partial(self._add, group, accounts))

    async def delete(self, group: Group, accounts: Sequence[Account]) -> None:
        """Let accounts be robots no more; who is none is passed over."""
        self._live.open(group)
        await self._turns.take(group.number, partial(self._delete, group, [account.number for account in accounts]))

    async def _add(self, group: Group, accounts: Sequence[Account]) -> None:
        until = int(self._clock.now()) + STAYS_S
        await self._store.save_robots(group.number, [account.number for account in accounts], until)
        crowd = self._live.open(group)
        for account in accounts:
            self._live.seat_robot(crowd, account, until)

    async def _delete(self, group: Group, accounts: Sequence[AccountNumber]) -> None:
        await self._store.delete_robots(group.number, accounts)
        for account in accounts:
            self._live.unseat_robot(group, account)
