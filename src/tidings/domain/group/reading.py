"""How far members have read a group (spec/groups.md, section 6).

Unread is counted from the sequence read, never kept: it is every later sequence less those that count for
nothing, as tips, NoUnread, messages for some members and recalled ones.
"""

from collections.abc import Sequence
from typing import Protocol

from tidings.clock import Clock
from tidings.domain.events import GroupReadElsewhere, KeptEvent
from tidings.domain.group.groups import Group, Member
from tidings.domain.ports import Delivery
from tidings.domain.telling import Changed, tell
from tidings.ids import AccountNumber, GroupNumber, InstanceId
from tidings.pending import Pending


class GroupReadingStore(Protocol):
    """What read positions in groups ask of the store."""

    def mark_read(
        self, group: GroupNumber, account: AccountNumber, seq: int, time: int, event: KeptEvent
    ) -> Pending[Changed[None]]:
        """Keep that an account has read up to a sequence; the event is logged if that is later than before."""
        ...

    def set_unread(self, group: GroupNumber, account: AccountNumber, count: int) -> Pending[int]:
        """Keep that the last `count` messages are unread, or all if there are fewer; returns the sequence read."""
        ...

    async def unread(self, account: AccountNumber, groups: Sequence[GroupNumber]) -> dict[GroupNumber, int]:
        """Count the unread messages of an account in groups."""
        ...


class GroupReading:
    """What members have read and still have to read."""

    def __init__(self, store: GroupReadingStore, delivery: Delivery, clock: Clock) -> None:
        """Read and write `store`, tell through `delivery`."""
        self._store = store
        self._delivery = delivery
        self._clock = clock

    async def mark_read(self, group: Group, member: Member, seq: int, source: InstanceId) -> None:
        """Mark messages up to a sequence as read, and tell the member's other devices."""
        seq = min(seq, group.last_seq)
        if seq <= member.read_seq:
            return
        event = GroupReadElsewhere(group.group_id, seq)
        now = int(self._clock.now())

        def committed(done: Pending[Changed[None]]) -> None:
            if done.is_ok:
                member.read_seq = max(member.read_seq, seq)

        pending = self._store.mark_read(group.number, member.account, seq, now, event)
        pending.then(committed)
        tell(self._delivery, member.account, pending, source)
        await pending

    async def set_unread(self, group: Group, member: Member, count: int) -> None:
        """Let so many messages be unread; where the type counts none, nothing happens."""
        if group.traits.counts_unread:
            member.read_seq = await self._store.set_unread(group.number, member.account, count)

    async def unread(self, account: AccountNumber, groups: Sequence[Group]) -> dict[GroupNumber, int]:
        """Count unread messages in groups; those of types that count none have 0."""
        counting = [group.number for group in groups if group.traits.counts_unread]
        found = await self._store.unread(account, counting) if counting else {}
        return {group.number: found.get(group.number, 0) for group in groups}
