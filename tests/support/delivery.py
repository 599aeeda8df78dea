"""A delivery that writes down what it is asked to tell, in place of connections."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from tidings.domain.devices import KickReason, Session
from tidings.domain.events import KeptEvent, LiveEvent
from tidings.domain.messages import Message
from tidings.ids import AccountNumber, InstanceId, Position


@dataclass(slots=True)
class Recorder:
    """What was told, each kind in order; `connected` are the logins that have a connection."""

    connected: list[Session] = field(default_factory=list)
    messages: list[tuple[Message, InstanceId, bool]] = field(default_factory=list)
    events: list[tuple[AccountNumber, KeptEvent, InstanceId]] = field(default_factory=list)
    positions: list[Position] = field(default_factory=list)
    lives: list[tuple[set[AccountNumber], LiveEvent, InstanceId]] = field(default_factory=list)
    kicks: list[tuple[InstanceId, KickReason, str]] = field(default_factory=list)

    def message(self, message: Message, source: InstanceId, *, to_sender: bool) -> int:
        """Note a message, as it is at this moment."""
        self.messages.append((replace(message), source, to_sender))
        return 1

    def event(self, account: AccountNumber, position: Position, event: KeptEvent, source: InstanceId) -> None:
        """Note a kept event."""
        self.events.append((account, event, source))
        self.positions.append(position)

    def live(self, accounts: Iterable[AccountNumber], event: LiveEvent, source: InstanceId) -> None:
        """Note an event that is not kept."""
        self.lives.append((set(accounts), event, source))

    def kick(self, session: Session, reason: KickReason, by_platform: str) -> None:
        """Note the end of a login."""
        self.kicks.append((session.instance, reason, by_platform))

    def online(self, account: AccountNumber) -> list[Session]:
        """Return those of `connected` that are the account's."""
        return [session for session in self.connected if session.account == account]
