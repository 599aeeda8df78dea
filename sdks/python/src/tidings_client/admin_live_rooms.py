"""Live rooms (AVChatRoom), as an app server sees who is in them and leads them."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence

from tidings_client import rest_types as rest

SET, DELETE = 1, 2


class LiveRoomCommands(ABC):
    """The commands on live rooms; who is in one is known while it is connected only."""

    @abstractmethod
    async def request(self, request: rest.Request[rest.R]) -> rest.R:
        """Call the command of a typed request."""

    async def get_online_member_num(self, group_id: str) -> rest.GetOnlineMemberNumResponse:
        """Count those who are in a room."""
        return await self.request(rest.GetOnlineMemberNumRequest(group_id))

    async def get_live_members(self, group_id: str, start: int = 0, mark: int | None = None) -> rest.GetMembersResponse:
        """Return a page of those who came in last, the newest first; the answer says where the next one begins."""
        return await self.request(rest.GetMembersRequest(group_id, start, mark))

    async def check_live_members(self, group_id: str, *user_ids: str) -> rest.CheckMembersResponse:
        """Return those of up to 500 users who are in a room."""
        return await self.request(rest.CheckMembersRequest(group_id, list(user_ids)))

    async def get_live_admin_list(self, group_id: str) -> rest.GetAdminListResponse:
        """Return the admins of a room."""
        return await self.request(rest.GetAdminListRequest(group_id))

    async def add_live_admins(self, group_id: str, *user_ids: str) -> rest.ModifyAdminResponse:
        """Appoint admins of a room: up to five in all."""
        return await self.request(rest.ModifyAdminRequest(group_id, SET, list(user_ids)))

    async def delete_live_admins(self, group_id: str, *user_ids: str) -> rest.ModifyAdminResponse:
        """Let users be admins of a room no more."""
        return await self.request(rest.ModifyAdminRequest(group_id, DELETE, list(user_ids)))

    async def add_robots(self, group_id: str, *user_ids: str) -> rest.AddRobotsResponse:
        """Let users count as being in a room for three days, connected or not."""
        return await self.request(rest.AddRobotsRequest(group_id, list(user_ids)))

    async def delete_robots(self, group_id: str, *user_ids: str) -> rest.DelRobotsResponse:
        """Let users be robots of a room no more."""
        return await self.request(rest.DelRobotsRequest(group_id, list(user_ids)))

    async def set_live_marks(self, group_id: str, marks: Mapping[str, Sequence[int]]) -> rest.ModifyUserInfoResponse:
        """Give users marks of at least 1000, 500 (a robot) or 600 (hidden); the answer has those who are there."""
        return await self._mark(group_id, SET, marks)

    async def delete_live_marks(self, group_id: str, marks: Mapping[str, Sequence[int]]) -> rest.ModifyUserInfoResponse:
        """Take marks from users."""
        return await self._mark(group_id, DELETE, marks)

    async def _mark(
        self, group_id: str, operation: int, marks: Mapping[str, Sequence[int]]
    ) -> rest.ModifyUserInfoResponse:
        rows = [rest.ModifyUserInfoMemberList(user_id, list(each)) for user_id, each in marks.items()]
        return await self.request(rest.ModifyUserInfoRequest(group_id, operation, rows))
