"""Live rooms: `chat.groups.live`. Their messages are sent by `chat.groups`, and nothing of them is stored."""

import logging
from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import dataclass

from msgspec import UNSET

from tidings_client import wire
from tidings_client import wire_live_rooms as ask
from tidings_client.decode_groups import to_history
from tidings_client.errors import KickedOutError, NotConnectedError, TidingsError, TimedOutError
from tidings_client.group_feed import SERVICE
from tidings_client.group_messages import GroupMessage
from tidings_client.session import Session
from tidings_client.wire_group_asks import OneGroup

log = logging.getLogger("tidings_client")

ROOMS = "group_open_avchatroom_http_svc"
JOIN = f"{SERVICE}.apply_join_group"
MARKED_A_CALL = 500
GIVE, TAKE = 1, 2


@dataclass(frozen=True, slots=True)
class LiveMember:
    """Somebody who is in a live room; `joined_at` in unix seconds."""

    user: str
    joined_at: int = 0
    nick: str = ""
    face_url: str = ""


class LiveRooms:
    """The live rooms that this chat is in. Only this login hears a room, not the user's other devices.

    After a lost connection the rooms are joined anew; what was said meanwhile is lost. What the server
    refuses is raised as TidingsError with its reason.
    """

    def __init__(self, session: Session) -> None:
        """Act as the user of `session`; `chat.groups.live` is the one of a chat."""
        self._session = session
        self._call = session.traffic.call
        self._joined: dict[str, None] = {}
        session.after_login.append(self._come_back)

    @property
    def joined(self) -> tuple[str, ...]:
        """The rooms that this chat has joined, in that order."""
        return tuple(self._joined)

    async def join(self, room: str, *, with_history: bool = False) -> list[GroupMessage]:
        """Come into a room, or stay in it; returns its last messages on wish, oldest first.

        On a device of the kind "web" one is in so many rooms at a time (app setting `web_live_rooms`), and leaves the
        oldest for a new one. Raises 10007 for who is banned, 10010 for a room that is no more.
        """
        answer = await self._call(JOIN, ask.Join(group=room, with_history=int(with_history)), ask.Joined)
        if answer.is_live:
            self.note(room)
        return to_history(answer.messages, self._session.user_id)

    async def leave(self, room: str) -> None:
        """Go out of a room. Raises 10009 for its owner, who is out with the end of the login."""
        was_in = room in self._joined
        self.forget(room)  # before: it must not be joined anew if the connection is lost meanwhile
        try:
            await self._call(f"{SERVICE}.quit_group", OneGroup(group=room), wire.Nothing)
        except TidingsError:
            if was_in:
                self.note(room)
            raise

    async def present(self, room: str, *, mark: int | None = None) -> AsyncIterator[list[LiveMember]]:
        """Yield pages of those who came in last, the newest first: 500 a page, 1,000 in all.

        With `mark` only those who have it. Raises 10007 for who is not in the room and does not lead it.
        """
        start, is_complete = 0, False
        while not is_complete:
            body = ask.AskPresent(group=room, start=start, mark=UNSET if mark is None else mark)
            page = await self._call(f"{ROOMS}.get_members", body, ask.Present)
            if page.members:
                yield [LiveMember(each.user, each.joined_at, each.nick, each.face_url) for each in page.members]
            start, is_complete = page.next, not page.next

    async def add_marks(self, room: str, *users: str, marks: Iterable[int]) -> list[str]:
        """Give users marks, numbers of 1000 and more, as the owner; returns those who are in the room and have them.

        A room has at most 10 different marks, and 1,000 users with one (10004). Raises 10004 if nobody is there.
        """
        return await self._mark(room, GIVE, users, list(marks))

    async def remove_marks(self, room: str, *users: str, marks: Iterable[int]) -> list[str]:
        """Take marks from users, as the owner; returns those who are in the room."""
        return await self._mark(room, TAKE, users, list(marks))

    async def online_count(self, group: str) -> int:
        """Return how many are in a room, or how many members of another group are online."""
        return (await self._call(f"{SERVICE}.get_online_member_num", OneGroup(group=group), ask.Count)).count

    def note(self, room: str) -> None:
        """Note that this chat is in a room."""
        self._joined[room] = None

    def forget(self, room: str) -> None:
        """Note that this chat is in a room no more."""
        self._joined.pop(room, None)

    async def _mark(self, room: str, operation: int, users: Sequence[str], marks: list[int]) -> list[str]:
        found: list[str] = []
        for first in range(0, len(users), MARKED_A_CALL):
            some = [ask.MarkedUp(user=user, marks=marks) for user in users[first : first + MARKED_A_CALL]]
            body = ask.Mark(group=room, operation=operation, members=some)
            found += [each.user for each in (await self._call(f"{ROOMS}.modify_user_info", body, ask.Marked)).members]
        return found

    def _come_back(self) -> None:
        """Join the rooms anew: whoever was away for long, or whose server was restarted, is in none."""
        if self._joined:
            self._session.start(self._join_again(list(self._joined)))

    async def _join_again(self, rooms: list[str]) -> None:
        for room in rooms:
            if room not in self._joined:
                continue
            try:
                await self._session.traffic.call_now(JOIN, ask.Join(group=room, with_history=0), ask.Joined)
            except (TimedOutError, NotConnectedError, KickedOutError) as error:
                log.info("room %r is left to the next connection: %s", room, error)
                return
            except TidingsError as error:
                log.info("room %r cannot be joined again: %s", room, error)
                self.forget(room)
