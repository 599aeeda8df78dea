"""When to say that one is alive, and when the other side is not (spec/client/web-sdk-wire.md, section 4)."""

from enum import Enum

ALIVE_AFTER_S = 10.0
ANSWER_WITHIN_S = 3.0


class Beat(Enum):
    """What is due."""

    ALIVE = "heartbeat.alive"
    HELLO = "im_open_status.wshello"
    SILENCE = "silence"


class Pulse:
    """The timers of one socket; all times are monotonic seconds."""

    def __init__(self, now: float) -> None:
        """Begin with a socket that has just been opened."""
        self._heard = now
        self._asked: float | None = None
        self._hello_every = 0.0
        self._hello_at = 0.0

    def heard(self, now: float) -> None:
        """Note a frame from the server: any will do as a sign of life."""
        self._heard = now
        self._asked = None

    def greet_every(self, seconds: float, now: float) -> None:
        """Say hello so often from now on; 0 means never."""
        self._hello_every = seconds
        self._hello_at = now + seconds

    def due(self, now: float) -> list[Beat]:
        """Return what is to be done now; SILENCE means that the socket is dead."""
        if self._asked is not None:
            return [Beat.SILENCE] if now - self._asked >= ANSWER_WITHIN_S else []
        beats = []
        if now - self._heard >= ALIVE_AFTER_S:
            self._asked = now
            beats.append(Beat.ALIVE)
        if self._hello_every and now >= self._hello_at:
            self._hello_at = now + self._hello_every
            beats.append(Beat.HELLO)
        return beats
