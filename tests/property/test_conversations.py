"""Whatever three people do: history, list and unread numbers are right, and a device that follows has them too.

The rules of the domain work over a store in memory. Beside them stands a model too simple to be
wrong. Each person has two devices: one is told of everything at once, the other catches up on the
log now and then. What either has put together must be what the store answers when asked anew.
"""

import asyncio
from collections.abc import Coroutine, Iterable
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tests.support.stores import APP, NOW, VAULT, whole
from tidings.clock import SteppedClock
from tidings.domain.accounts import Account, Newcomer
from tidings.domain.apps import App
from tidings.domain.devices import KickReason, Session
from tidings.domain.events import (
    AllReadElsewhere,
    KeptEvent,
    LiveEvent,
    MessageModified,
    MessageRecalled,
    MessageRef,
    ReadByPeer,
    ReadElsewhere,
    ReceiptGiven,
)
from tidings.domain.history import Change, History
from tidings.domain.messages import Flag, Message, MessageKey
from tidings.domain.reading import Reading
from tidings.domain.sending import Draft, Sending
from tidings.domain.usersig import KeyRing
from tidings.ids import AccountNumber, InstanceId, Position, SystemChance, UserId
from tidings.store.sqlite.store import Store, open_memory

T = TypeVar("T")
CHAT = App(APP, "chat", is_enabled=True, created_at=NOW, keys=KeyRing((), ()))
ELSEWHERE = InstanceId(0)
LOG_PAGE = 3
PERSON = st.integers(0, 2)
SECONDS = st.integers(0, 2)
KINDS = st.sampled_from([0, 0, 0, Flag.NO_UNREAD, Flag.NO_LAST])
ANY = st.integers(0, 1 << 16)


@dataclass(slots=True)
class Note:
    """A message as the model and the devices hold it."""

    sender: UserId
    receiver: UserId
    key: MessageKey
    flags: int
    body: bytes
    version: int = 0
    is_recalled: bool = False
    is_read: bool = False
    has_receipt: bool = False
    deleted_by: set[UserId] = field(default_factory=set)

    def is_between(self, one: UserId, other: UserId) -> bool:
        return {self.sender, self.receiver} == {one, other}

    def counts_for(self, reader: UserId, peer: UserId) -> bool:
        is_new = (self.receiver, self.sender, self.is_read) == (reader, peer, False)
        return is_new and not self.is_recalled and not self.flags & Flag.NO_UNREAD

    def seen_by(self, viewer: UserId) -> tuple[object, ...]:
        """Return what the viewer sees of it; receipts are the sender's."""
        return (self.key, self.body, self.version, self.is_recalled, self.has_receipt and viewer == self.sender)


def to_note(m: Message) -> Note:
    is_recalled, has_receipt = bool(m.flags & Flag.RECALLED), bool(m.flags & Flag.PEER_READ)
    return Note(m.sender_id, m.receiver_id, m.key, m.flags, m.body, m.version, is_recalled, has_receipt=has_receipt)


def read(notes: Iterable[Note], reader: UserId, time: int, peer: UserId | None = None) -> None:
    """Mark as read what the reader has got up to a time, from one peer or from all."""
    for note in notes:
        if note.receiver == reader and peer in {None, note.sender} and note.key.time <= time:
            note.is_read = True


def unread(notes: Iterable[Note], reader: UserId, peers: Iterable[UserId]) -> dict[UserId, int]:
    kept = [note for note in notes if reader not in note.deleted_by]
    counts = {peer: sum(note.counts_for(reader, peer) for note in kept) for peer in peers}
    return {peer: count for peer, count in counts.items() if count}


class Device:
    """Knows of its owner's conversations what it was told, and nothing else."""

    def __init__(self, owner: UserId) -> None:
        self.owner = owner
        self.position = Position(0)
        self.notes: dict[MessageKey, Note] = {}
        self.peer_read: dict[UserId, int] = {}

    def take_message(self, message: Message) -> None:
        self._move_to(message.position)
        assert message.key not in self.notes
        self.notes[message.key] = to_note(message)

    def take_event(self, position: Position, event: KeptEvent) -> None:
        self._move_to(position)
        match event:
            case ReadByPeer(reader, time):
                self.peer_read[reader] = max(time, self.peer_read.get(reader, 0))
            case ReadElsewhere(peer, time):
                read(self.notes.values(), self.owner, time, peer)
            case AllReadElsewhere(time):
                read(self.notes.values(), self.owner, time)
            case MessageRecalled(ref, _, _):
                self._change([ref], is_recalled=True)
            case MessageModified(ref, version, body, _):
                self._change([ref], version=version, body=body)
            case ReceiptGiven(_, _, refs):
                self._change(refs, has_receipt=True)

    def _change(self, refs: Iterable[MessageRef], **changes: Any) -> None:
        """Change those that it has: it may not have been told of what its owner had deleted before."""
        for key in [MessageKey(ref.seq, ref.random, ref.time) for ref in refs]:
            if key in self.notes:
                self.notes[key] = replace(self.notes[key], **changes)

    def _move_to(self, position: Position) -> None:
        assert position > self.position
        self.position = position


