"""Who has read a message that asked for receipts (spec/messages.md, section 16)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from tidings.clock import Clock
from tidings.domain.callbacks import note_outcome
from tidings.domain.events import GroupReceipt, GroupReceiptsGiven
from tidings.domain.group.groups import Group, Member
from tidings.domain.group.happenings import GroupReceipted, ReceiptCount
from tidings.domain.group.messages import GroupMessage
from tidings.domain.group.ports import GroupMessageStore
from tidings.domain.messages import Flag
from tidings.domain.ports import Delivery, Logged
from tidings.errors import BAD_SERVICE_REQUEST, GROUP_RIGHT_MISSING, GROUP_TOO_LARGE_FOR_RECEIPTS, NO_RECEIPT
from tidings.ids import AccountNumber, InstanceId, Position, UserId
from tidings.pending import Pending

MEMBERS = 200
MESSAGES = 50
PAGE = 200
Counts = tuple[int, int]
"""How many have read and how many have not."""
ToEvents = Callable[[Mapping[int, Counts]], list[Logged]]


@dataclass(frozen=True, slots=True)
class Told:
    """What was logged of receipts, at a position; None if nothing was new."""

    events: list[Logged]
    position: Position | None = None


class ReceiptStore(Protocol):
    """What receipts ask of the store."""

    def give(
        self, messages: Sequence[GroupMessage], reader: AccountNumber, time: int, to_events: ToEvents
    ) -> Pending[Told]:
        """Keep that somebody has read messages of one group; the events are made of those that were new."""
        ...

    async def counts(self, messages: Sequence[GroupMessage]) -> dict[int, Counts]:
        """Count who has read messages of one group, and which members that were in already have not."""
        ...

    async def readers(
        self, message: GroupMessage, after: AccountNumber, limit: int, *, has_read: bool
    ) -> list[tuple[AccountNumber, UserId]]:
        """Return accounts that have read a message, or have not, by their numbers above `after`."""
        ...


class Receipts:
    """Takes receipts for messages of groups and says who gave them."""

    def __init__(self, store: ReceiptStore, messages: GroupMessageStore, delivery: Delivery, clock: Clock) -> None:
        """Keep receipts for `messages` in `store`, tell senders through `delivery`."""
        self._store = store
        self._messages = messages
        self._delivery = delivery
        self._clock = clock

    async def give(self, group: Group, reader: Member, seqs: Sequence[int], source: InstanceId) -> None:
        """Note that a member has read messages, and tell their senders.

        Raises 10062 if none of them asked for receipts, 10007 and 10060 if the group has none.
        """
        found = await self._find(group, seqs)
        wanted = [m for m in found.values() if m.flags & Flag.RECEIPT_WANTED and not m.flags & Flag.RECALLED]
        if not wanted:
            raise NO_RECEIPT(seq=seqs[0])
        others = [m for m in wanted if m.sender != reader.account and m.seq > reader.joined_seq]
        if not others:
            return

        def to_events(counts: Mapping[int, Counts]) -> list[Logged]:
            fresh = [m for m in others if m.seq in counts]
            senders = dict.fromkeys(m.sender for m in fresh)
            return [
                Logged(
                    sender,
                    GroupReceiptsGiven(
                        group.group_id,
                        tuple(
                            GroupReceipt(m.seq, m.random, m.client_time, m.sender, *counts[m.seq])
                            for m in fresh
                            if m.sender == sender
                        ),
                    ),
                )
                for sender in senders
            ]

        def committed(done: Pending[Told]) -> None:
            if done.is_ok and (position := done.result().position) is not None:
                for each in done.result().events:
                    self._delivery.event(each.account, position, each.event, source)

        note_outcome(GroupReceipted, lambda told: _to_receipted(group, reader, told))
        pending = self._store.give(others, reader.account, int(self._clock.now()), to_events)
        pending.then(committed)
        await pending

    async def counts(self, group: Group, seqs: Sequence[int]) -> dict[int, Counts | None]:
        """Return how many have read each message and how many have not; None for one that asked for none."""
        found = await self._find(group, seqs)
        counts = await self._store.counts([m for m in found.values() if m.flags & Flag.RECEIPT_WANTED])
        return {seq: counts.get(seq) for seq in seqs}

    async def readers(
        self, group: Group, seq: int, after: AccountNumber, limit: int, *, has_read: bool
    ) -> tuple[list[UserId], AccountNumber]:
        """Return a page of who has read a message, or has not, and where it goes on; 0 at the end.

        Raises 10062 for a message that asked for none.
        """
        message = (await self._find(group, [seq])).get(seq)
        if message is None or not message.flags & Flag.RECEIPT_WANTED:
            raise NO_RECEIPT(seq=seq)
        limit = min(limit, PAGE)
        found = await self._store.readers(message, after, limit + 1, has_read=has_read)
        shown = found[:limit]
        return [name for _, name in shown], shown[-1][0] if len(found) > limit else AccountNumber(0)

    async def _find(self, group: Group, seqs: Sequence[int]) -> dict[int, GroupMessage]:
        check_receipts(group)
        if not 1 <= len(seqs) <= MESSAGES:
            raise BAD_SERVICE_REQUEST(detail=f"MsgSeqList has {len(seqs)} messages, 1 to {MESSAGES} are allowed")
        return await self._messages.find(group.number, seqs)


def _to_receipted(group: Group, reader: Member, told: Told) -> GroupReceipted | None:
    rows = [row for each in told.events if isinstance(each.event, GroupReceiptsGiven) for row in each.event.receipts]
    counts = tuple(ReceiptCount(row.seq, row.read, row.unread) for row in rows)
    return GroupReceipted(group, counts, (reader.user_id,)) if counts else None


def check_receipts(group: Group) -> None:
    """Raise 10007 or 10060 if a group's type or size has no receipts."""
    if not group.traits.takes_receipts:
        raise GROUP_RIGHT_MISSING(detail=f"a group of type {group.kind.value} has no read receipts")
    if group.member_count > MEMBERS:
        raise GROUP_TOO_LARGE_FOR_RECEIPTS(group_id=group.group_id, count=group.member_count, limit=MEMBERS)
