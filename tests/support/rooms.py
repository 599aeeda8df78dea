"""Rooms that write down what groups are told, in place of connections."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field

from tidings.domain.group.events import GroupEvent
from tidings.domain.group.groups import Group
from tidings.domain.group.kinds import Receive
from tidings.domain.group.messages import GroupMessage
from tidings.domain.group.news import GroupNews
from tidings.ids import AccountNumber, GroupNumber, InstanceId


@dataclass(slots=True)
class RecordingRooms:
    """Who was let in, and what was told: (group, message, source), in order; everybody counts as online."""

    inside: dict[GroupNumber, dict[AccountNumber, Receive]] = field(default_factory=dict)
    events: list[tuple[Group, GroupEvent, set[AccountNumber] | None, InstanceId]] = field(default_factory=list)
    messages: list[tuple[Group, GroupMessage, InstanceId]] = field(default_factory=list)
    told: list[tuple[Group, GroupNews, InstanceId]] = field(default_factory=list)
    seats: set[tuple[GroupNumber, AccountNumber, InstanceId]] = field(default_factory=set)
    # What live rooms want to hear of logins: that one came, and that one went.
    came: Callable[[InstanceId], None] | None = None
    went: Callable[[InstanceId], None] | None = None

    def enter(self, group: GroupNumber, accounts: Mapping[AccountNumber, Receive]) -> None:
        """Note who hears the group from now on."""
        self.inside.setdefault(group, {}).update(accounts)

    def leave(self, group: GroupNumber, accounts: Iterable[AccountNumber]) -> None:
        """Note who hears the group no more."""
        for account in accounts:
            self.inside.get(group, {}).pop(account, None)

    def close(self, group: GroupNumber) -> None:
        """Note that nobody hears the group any more."""
        self.inside.pop(group, None)

    def message(self, group: Group, message: GroupMessage, source: InstanceId) -> None:
        """Note a message."""
        self.messages.append((group, message, source))

    def news(self, group: Group, news: GroupNews, source: InstanceId) -> None:
        """Note what is not kept."""
        self.told.append((group, news, source))

    def event(
        self,
        group: Group,
        event: GroupEvent,
        source: InstanceId,
        accounts: Collection[AccountNumber] | None = None,
    ) -> None:
        """Note what happened, to whom it is told (None: all) and where it came from."""
        self.events.append((group, event, None if accounts is None else set(accounts), source))

    def present(self, group: GroupNumber) -> int:
        """Count who hears the group."""
        return len(self.inside.get(group, ()))

    def accounts(self, group: GroupNumber) -> list[AccountNumber]:
        """Return who hears the group."""
        return list(self.inside.get(group, ()))

    def heed(self, came: Callable[[InstanceId], None], went: Callable[[InstanceId], None]) -> None:
        """Note who wants to hear of logins."""
        self.came, self.went = came, went

    def sit(self, group: GroupNumber, account: AccountNumber, login: InstanceId) -> bool:
        """Note who hears a live room; everybody counts as online."""
        self.seats.add((group, account, login))
        return True

    def rise(self, group: GroupNumber, login: InstanceId) -> None:
        """Note that a login hears a live room no more."""
        self.seats = {seat for seat in self.seats if (seat[0], seat[2]) != (group, login)}