class Wires:
    """Brings everything at once to those devices that are there all the time."""

    def __init__(self) -> None:
        self.devices: dict[AccountNumber, Device] = {}

    def message(self, message: Message, source: InstanceId, *, to_sender: bool) -> int:
        assert (source, to_sender) == (ELSEWHERE, True)
        for number in (message.sender, message.receiver):
            self.devices[number].take_message(message)
        return 2

    def event(self, account: AccountNumber, position: Position, event: KeptEvent, source: InstanceId) -> None:
        assert source == ELSEWHERE
        self.devices[account].take_event(position, event)

    def live(self, accounts: Iterable[AccountNumber], event: LiveEvent, source: InstanceId) -> None:
        raise NotImplementedError

    def kick(self, session: Session, reason: KickReason, by_platform: str) -> None:
        raise NotImplementedError

    def online(self, account: AccountNumber) -> list[Session]:
        raise NotImplementedError


class Conversations(RuleBasedStateMachine):
    """Three people write, read, recall, change, delete and acknowledge."""

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.clock = SteppedClock(NOW)
        self.wires = Wires()
        self.notes: list[Note] = []

    def run(self, call: Coroutine[Any, Any, T]) -> T:
        return self.runner.run(call)

    @initialize()
    def begin(self) -> None:
        self.people = self.run(self._open())
        self.users = {account.user_id: account for account in self.people}
        for account in self.people:
            self.wires.devices[account.number] = Device(account.user_id)
        self.away = {account.user_id: Device(account.user_id) for account in self.people}
        messages, conversations = self.store.messages, self.store.conversations
        self.sending = Sending(messages, self.wires, self.clock, SystemChance())
        self.history = History(messages, self.wires, self.clock)
        self.reading = Reading(conversations, self.wires, self.clock)

    async def _open(self) -> list[Account]:
        self.store: Store = open_memory(VAULT)
        newcomers = [Newcomer(UserId(name)) for name in ("alice", "bob", "carol")]
        return await self.store.accounts.save_accounts(APP, newcomers)

    def teardown(self) -> None:
        self.run(self.store.close())
        self.runner.close()

    def pair(self, one: int, step: int) -> tuple[Account, Account]:
        return self.people[one], self.people[(one + step) % len(self.people)]

    def sides(self, note: Note) -> tuple[Account, Account]:
        return self.users[note.sender], self.users[note.receiver]

    # --- what people do ---

    @rule(one=PERSON, step=st.integers(1, 2), flags=KINDS, passed=SECONDS)
    def send(self, one: int, step: int, flags: int, passed: int) -> None:
        self.clock.step(passed)
        sender, receiver = self.pair(one, step)
        number = len(self.notes) + 1
        body = b"[%d]" % number
        draft = Draft(sender, receiver, number, number, None, body, flags=flags, source=ELSEWHERE)
        key = self.run(self.sending.send(draft))
        self.notes.append(Note(sender.user_id, receiver.user_id, key, flags, body))

    @rule(one=PERSON, step=st.integers(1, 2), passed=SECONDS)
    def read_what_there_is(self, one: int, step: int, passed: int) -> None:
        self.clock.step(passed)
        reader, peer = self.pair(one, step)
        self.run(self.reading.mark_read(reader, peer, None, ELSEWHERE))
        read(self.notes, reader.user_id, int(self.clock.now()), peer.user_id)

    @precondition(lambda self: self.notes)
    @rule(which=ANY, later=st.integers(-1, 1))
    def read_up_to(self, which: int, later: int) -> None:
        note = self.notes[-1 - which % len(self.notes)]
        peer, reader = self.sides(note)
        self.run(self.reading.mark_read(reader, peer, note.key.time + later, ELSEWHERE))
        read(self.notes, reader.user_id, note.key.time + later, peer.user_id)

    @rule(one=PERSON, passed=SECONDS)
    def read_all(self, one: int, passed: int) -> None:
        self.clock.step(passed)
        reader = self.people[one]
        self.run(self.reading.mark_all_read(reader, ELSEWHERE))
        read(self.notes, reader.user_id, int(self.clock.now()))

    def unrecalled(self) -> list[Note]:
        return [note for note in self.notes if not note.is_recalled]

    @precondition(lambda self: self.unrecalled())
    @rule(which=ANY)
    def recall(self, which: int) -> None:
        note = self.unrecalled()[-1 - which % len(self.unrecalled())]
        sender, receiver = self.sides(note)
        self.run(self.history.recall(sender, receiver, note.key, by=sender, window_s=None, source=ELSEWHERE))
        note.is_recalled = True

    @precondition(lambda self: self.unrecalled())
    @rule(which=ANY)
    def modify(self, which: int) -> None:
        note = self.unrecalled()[-1 - which % len(self.unrecalled())]
        note.version += 1
        note.body = b'["%d"]' % note.version
        self.run(self.history.modify(*self.sides(note), note.key, Change(note.body, None), source=ELSEWHERE))

    @precondition(lambda self: self.notes)
    @rule(which=ANY, count=st.integers(1, 3), by_sender=st.booleans())
    def delete(self, which: int, count: int, *, by_sender: bool) -> None:
        note = self.notes[-1 - which % len(self.notes)]
        viewer, peer = self.sides(note) if by_sender else self.sides(note)[::-1]
        theirs = [each for each in self.notes if each.is_between(viewer.user_id, peer.user_id)]
        chosen = [*theirs[-count:], note]
        self.run(self.history.hide(viewer, peer, [each.key for each in chosen]))
        for each in chosen:
            each.deleted_by.add(viewer.user_id)

    @precondition(lambda self: self.notes)
    @rule(which=ANY)
    def acknowledge(self, which: int) -> None:
        note = self.notes[-1 - which % len(self.notes)]
        sender, receiver = self.sides(note)
        self.run(self.history.give_receipts(receiver, sender, [note.key], ELSEWHERE))
        note.has_receipt = True

    @rule(one=PERSON)
    def catch_up(self, one: int) -> None:
        self.follow(self.people[one])

    def follow(self, account: Account) -> None:
        """Let the device that was away ask for what it missed, page by page, and see that nothing lacks."""
        device, is_complete = self.away[account.user_id], False
        after = device.position
        while not is_complete:
            page = self.run(self.store.conversations.log_after(account.number, after, LOG_PAGE, int(self.clock.now())))
            for entry in page.entries:
                if isinstance(entry, Message):
                    device.take_message(entry)
                else:
                    device.take_event(*entry)
            after, is_complete = page.reached, page.is_complete
            assert not page.has_gap
        self.check_device(account, device)

    # --- what must be so after each of it ---

    @invariant()
    def everyone_is_told_the_truth(self) -> None:
        for viewer in self.people:
            peers = [account for account in self.people if account != viewer]
            for peer in peers:
                self.check_history(viewer, peer)
            self.check_list(viewer, peers)
            self.check_device(viewer, self.wires.devices[viewer.number])

    def visible(self, viewer: UserId, peer: UserId) -> list[Note]:
        return [note for note in self.notes if note.is_between(viewer, peer) and viewer not in note.deleted_by]

    def check_history(self, viewer: Account, peer: Account) -> None:
        found = self.run(self.history.page(CHAT, whole(viewer.number, peer.number)))
        shown = sorted(self.visible(viewer.user_id, peer.user_id), key=lambda note: (note.key.time, note.key.seq))
        expected = [note.seen_by(viewer.user_id) for note in shown]
        assert [to_note(each).seen_by(viewer.user_id) for each in reversed(found)] == expected

    def check_list(self, viewer: Account, peers: list[Account]) -> None:
        me = viewer.user_id
        states = self.run(self.reading.conversations(CHAT, viewer, Position(0)))
        found = {state.peer.user_id: to_note(state.last).seen_by(me) for state in states if state.last is not None}
        shown = {
            peer.user_id: [note for note in self.visible(me, peer.user_id) if not note.flags & Flag.NO_LAST]
            for peer in peers
        }
        assert found == {peer: notes[-1].seen_by(me) for peer, notes in shown.items() if notes}
        assert self.stored_unread(viewer) == unread(self.notes, me, [peer.user_id for peer in peers])

    def stored_unread(self, viewer: Account) -> dict[UserId, int]:
        names = {account.number: account.user_id for account in self.people}
        counts = self.run(self.reading.unread(CHAT, viewer))
        return {names[number]: count for number, count in counts.items()}

    def check_device(self, owner: Account, device: Device) -> None:
        """Compare what a device put together with what the store says; deletions are told to nobody."""
        me = owner.user_id
        kept = [note for note in self.notes if me in {note.sender, note.receiver} and me not in note.deleted_by]
        held = [device.notes[note.key] for note in kept]
        assert [note.seen_by(me) for note in held] == [note.seen_by(me) for note in kept]
        peers = {account.number: account.user_id for account in self.people if account != owner}
        assert unread(held, me, peers.values()) == self.stored_unread(owner)
        times = self.run(self.reading.peer_read_times(owner, list(peers)))
        assert device.peer_read == {peers[number]: time for number, time in times.items() if time}


TestConversations = Conversations.TestCase
TestConversations.settings = settings(max_examples=60, stateful_step_count=30)
