"""Which connections hear live rooms: those of the logins that joined, not of all that an account has."""

from collections.abc import Callable, Collection

from tidings.delivery.hub import Hub, Line
from tidings.domain.devices import Session
from tidings.ids import AccountNumber, GroupNumber, InstanceId

Seat = tuple[AccountNumber, Line | None]
"""Whose it is, and the connection; None while the login has none."""


class LiveSeats:
    """Logins in live rooms, with their connections at hand: a message costs a step for each."""

    def __init__(self, hub: Hub) -> None:
        """Follow the connections of `hub`."""
        self._hub = hub
        self._rooms: dict[GroupNumber, dict[InstanceId, Seat]] = {}
        self._places: dict[InstanceId, set[GroupNumber]] = {}
        self._came: Callable[[InstanceId], None] = _ignore
        self._went: Callable[[InstanceId], None] = _ignore
        hub.watch_logins(self._take, self._miss)

    def __contains__(self, group: GroupNumber) -> bool:
        """Say whether anybody has a seat in a room."""
        return group in self._rooms

    def heed(self, came: Callable[[InstanceId], None], went: Callable[[InstanceId], None]) -> None:
        """Call back when a login that has joined gets a connection again, and when it loses it."""
        self._came, self._went = came, went

    def sit(self, group: GroupNumber, account: AccountNumber, login: InstanceId) -> bool:
        """Let a login hear a room, now and whenever it is connected; says whether it is connected."""
        line = self._hub.line(account, login)
        self._rooms.setdefault(group, {})[login] = (account, line)
        self._places.setdefault(login, set()).add(group)
        return line is not None

    def rise(self, group: GroupNumber, login: InstanceId) -> None:
        """Let a login hear a room no more."""
        room = self._rooms.get(group, {})
        if room.pop(login, None) is not None:
            self._forget(group, login)
            if not room:
                del self._rooms[group]

    def clear(self, group: GroupNumber, accounts: Collection[AccountNumber]) -> None:
        """Let no login of some accounts hear a room any more."""
        room = self._rooms.get(group, {})
        for login in [login for login, (account, _) in room.items() if account in accounts]:
            self.rise(group, login)

    def close(self, group: GroupNumber) -> None:
        """Let nobody hear a room any more."""
        for login in self._rooms.pop(group, {}):
            self._forget(group, login)

    def accounts(self, group: GroupNumber) -> list[AccountNumber]:
        """Return the accounts that have a seat in a room."""
        return list({account for account, _ in self._rooms.get(group, {}).values()})

    def lines(
        self, group: GroupNumber, source: InstanceId, accounts: Collection[AccountNumber] | None = None
    ) -> list[Line]:
        """Return the connections that hear a room, or those of some accounts; save that of one login."""
        room = self._rooms.get(group)
        if room is None:
            return []
        if accounts is None:
            return [line for login, (_, line) in room.items() if line is not None and login != source]
        return [line for login, (whose, line) in room.items() if line is not None and whose in accounts]

    def _take(self, session: Session, line: Line) -> None:
        places = self._places.get(session.instance)
        if places is not None:
            for group in places:
                self._rooms[group][session.instance] = (session.account, line)
            self._came(session.instance)

    def _miss(self, session: Session, line: Line) -> None:
        """Note a lost connection, unless the login has another by now."""
        login = session.instance
        places = self._places.get(login)
        if places is not None and any(self._rooms[group][login][1] is line for group in places):
            for group in places:
                self._rooms[group][login] = (session.account, None)
            self._went(login)

    def _forget(self, group: GroupNumber, login: InstanceId) -> None:
        places = self._places[login]
        places.discard(group)
        if not places:
            del self._places[login]


def _ignore(_login: InstanceId) -> None:
    """Take no notice."""
