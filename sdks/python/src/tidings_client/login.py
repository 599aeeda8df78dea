"""Who the client is: by UserSig at first, by the ticket of the login from then on."""

import inspect
from collections.abc import Awaitable, Callable
from math import inf

from tidings_client.frames import Identity
from tidings_client.usersig import find_end
from tidings_client.wire import LoggedIn

Provider = Callable[[], str | Awaitable[str]]

RENEW_AHEAD_S = 60.0
AFTER_THE_END_S = 1.0
# The server tells whole seconds: within this much, the two clocks are taken to agree.
CLOCKS_AGREE_S = 1.5


class Login:
    """A user's right to be here; times are unix seconds of this machine unless said otherwise."""

    def __init__(self, user_id: str, usersig: str | Provider) -> None:
        """Prove to be `user_id` by a UserSig, or by those that a function returns whenever one is needed."""
        self.user_id = user_id
        self.tiny_id = ""
        self.clock_offset = 0.0
        self.renew_at = inf
        self._usersig = usersig
        self._ends_at: float | None = None
        self._ticket: Identity | None = None
        self._proof: Identity = {}

    @property
    def identity(self) -> Identity:
        """The part of a frame's head that says who asks."""
        return self._ticket or self._proof

    @property
    def has_ticket(self) -> bool:
        """Whether there is a login to go on with."""
        return self._ticket is not None

    async def prove(self) -> None:
        """Get a UserSig to log in with; raises what its provider raises."""
        usersig = self._usersig if isinstance(self._usersig, str) else await _provided(self._usersig)
        self._ends_at = find_end(usersig)
        self._proof = {"identifier": self.user_id, "usersig": usersig, "status_instid": 0}

    def accept(self, answer: LoggedIn, now: float) -> None:
        """Go by the ticket from now on."""
        self.tiny_id = answer.tiny_id
        self.clock_offset = _offset(answer.time, now) if answer.time else 0.0
        self._ticket = {"a2": answer.ticket, "tinyid": answer.tiny_id, "status_instid": answer.instance}
        if self._ends_at is not None:
            end = self._ends_at - self.clock_offset
            is_fixed = isinstance(self._usersig, str)
            self.renew_at = end + AFTER_THE_END_S if is_fixed else end - min(RENEW_AHEAD_S, max(end - now, 0.0) / 10)

    def forget_ticket(self) -> None:
        """Prove anew who one is: the ticket is worth nothing any more."""
        self._ticket = None
        self.renew_at = inf


def _offset(server_second: int, now: float) -> float:
    """Return how far the server's clock is ahead, seconds.

    0 for clocks that may agree: two clients of one machine must not number their messages by
    fractions of a second that the server never told.
    """
    offset = server_second + 0.5 - now
    return 0.0 if abs(offset) <= CLOCKS_AGREE_S else offset


async def _provided(provider: Provider) -> str:
    found = provider()
    usersig = await found if inspect.isawaitable(found) else found
    if not isinstance(usersig, str) or not usersig:
        raise TypeError(f"the UserSig provider returned {type(usersig).__name__}, expected a non-empty str")
    return usersig
