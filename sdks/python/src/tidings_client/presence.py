"""Who is there: users' status, the own custom status, and being told of changes."""

from collections.abc import Sequence
from dataclasses import dataclass

from tidings_client import wire
from tidings_client.decode import to_presence, to_status_text
from tidings_client.events import Presence
from tidings_client.session import Session

USERS_A_CALL = 200
SUBSCRIBE = "im_open_status.ws_status_subscribe"


@dataclass(frozen=True, slots=True)
class UserStatus:
    """Whether a user can be reached, and what he says of himself."""

    user: str
    presence: Presence
    custom_status: str = ""


class Presences:
    """Asks for status, and keeps up subscriptions across reconnects."""

    def __init__(self, session: Session) -> None:
        """Ask as the user of `session`."""
        self._session = session
        self._call = session.traffic.call
        self._subscribed: dict[str, None] = {}
        session.after_login.append(self._subscribe_again)

    async def of(self, users: Sequence[str]) -> dict[str, UserStatus]:
        """Return the status of each user that exists."""
        found: dict[str, UserStatus] = {}
        for some in _portions(users):
            answer = await self._call("im_open_status.ws_get_user_status", wire.Users(users=some), wire.Statuses)
            for row in answer.users:
                status = UserStatus(row.user, to_presence(row.status), to_status_text(row.custom_status))
                found[row.user] = status
        return found

    async def subscribe(self, users: Sequence[str]) -> dict[str, int]:
        """Be told when these users' status changes; returns the code for each who was refused."""
        refused: dict[str, int] = {}
        for some in _portions(users):
            answer = await self._call(SUBSCRIBE, wire.Users(users=some), wire.Subscribed)
            refused |= {row.user: row.code for row in answer.failures}
        self._subscribed |= dict.fromkeys(user for user in users if user not in refused)
        return refused

    async def unsubscribe(self, users: Sequence[str]) -> None:
        """Be told no more of these users; none: of nobody."""
        for some in _portions(users) or [[]]:
            await self._call("im_open_status.ws_status_unsubscribe", wire.Users(users=some), wire.Subscribed)
        gone = set(users) or set(self._subscribed)
        self._subscribed = {user: None for user in self._subscribed if user not in gone}

    async def set(self, text: str) -> None:
        """Set the own custom status; empty clears it."""
        await self._call("im_open_status.ws_set_custom_status", wire.SetStatus(text=text), wire.Nothing)

    def _subscribe_again(self) -> None:
        """Renew the subscriptions: a server that was restarted has forgotten them."""
        for some in _portions(list(self._subscribed)):
            self._session.traffic.notify(SUBSCRIBE, wire.Users(users=some))


def _portions(users: Sequence[str]) -> list[list[str]]:
    return [list(users[at : at + USERS_A_CALL]) for at in range(0, len(users), USERS_A_CALL)]
