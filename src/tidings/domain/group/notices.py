"""What groups tell single accounts, on all their devices and also later (spec/groups.md, section 9)."""

from collections.abc import Iterable
from enum import IntEnum

from tidings.clock import Clock
from tidings.domain.events import GroupNotice
from tidings.domain.group.groups import Group
from tidings.domain.group.ports import Rooms
from tidings.domain.group.requests import JoinChange, JoinStore, Told
from tidings.domain.ports import Delivery, Logged
from tidings.ids import NO_INSTANCE, AccountNumber, Chance, InstanceId, UserId
from tidings.pending import Pending


class NoticeKind(IntEnum):
    """What a notice tells; the values are those of the wire."""

    APPLIED = 1
    ACCEPTED = 2
    REFUSED = 3
    KICKED = 4
    DISBANDED = 5
    CREATED = 6
    INVITED = 7
    QUIT = 8
    ADMIN_GRANTED = 9
    ADMIN_TAKEN = 10
    RECYCLED = 11
    CONSENT_WANTED = 12
    INVITATION_ACCEPTED = 13
    INVITATION_REFUSED = 14
    # In live form a community with topics tells of new topics by it: this one never names a topic.
    MUTED = 17
    # Native clients know it by 21.
    RECEIVE_SET = 20
    # Clients know the ban from a live room by another number.
    BANNED_LIVE = 21
    BANNED = 22
    UNBANNED = 23
    APPROVAL_WANTED = 24


class Notices:
    """Makes notices, and tells them once what they tell of is stored."""

    def __init__(self, store: JoinStore, delivery: Delivery, rooms: Rooms, clock: Clock, chance: Chance) -> None:
        """Log in `store`, tell through `delivery`; `rooms` knows who of a group is online."""
        self._store = store
        self._delivery = delivery
        self._rooms = rooms
        self._clock = clock
        self._chance = chance

    def now(self) -> int:
        """Return the time, unix seconds."""
        return int(self._clock.now())

    def make(
        self,
        kind: NoticeKind,
        group: Group,
        operator_id: UserId,
        *,
        wording: str = "",
        key: str = "",
        user_ids: tuple[UserId, ...] = (),
    ) -> GroupNotice:
        """Return a notice of what `operator_id` did; `user_ids` are whom it concerns besides the one told."""
        return GroupNotice(
            kind.value,
            group.group_id,
            group.name,
            group.kind.value,
            operator_id,
            self.now(),
            self._chance.uint32(),
            wording,
            key,
            user_ids,
        )

    def to(self, accounts: Iterable[AccountNumber], notice: GroupNotice) -> list[Logged]:
        """Return a notice as it is logged for each of the accounts."""
        return [Logged(account, notice) for account in accounts]

    async def change(self, group: Group, change: JoinChange, source: InstanceId = NO_INSTANCE) -> None:
        """Make a change of who is in a group and tell its notices, save to the login it came from.

        Who is out hears nothing of the group after that: clients would take it for one they are in.
        """
        pending = self._store.change_members(group, self.now(), change)

        def committed(done: Pending[Told]) -> None:
            if done.is_ok:
                self._rooms.leave(group.number, change.removed)
                self._rooms.enter(group.number, {member.account: member.receive for member in change.admitted})
            for position, entry in done.result() if done.is_ok else ():
                self._delivery.event(entry.account, position, entry.event, source)

        pending.then(committed)
        await pending

    async def end(self, group: Group, operator_id: UserId, kind: NoticeKind = NoticeKind.DISBANDED) -> None:
        """End a group and tell all its members."""
        notice = self.make(kind, group, operator_id)
        position = await self._store.end_group(group, notice.time, notice)
        for account in self._rooms.accounts(group.number):
            self._delivery.event(account, position, notice, NO_INSTANCE)
