"""Who hears what no command does: accounts of any app that leave live rooms by themselves."""

from collections.abc import Callable
from typing import Any

from tidings.domain.apps import Apps
from tidings.domain.callbacks import LET_BE, Caller, Happening, Question, Rider, Verdict
from tidings.domain.group.happenings import PresenceInRoomChanged
from tidings.ids import UserId
from tidings.pending import Pending, resolved
from tidings.webhook.listeners import Desk

NOBODY = Caller(UserId(""), "", "", None, is_admin=False)


class RoomsListener:
    """Hears of live rooms, and tells the server of the app that each belongs to."""

    wanted = frozenset({PresenceInRoomChanged})
    has_noted = False

    def __init__(self, desk: Desk, apps: Apps) -> None:
        """Tell by `desk` what those of `apps` want to hear."""
        self._desk = desk
        self._apps = apps

    def post(self, happening: Happening) -> Pending[None]:
        """Tell the app's server, if it wants to hear of it."""
        if isinstance(happening, PresenceInRoomChanged) and (app := self._apps.find(happening.group.app)) is not None:
            listener = self._desk.of(app, NOBODY) if app.settings.callback_url else None
            if listener is not None and PresenceInRoomChanged in listener.wanted:
                return listener.post(happening)
        return resolved(None)

    def note(self, happening: Happening) -> None:
        """Tell at once: nothing is written with it."""
        self.post(happening)

    def note_outcome(self, _make: Callable[[Any], Happening | None]) -> None:
        """Pass over what is written: commands do that."""

    def take(self) -> list[Rider]:
        """Return nothing."""
        return []

    def written(self, _done: Pending[Any]) -> None:
        """Pass over what is written."""

    async def ask(self, _question: Question) -> Verdict:
        """Let it be: what happens by itself is not asked about."""
        return LET_BE
