"""Takes letters to apps' servers: at least once, in order within a lane, for a day (docs/webhooks.md).

Each app has a round of its own, so that a slow server keeps only its own letters waiting. A lane whose first
letter failed rests, and then longer and longer; what is behind it waits.
"""

import asyncio
import contextlib
from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence

import msgspec
import structlog

from tidings.clock import Clock
from tidings.domain.apps import App, Apps
from tidings.domain.callbacks import Letter, LetterStore
from tidings.errors import TidingsError
from tidings.ids import AccountNumber, ConversationNumber, SdkAppId
from tidings.webhook.poster import CallbackError, Poster
from tidings.wire.callbacks import CALLBACKS

LANES, LETTERS, OF_A_LANE = 16, 400, 25
DAY_S, DEAD_S = 86_400, 30 * 86_400
FIRST_REST_S, LONGEST_REST_S = 1.0, 600.0
NO_URL, DISABLED, ELSEWHERE = "the app has no callback_url", "the app is disabled", "the app is gone"
UNREAD = "unread_msg_num"
Count = Callable[[App, AccountNumber], Awaitable[int]]
log = structlog.get_logger("tidings")
encode = msgspec.json.Encoder().encode


class _Round:
    """What goes to one app: lanes under way, and those that rest until a time."""

    def __init__(self) -> None:
        self.task: asyncio.Task[None] | None = None
        self.lanes: dict[ConversationNumber, asyncio.Task[None]] = {}
        self.resting: dict[ConversationNumber, float] = {}
        self.has_more = True
        self.turn = asyncio.Event()

    def shut(self, now: float) -> list[ConversationNumber]:
        """Return the lanes that nothing may be taken from now."""
        self.resting = {lane: until for lane, until in self.resting.items() if until > now}
        return [*self.lanes, *self.resting]


class Courier:
    """Delivers what is in the store."""

    def __init__(self, store: LetterStore, poster: Poster, apps: Apps, clock: Clock, count: Count) -> None:
        """Take from `store`, by `poster`; `count` counts the unread messages of an account."""
        self._store = store
        self._poster = poster
        self._apps = apps
        self._clock = clock
        self._count = count
        self._rounds: dict[SdkAppId, _Round] = defaultdict(_Round)
        self._is_stopped = False
        self._is_woken = False

    def wake(self) -> None:
        """Look for letters in a moment: many commits wake it once."""
        if not self._is_woken and not self._is_stopped:
            self._is_woken = True
            asyncio.get_running_loop().call_soon(self._look)

    def _look(self) -> None:
        self._is_woken = False
        if not self._is_stopped:
            self._scan = asyncio.get_running_loop().create_task(self.work())

    async def work(self) -> None:
        """Begin with whatever may be delivered now: called every second, and when there is news."""
        if self._is_stopped:
            return
        for app in await self._store.waiting_apps():
            waiting = self._rounds[app]
            waiting.has_more = True
            waiting.turn.set()
            if waiting.task is None or waiting.task.done():
                waiting.task = asyncio.get_running_loop().create_task(self._go_round(app, waiting))

    async def idle(self) -> None:
        """Wait until nothing is under way: what rests, rests on."""
        while tasks := [r.task for r in self._rounds.values() if r.task is not None and not r.task.done()]:
            await asyncio.gather(*tasks, return_exceptions=True)

    async def stop(self) -> None:
        """Deliver nothing any more; what was under way is delivered again."""
        self._is_stopped = True
        tasks = [task for r in self._rounds.values() for task in (r.task, *r.lanes.values()) if task is not None]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self._poster.close()

    async def clean(self) -> None:
        """Forget what was given up long ago."""
        await self._store.forget_dead(int(self._clock.now()) - DEAD_S)

    async def _go_round(self, app: SdkAppId, waiting: _Round) -> None:
        while waiting.has_more or waiting.lanes:
            if waiting.has_more and len(waiting.lanes) < LANES:
                waiting.has_more = False
                letters = await self._store.waiting(app, LETTERS, waiting.shut(self._clock.now()))
                self._begin(app, waiting, letters)
            else:
                await waiting.turn.wait()
                waiting.turn.clear()

    def _begin(self, app: SdkAppId, waiting: _Round, letters: Sequence[Letter]) -> None:
        lanes: dict[ConversationNumber, list[Letter]] = defaultdict(list)
        for letter in letters:
            lanes[letter.lane].append(letter)
        for lane, own in lanes.items():
            if len(waiting.lanes) >= LANES:
                waiting.has_more = True
                return
            task = asyncio.get_running_loop().create_task(self._go_along(app, waiting, lane, own[:OF_A_LANE]))
            waiting.lanes[lane] = task
        waiting.has_more |= len(letters) >= LETTERS

    async def _go_along(
        self, app: SdkAppId, waiting: _Round, lane: ConversationNumber, letters: Sequence[Letter]
    ) -> None:
        """Deliver letters of a lane one after another, up to the first that fails."""
        delivered: list[int] = []
        try:
            for letter in letters:
                if (reason := await self._deliver(app, letter)) is not None:
                    waiting.resting[lane] = self._clock.now() + await self._failed(letter, reason)
                    break
                delivered.append(letter.number)
        except TidingsError as error:  # the store takes nothing right now
            log.warning("callbacks wait", reason=error.info)
            waiting.resting[lane] = self._clock.now() + FIRST_REST_S
        finally:
            # Also when it is stopped: then they are not delivered a second time.
            if delivered:
                with contextlib.suppress(TidingsError):
                    await asyncio.shield(_settled(self._store, delivered))
            waiting.lanes.pop(lane, None)
            waiting.has_more = True
            waiting.turn.set()

    async def _deliver(self, app: SdkAppId, letter: Letter) -> str | None:
        """Deliver a letter; returns why it could not be, if so."""
        try:
            await self._post(app, letter)
        except CallbackError as error:
            return str(error)
        except (TidingsError, asyncio.CancelledError):
            raise
        except Exception as error:  # a defect of ours must not keep its lane for ever, nor the machine busy
            log.exception("a callback cannot be sent", command=letter.command)
            return f"it cannot be sent: {error!r}"
        return None

    async def _post(self, number: SdkAppId, letter: Letter) -> None:
        app = self._apps.find(number)
        if app is None or not app.is_enabled:
            raise CallbackError(DISABLED if app is not None else ELSEWHERE)
        if not app.settings.callback_url:
            raise CallbackError(NO_URL)
        body = letter.body if not letter.counted else await self._counted(app, letter)
        await self._poster.post(app, letter.query, body)

    async def _counted(self, app: App, letter: Letter) -> bytes:
        """Return a body that says how many messages are unread now."""
        body = msgspec.json.decode(letter.body, type=CALLBACKS[letter.command])
        setattr(body, UNREAD, await self._count(app, letter.counted))
        return encode(body)

    async def _failed(self, letter: Letter, reason: str) -> float:
        """Note a failed attempt; returns how long its lane rests, seconds. After a day it is given up."""
        now = self._clock.now()
        if now - letter.created_at < DAY_S:
            await self._store.failed(letter.number, reason)
            return min(FIRST_REST_S * 2.0 ** min(letter.attempts, 20), LONGEST_REST_S)
        await self._store.bury(letter.number, reason, int(now))
        self._poster.figures.given_up += 1
        log.warning("a callback was given up", app=letter.app, command=letter.command, reason=reason)
        return 0.0


async def _settled(store: LetterStore, delivered: list[int]) -> None:
    await store.delivered(delivered)
