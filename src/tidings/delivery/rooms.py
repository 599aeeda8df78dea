"""Who of each group is online, and how the group is told: encoded once, the same bytes for all."""

from collections.abc import Callable, Collection, Iterable, Mapping

import msgspec

from tidings.delivery.hub import Hub, Line
from tidings.delivery.live_seats import LiveSeats
from tidings.domain.group.events import GroupEvent
from tidings.domain.group.groups import Group
from tidings.domain.group.kinds import Receive
from tidings.domain.group.messages import GroupMessage
from tidings.domain.group.news import GroupNews
from tidings.ids import AccountNumber, GroupNumber, InstanceId
from tidings.view.group_events import to_live_push
from tidings.view.group_news import to_news_push
from tidings.view.groups import to_group_push

encode = msgspec.json.Encoder().encode
Memberships = Callable[[AccountNumber], Iterable[tuple[GroupNumber, Receive]]]
Room = dict[AccountNumber, Receive]


class OnlineRooms:
    """One room for each group that somebody online is in; telling it costs by who is in the room."""

    def __init__(self, hub: Hub, memberships: Memberships) -> None:
        """Fill rooms by `memberships` when accounts come online in `hub`, and empty them again."""
        self._hub = hub
        self._memberships = memberships
        self._rooms: dict[GroupNumber, Room] = {}
        self._places: dict[AccountNumber, set[GroupNumber]] = {}
        self.seats = LiveSeats(hub)
        hub.watch(self._arrived, self._departed)

    def enter(self, group: GroupNumber, accounts: Mapping[AccountNumber, Receive]) -> None:
        """Let those of the accounts that are online hear what is told in the group."""
        for account, receive in accounts.items():
            if self._hub.is_online(account):
                self._rooms.setdefault(group, {})[account] = receive
                self._places.setdefault(account, set()).add(group)

    def leave(self, group: GroupNumber, accounts: Iterable[AccountNumber]) -> None:
        """Let accounts hear the group no more."""
        if group in self.seats:
            self.seats.clear(group, set(accounts))
        room = self._rooms.get(group)
        for account in accounts if room is not None else ():
            self._take_out(group, account)

    def close(self, group: GroupNumber) -> None:
        """Let nobody hear the group any more."""
        self.seats.close(group)
        self.leave(group, list(self._rooms.get(group, ())))

    def present(self, group: GroupNumber) -> int:
        """Count the accounts of a group that are online."""
        return len(self._rooms.get(group, ()))

    def accounts(self, group: GroupNumber) -> list[AccountNumber]:
        """Return the accounts of a group that are online."""
        return list({*self._rooms.get(group, ()), *self.seats.accounts(group)})

    def message(self, group: Group, message: GroupMessage, source: InstanceId) -> None:
        """Tell a group's message, save to the login it came from."""
        if not group.traits.keeps_members:
            if lines := self.seats.lines(group.number, source):
                self._hub.tell(lines, encode(to_group_push(group, message)))
            return
        room = self._rooms.get(group.parent or group.number)
        if room is None:
            return
        accounts: Iterable[AccountNumber] = room
        if group.parent:
            own = self._rooms.get(group.number, {})
            accounts = [account for account in room if own.get(account) is not Receive.NOTHING] if own else room
        elif message.targets:
            accounts = room.keys() & {*message.targets, message.sender}
        if Receive.NOTHING in room.values():
            accounts = [account for account in accounts if room[account] is not Receive.NOTHING]
        if lines := self._hub.lines(accounts, source):
            self._hub.tell(lines, encode(to_group_push(group, message)))

    def news(self, group: Group, news: GroupNews, source: InstanceId) -> None:
        """Tell what is not kept to everybody who hears the group, save to the login it came from."""
        if lines := self._lines(group, source):
            self._hub.tell(lines, encode(to_news_push(group, news)))

    def event(
        self,
        group: Group,
        event: GroupEvent,
        source: InstanceId,
        accounts: Collection[AccountNumber] | None = None,
    ) -> None:
        """Tell what happened in a group to all of it, or to some; save to the login it came from."""
        if lines := self._lines(group, source, accounts):
            self._hub.tell(lines, encode(to_live_push(group, event)))

    def _lines(self, group: Group, source: InstanceId, accounts: Collection[AccountNumber] | None = None) -> list[Line]:
        """Return the connections that hear a group, or those of some accounts."""
        if not group.traits.keeps_members:
            return self.seats.lines(group.number, source, accounts)
        room = self._rooms.get(group.parent or group.number, {})
        return self._hub.lines(room if accounts is None else room.keys() & set(accounts), source)

    def _arrived(self, account: AccountNumber) -> None:
        for group, receive in self._memberships(account):
            self.enter(group, {account: receive})

    def _departed(self, account: AccountNumber) -> None:
        for group in list(self._places.get(account, ())):
            self._take_out(group, account)

    def _take_out(self, group: GroupNumber, account: AccountNumber) -> None:
        room, places = self._rooms.get(group), self._places.get(account)
        if room is not None and room.pop(account, None) is not None and not room:
            del self._rooms[group]
        if places is not None:
            places.discard(group)
            if not places:
                del self._places[account]
