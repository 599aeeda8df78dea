"""What a handler is given: who calls, from where, and the rules to call on."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from tidings.clock import Clock
from tidings.domain.accounts import Account, Accounts
from tidings.domain.apps import App
from tidings.domain.archives import Archives
from tidings.domain.callbacks import Caller, Listener
from tidings.domain.conversations import Conversations
from tidings.domain.devices import Session
from tidings.domain.erasure import Erasing
from tidings.domain.events import KeptEvent
from tidings.domain.extensions import Extensions
from tidings.domain.figures import Statistics
from tidings.domain.files import Files
from tidings.domain.follows import Follows
from tidings.domain.group.rules import GroupRules
from tidings.domain.history import History
from tidings.domain.logins import Device, Identities, Login, Logins
from tidings.domain.marks import Marks
from tidings.domain.merging import Merging
from tidings.domain.mutes import Mutes
from tidings.domain.presence import Presences
from tidings.domain.profiles import Profiles
from tidings.domain.reactions import Reactions
from tidings.domain.reading import Reading
from tidings.domain.receiving import Receiving
from tidings.domain.relation_rules import RelationRules
from tidings.domain.robots import Robots
from tidings.domain.searching import Searching
from tidings.domain.sending import Sending
from tidings.domain.streams import Streams
from tidings.domain.words import Words
from tidings.ids import Chance, InstanceId, Position


class LoginLine(Protocol):
    """The connection a gateway call came by."""

    @property
    def device(self) -> Device:
        """Return what the connection said of its device."""
        ...

    @property
    def base(self) -> str:
        """Return how the client has reached this server: scheme, host and port."""
        ...

    @property
    def address(self) -> str:
        """Return the client's IP address."""
        ...

    @property
    def login(self) -> Session | None:
        """Return the login it stands for, if any."""
        ...

    def begin(self, app: App, login: Login) -> None:
        """Stand for a login from now on."""
        ...

    def end(self) -> None:
        """Stand for no login any more."""
        ...

    def follow_up(self, missed: Sequence[tuple[Position, KeptEvent]]) -> None:
        """Push these events behind the answer to the running call."""
        ...


class Listeners(Protocol):
    """Finds out who hears what a command does."""

    def of(self, app: App, caller: Caller) -> Listener | None:
        """Return who hears a command, if anybody does."""
        ...


@dataclass(frozen=True, slots=True)
class Rules:
    """Every rule of the domain, put together by the composition root."""

    accounts: Accounts
    identities: Identities
    logins: Logins
    sending: Sending
    history: History
    reading: Reading
    conversations: Conversations
    marks: Marks
    receiving: Receiving
    presences: Presences
    words: Words
    searching: Searching
    extensions: Extensions
    reactions: Reactions
    streams: Streams
    merging: Merging
    profiles: Profiles
    robots: Robots
    follows: Follows
    relations: RelationRules
    files: Files
    groups: GroupRules
    mutes: Mutes
    statistics: Statistics
    erasing: Erasing
    archives: Archives
    listeners: Listeners
    addresses: list[str]
    clock: Clock
    chance: Chance


@dataclass(slots=True)
class Call:
    """One call of a command.

    `caller` is the account behind it (for REST, the app admin); it is None only for commands that
    may be called without a login. `user_id`, `user_sig` and `ticket` are what the caller sent;
    `base` is how an app server has reached this server: scheme, host and port; `address` its own.
    """

    rules: Rules
    app: App
    caller: Account | None
    instance: InstanceId
    user_id: str = ""
    user_sig: str = ""
    ticket: str = ""
    line: LoginLine | None = None
    base: str = ""
    address: str = ""

    @property
    def account(self) -> Account:
        """Return the caller's account."""
        if self.caller is None:
            raise TypeError("this command needs a caller")
        return self.caller
