"""Profiles of groups, the app's list of groups, and groups of other systems, for an app server."""

from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import TypedDict, Unpack

from tidings_client import rest_types as rest
from tidings_client.admin_groups import Kind, NewGroup

PAGE = 10_000


class GroupChange(TypedDict, total=False):
    """What may be changed of a group; left out, it stays.

    `custom` names some of the app's own fields, an empty value takes one away. `by` is whom members are told of.
    `shows_past`: whether members see what was said before they came.
    """

    name: str
    introduction: str
    notification: str
    face_url: str
    max_members: int
    apply_option: str
    invite_option: str
    is_muted: bool
    custom: Mapping[str, str]
    by: str
    has_permissions: bool
    default_permission: int
    shows_past: bool


@dataclass(frozen=True, slots=True)
class OldMember:
    """Somebody who was in a group elsewhere; `joined_at` in unix seconds, `unread` are messages not read yet."""

    user_id: str
    is_admin: bool = False
    joined_at: int | None = None
    unread: int | None = None


class GroupProfileCommands(ABC):
    """The commands of group_open_http_svc on profiles, on all groups of the app, and for imports."""

    @abstractmethod
    async def request(self, request: rest.Request[rest.R]) -> rest.R:
        """Call the command of a typed request."""

    async def modify_group_base_info(
        self, group_id: str, **changes: Unpack[GroupChange]
    ) -> rest.ModifyGroupBaseInfoResponse:
        """Give a group another profile; members are told of names, texts, pictures and own fields."""
        custom = changes.get("custom")
        rows = None if custom is None else [rest.ModifyGroupBaseInfoAppDefinedData(*each) for each in custom.items()]
        has_permissions = changes.get("has_permissions")
        return await self.request(
            rest.ModifyGroupBaseInfoRequest(
                group_id,
                changes.get("name"),
                changes.get("introduction"),
                changes.get("notification"),
                changes.get("face_url"),
                changes.get("max_members"),
                changes.get("apply_option"),
                changes.get("invite_option"),
                _switch(is_on=changes.get("is_muted")),
                app_defined_data=rows,
                from_account=changes.get("by"),
                enable_permission=None if has_permissions is None else int(has_permissions),
                default_permission=changes.get("default_permission"),
                history_msg_before_join=_switch(is_on=changes.get("shows_past")),
            )
        )

    async def get_appid_group_list(
        self, *, kind: Kind | None = None, cursor: int = 0, limit: int = PAGE
    ) -> rest.GetAppidGroupListResponse:
        """Return a page of the app's groups, one call a second; it goes on at `next`, 0 at the end."""
        return await self.request(rest.GetAppidGroupListRequest(limit, cursor, kind))

    async def all_groups(self, *, kind: Kind | None = None) -> AsyncIterator[str]:
        """Go through the IDs of all groups of the app, page by page."""
        cursor = 0
        while True:
            page = await self.get_appid_group_list(kind=kind, cursor=cursor)
            for row in page.group_id_list:
                yield row.group_id
            cursor = page.next
            if not cursor:
                return

    async def import_group(
        self, kind: Kind, name: str, *, created_at: int | None = None, **options: Unpack[NewGroup]
    ) -> rest.ImportGroupResponse:
        """Make a group that was made elsewhere, at that time in unix seconds; nobody is told."""
        custom = [rest.ImportGroupAppDefinedData(*each) for each in options.get("custom", {}).items()]
        has_topics = options.get("has_topics")
        return await self.request(
            rest.ImportGroupRequest(
                kind,
                name,
                options.get("owner"),
                options.get("group_id"),
                options.get("introduction"),
                options.get("notification"),
                options.get("face_url"),
                options.get("max_members"),
                options.get("apply_option"),
                custom or None,
                None if has_topics is None else int(has_topics),
                created_at,
            )
        )

    async def import_group_member(self, group_id: str, *members: OldMember) -> rest.ImportGroupMemberResponse:
        """Let up to 300 accounts in that were in a group elsewhere; says of each 0 failed, 1 imported, 2 was in."""
        rows = [
            rest.ImportGroupMemberMemberList(
                each.user_id, "Admin" if each.is_admin else None, each.joined_at, each.unread
            )
            for each in members
        ]
        return await self.request(rest.ImportGroupMemberRequest(group_id, rows))


def _switch(*, is_on: bool | None) -> str | None:
    return None if is_on is None else "On" if is_on else "Off"
