"""Topics and permission groups of communities, as an app server makes and changes them."""

from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Mapping
from typing import TypedDict, Unpack

from tidings_client import rest_types as rest

PAGE = 20


class TopicTexts(TypedDict, total=False):
    """What may be said of a topic besides its name; `custom` is a free text of the app."""

    introduction: str
    notification: str
    face_url: str
    custom: str


class NewTopic(TopicTexts, total=False):
    """What may be said of a new topic; `creator` is who members are told has made it."""

    topic_id: str
    creator: str
    default_permission: int


class OldTopic(TopicTexts, total=False):
    """What may be said of a topic of another system; `created_at` in unix seconds."""

    topic_id: str
    creator: str
    created_at: int


class TopicChange(TopicTexts, total=False):
    """What may be changed of a topic; what is left out stays as it is."""

    name: str
    is_muted: bool
    by: str


class PermissionTexts(TypedDict, total=False):
    """What may be said of a permission group; `permission` are the bits for the community."""

    name: str
    permission: int
    custom: str


class TopicCommands(ABC):
    """The commands on topics and permission groups."""

    @abstractmethod
    async def request(self, request: rest.Request[rest.R]) -> rest.R:
        """Call the command of a typed request."""

    async def create_topic(self, group_id: str, name: str, **options: Unpack[NewTopic]) -> rest.CreateTopicResponse:
        """Make a topic in a community; members who are online are told."""
        return await self.request(
            rest.CreateTopicRequest(
                group_id,
                name,
                topic_id=options.get("topic_id"),
                from_account=options.get("creator"),
                custom_string=options.get("custom"),
                face_url=options.get("face_url"),
                notification=options.get("notification"),
                introduction=options.get("introduction"),
                default_permission=options.get("default_permission"),
            )
        )

    async def import_topic(self, group_id: str, name: str, **options: Unpack[OldTopic]) -> rest.ImportTopicResponse:
        """Make a topic that another system had; nobody is told."""
        return await self.request(
            rest.ImportTopicRequest(
                group_id,
                name,
                topic_id=options.get("topic_id"),
                from_account=options.get("creator"),
                custom_string=options.get("custom"),
                face_url=options.get("face_url"),
                notification=options.get("notification"),
                introduction=options.get("introduction"),
                create_time=options.get("created_at"),
            )
        )

    async def get_topic(self, group_id: str, user_id: str, *topic_ids: str) -> rest.GetTopicResponse:
        """Return topics, all if none are named, and what a member is there."""
        return await self.request(rest.GetTopicRequest(group_id, user_id, list(topic_ids) or None))

    async def modify_topic(
        self, group_id: str, topic_id: str, **changes: Unpack[TopicChange]
    ) -> rest.ModifyTopicResponse:
        """Give a topic another profile, or mute all but leaders in it."""
        muted = {True: "On", False: "Off", None: None}[changes.get("is_muted")]
        return await self.request(
            rest.ModifyTopicRequest(
                group_id,
                topic_id,
                from_account=changes.get("by"),
                topic_name=changes.get("name"),
                face_url=changes.get("face_url"),
                notification=changes.get("notification"),
                introduction=changes.get("introduction"),
                custom_string=changes.get("custom"),
                mute_all_member=muted,
            )
        )

    async def destroy_topic(self, group_id: str, *topic_ids: str) -> rest.DestroyTopicResponse:
        """End up to 50 topics; each has a result of its own."""
        return await self.request(rest.DestroyTopicRequest(group_id, list(topic_ids)))

    async def create_permission_group(
        self, group_id: str, name: str, permission: int, *, permission_id: str | None = None, custom: str | None = None
    ) -> rest.CreatePermissionGroupResponse:
        """Make a permission group that gives its members permissions in the community."""
        return await self.request(rest.CreatePermissionGroupRequest(group_id, name, permission, permission_id, custom))

    async def modify_permission_group(
        self, group_id: str, permission_id: str, **changes: Unpack[PermissionTexts]
    ) -> rest.ModifyPermissionGroupResponse:
        """Give a permission group another name, other permissions, another custom text."""
        return await self.request(
            rest.ModifyPermissionGroupRequest(
                group_id, permission_id, changes.get("name"), changes.get("permission"), changes.get("custom")
            )
        )

    async def destroy_permission_group(
        self, group_id: str, *permission_ids: str
    ) -> rest.DestroyPermissionGroupResponse:
        """End up to 20 permission groups; each has a result of its own."""
        return await self.request(rest.DestroyPermissionGroupRequest(group_id, list(permission_ids)))

    async def get_permission_group(
        self, group_id: str, *permission_ids: str, cursor: str = ""
    ) -> rest.GetPermissionGroupResponse:
        """Return permission groups by their IDs, or a page of all."""
        return await self.request(rest.GetPermissionGroupRequest(group_id, list(permission_ids) or None, PAGE, cursor))

    async def add_topic_permission_group(
        self, group_id: str, permission_id: str, topics: Mapping[str, int]
    ) -> rest.AddTopicPermissionGroupResponse:
        """Give permissions in up to 50 topics; each has a result of its own."""
        rows = [rest.AddTopicPermissionGroupTopicPermissionList(*each) for each in topics.items()]
        return await self.request(rest.AddTopicPermissionGroupRequest(group_id, permission_id, rows))

    async def set_topic_permission_group(
        self, group_id: str, permission_id: str, topics: Mapping[str, int]
    ) -> rest.SetTopicPermissionGroupResponse:
        """Change permissions in up to 50 topics; each has a result of its own."""
        rows = [rest.SetTopicPermissionGroupTopicPermissionList(*each) for each in topics.items()]
        return await self.request(rest.SetTopicPermissionGroupRequest(group_id, permission_id, rows))

    async def delete_topic_permission_group(
        self, group_id: str, permission_id: str, *topic_ids: str
    ) -> rest.DeleteTopicPermissionGroupResponse:
        """Take permissions in up to 50 topics away; each has a result of its own."""
        return await self.request(rest.DeleteTopicPermissionGroupRequest(group_id, permission_id, list(topic_ids)))

    async def get_topic_permission_group(
        self, group_id: str, permission_id: str, *topic_ids: str
    ) -> rest.GetTopicPermissionGroupResponse:
        """Return permissions in topics, in all that have some if none are named."""
        request = rest.GetTopicPermissionGroupRequest(group_id, permission_id, list(topic_ids) or None)
        return await self.request(request)

    async def add_permission_group_member(
        self, group_id: str, permission_id: str, *user_ids: str
    ) -> rest.AddPermissionGroupMemberResponse:
        """Add up to 100 members of the community to a permission group."""
        rows = [rest.AddPermissionGroupMemberMemberList(user_id) for user_id in user_ids]
        return await self.request(rest.AddPermissionGroupMemberRequest(group_id, permission_id, rows))

    async def delete_permission_group_member(
        self, group_id: str, permission_id: str, *user_ids: str
    ) -> rest.DeletePermissionGroupMemberResponse:
        """Remove up to 100 members from a permission group."""
        rows = [rest.DeletePermissionGroupMemberMemberList(user_id) for user_id in user_ids]
        return await self.request(rest.DeletePermissionGroupMemberRequest(group_id, permission_id, rows))

    async def get_permission_group_member_list(
        self, group_id: str, permission_id: str, *, limit: int = 100, cursor: str = ""
    ) -> rest.GetPermissionGroupMemberListResponse:
        """Return a page of members; the answer's `next` is empty at the end."""
        return await self.request(rest.GetPermissionGroupMemberListRequest(group_id, permission_id, limit, cursor))

    async def permission_group_members(
        self, group_id: str, permission_id: str
    ) -> AsyncIterator[rest.GetPermissionGroupMemberListMemberList]:
        """Yield all members of a permission group in the order they came in."""
        cursor = ""
        while True:
            page = await self.get_permission_group_member_list(group_id, permission_id, cursor=cursor)
            for row in page.member_list:
                yield row
            if not (cursor := page.next):
                return
