"""Users' lists of conversations, as an app server reads and changes them."""

from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Iterable, Sequence
from typing import Any

from tidings_client import rest_types as rest

ONE_TO_ONE, FROM_GROUP = 1, 1
# Pins first and in pages, empty conversations too, marks and groups.
EVERYTHING = 63


class ConversationCommands(ABC):
    """The commands of service recentcontact; `peers` are users."""

    @abstractmethod
    async def request(self, request: rest.Request[rest.R]) -> rest.R:
        """Call the command of a typed request."""

    async def get_list(self, user_id: str, after: rest.GetListResponse | None = None) -> rest.GetListResponse:
        """Return a page of a user's list; `after` is the page before."""
        return await self.request(
            rest.GetListRequest(
                from_account=user_id,
                time_stamp=after.time_stamp if after else 0,
                start_index=after.start_index if after else 0,
                top_time_stamp=after.top_time_stamp if after else 0,
                top_start_index=after.top_start_index if after else 0,
                assist_flags=EVERYTHING,
            )
        )

    async def conversations(self, user_id: str) -> AsyncIterator[rest.GetListSessionItem]:
        """Yield a user's whole list: pinned conversations first, each kind newest first."""
        page = None
        while page is None or not page.complete_flag:
            page = await self.get_list(user_id, page)
            for row in page.session_item:
                yield row

    async def delete(self, user_id: str, peer: str, *, with_history: bool = False) -> rest.RecentcontactDeleteResponse:
        """Delete a conversation from a user's list, on wish with his view of its history."""
        ask = rest.RecentcontactDeleteRequest(
            from_account=user_id, type=ONE_TO_ONE, to_account=peer, clear_ramble=int(with_history)
        )
        return await self.request(ask)

    async def top(self, user_id: str, *peers: str, is_pinned: bool = True) -> rest.TopResponse:
        """Pin conversations of a user, or take the pins away."""
        rows = [rest.TopRecentContactItem(type=ONE_TO_ONE, to_account=peer) for peer in peers]
        kind = 1 if is_pinned else 2
        return await self.request(rest.TopRequest(from_account=user_id, operation_type=kind, recent_contact_item=rows))

    async def mark_contact(
        self,
        user_id: str,
        peers: Sequence[str],
        *,
        add: Iterable[int] = (),
        remove: Iterable[int] = (),
        custom: str | None = None,
    ) -> rest.MarkContactResponse:
        """Set marks 1 to 64 of conversations (1 starred, 2 unread, 3 folded, 4 hidden), and the custom mark."""
        rows = [
            rest.MarkContactMarkItem(
                opt_type=1 if custom is None else 3,
                contact_item=_name(peer),
                set_mark=list(add),
                clear_mark=list(remove),
                custom_mark=custom,
            )
            for peer in peers
        ]
        return await self.request(rest.MarkContactRequest(from_account=user_id, mark_item=rows))

    async def create_contact_group(self, user_id: str, name: str, *peers: str) -> rest.CreateContactGroupResponse:
        """Create a group of conversations for a user."""
        names = [rest.CreateContactGroupContactItem(type=ONE_TO_ONE, to_account=peer) for peer in peers]
        group = rest.CreateContactGroupGroupContactItem(group_name=name, contact_item=names)
        return await self.request(rest.CreateContactGroupRequest(from_account=user_id, group_contact_item=[group]))

    async def del_contact_group(self, user_id: str, name: str) -> rest.DelContactGroupResponse:
        """Delete a group of conversations of a user; the conversations stay."""
        return await self.request(rest.DelContactGroupRequest(from_account=user_id, group_name=[name]))

    async def update_contact_group(
        self,
        user_id: str,
        name: str,
        *,
        new_name: str | None = None,
        add: Iterable[str] = (),
        remove: Iterable[str] = (),
    ) -> rest.UpdateContactGroupResponse:
        """Rename a group of conversations, or put conversations in and take others out."""
        moves = [{"ContactOptType": 1, "ContactItem": _name(peer)} for peer in add]
        moves += [{"ContactOptType": 2, "ContactItem": _name(peer)} for peer in remove]
        update: dict[str, Any] = {"OldGroupName": name}
        if new_name is not None:
            update |= {"UpdateGroupType": 1, "NewGroupName": new_name}
        else:
            update |= {"UpdateGroupType": 2, "ContactUpdateItem": moves}
        return await self.request(
            rest.UpdateContactGroupRequest(from_account=user_id, update_type=FROM_GROUP, update_group=update)
        )

    async def search_contact_group(self, user_id: str, *peers: str) -> rest.SearchContactGroupResponse:
        """Return marks and groups of up to 300 conversations of a user, and all his groups."""
        names = [rest.SearchContactGroupContactItem(type=ONE_TO_ONE, to_account=peer) for peer in peers]
        return await self.request(rest.SearchContactGroupRequest(from_account=user_id, contact_item=names))

    async def get_contact_group(self, user_id: str, start: int = 0) -> rest.GetContactGroupResponse:
        """Return a page of all conversations of a user that have marks or groups; `start` 0 begins."""
        return await self.request(rest.GetContactGroupRequest(from_account=user_id, start_index=start))


def _name(peer: str) -> dict[str, Any]:
    return {"Type": ONE_TO_ONE, "To_Account": peer}
