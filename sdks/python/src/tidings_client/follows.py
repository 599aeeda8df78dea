"""Following users, and who follows."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass

from tidings_client import wire_profiles as up
from tidings_client.decode_profiles import to_follow_type, to_profile
from tidings_client.events import FollowType, Profile
from tidings_client.session import Session

CHANGED_A_CALL, CHECKED_A_CALL = 20, 100
LARGEST_PAGE = 1000


@dataclass(frozen=True, slots=True)
class FollowEntry:
    """A user of a list, since when (unix seconds), and the user's profile."""

    user: str
    time: int
    profile: Profile


@dataclass(frozen=True, slots=True)
class FollowCounts:
    """How many follow a user, are followed, and do both."""

    followers: int
    followed: int
    mutual: int


class Follows:
    """Follows users, and reads the lists of the own user."""

    def __init__(self, session: Session) -> None:
        """Act as the user of `session`."""
        self._call = session.traffic.call
        self._me = session.user_id

    async def follow(self, users: Sequence[str]) -> dict[str, int]:
        """Follow users; returns the error code of each who can't be followed."""
        refused: dict[str, int] = {}
        for names in _portions(users, CHANGED_A_CALL):
            ask = up.Follow(owner=self._me, targets=[up.Target(user=name) for name in names])
            answer = await self._call("follow.follow_add", ask, up.FollowRows)
            refused |= {row.user: row.code for row in answer.rows if row.code}
        return refused

    async def unfollow(self, users: Sequence[str]) -> dict[str, int]:
        """Follow users no more; returns the error code of each who does not exist."""
        refused: dict[str, int] = {}
        for names in _portions(users, CHANGED_A_CALL):
            ask = up.FollowNames(owner=self._me, users=names)
            answer = await self._call("follow.follow_delete", ask, up.FollowRows)
            refused |= {row.user: row.code for row in answer.rows if row.code}
        return refused

    async def types(self, users: Sequence[str]) -> dict[str, FollowType]:
        """Return what users are to the own one; who does not exist is left out."""
        found: dict[str, FollowType] = {}
        for names in _portions(users, CHECKED_A_CALL):
            ask = up.FollowNames(owner=self._me, users=names)
            answer = await self._call("follow.follow_check", ask, up.FollowRows)
            found |= {row.user: to_follow_type(row.kind) for row in answer.rows if not row.code}
        return found

    async def counts(self, users: Sequence[str]) -> dict[str, FollowCounts]:
        """Return the counts of users; who does not exist is left out."""
        found: dict[str, FollowCounts] = {}
        for names in _portions(users, CHANGED_A_CALL):
            ask = up.FollowNames(owner=self._me, users=names)
            answer = await self._call("follow.follow_get_info", ask, up.CountRows)
            rows = (row for row in answer.rows if not row.code)
            found |= {row.user: FollowCounts(row.followers, row.followed, row.mutual) for row in rows}
        return found

    async def pages(self, kind: FollowType, page_size: int) -> AsyncIterator[list[FollowEntry]]:
        """Yield a list page by page, newest first."""
        cursor, is_first = "", True
        while cursor or is_first:
            ask = up.GetFollows(owner=self._me, kind=int(kind), cursor=cursor, count=min(page_size, LARGEST_PAGE))
            page = await self._call("follow.follow_get", ask, up.FollowPage)
            if page.entries:
                yield [FollowEntry(each.user, each.time, to_profile(each.user, each.items)) for each in page.entries]
            if page.cursor == cursor:
                return
            cursor, is_first = page.cursor, False


def _portions(users: Sequence[str], size: int) -> list[list[str]]:
    return [list(users[at : at + size]) for at in range(0, len(users), size)]
