"""What grows piece by piece, whoever it is for: its pieces in their order, its pauses, how often and how much."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum

from tidings.clock import Clock
from tidings.errors import BAD_MESSAGE_JSON, MESSAGE_TOO_LONG, STREAM_TOO_OFTEN
from tidings.ids import SdkAppId

PAUSE_S = 15.0
PIECES_PER_SECOND = 5
MAX_BYTES = 131_072
FIRST = 1
ID_BYTES = 12


class StreamKind(IntEnum):
    """The form of the message: the element of streams, or the custom element of chatbots."""

    ELEMENT = 1
    CHATBOT = 2


@dataclass(frozen=True, slots=True)
class Piece:
    """What is added; it may stand for several, numbered from `index` to `end`; None: it follows the one before."""

    text: str
    index: int | None = None
    is_last: bool = False
    end: int | None = None


@dataclass(slots=True)
class Growing:
    """A text on its way; times are unix seconds. `text` is all of it so far, `shown` what people see of it."""

    app: SdkAppId
    kind: StreamKind
    compatible_text: str = ""
    id: str = ""
    text: str = ""
    shown: str = ""
    last_index: int = 0
    last_at: float = 0.0
    is_over: bool = False

    def take(self, grown: "Growing") -> None:
        """Become what it has grown to."""
        self.text, self.shown, self.last_index = grown.text, grown.shown, grown.last_index
        self.last_at, self.is_over = grown.last_at, grown.is_over


Render = Callable[[Growing], bytes]
"""Gives a stream's message its body."""
Screen = Callable[[str], str]
"""Returns a text with forbidden words masked, or refuses it."""


class Growth:
    """Lets texts grow."""

    def __init__(self, clock: Clock, render: Render) -> None:
        """Begin with nothing counted; bodies have the form that `render` gives."""
        self._clock = clock
        self._render = render
        self._counts: dict[str, int] = {}
        self._second = 0

    def begin(self, stream: Growing, piece: Piece, screen: Screen) -> None:
        """Add the first piece; raises 90001 for one that is not number 1."""
        if piece.index not in (None, FIRST):
            raise BAD_MESSAGE_JSON(detail=f"Index {piece.index} begins no stream: its first piece is number {FIRST}")
        self.add(stream, piece, screen)

    def add(self, stream: Growing, piece: Piece, screen: Screen) -> None:
        """Add a piece to the text; raises what `screen` does, and 90001 if it is not the next."""
        index = stream.last_index + 1 if piece.index is None else piece.index
        if index <= stream.last_index:
            raise BAD_MESSAGE_JSON(detail=f"Index {index} came after {stream.last_index}: it must grow with each piece")
        text = stream.text + piece.text
        stream.text, stream.shown = text, screen(text)
        stream.last_index, stream.is_over = piece.end or index, piece.is_last
        stream.last_at = self._clock.now()

    def body(self, stream: Growing, custom_data: str) -> bytes:
        """Return a stream's body; raises 80002 if the message as a whole is too long."""
        body = self._render(stream)
        if (size := len(body) + len(custom_data.encode())) >= MAX_BYTES:
            raise MESSAGE_TOO_LONG(size=size, limit=MAX_BYTES - 1)
        return body

    def ended(self, stream: Growing) -> bytes:
        """Return the body of a stream that ends as it is."""
        return self._render(stream)

    def is_late(self, stream: Growing) -> bool:
        """Say whether a stream has paused for too long."""
        return self._clock.now() - stream.last_at > PAUSE_S

    def count(self, stream: Growing) -> None:
        """Count a piece; raises 60007 for one too many in this second."""
        second = int(self._clock.now())
        if second != self._second:
            self._second = second
            self._counts.clear()
        count = self._counts.get(stream.id, 0)
        if count >= PIECES_PER_SECOND:
            raise STREAM_TOO_OFTEN(limit=PIECES_PER_SECOND)
        self._counts[stream.id] = count + 1
