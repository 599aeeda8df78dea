"""What an app's own server is told of what happens, and asked before it does (docs/webhooks.md).

While a command runs, `current.listener` is who hears of it, if the app has switched callbacks on. Rules note
what they are about to write; the next write takes it along, so that both are in one transaction. A listener is
there for one command only: nothing has to be handed through, and who wants to hear nothing costs one comparison.
"""

import types
from collections.abc import Callable, Coroutine, Generator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import partial
from typing import Any, NamedTuple, Protocol, TypeVar

from tidings.domain.devices import Platform
from tidings.errors import CALLBACK_FAILED, Fault, refused_by_app
from tidings.ids import AccountNumber, ConversationNumber, SdkAppId, UserId
from tidings.pending import Pending

T = TypeVar("T")
DROP = 2
NOBODY = AccountNumber(0)
OTHER_REASON = "it gave no reason"


class Happening:
    """Something that an app's server may hear of; its subclasses say what."""

    __slots__ = ()

    @property
    def lane(self) -> ConversationNumber:
        """Return the conversation, group (negative) or account within which order counts."""
        raise NotImplementedError

    @property
    def counted(self) -> AccountNumber:
        """Return whose unread messages are told with it, as many as there are when it is told."""
        return NOBODY


class Question(Happening):
    """Something that an app's server is asked about before it happens."""

    __slots__ = ()

    is_message = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an app's server said; `code` 0 lets it be, with these changes. `is_failed`: it could not be asked."""

    code: int = 0
    info: str = ""
    body: bytes | None = None
    custom_data: str | None = None
    refused: frozenset[UserId] = frozenset()
    results: dict[UserId, tuple[int, str]] = field(default_factory=dict)
    is_failed: bool = False


LET_BE = Verdict()


class Caller(NamedTuple):
    """Who calls a command, from where: an app admin by REST has no platform.

    `forbidden` are the callbacks that the call forbids, as the wire names them.
    """

    user_id: UserId
    command: str
    address: str
    platform: Platform | None
    is_admin: bool
    forbidden: tuple[str, ...] = ()


class Letter(NamedTuple):
    """What an app's server is to be told; `created_at` is unix seconds, `number` its place, given by the store."""

    app: SdkAppId
    lane: ConversationNumber
    command: str
    query: str
    body: bytes
    created_at: float
    counted: AccountNumber = NOBODY
    number: int = 0
    attempts: int = 0
    reason: str = ""


Rider = Callable[[Any], Sequence[Letter]]
"""Makes letters of what a change returned, inside its transaction."""


class Listener(Protocol):
    """Who hears what one command does."""

    @property
    def wanted(self) -> AbstractSet[type[Happening]]:
        """Return what it wants to hear of."""
        ...

    @property
    def has_noted(self) -> bool:
        """Say whether something waits for the next write."""
        ...

    def note(self, happening: Happening) -> None:
        """Tell this with the next write."""
        ...

    def note_outcome(self, make: Callable[[Any], Happening | None]) -> None:
        """Tell, with the next write, what is made of its outcome, if anything."""
        ...

    def take(self) -> list[Rider]:
        """Return what was noted, for a write that begins."""
        ...

    def written(self, done: Pending[Any]) -> None:
        """Note that a write is over which took something along."""
        ...

    def post(self, happening: Happening) -> Pending[None]:
        """Tell this though nothing else is written."""
        ...

    async def ask(self, question: Question) -> Verdict:
        """Ask the app's server."""
        ...


class LetterStore(Protocol):
    """What telling asks of the store."""

    def write(self, letters: Sequence[Letter]) -> Pending[None]:
        """Keep letters that tell of nothing else that is written."""
        ...

    async def waiting_apps(self) -> list[SdkAppId]:
        """Return the apps for which letters wait."""
        ...

    async def waiting(self, app: SdkAppId, limit: int, but: Sequence[ConversationNumber]) -> list[Letter]:
        """Return the first letters of an app, in order, save for those of some lanes."""
        ...

    def delivered(self, numbers: Sequence[int]) -> Pending[None]:
        """Forget letters that were delivered."""
        ...

    def failed(self, number: int, reason: str) -> Pending[None]:
        """Note a failed attempt."""
        ...

    def bury(self, number: int, reason: str, time: int) -> Pending[None]:
        """Give a letter up; it stays among the dead ones."""
        ...

    def forget_dead(self, before: int) -> Pending[int]:
        """Forget letters that were given up before a time, unix seconds; returns how many."""
        ...


class Listening:
    """Who listens right now."""

    listener: Listener | None = None


current = Listening()


def note(kind: Callable[..., Happening], *facts: object) -> None:
    """Tell of something with the next write, if somebody wants to hear of it."""
    listener = current.listener
    if listener is not None and kind in listener.wanted:
        listener.note(kind(*facts))


def note_outcome(kind: type[Happening], make: Callable[[Any], Happening | None]) -> None:
    """Tell, with the next write, what `make` makes of what it returns, if somebody wants to hear of it."""
    listener = current.listener
    if listener is not None and kind in listener.wanted:
        listener.note_outcome(make)


def post(kind: Callable[..., Happening], *facts: object) -> None:
    """Tell of something that is written nowhere, if somebody wants to hear of it."""
    listener = current.listener
    if listener is not None and kind in listener.wanted:
        listener.post(kind(*facts))


def is_asked(kind: type[Question]) -> bool:
    """Say whether somebody wants to be asked."""
    return current.listener is not None and kind in current.listener.wanted


async def ask(kind: Callable[..., Question], *facts: object) -> Verdict:
    """Ask whoever wants to be asked; the answer of nobody lets it be."""
    listener = current.listener
    return await listener.ask(kind(*facts)) if listener is not None and kind in listener.wanted else LET_BE


def check(verdict: Verdict, refused: Fault, own_codes: range, *, may_drop: bool = False) -> bool:
    """Let it be, or raise why not; True says that it is to be dropped and nobody told.

    Codes of `own_codes` reach the caller, others become `refused`; an app's server that could not be asked
    is 80003.
    """
    if verdict.is_failed:
        raise CALLBACK_FAILED(detail=verdict.info)
    if verdict.code == 0:
        return False
    if verdict.code == DROP and may_drop:
        return True
    if verdict.code in own_codes:
        raise refused_by_app(verdict.code, verdict.info or OTHER_REASON)
    raise refused(detail=verdict.info or OTHER_REASON)


@types.coroutine
def heard(listener: Listener, coroutine: Coroutine[Any, Any, T]) -> Generator[Any, Any, T]:
    """Run a command while a listener hears it; whatever runs in between is not heard."""
    step: Callable[[], Any] = partial(coroutine.send, None)
    while True:
        before, current.listener = current.listener, listener
        try:
            waited = step()
        except StopIteration as end:
            return end.value  # type: ignore[no-any-return]
        finally:
            current.listener = before
        try:
            value = yield waited
        except BaseException as error:  # noqa: BLE001 - cancellation goes inside, too
            step = partial(coroutine.throw, error)
        else:
            step = partial(coroutine.send, value)


async def hear(listener: Listener, coroutine: Coroutine[Any, Any, T]) -> T:
    """Run a command while a listener hears it, as a coroutine of its own."""
    return await heard(listener, coroutine)


def unheard(work: Callable[[], T]) -> T:
    """Run something that belongs to another command."""
    return overheard(None, work)


def overheard(listener: Listener | None, work: Callable[[], T]) -> T:
    """Run something that waits for nothing while a listener hears it."""
    before, current.listener = current.listener, listener
    try:
        return work()
    finally:
        current.listener = before
