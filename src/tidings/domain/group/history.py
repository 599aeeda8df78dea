"""Messages of groups after they were sent: pages by sequence, recall, modification, deletion, clearing.

A sequence of which a member may see nothing (any more) has a place in the numbering, but no message:
clients show nothing there.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from tidings.clock import Clock
from tidings.domain.callbacks import note_outcome
from tidings.domain.group.events import GroupEvent, GroupModified, GroupRecalled
from tidings.domain.group.groups import Group, Member
from tidings.domain.group.happenings import GroupMessageChanged, GroupMessagesRecalled
from tidings.domain.group.kinds import Action
from tidings.domain.group.messages import GroupMessage
from tidings.domain.group.ports import GroupMessageStore, Rooms
from tidings.domain.group.rights import Actor, check, is_allowed
from tidings.domain.history import Change
from tidings.domain.messages import Flag
from tidings.errors import (
    GROUP_MESSAGE_NOT_FOUND,
    GROUP_RECALL_NOT_FOUND,
    GROUP_RECALL_TOO_LATE,
    GROUP_RIGHT_MISSING,
    MODIFY_CONFLICT,
    NO_GROUP_DELETION,
    NO_GROUP_HISTORY,
    NO_GROUP_RECALL,
    NOT_RECALLABLE,
    NOTHING_TO_MODIFY,
    TOO_MANY_DELETED,
    VERSION_CONFLICT,
    TidingsError,
)
from tidings.ids import NO_INSTANCE, START, AccountNumber, GroupNumber, InstanceId, Position, UserId
from tidings.pending import Pending

SILENT_REACH = 1000
HIDDEN_AT_ONCE = 30
RECALLS_SHOWN = 200
Place = tuple[int, GroupMessage | None]
"""A sequence, and its message unless nothing is left of it for whoever looks."""


@dataclass(frozen=True, slots=True)
class View:
    """What one account has taken out of its view of a group, and the oldest sequence that is stored at all.

    Nothing at or before the position `cleared` shows; `oldest` is 0 if nothing is stored.
    """

    hidden: frozenset[int] = frozenset()
    cleared: Position = START
    oldest: int = 0


@dataclass(frozen=True, slots=True)
class GroupPage:
    """Part of a history, newest first; `next_seq` 0: there is nothing older."""

    places: list[Place]
    next_seq: int


class GroupHistoryStore(Protocol):
    """What the history of groups asks of the store; `time` is unix seconds."""

    async def view(self, group: GroupNumber, account: AccountNumber | None) -> View:
        """Return what an account has taken out of its view; None: nothing."""
        ...

    def recall(self, messages: Sequence[GroupMessage], time: int) -> Pending[set[int]]:
        """Mark messages of one group as recalled and unpin them; returns the sequences that were not yet."""
        ...

    def recall_silently(self, group: GroupNumber, sender: AccountNumber, after: int, by: UserId) -> Pending[None]:
        """Mark a sender's messages above a sequence as recalled; nobody is told."""
        ...

    def modify(self, message: GroupMessage, given_version: int) -> Pending[bool]:
        """Replace body and custom data if the stored version is `given_version`."""
        ...

    def hide(self, group: GroupNumber, account: AccountNumber, seqs: Sequence[int]) -> Pending[None]:
        """Take messages out of one account's view for good."""
        ...

    def clear(self, group: GroupNumber, seq: int) -> Pending[None]:
        """Take everything up to a sequence out of all members' view."""
        ...

    async def recalls(self, group: GroupNumber, since: int, limit: int) -> list[GroupMessage]:
        """Return the last messages that were recalled at `since` or later, oldest recall first."""
        ...


