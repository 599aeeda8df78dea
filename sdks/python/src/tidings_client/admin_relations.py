"""Friends, friend groups and blocklists, as an app server reads and changes them (service sns)."""

from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from tidings_client import rest_types as rest

SOURCE = "AddSource_Type_Server"
BOTH_WAYS, ONE_WAY = "Type_Both", "Type_Single"
PAGE = 100


@dataclass(frozen=True, slots=True)
class NewFriend:
    """A friend to add: remark, group and words are for the list of who gets it."""

    user_id: str
    remark: str | None = None
    group: str | None = None
    wording: str | None = None
    source: str = SOURCE


@dataclass(frozen=True, slots=True)
class OldFriend:
    """A friend of an older system; times in unix seconds, `custom` the app's own fields by their tags."""

    user_id: str
    remark: str | None = None
    remark_time: int | None = None
    groups: Sequence[str] = ()
    wording: str | None = None
    added_at: int | None = None
    custom: Mapping[str, str | int] = field(default_factory=dict)
    source: str = SOURCE


class RelationCommands(ABC):
    """The commands of service sns; `both` means both users' lists."""

    @abstractmethod
    async def request(self, request: rest.Request[rest.R]) -> rest.R:
        """Call the command of a typed request."""

    async def friend_add(
        self, user_id: str, *friends: str | NewFriend, both: bool = True, force: bool = False
    ) -> rest.FriendAddResponse:
        """Add friends; the answer has a row for each: 30539 waits for consent. `force`: nobody is asked."""
        full = (NewFriend(each) if isinstance(each, str) else each for each in friends)
        rows = [rest.FriendAddAddFriendItem(f.user_id, f.source, f.remark, f.group, f.wording) for f in full]
        return await self.request(rest.FriendAddRequest(user_id, rows, f"Add_{_type(both=both)}", int(force)))

    async def friend_import(self, user_id: str, friends: Iterable[OldFriend]) -> rest.FriendImportResponse:
        """Write up to 1000 friends into a user's list in one transaction; nobody is asked."""
        rows = [
            rest.FriendImportAddFriendItem(
                f.user_id,
                f.source,
                f.remark,
                f.remark_time,
                list(f.groups) or None,
                f.wording,
                f.added_at,
                [rest.FriendImportCustomItem(*each) for each in f.custom.items()] or None,
            )
            for f in friends
        ]
        return await self.request(rest.FriendImportRequest(user_id, rows))

    async def friend_update(
        self, user_id: str, friend: str, fields: Mapping[str, str | int | list[str]]
    ) -> rest.FriendUpdateResponse:
        """Set fields of a friend by their tags: Tag_SNS_IM_Remark, Tag_SNS_IM_Group, Tag_SNS_Custom_*."""
        items = [rest.FriendUpdateSnsItem(*each) for each in fields.items()]
        return await self.request(rest.FriendUpdateRequest(user_id, [rest.FriendUpdateUpdateItem(friend, items)]))

    async def friend_delete(self, user_id: str, *friends: str, both: bool = False) -> rest.FriendDeleteResponse:
        """Delete up to 1000 friends."""
        return await self.request(rest.FriendDeleteRequest(user_id, list(friends), f"Delete_{_type(both=both)}"))

    async def friend_delete_all(self, user_id: str, *, both: bool = False) -> rest.FriendDeleteAllResponse:
        """Empty a user's list of friends."""
        return await self.request(rest.FriendDeleteAllRequest(user_id, f"Delete_{_type(both=both)}"))

    async def friend_check(self, user_id: str, *others: str, both: bool = True) -> rest.FriendCheckResponse:
        """Say what up to 1000 users are to one."""
        return await self.request(rest.FriendCheckRequest(user_id, list(others), f"CheckResult_{_type(both=both)}"))

    async def friend_get(self, user_id: str, start: int = 0) -> rest.FriendGetResponse:
        """Return a page of a user's friends with all their fields; `start` 0 begins."""
        return await self.request(rest.FriendGetRequest(user_id, start))

    async def friends(self, user_id: str) -> AsyncIterator[rest.FriendGetUserDataItem]:
        """Yield all friends of a user."""
        start, is_complete = 0, False
        while not is_complete:
            page = await self.friend_get(user_id, start)
            for row in page.user_data_item:
                yield row
            start, is_complete = page.next_start_index, bool(page.complete_flag)

    async def friend_get_list(
        self, user_id: str, friends: Sequence[str], tags: Sequence[str]
    ) -> rest.FriendGetListResponse:
        """Return fields of friends and of their profiles by their tags."""
        return await self.request(rest.FriendGetListRequest(user_id, list(friends), list(tags)))

    async def friend_get_all(self, user_id: str, start: int = 0, tags: Sequence[str] = ()) -> rest.FriendGetAllResponse:
        """Return a page of friends in the older form; `start` counts friends."""
        ask = rest.FriendGetAllRequest(user_id, start, tag_list=list(tags) or None, get_count=PAGE)
        return await self.request(ask)

    async def black_list_add(self, user_id: str, *others: str) -> rest.BlackListAddResponse:
        """Let a user block up to 1000 others."""
        return await self.request(rest.BlackListAddRequest(user_id, list(others)))

    async def black_list_delete(self, user_id: str, *others: str) -> rest.BlackListDeleteResponse:
        """Let a user block others no more."""
        return await self.request(rest.BlackListDeleteRequest(user_id, list(others)))

    async def black_list_get(self, user_id: str, start: int = 0, limit: int = PAGE) -> rest.BlackListGetResponse:
        """Return a page of a user's blocklist; `start` 0 begins."""
        return await self.request(rest.BlackListGetRequest(user_id, start, limit, 0))

    async def black_list_check(self, user_id: str, *others: str, both: bool = True) -> rest.BlackListCheckResponse:
        """Say who of a user and others blocks whom."""
        kind = f"BlackCheckResult_{_type(both=both)}"
        return await self.request(rest.BlackListCheckRequest(user_id, list(others), kind))

    async def add_friend_group(self, user_id: str, name: str, *friends: str) -> rest.GroupAddResponse:
        """Create a friend group of a user, with friends in it."""
        return await self.request(rest.GroupAddRequest(user_id, [name], list(friends) or None))

    async def delete_friend_group(self, user_id: str, *names: str) -> rest.GroupDeleteResponse:
        """Delete friend groups of a user; the friends stay."""
        return await self.request(rest.GroupDeleteRequest(user_id, list(names)))

    async def get_friend_group(self, user_id: str, *names: str) -> rest.GroupGetResponse:
        """Return friend groups of a user with who is in them, all if no names are given."""
        return await self.request(rest.GroupGetRequest(user_id, 0, "Need_Friend_Type_Yes", list(names) or None))


def _type(*, both: bool) -> str:
    return BOTH_WAYS if both else ONE_WAY
