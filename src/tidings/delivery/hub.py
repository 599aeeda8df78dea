"""Who is connected to this process, and how they are told: encoded once, the same bytes for all."""

from collections.abc import Callable, Iterable
from typing import Protocol

import msgspec

from tidings.domain.devices import KickReason, Session
from tidings.domain.events import KeptEvent, KickedOut, LiveEvent
from tidings.domain.messages import UNSEEN_BY_RECEIVER, Message
from tidings.ids import START, AccountNumber, InstanceId, Position
from tidings.view.events import to_event, to_kick_event, to_live_event, to_message_event
from tidings.wire import frames
from tidings.wire.pushes import Push

encode = msgspec.json.Encoder().encode


class Line(Protocol):
    """A connection that is logged in."""

    @property
    def opcode(self) -> int:
        """Return which kind of frames it takes."""
        ...

    def put(self, frame: bytes) -> None:
        """Queue a frame."""
        ...

    def dismiss(self, farewell: bytes) -> None:
        """Queue a last frame; the login behind the connection is over."""
        ...


AWAY_REMEMBERED = 100_000
Held = tuple[Session, Line]


def kept_push(event: KeptEvent, position: Position) -> Push:
    """Return the push of a kept event, which the client is to confirm by its position."""
    return Push([to_event(event, position)], need_ack=1, session_data=str(position))


class Hub:
    """The connections by account, least recently logged in first."""

    def __init__(self) -> None:
        """Begin with nobody."""
        self._held: dict[AccountNumber, list[Held]] = {}
        self._told: dict[InstanceId, Position] = {}
        self.deliveries = 0
        self._arrived: Callable[[AccountNumber], None] = _ignore
        self._departed: Callable[[AccountNumber], None] = _ignore
        self._came: Callable[[Session, Line], None] = _pass_over
        self._went: Callable[[Session, Line], None] = _pass_over

    def watch(self, arrived: Callable[[AccountNumber], None], departed: Callable[[AccountNumber], None]) -> None:
        """Call back when an account gets its first connection, and when it has lost its last."""
        self._arrived, self._departed = arrived, departed

    def watch_logins(self, came: Callable[[Session, Line], None], went: Callable[[Session, Line], None]) -> None:
        """Call back when a login gets a connection, and when it has lost one."""
        self._came, self._went = came, went

    def add(self, session: Session, line: Line) -> None:
        """Take a connection in: from now on it is told what concerns its account."""
        session.has_told(self._told.pop(session.instance, START))
        held = self._held.get(session.account)
        if held is None:
            self._held[session.account] = [(session, line)]
            self._arrived(session.account)
        else:
            held.append((session, line))
        self._came(session, line)

    def remove(self, session: Session, line: Line) -> None:
        """Forget a connection."""
        held = self._held.get(session.account, [])
        if (session, line) in held:
            held.remove((session, line))
            self._remember(session)
            self._went(session, line)
        if not held and self._held.pop(session.account, None) is not None:
            self._departed(session.account)

    def online(self, account: AccountNumber) -> list[Session]:
        """Return the account's logins that have a connection."""
        return [session for session, _ in self._held.get(account, ())]

    def line(self, account: AccountNumber, instance: InstanceId) -> Line | None:
        """Return the connection of a login, the newest if there are two for a moment."""
        held = self._held.get(account, ())
        return next((line for session, line in reversed(held) if session.instance == instance), None)

    def is_online(self, account: AccountNumber) -> bool:
        """Say whether an account has a connection."""
        return account in self._held

    def lines(self, accounts: Iterable[AccountNumber], source: InstanceId) -> list[Line]:
        """Return the connections of accounts, save those of the login that something came from."""
        held = self._held
        return [line for account in accounts for session, line in held.get(account, ()) if session.instance != source]

    @property
    def accounts(self) -> int:
        """How many accounts have a connection."""
        return len(self._held)

    def message(self, message: Message, source: InstanceId, *, to_sender: bool) -> int:
        """Tell the receiver's devices, and the sender's other devices if asked; returns how many were told."""
        told = 0
        held = self._held.get(message.receiver)
        if held is not None and message.receiver != message.sender and not message.flags & UNSEEN_BY_RECEIVER:
            told = len(held)
            self._tell([line for _, line in held], Push([to_message_event(message, is_sync=False)]))
        if to_sender and (own := self.lines((message.sender,), source)):
            told += len(own)
            self._tell(own, Push([to_message_event(message, is_sync=True)]))
        return told

    def event(self, account: AccountNumber, position: Position, event: KeptEvent, source: InstanceId) -> None:
        """Tell an account's devices of a kept event, save the one it came from, which knows."""
        lines = []
        for session, line in self._held.get(account, ()):
            if session.instance == source:
                session.has_told(position)
            else:
                lines.append(line)
        if lines:
            self._tell(lines, kept_push(event, position))

    def live(self, accounts: Iterable[AccountNumber], event: LiveEvent, source: InstanceId) -> None:
        """Tell accounts' devices of something that is not kept."""
        if lines := self.lines(accounts, source):
            self._tell(lines, Push([to_live_event(event)]))

    def kick(self, session: Session, reason: KickReason, by_platform: str) -> None:
        """End a login's connection and say why."""
        body = encode(Push([to_kick_event(KickedOut(reason, by_platform))]))
        for other, line in list(self._held.get(session.account, ())):
            if other.instance == session.instance:
                self.remove(other, line)
                other.kicked = reason
                line.dismiss(frames.pack(line.opcode, frames.push(body, frames.KICK)))

    def _remember(self, session: Session) -> None:
        """Keep what a device has confirmed for when it is back; of too many, the longest away is told again."""
        if session.told > START:
            self._told[session.instance] = session.told
            if len(self._told) > AWAY_REMEMBERED:
                self._told.pop(next(iter(self._told)))

    def _tell(self, lines: list[Line], push: Push) -> None:
        self.tell(lines, encode(push))

    def tell(self, lines: list[Line], body: bytes) -> None:
        """Push a body to connections; each kind of frame is made once."""
        payload = frames.push(body)
        opcode, frame = 0, b""
        for line in lines:
            if line.opcode != opcode:
                opcode = line.opcode
                frame = frames.pack(opcode, payload)
            line.put(frame)
        self.deliveries += len(lines)


def _ignore(_account: AccountNumber) -> None:
    """Take no notice."""


def _pass_over(_session: Session, _line: Line) -> None:
    """Take no notice."""
