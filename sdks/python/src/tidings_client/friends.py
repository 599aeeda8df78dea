"""Friends, friend requests, friend groups and the blocklist of the own user."""

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from tidings_client import wire_relations as up
from tidings_client.decode_relations import to_friend, to_request
from tidings_client.events import Friend, FriendRequest
from tidings_client.session import Session
from tidings_client.wire_base import Up

SOURCE = "AddSource_Type_Client"
REMARK, GROUPS, CUSTOM = "Tag_SNS_IM_Remark", "Tag_SNS_IM_Group", "Tag_SNS_Custom_"
CALL = 1000


class Relation(StrEnum):
    """Who of two has the other in the list of friends."""

    NONE = "CheckResult_Type_NoRelation"
    OWN = "CheckResult_Type_AWithB"
    THEIRS = "CheckResult_Type_BWithA"
    BOTH = "CheckResult_Type_BothWay"


@dataclass(frozen=True, slots=True)
class FriendGroup:
    """A friend group, and who is in it."""

    name: str
    users: tuple[str, ...] = field(default=())


class Friends:
    """Reads and changes relations; what changes returns the error code of each user it could not be done for."""

    def __init__(self, session: Session) -> None:
        """Act as the user of `session`."""
        self._call = session.traffic.call
        self._me = session.user_id

    async def add(self, user: str, *, wording: str = "", remark: str = "", group: str = "", both: bool = True) -> int:
        """Add a friend; returns 0, or why there is none: 30539 waits for consent."""
        wish = up.NewFriendUp(user, SOURCE, remark, group, wording)
        ask = up.AddFriends(self._me, [wish], "Add_Type_Both" if both else "Add_Type_Single")
        [row] = (await self._call("sns.friend_add", ask, up.Rows)).rows
        return row.code

    async def delete(self, *users: str, both: bool = True) -> dict[str, int]:
        """Delete friends, from both lists or the own one alone."""
        kind = "Delete_Type_Both" if both else "Delete_Type_Single"
        asks = (up.DeleteFriends(self._me, names, kind) for names in _portions(users))
        return await self._change("sns.friend_delete", asks)

    async def update(
        self,
        user: str,
        *,
        remark: str | None = None,
        groups: Sequence[str] | None = None,
        custom: Mapping[str, str | int] | None = None,
    ) -> dict[str, int]:
        """Change remark, groups or the app's own fields (by their names) of a friend."""
        items = [up.Item(CUSTOM + name, value) for name, value in (custom or {}).items()]
        items += [up.Item(REMARK, remark)] if remark is not None else []
        items += [up.Item(GROUPS, list(groups))] if groups is not None else []
        ask = up.UpdateFriends(self._me, [up.FriendUp(user, items)])
        return await self._change("sns.friend_update", [ask])

    async def pages(self) -> AsyncIterator[list[Friend]]:
        """Yield the list of friends page by page, in the order they came in."""
        start, is_first = 0, True
        while start or is_first:
            page = await self._call("sns.friend_get", up.GetFriends(self._me, start), up.FriendsDown)
            if page.friends:
                yield [to_friend(each) for each in page.friends]
            start, is_first = page.next, False

    async def all(self) -> list[Friend]:
        """Return all friends."""
        return [friend async for page in self.pages() for friend in page]

    async def check(self, *users: str) -> dict[str, Relation]:
        """Return who has whom in the list; who does not exist is left out."""
        found: dict[str, Relation] = {}
        for names in _portions(users):
            ask = up.CheckFriends(self._me, names, "CheckResult_Type_Both")
            rows = (await self._call("sns.friend_check", ask, up.Rows)).checked
            found |= {row.user: Relation(row.relation) for row in rows if not row.code}
        return found

    async def requests(self) -> list[FriendRequest]:
        """Return all friend requests, newest first."""
        found: list[FriendRequest] = []
        start, is_first = 0, True
        while start or is_first:
            page = await self._call("sns.pendency_get", up.GetRequests(self._me, start), up.RequestsDown)
            found += [to_request(each) for each in page.requests]
            start, is_first = page.next, False
        return found

    async def unread_requests(self) -> int:
        """Count the requests of others that were not marked as seen."""
        return (await self._call("sns.pendency_get", up.GetRequests(self._me), up.RequestsDown)).unread

    async def accept(self, user: str, *, add: bool = True, remark: str = "", group: str = "") -> dict[str, int]:
        """Agree to a request; `add`: the asker becomes a friend, too."""
        action = "Response_Action_AgreeAndAdd" if add else "Response_Action_Agree"
        return await self._answer(up.AnswerUp(user, action, remark, group))

    async def refuse(self, user: str) -> dict[str, int]:
        """Refuse a request."""
        return await self._answer(up.AnswerUp(user, "Response_Action_Reject"))

    async def mark_requests_seen(self, until: int) -> None:
        """Mark requests up to a time, unix seconds, as seen."""
        await self._call("sns.pendency_report", up.SeeRequests(self._me, until), up.Rows)

    async def delete_requests(self, *users: str) -> dict[str, int]:
        """Delete requests of and to users."""
        asks = (up.DropRequests(self._me, names) for names in _portions(users))
        return await self._change("sns.pendency_delete", asks)

    async def block(self, *users: str) -> dict[str, int]:
        """Block users; friendships with them end."""
        return await self._change("sns.black_list_add", (up.Users(self._me, names) for names in _portions(users)))

    async def unblock(self, *users: str) -> dict[str, int]:
        """Block users no more."""
        return await self._change("sns.black_list_delete", (up.Users(self._me, names) for names in _portions(users)))

    async def blocked(self) -> list[str]:
        """Return all users that are blocked, in the order of blocking."""
        found: list[str] = []
        start, is_first = 0, True
        while start or is_first:
            page = await self._call("sns.black_list_get", up.GetBlocked(self._me, start), up.BlockedDown)
            found += [row.user for row in page.users]
            start, is_first = page.next, False
        return found

    async def groups(self) -> list[FriendGroup]:
        """Return all friend groups."""
        ask = up.GetGroups(self._me, "Need_Friend_Type_Yes")
        found = await self._call("sns.group_get", ask, up.GroupsDown)
        return [FriendGroup(group.name, tuple(group.users)) for group in found.groups]

    async def add_group(self, name: str, *users: str) -> dict[str, int]:
        """Create a friend group with friends in it."""
        return await self._change("sns.group_add", [up.GroupNames(self._me, [name], list(users))])

    async def delete_groups(self, *names: str) -> None:
        """Delete friend groups; the friends stay."""
        await self._call("sns.group_delete", up.GroupNames(self._me, list(names)), up.Rows)

    async def change_group(
        self, name: str, *, new_name: str = "", add: Iterable[str] = (), remove: Iterable[str] = ()
    ) -> dict[str, int]:
        """Give a friend group another name, put friends in and take others out."""
        moves = [up.MoveUp(user, "Update_Type_Add") for user in add]
        moves += [up.MoveUp(user, "Update_Type_Delete") for user in remove]
        return await self._change("sns.group_update", [up.UpdateGroup(self._me, name, new_name, moves)])

    async def _answer(self, answer: up.AnswerUp) -> dict[str, int]:
        return await self._change("sns.friend_response", [up.AnswerRequests(self._me, [answer])])

    async def _change(self, command: str, asks: Iterable[Up]) -> dict[str, int]:
        refused: dict[str, int] = {}
        for ask in asks:
            rows = (await self._call(command, ask, up.Rows)).rows
            refused |= {row.user: row.code for row in rows if row.code}
        return refused


def _portions(users: Sequence[str]) -> Iterable[list[str]]:
    return [list(users[at : at + CALL]) for at in range(0, len(users), CALL)]
