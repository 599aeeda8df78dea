"""Attributes and counters of groups, as an app server reads and writes them."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Literal

from tidings_client import rest_types as rest


class GroupValueCommands(ABC):
    """The commands on short-lived values of a group, which its members see change at once."""

    @abstractmethod
    async def request(self, request: rest.Request[rest.R]) -> rest.R:
        """Call the command of a typed request."""

    async def get_group_attr(self, group_id: str) -> rest.GetGroupAttrResponse:
        """Return all attributes."""
        return await self.request(rest.GetGroupAttrRequest(group_id))

    async def set_group_attr(self, group_id: str, values: Mapping[str, str]) -> rest.SetGroupAttrResponse:
        """Put attributes in the place of all that there were: up to 16."""
        rows = [rest.SetGroupAttrGroupAttr(*each) for each in values.items()]
        return await self.request(rest.SetGroupAttrRequest(group_id, rows))

    async def modify_group_attr(self, group_id: str, values: Mapping[str, str]) -> rest.ModifyGroupAttrResponse:
        """Add attributes, or give them other values."""
        rows = [rest.ModifyGroupAttrGroupAttr(*each) for each in values.items()]
        return await self.request(rest.ModifyGroupAttrRequest(group_id, rows))

    async def delete_group_attr(self, group_id: str, *keys: str) -> rest.DeleteGroupAttrResponse:
        """Delete attributes; one that is not there is an error."""
        rows = [rest.DeleteGroupAttrGroupAttr(key) for key in keys]
        return await self.request(rest.DeleteGroupAttrRequest(group_id, rows))

    async def clear_group_attr(self, group_id: str) -> rest.ClearGroupAttrResponse:
        """Delete all attributes."""
        return await self.request(rest.ClearGroupAttrRequest(group_id))

    async def get_group_counter(self, group_id: str, *keys: str) -> rest.GetGroupCounterResponse:
        """Return counters, all if no keys are given."""
        return await self.request(rest.GetGroupCounterRequest(group_id, list(keys) or None))

    async def update_group_counter(
        self, group_id: str, values: Mapping[str, int], mode: Literal["Set", "Increase", "Decrease"] = "Set"
    ) -> rest.UpdateGroupCounterResponse:
        """Set, raise or lower counters; the answer has their new values."""
        rows = [rest.UpdateGroupCounterGroupCounter(*each) for each in values.items()]
        return await self.request(rest.UpdateGroupCounterRequest(group_id, rows, mode))

    async def delete_group_counter(self, group_id: str, *keys: str) -> rest.DeleteGroupCounterResponse:
        """Delete counters, all if no keys are given."""
        return await self.request(rest.DeleteGroupCounterRequest(group_id, list(keys) or None))