class GroupHistory:
    """What happens to messages of groups after they were sent."""

    def __init__(self, store: GroupHistoryStore, messages: GroupMessageStore, rooms: Rooms, clock: Clock) -> None:
        """Read `messages`, change them in `store`, tell through `rooms`."""
        self._store = store
        self._messages = messages
        self._rooms = rooms
        self._clock = clock

    async def page(self, group: Group, viewer: Actor, up_to: int | None, limit: int, *, history_s: int) -> GroupPage:
        """Return the `limit` sequences that end at `up_to`, as far as the viewer may look back.

        What is older than `history_s` seconds shows no more. Raises 10044 where the type keeps nothing.
        """
        check_keeps(group)
        view = await self._view(group, viewer)
        first = self._first(group, viewer, view)
        top = group.last_seq if up_to is None else min(up_to, group.last_seq)
        low = max(top - limit, first, 0)
        found = await self._messages.page(group.number, top, top - low) if top > low else []
        seen = {m.seq: m for m in found if self._may_see(m, group, viewer, view, history_s)}
        places: list[Place] = [(seq, seen.get(seq)) for seq in range(top, low, -1)]
        return GroupPage(places, low if low > first else 0)

    async def named(self, group: Group, viewer: Actor, seqs: Sequence[int], *, history_s: int) -> list[Place]:
        """Return the messages of those sequences that the viewer may see, newest first."""
        check_keeps(group)
        view = await self._view(group, viewer)
        found = await self._messages.find(group.number, seqs)
        shown = [m for m in found.values() if self._may_see(m, group, viewer, view, history_s)]
        return [(m.seq, m) for m in sorted(shown, key=lambda m: -m.seq)]

    async def recall(
        self, group: Group, seqs: Sequence[int], actor: Actor, by: UserId, reason: str, *, window_s: int
    ) -> dict[int, TidingsError | None]:
        """Take messages back for all; says of each what was wrong, if anything.

        A member recalls its own, leaders those of others, both at an age up to `window_s`; an app admin all.
        Raises 10033 where the type keeps nothing.
        """
        if not group.traits.keeps_messages:
            raise NO_GROUP_RECALL(kind=group.kind.value)
        now = int(self._clock.now())
        found = await self._messages.find(group.number, seqs)
        view = await self._view(group, actor)
        outcome: dict[int, TidingsError | None] = {}
        recalled = []
        for seq in dict.fromkeys(seqs):
            message = found.get(seq)
            if message is None or not self._may_see(message, group, actor, view, now):
                outcome[seq] = GROUP_RECALL_NOT_FOUND(group_id=group.group_id, seq=seq)
                continue
            outcome[seq] = _refusal(group, message, actor, now - message.time, window_s)
            if outcome[seq] is None:
                message.revoker_id, message.reason = by, reason
                recalled.append(message)
        if recalled:
            outcome |= await self._recall(group, recalled, now)
        return outcome

    async def recall_silently(self, group: Group, sender: AccountNumber, by: UserId) -> None:
        """Take back what somebody sent of late; clients learn of it when they ask for the history."""
        if group.traits.keeps_messages:
            await self._store.recall_silently(group.number, sender, group.last_seq - SILENT_REACH, by)

    async def modify(self, group: Group, seq: int, actor: Actor, change: Change, source: InstanceId) -> GroupMessage:
        """Replace content of a message; returns it as it is now.

        Raises 20026 not found or recalled, 20027 if the version is another than the caller knows, 20028 if
        another change came in between, 10044 where the type keeps nothing.
        """
        check_keeps(group)
        message = (await self._messages.find(group.number, [seq])).get(seq)
        is_seen = message is not None and self._may_see(message, group, actor, View(), int(self._clock.now()))
        if message is None or not is_seen or message.is_tip or message.flags & Flag.RECALLED:
            raise NOTHING_TO_MODIFY(key=f"{group.group_id}/{seq}")
        if change.version is not None and change.version != message.version:
            raise VERSION_CONFLICT(current=message.version, given=change.version)
        given_version = message.version
        message.version += 1
        message.body = message.body if change.body is None else change.body
        message.custom_data = message.custom_data if change.custom_data is None else change.custom_data
        told = GroupMessageChanged(group, message)
        note_outcome(GroupMessageChanged, lambda is_changed: told if is_changed else None)
        pending = self._store.modify(message, given_version)
        seen_by = message.targets and (*message.targets, message.sender)
        self._tell(pending, group, GroupModified(message), source, seen_by)
        if not await pending:
            raise MODIFY_CONFLICT(key=f"{group.group_id}/{seq}")
        return message

    async def hide(self, group: Group, member: Member, seqs: Sequence[int]) -> None:
        """Delete messages from one's own view; raises 10051 for too many, 10052 for one that never was."""
        if not group.traits.keeps_messages:
            raise NO_GROUP_DELETION(kind=group.kind.value)
        if not 1 <= len(seqs) <= HIDDEN_AT_ONCE:
            raise TOO_MANY_DELETED(count=len(seqs), limit=HIDDEN_AT_ONCE)
        for seq in seqs:
            if not 1 <= seq <= group.last_seq:
                raise GROUP_MESSAGE_NOT_FOUND(group_id=group.group_id, seq=seq)
        await self._store.hide(group.number, member.account, sorted(set(seqs)))

    async def clear(self, group: Group, seq: int | None) -> None:
        """Take the history, or what is up to a sequence, out of all members' view; app admins still see it."""
        if not group.traits.has_clearing:
            raise GROUP_RIGHT_MISSING(detail=f"the history of a group of type {group.kind.value} cannot be cleared")
        seq = group.last_seq if seq is None else min(seq, group.last_seq)
        await self._store.clear(group.number, seq)
        group.cleared_seq = max(group.cleared_seq, seq)

    async def recalls(self, group: Group, since: int) -> list[GroupMessage]:
        """Return what was recalled at `since` or later, the last RECALLS_SHOWN of it."""
        return await self._store.recalls(group.number, since, RECALLS_SHOWN)

    async def get_message(self, group: Group, seq: int) -> GroupMessage:
        """Return a message; raises 10052 if there is none, or it was recalled."""
        message = (await self._messages.find(group.number, [seq])).get(seq)
        if message is None or message.flags & Flag.RECALLED:
            raise GROUP_MESSAGE_NOT_FOUND(group_id=group.group_id, seq=seq)
        return message

    async def _recall(self, group: Group, messages: list[GroupMessage], now: int) -> dict[int, TidingsError | None]:
        note_outcome(GroupMessagesRecalled, partial(_to_recalled, group, messages))
        pending = self._store.recall(messages, now)
        pending.then(partial(self._tell_recalled, group, messages))
        done = await pending
        return {m.seq: None if m.seq in done else _recalled_before(m) for m in messages}

    def _tell_recalled(self, group: Group, messages: Iterable[GroupMessage], done: Pending[set[int]]) -> None:
        fresh = tuple(m for m in messages if done.is_ok and m.seq in done.result())
        for targets in dict.fromkeys(m.targets and (*m.targets, m.sender) for m in fresh):
            told = tuple(m for m in fresh if (m.targets and (*m.targets, m.sender)) == targets)
            event = GroupRecalled(told, told[0].revoker_id, told[0].reason)
            self._rooms.event(group, event, NO_INSTANCE, targets or None)

    def _tell(
        self,
        pending: Pending[bool],
        group: Group,
        event: GroupEvent,
        source: InstanceId,
        targets: tuple[AccountNumber, ...],
    ) -> None:
        def committed(done: Pending[bool]) -> None:
            if done.is_ok and done.result():
                self._rooms.event(group, event, source, targets or None)

        pending.then(committed)

    async def _view(self, group: Group, viewer: Actor) -> View:
        return await self._store.view(group.number, None if viewer is None else viewer.account)

    def _first(self, group: Group, viewer: Actor, view: View) -> int:
        """Return the sequence behind which the viewer's history begins; app admins see every number."""
        if viewer is None:
            return 0
        gone = view.oldest - 1 if view.oldest else group.last_seq
        return max(seen_after(group, viewer), gone)

    def _may_see(self, message: GroupMessage, group: Group, viewer: Actor, view: View, history_s: int) -> bool:
        if message.time < self._clock.now() - history_s:
            return False
        if viewer is None:
            return True
        return (
            message.seq > seen_after(group, viewer)
            and message.position > view.cleared
            and message.seq not in view.hidden
            and (not message.targets or viewer.account in message.targets or viewer.account == message.sender)
        )


