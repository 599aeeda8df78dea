"""recentcontact by REST: a user's list, pins, marks and groups (spec/rest/recentcontact.yaml)."""

import msgspec
from msgspec import field

from tidings.command import contacts
from tidings.command.call import Call
from tidings.command.contacts import Contact
from tidings.command.drafts import Natural, party
from tidings.command.registry import Door, command
from tidings.domain.accounts import Account
from tidings.domain.conversations import FIRST, ListWish, Place
from tidings.domain.ports import ListedConversation
from tidings.errors import BAD_CONVERSATION_REQUEST, OWNER_NOT_FOUND
from tidings.ids import UserId
from tidings.view.conversations import to_bits
from tidings.wire.envelope import Request, Response

PINS_FIRST, WITH_EMPTY, WITH_TRAITS = 1, 2, 8 | 16 | 32
# REST names the first four marks 1 to 4; the clients' first bit is 0.
FIRST_BIT = 1


class Displayed(Response, kw_only=True):
    """An answer with nothing to display."""

    error_display: str = field(name="ErrorDisplay", default="")


class ListRequest(Request, frozen=True, kw_only=True):
    """Asks for a page of a user's list; the four values are zero at first, then as answered."""

    from_account: UserId = field(name="From_Account")
    time: Natural = field(name="TimeStamp")
    start: Natural = field(name="StartIndex")
    top_time: Natural = field(name="TopTimeStamp")
    top_start: Natural = field(name="TopStartIndex")
    flags: Natural = field(name="AssistFlags")


class ListRow(msgspec.Struct, omit_defaults=True):
    """A conversation; marks and groups are left out if there are none, or nobody asked for them."""

    type: int = field(name="Type")
    time: int = field(name="MsgTime")
    is_pinned: int = field(name="TopFlag")
    to_account: str = field(name="To_Account", default="")
    group_id: str = field(name="GroupId", default="")
    bits: str = field(name="StandardMark", default="")
    custom: str = field(name="CustomMark", default="")
    groups: list[int] = field(name="ContactGroupId", default_factory=list)


class ListResponse(Displayed, kw_only=True):
    """A page of the list."""

    items: list[ListRow] = field(name="SessionItem")
    complete: int = field(name="CompleteFlag")
    time: int = field(name="TimeStamp")
    start: int = field(name="StartIndex")
    top_time: int = field(name="TopTimeStamp")
    top_start: int = field(name="TopStartIndex")


class DeleteRequest(Request, frozen=True, kw_only=True):
    """Deletes one conversation; a public client writes `type` small."""

    from_account: UserId = field(name="From_Account")
    type: int = field(name="Type", default=0)
    small_type: int = field(name="type", default=0)
    to_account: UserId = field(name="To_Account", default=contacts.NOBODY)
    group_id: str = field(name="ToGroupid", default="")
    clears: int = field(name="ClearRamble", default=0)


class TopItem(msgspec.Struct, frozen=True):
    """A conversation to pin or unpin; the group's field is another here."""

    type: int = field(name="Type")
    to_account: UserId = field(name="To_Account", default=contacts.NOBODY)
    group_id: str = field(name="GroupId", default="")


class TopRequest(Request, frozen=True, kw_only=True):
    """Pins (`kind` 1) or unpins (2) conversations."""

    from_account: UserId = field(name="From_Account")
    kind: int = field(name="OperationType")
    items: list[TopItem] = field(name="RecentContactItem")


class AdminMarkRequest(contacts.MarkRequest, frozen=True, kw_only=True):
    """Sets marks for a user."""

    from_account: UserId = field(name="From_Account")


class AdminCreateRequest(contacts.CreateGroupRequest, frozen=True, kw_only=True):
    """Creates a group for a user."""

    from_account: UserId = field(name="From_Account")


class AdminDeleteRequest(contacts.DeleteGroupRequest, frozen=True, kw_only=True):
    """Deletes a group of a user."""

    from_account: UserId = field(name="From_Account")


class AdminUpdateRequest(contacts.UpdateGroupRequest, frozen=True, kw_only=True):
    """Changes a group of a user."""

    from_account: UserId = field(name="From_Account")


class AdminSearchRequest(contacts.SearchRequest, frozen=True, kw_only=True):
    """Asks for marks and groups of a user's conversations."""

    from_account: UserId = field(name="From_Account")


class AdminAllRequest(Request, frozen=True, kw_only=True):
    """Asks for a page of all marks and groups of a user."""

    from_account: UserId = field(name="From_Account")
    start: Natural = field(name="StartIndex")


