"""Who hears a command, for tests."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tidings.domain.callbacks import Happening, Question, Rider, Verdict
from tidings.domain.happenings import MessageSent
from tidings.pending import Pending


@dataclass
class Ear:
    """Hears everything, and lets one rider ride."""

    riders: list[Rider]
    wanted: frozenset[type[Happening]] = frozenset({MessageSent})
    has_noted: bool = True
    wakened: list[bool] = field(default_factory=list)

    def note(self, happening: Happening) -> None:
        raise NotImplementedError

    def note_outcome(self, make: Callable[[Any], Happening | None]) -> None:
        raise NotImplementedError

    def take(self) -> list[Rider]:
        self.has_noted = False
        return self.riders

    def written(self, done: Pending[Any]) -> None:
        self.wakened.append(done.is_ok)

    def post(self, happening: Happening) -> Pending[None]:
        raise NotImplementedError

    async def ask(self, question: Question) -> Verdict:
        raise NotImplementedError
