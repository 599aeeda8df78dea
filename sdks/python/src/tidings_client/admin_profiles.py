"""Users' profiles and follows, as an app server reads and changes them."""

from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Sequence

from tidings_client import rest_types as rest
from tidings_client.decode_profiles import TAGS, to_tags
from tidings_client.events import FollowType, ForbidType
from tidings_client.profiles import ProfileFields

STANDARD, CUSTOM = "Tag_Profile_IM_", "Tag_Profile_Custom_"
LARGEST_PAGE = 1000


class AdminProfileFields(ProfileFields, total=False):
    """Fields that an app admin may change: those of users, and whether they may send friend requests."""

    forbid_type: ForbidType


class ProfileCommands(ABC):
    """The commands of services profile and follow."""

    @abstractmethod
    async def request(self, request: rest.Request[rest.R]) -> rest.R:
        """Call the command of a typed request."""

    async def portrait_get(
        self, *user_ids: str, fields: Sequence[str] = tuple(TAGS), custom: Sequence[str] = ()
    ) -> rest.PortraitGetResponse:
        """Return fields of users, by default every standard one; `custom` names the app's own."""
        tags = [STANDARD + TAGS[name] for name in fields] + [CUSTOM + name for name in custom]
        return await self.request(rest.PortraitGetRequest(to_account=list(user_ids), tag_list=tags))

    async def portrait_set(self, user_id: str, fields: AdminProfileFields) -> rest.PortraitSetResponse:
        """Change fields of a user's profile, all or none."""
        items = [rest.PortraitSetProfileItem(tag=tag, value=value) for tag, value in to_tags(fields).items()]
        return await self.request(rest.PortraitSetRequest(from_account=user_id, profile_item=items))

    async def follow_add(self, user_id: str, *others: str) -> rest.FollowAddResponse:
        """Let a user follow up to 20 others."""
        items = [rest.FollowAddFollowItem(to_account=other) for other in others]
        return await self.request(rest.FollowAddRequest(from_account=user_id, follow_item=items))

    async def follow_delete(self, user_id: str, *others: str) -> rest.FollowDeleteResponse:
        """Let a user follow up to 20 others no more."""
        return await self.request(rest.FollowDeleteRequest(from_account=user_id, to_account=list(others)))

    async def follow_check(self, user_id: str, *others: str) -> rest.FollowCheckResponse:
        """Say what up to 100 users are to one, by the numbers of FollowType."""
        return await self.request(rest.FollowCheckRequest(from_account=user_id, to_account=list(others)))

    async def follow_get_info(self, *user_ids: str) -> rest.FollowGetInfoResponse:
        """Count the followers, followed and mutual users of up to 20 users."""
        asks = user_ids[0] if user_ids else ""
        return await self.request(rest.FollowGetInfoRequest(from_account=asks, to_account=list(user_ids)))

    async def follow_get(
        self, user_id: str, kind: FollowType, *, after: str = "", page_size: int = 100
    ) -> rest.FollowGetResponse:
        """Return a page of a user's list, newest first; `after` is the `next_cursor` of the page before."""
        ask = rest.FollowGetRequest(
            from_account=user_id, follow_type=int(kind), start_cursor=after, want_num=min(page_size, LARGEST_PAGE)
        )
        return await self.request(ask)

    async def follows(self, user_id: str, kind: FollowType) -> AsyncIterator[rest.FollowGetFollowItem]:
        """Yield a user's whole list, newest first."""
        page = await self.follow_get(user_id, kind, page_size=LARGEST_PAGE)
        while True:
            for row in page.follow_item:
                yield row
            if not page.next_cursor:
                return
            page = await self.follow_get(user_id, kind, after=page.next_cursor, page_size=LARGEST_PAGE)