@command("recentcontact/get_list", Door.REST, BAD_CONVERSATION_REQUEST)
async def get_list(call: Call, request: ListRequest) -> ListResponse:
    """Return a page of a user's list, pinned conversations first."""
    wish = ListWish(
        ordinary=_to_place(request.time, request.start),
        top=_to_place(request.top_time, request.top_start),
        pins_first=bool(request.flags & PINS_FIRST),
        with_empty=bool(request.flags & WITH_EMPTY),
    )
    page = await call.rules.conversations.page(call.app, await _owner(call, request.from_account), wish)
    time, start = _from_place(page.ordinary)
    top_time, top_start = _from_place(page.top)
    return ListResponse(
        items=[_to_row(row, has_traits=bool(request.flags & WITH_TRAITS)) for row in page.rows],
        complete=int(page.is_complete),
        time=time,
        start=start,
        top_time=top_time,
        top_start=top_start,
    )


@command("recentcontact/delete", Door.REST, BAD_CONVERSATION_REQUEST)
async def delete(call: Call, request: DeleteRequest) -> Displayed:
    """Delete a conversation from a user's list, on wish with its history."""
    owner = await _owner(call, request.from_account)
    contact = Contact(request.type or request.small_type, request.to_account, request.group_id)
    peers = await contacts.get_peers(call, owner, [contact])
    await call.rules.conversations.delete(call.app, owner, peers, call.instance, clears=request.clears == 1)
    await contacts.read_groups(call, owner, peers)
    return Displayed()


@command("recentcontact/top", Door.REST, BAD_CONVERSATION_REQUEST)
async def pin(call: Call, request: TopRequest) -> Displayed:
    """Pin or unpin conversations of a user."""
    owner = await _owner(call, request.from_account)
    items = [Contact(item.type, item.to_account, item.group_id) for item in request.items]
    await contacts.change_pins(call, owner, request.kind, items)
    return Displayed()


@command("recentcontact/mark_contact", Door.REST, BAD_CONVERSATION_REQUEST)
async def mark(call: Call, request: AdminMarkRequest) -> contacts.MarkResponse:
    """Set marks on conversations of a user."""
    return await contacts.mark(call, await _owner(call, request.from_account), request, FIRST_BIT)


@command("recentcontact/create_contact_group", Door.REST, BAD_CONVERSATION_REQUEST)
async def create_group(call: Call, request: AdminCreateRequest) -> contacts.CreateGroupResponse:
    """Create a group of conversations for a user."""
    return await contacts.create_group(call, await _owner(call, request.from_account), request)


@command("recentcontact/del_contact_group", Door.REST, BAD_CONVERSATION_REQUEST)
async def delete_group(call: Call, request: AdminDeleteRequest) -> contacts.DeleteGroupResponse:
    """Delete a group of conversations of a user."""
    return await contacts.delete_group(call, await _owner(call, request.from_account), request)


@command("recentcontact/update_contact_group", Door.REST, BAD_CONVERSATION_REQUEST)
async def update_group(call: Call, request: AdminUpdateRequest) -> contacts.UpdateGroupResponse:
    """Change a group of conversations of a user."""
    return await contacts.update_group(call, await _owner(call, request.from_account), request)


@command("recentcontact/search_contact_group", Door.REST, BAD_CONVERSATION_REQUEST)
async def search(call: Call, request: AdminSearchRequest) -> contacts.SearchResponse:
    """Return marks and groups of some of a user's conversations."""
    return await contacts.search(call, await _owner(call, request.from_account), request)


@command("recentcontact/get_contact_group", Door.REST, BAD_CONVERSATION_REQUEST)
async def get_marked(call: Call, request: AdminAllRequest) -> contacts.AllMarkedResponse:
    """Return a page of all marks and groups of a user."""
    return await contacts.get_all(call, await _owner(call, request.from_account), request.start)


async def _owner(call: Call, user_id: UserId) -> Account:
    return await party(call, user_id, OWNER_NOT_FOUND)


def _to_place(time: int, start: int) -> Place:
    return Place(time, start) if time else FIRST


def _from_place(place: Place) -> tuple[int, int]:
    return (0, 0) if place == FIRST else (place.time, place.peer)


def _to_row(row: ListedConversation, *, has_traits: bool) -> ListRow:
    if row.peer.number > 0:
        shown = ListRow(contacts.C2C, row.time, int(row.is_pinned), row.peer.user_id)
    else:
        shown = ListRow(contacts.GROUP, row.time, int(row.is_pinned), group_id=row.peer.user_id)
    if has_traits:
        shown.bits = to_bits(row.traits.marks) if row.traits.marks else ""
        shown.custom = row.traits.custom_mark
        shown.groups = list(row.traits.groups)
    return shown
