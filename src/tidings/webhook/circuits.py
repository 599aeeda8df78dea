"""A receiver that fails again and again is left alone for a while, so that nobody waits for it in vain."""

from collections.abc import Callable

import structlog

FAILURES, REST_S = 5, 10.0
log = structlog.get_logger("tidings")


class Circuit:
    """What is known of one receiver: closed while it answers, open while it is left alone."""

    def __init__(self, name: str) -> None:
        """Begin closed; `name` is for the log."""
        self._name = name
        self._failures = 0
        self._open_until = 0.0

    @property
    def is_closed(self) -> bool:
        """Say whether the receiver has answered lately, or has not been tried."""
        return self._failures < FAILURES

    def admits(self, now: float) -> bool:
        """Say whether it may be called; after a rest one call finds out, and others wait for its outcome."""
        if self.is_closed:
            return True
        if now < self._open_until:
            return False
        self._open_until = now + REST_S
        return True

    def succeeded(self) -> None:
        """Note that it has answered."""
        if not self.is_closed:
            log.info("callbacks are answered again", receiver=self._name)
        self._failures = 0

    def failed(self, now: float, reason: str) -> None:
        """Note that it has not answered as it should."""
        self._failures += 1
        if not self.is_closed:
            self._open_until = now + REST_S
        if self._failures == FAILURES:
            log.warning("callbacks fail, the receiver is bypassed", receiver=self._name, reason=reason, rest_s=REST_S)


class Circuits:
    """The circuits of all receivers, by app and address."""

    def __init__(self, now: Callable[[], float]) -> None:
        """Read the time from `now`, unix seconds."""
        self._now = now
        self._circuits: dict[tuple[int, str], Circuit] = {}

    @property
    def open(self) -> int:
        """How many receivers are left alone."""
        return sum(not circuit.is_closed for circuit in self._circuits.values())

    def of(self, app: int, url: str) -> Circuit:
        """Return a receiver's circuit; a new address of an app begins afresh."""
        key = (app, url)
        if key not in self._circuits:
            for other in [each for each in self._circuits if each[0] == app]:
                del self._circuits[other]
            self._circuits[key] = Circuit(f"{app} {url}")
        return self._circuits[key]

    def admits(self, app: int, url: str) -> bool:
        """Say whether a receiver may be called now."""
        return self.of(app, url).admits(self._now())

    def failed(self, app: int, url: str, reason: str) -> None:
        """Note that a receiver has not answered as it should."""
        self.of(app, url).failed(self._now(), reason)
