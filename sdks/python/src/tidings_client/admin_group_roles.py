"""What members are in a group, as an app server reads and changes it: roles, cards, mutes."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import Literal, TypedDict, Unpack

from tidings_client import rest_types as rest

FOR_EVER = 0xFFFFFFFF


class NewPlace(TypedDict, total=False):
    """What a member is to be; what is left out stays.

    `receive`: AcceptAndNotify, AcceptNotNotify or Discard. `name_card`: at most 50 bytes. `custom`: the app's own
    fields, an empty value takes one away. `mute_seconds`: 0 lifts a mute, FOR_EVER has no end.
    """

    role: Literal["Admin", "Member"]
    receive: str
    name_card: str
    custom: Mapping[str, str]
    mute_seconds: int


class GroupRoleCommands(ABC):
    """The commands of group_open_http_svc on what members are."""

    @abstractmethod
    async def request(self, request: rest.Request[rest.R]) -> rest.R:
        """Call the command of a typed request."""

    async def modify_group_member_info(
        self, group_id: str, user_id: str, **changes: Unpack[NewPlace]
    ) -> rest.ModifyGroupMemberInfoResponse:
        """Change what a member is: all of it, or nothing."""
        custom = changes.get("custom")
        fields = custom and [rest.ModifyGroupMemberInfoAppMemberDefinedData(*each) for each in custom.items()]
        return await self.request(
            rest.ModifyGroupMemberInfoRequest(
                group_id,
                user_id,
                changes.get("role"),
                changes.get("receive"),
                changes.get("name_card"),
                fields or None,
                changes.get("mute_seconds"),
            )
        )

    async def change_group_owner(
        self, group_id: str, user_id: str, *, operator: str | None = None
    ) -> rest.ChangeGroupOwnerResponse:
        """Make a member the owner; `operator` is who the group is told has done it."""
        return await self.request(rest.ChangeGroupOwnerRequest(group_id, user_id, operator))

    async def get_specified_group_member_info(
        self, group_id: str, *user_ids: str, roles: Sequence[str] | None = None, fields: Sequence[str] | None = None
    ) -> rest.GetSpecifiedGroupMemberInfoResponse:
        """Return those of up to 50 users who are members."""
        wanted = None if fields is None else list(fields)
        only = None if roles is None else list(roles)
        return await self.request(rest.GetSpecifiedGroupMemberInfoRequest(group_id, list(user_ids), wanted, only))

    async def get_role_in_group(self, group_id: str, *user_ids: str) -> rest.GetRoleInGroupResponse:
        """Return what up to 500 users are: Owner, Admin, Member or NotMember."""
        return await self.request(rest.GetRoleInGroupRequest(group_id, list(user_ids)))

    async def forbid_send_msg(
        self, group_id: str, *user_ids: str, seconds: int, topic_id: str | None = None
    ) -> rest.ForbidSendMsgResponse:
        """Mute up to 500 users, members or not, in a group or in one topic only; 0 seconds lift it."""
        return await self.request(rest.ForbidSendMsgRequest(group_id, list(user_ids), seconds, topic_id=topic_id))

    async def get_group_muted_account(
        self, group_id: str, topic_id: str | None = None
    ) -> rest.GetGroupMutedAccountResponse:
        """Return who is muted, and until when."""
        return await self.request(rest.GetGroupMutedAccountRequest(group_id, topic_id))

    async def get_group_shutted_uin(self, group_id: str) -> rest.GetGroupShuttedUinResponse:
        """Return who is muted, by the command's older name."""
        return await self.request(rest.GetGroupShuttedUinRequest(group_id))
