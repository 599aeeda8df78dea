"""Requests to apps' servers: bounded in time and size, never redirected, some of each app at a time."""

import asyncio
import contextlib
import ssl
from dataclasses import dataclass, field

import httpcore2
import msgspec

from tidings.clock import Clock
from tidings.domain.apps import App
from tidings.settings import AppSettings
from tidings.webhook.circuits import Circuits
from tidings.webhook.dialling import AddressRefusedError, CheckedBackend, Resolve, resolve
from tidings.webhook.targets import to_target
from tidings.wire.callbacks.callback import Answer

AT_ONCE, IDLE_S = 64, 30.0
ANSWER_BYTES = 262_144
OK = 200
HEADERS = [("Content-Type", "application/json"), ("User-Agent", "tidings"), ("Accept", "application/json")]
decode = msgspec.json.Decoder(Answer).decode


class CallbackError(Exception):
    """An app's server could not be asked or told; the text says why."""


@dataclass(slots=True)
class Figures:
    """How many callbacks went which way since the start."""

    answered: int = 0
    failed: int = 0
    bypassed: int = 0
    given_up: int = 0


@dataclass(frozen=True, slots=True)
class _Way:
    """What a connection depends on."""

    url: str
    is_private: bool
    client_cert: str
    authorities: str


@dataclass(slots=True)
class _Lane:
    """What one app has of its own, so that none waits for another's server."""

    way: _Way
    pool: httpcore2.AsyncConnectionPool
    places: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))


class Poster:
    """Posts callbacks."""

    def __init__(self, clock: Clock, find: Resolve = resolve) -> None:
        """Sign with the time of `clock`; look hosts up by `find`."""
        self._clock = clock
        self._find = find
        self._lanes: dict[int, _Lane] = {}
        self._public: ssl.SSLContext | None = None
        self.circuits = Circuits(clock.now)
        self.figures = Figures()

    async def post(self, app: App, query: str, body: bytes) -> Answer:
        """Post a body and return what is answered; raises CallbackError, at once if the receiver is bypassed."""
        settings, number = app.settings, app.sdk_app_id
        if not self.circuits.admits(number, settings.callback_url):
            self.figures.bypassed += 1
            raise CallbackError("it has failed again and again, and is left alone for a while")
        try:
            answer = await self._post(app, query, body)
        except CallbackError as error:
            self.figures.failed += 1
            self.circuits.failed(number, settings.callback_url, str(error))
            raise
        self.figures.answered += 1
        self.circuits.of(number, settings.callback_url).succeeded()
        return answer

    async def close(self) -> None:
        """Close every connection."""
        lanes, self._lanes = list(self._lanes.values()), {}
        for lane in lanes:
            await lane.pool.aclose()

    async def _post(self, app: App, query: str, body: bytes) -> Answer:
        settings = app.settings
        try:
            async with asyncio.timeout(settings.callback_seconds):
                lane = await self._lane(app)
                async with lane.places:
                    target = to_target(settings.callback_url, query, settings.callback_token, self._clock.now())
                    content = await _exchange(lane.pool, target, body)
        except TimeoutError as error:
            raise CallbackError(f"no answer within {settings.callback_seconds} s") from error
        except (AddressRefusedError, OSError) as error:
            raise CallbackError(str(error)) from error
        except (httpcore2.NetworkError, httpcore2.ProtocolError, httpcore2.TimeoutException) as error:
            raise CallbackError(f"{type(error).__name__}: {error}") from error
        try:
            return decode(content)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise CallbackError(f"the answer is not the JSON object that is expected: {error}") from error

    async def _lane(self, app: App) -> _Lane:
        settings = app.settings
        way = _Way(
            settings.callback_url, settings.callback_private, settings.callback_client_cert, settings.callback_ca
        )
        lane = self._lanes.get(app.sdk_app_id)
        if lane is not None and lane.way == way:
            return lane
        context = await self._context(settings) if settings.callback_url.startswith("https") else None
        backend = CheckedBackend(self._find, may_be_private=settings.callback_private)
        # What has no TLS is given a context as well: making the library's own takes longer than a call.
        pool = httpcore2.AsyncConnectionPool(
            context or ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT),
            max_connections=AT_ONCE,
            keepalive_expiry=IDLE_S,
            network_backend=backend,
        )
        before, self._lanes[app.sdk_app_id] = self._lanes.get(app.sdk_app_id), _Lane(way, pool)
        if before is not None:
            with contextlib.suppress(RuntimeError):  # what is under way over it fails, and is tried again
                await before.pool.aclose()
        return self._lanes[app.sdk_app_id]

    async def _context(self, settings: AppSettings) -> ssl.SSLContext:
        """Return what TLS trusts and shows; reading the machine's authorities takes its time."""
        is_own = settings.callback_ca or settings.callback_client_cert
        if not is_own and self._public is not None:
            return self._public
        context = await asyncio.to_thread(_to_context, settings)
        if not is_own:
            self._public = context
        return context


def _to_context(settings: AppSettings) -> ssl.SSLContext:
    context = ssl.create_default_context(cafile=settings.callback_ca or None)
    if settings.callback_client_cert:
        context.load_cert_chain(settings.callback_client_cert)
    return context


async def _exchange(pool: httpcore2.AsyncConnectionPool, target: str, body: bytes) -> bytes:
    """Return the body of an answer; raises CallbackError if it is no success, or too long."""
    async with pool.stream("POST", target, headers=HEADERS, content=body) as response:
        if response.status != OK:
            raise CallbackError(f"it answered HTTP {response.status}, not {OK}")
        content = bytearray()
        async for part in response.aiter_stream():
            content += part
            if len(content) > ANSWER_BYTES:
                raise CallbackError(f"the answer has more than {ANSWER_BYTES} bytes")
        return bytes(content)