def _to_recalled(group: Group, messages: Sequence[GroupMessage], done: set[int]) -> GroupMessagesRecalled | None:
    fresh = tuple(m for m in messages if m.seq in done)
    return GroupMessagesRecalled(group, fresh) if fresh else None


def seen_after(group: Group, member: Member) -> int:
    """Return the sequence behind which a member may see messages: when it came in, or what was cleared."""
    shows_past = group.traits.shows_past if group.shows_past is None else group.shows_past
    sees_past = shows_past and is_allowed(group, member, Action.READ_PAST)
    return max(group.cleared_seq, 0 if sees_past else member.joined_seq)


def check_keeps(group: Group) -> None:
    """Raise 10044 if groups of that type keep no messages."""
    if not group.traits.keeps_messages:
        raise NO_GROUP_HISTORY(kind=group.kind.value)


def _refusal(group: Group, message: GroupMessage, actor: Actor, age: int, window_s: int) -> TidingsError | None:
    """Return why a message may not be recalled, if it may not."""
    if message.is_tip:
        return NOT_RECALLABLE(seq=message.seq, detail="the group itself told it")
    if message.flags & Flag.RECALLED:
        return _recalled_before(message)
    if actor is None:
        return None
    if message.sender != actor.account:
        try:
            check(group, actor, Action.RECALL)
        except TidingsError as error:
            return error
    return GROUP_RECALL_TOO_LATE(age=age, window=window_s) if age > window_s else None


def _recalled_before(message: GroupMessage) -> TidingsError:
    return NOT_RECALLABLE(seq=message.seq, detail="it was recalled before")
