"""Who hears what a command does: makes letters of it for the app's server, or asks it (docs/webhooks.md)."""

import asyncio
from collections.abc import Callable
from collections.abc import Set as AbstractSet
from functools import cache
from typing import Any, Protocol

import msgspec

from tidings.clock import Clock
from tidings.domain.apps import App
from tidings.domain.callbacks import LET_BE, Caller, Happening, Letter, LetterStore, Question, Rider, Verdict
from tidings.errors import TidingsError
from tidings.ids import UserId
from tidings.pending import Pending
from tidings.view.callbacks import RENDERINGS
from tidings.view.callbacks.telling import Telling
from tidings.webhook.poster import CallbackError, Poster
from tidings.webhook.switches import to_switches
from tidings.webhook.targets import PLATFORM_WORDS, REST_PLATFORM, UNKNOWN_PLATFORM, Origin, to_query
from tidings.wire.callbacks.callback import Answer
from tidings.wire.elements import check_body
from tidings.wire.envelope import is_present

encode = msgspec.json.Encoder().encode
REFUSE = "refuse"
# Callbacks of topics are on with those of groups (spec/webhooks.md, console settings).
SHARED_SWITCHES = {
    "Group.CallbackBeforeCreateTopic": "Group.CallbackBeforeCreateGroup",
    "Group.CallbackAfterCreateTopic": "Group.CallbackAfterCreateGroup",
    "Group.CallbackAfterTopicDestroyed": "Group.CallbackAfterGroupDestroyed",
    "Group.CallbackAfterTopicInfoChanged": "Group.CallbackAfterGroupInfoChanged",
}
# What ForbidCallbackControl leaves out.
FORBIDDEN = {
    "ForbidBeforeSendMsgCallback": frozenset({"C2C.CallbackBeforeSendMsg", "Group.CallbackBeforeSendMsg"}),
    "ForbidAfterSendMsgCallback": frozenset(
        {"C2C.CallbackAfterSendMsg", "Group.CallbackAfterSendMsg", "Group.CallbackSendMsgException"}
    ),
}


class Wakened(Protocol):
    """Who takes letters away."""

    def wake(self) -> None:
        """Look for letters now."""
        ...


@cache
def to_wanted(callbacks: str, forbidden: tuple[str, ...], *, is_admin: bool) -> frozenset[type[Happening]]:
    """Return what an app wants to hear of, by its setting, save for what one call forbids.

    Of what app admins do themselves, friends' before-callbacks do not ask.
    """
    switches = set(to_switches(callbacks)).difference(*(FORBIDDEN.get(name, frozenset()) for name in forbidden))
    switches |= {name for name, switch in SHARED_SWITCHES.items() if switch in switches}
    kinds = {kind for kind, rendering in RENDERINGS.items() if rendering.kind.callback in switches}
    return frozenset(kind for kind in kinds if not (is_admin and getattr(kind, "is_for_clients", False)))


class CommandListener:
    """Hears one command."""

    def __init__(
        self, desk: "Desk", app: App, origin: Origin, telling: Telling, wanted: AbstractSet[type[Happening]]
    ) -> None:
        """Hear what is `wanted`; letters go by `desk`, and say where the command came from."""
        self._desk = desk
        self._app = app
        self._origin = origin
        self._telling = telling
        self._noted: list[Rider] = []
        self.wanted = wanted
        self.has_noted = False

    def note(self, happening: Happening) -> None:
        """Tell this with the next write."""
        self._add(lambda _: [self._letter(happening)])

    def note_outcome(self, make: Callable[[Any], Happening | None]) -> None:
        """Tell, with the next write, what is made of its outcome, if anything."""

        def ride(value: object) -> list[Letter]:
            happening = make(value)
            return [] if happening is None else [self._letter(happening)]

        self._add(ride)

    def take(self) -> list[Rider]:
        """Return what was noted."""
        noted, self._noted, self.has_noted = self._noted, [], False
        return noted

    def written(self, done: Pending[Any]) -> None:
        """Have letters taken away that are there now."""
        if done.is_ok:
            self._desk.courier.wake()

    def post(self, happening: Happening) -> Pending[None]:
        """Tell this though nothing else is written."""
        pending = self._desk.store.write([self._letter(happening)])
        pending.then(self.written)
        return pending

    async def ask(self, question: Question) -> Verdict:
        """Ask the app's server; where it can't be asked, the app's settings decide about messages."""
        body = encode(RENDERINGS[type(question)].render(question, self._telling))
        query = to_query(RENDERINGS[type(question)].kind, self._app.sdk_app_id, self._origin)
        # Commands are stepped by hand, which what waits on the network has to be told apart from.
        asked = asyncio.get_running_loop().create_task(self._desk.poster.post(self._app, query, body))
        try:
            return _to_verdict(await asked)
        except CallbackError as error:
            if question.is_message and self._app.settings.callback_failure == REFUSE:
                return Verdict(info=str(error), is_failed=True)
            return LET_BE

    def _add(self, rider: Rider) -> None:
        self._noted.append(rider)
        self.has_noted = True

    def _letter(self, happening: Happening) -> Letter:
        rendering = RENDERINGS[type(happening)]
        return Letter(
            self._app.sdk_app_id,
            happening.lane,
            rendering.kind.callback,
            to_query(rendering.kind, self._app.sdk_app_id, self._origin),
            encode(rendering.render(happening, self._telling)),
            self._telling.time,
            happening.counted,
        )


class Desk:
    """Where listeners send letters and questions."""

    def __init__(self, store: LetterStore, poster: Poster, courier: Wakened, clock: Clock) -> None:
        """Keep letters in `store`, ask by `poster`, wake `courier`."""
        self.store = store
        self.poster = poster
        self.courier = courier
        self._clock = clock

    def of(self, app: App, caller: Caller) -> CommandListener | None:
        """Return who hears a command, if the app wants to hear anything."""
        user_id, command, address, platform, is_admin, forbidden = caller
        wanted = to_wanted(app.settings.callbacks, forbidden, is_admin=is_admin)
        if not wanted:
            return None
        word = PLATFORM_WORDS.get(platform.value, UNKNOWN_PLATFORM) if platform else UNKNOWN_PLATFORM
        origin = Origin(address, REST_PLATFORM if is_admin else word)
        telling = Telling(user_id, is_admin, self._clock.now(), command)
        return CommandListener(self, app, origin, telling, wanted)


def _to_verdict(answer: Answer) -> Verdict:
    """Return an answer as rules understand it; raises CallbackError for elements that are none."""
    body = None
    if is_present(answer.body):
        try:
            body = check_body(memoryview(answer.body))
        except TidingsError as error:
            raise CallbackError(f"the answer's MsgBody: {error.info}") from error
    return Verdict(
        answer.code,
        answer.info,
        body,
        answer.custom_data,
        frozenset(UserId(name) for name in answer.refused),
        {UserId(each.to_account): (each.code, each.info) for each in answer.friends},
    )
