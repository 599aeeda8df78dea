"""recentcontact by the gateway: one's own pins, deletions, marks and groups (spec/client/recentcontact.yaml)."""

import msgspec
from msgspec import field

from tidings.command import contacts
from tidings.command.call import Call
from tidings.command.contacts import Contact, check_count, find_peers, to_result
from tidings.command.drafts import Natural
from tidings.command.registry import Door, command
from tidings.domain.accounts import Account
from tidings.errors import BAD_CONVERSATION_REQUEST, TidingsError
from tidings.ids import UserId
from tidings.wire.envelope import Done, Request, Response

# The clients count mark bits from the lowest.
FIRST_BIT = 0


class OwnRequest(Request, frozen=True, kw_only=True):
    """What a user asks of his own conversations."""

    from_account: UserId = field(name="From_Account", default=contacts.NOBODY)


class OwnTopRequest(OwnRequest, frozen=True, kw_only=True):
    """Pins (`kind` 1) or unpins (2) conversations."""

    kind: int = field(name="OperationType")
    items: list[Contact] = field(name="RecentContactItem")


class DeleteItem(msgspec.Struct, frozen=True):
    """A conversation to delete; the group's field has a small i here."""

    type: int = field(name="Type")
    to_account: UserId = field(name="To_Account", default=contacts.NOBODY)
    group_id: str = field(name="ToGroupid", default="")


class BatchDeleteRequest(OwnRequest, frozen=True, kw_only=True):
    """Deletes conversations, with `clears` 1 their history as well."""

    items: list[DeleteItem] = field(name="ContactItem")
    clears: int = field(name="ClearRamble", default=0)


class DeleteRow(msgspec.Struct, omit_defaults=True):
    """What became of one conversation."""

    type: int = field(name="Type")
    code: int = field(name="ResultCode")
    to_account: str = field(name="To_Account", default="")
    group_id: str = field(name="ToGroupid", default="")
    info: str = field(name="ResultInfo", default="")


class BatchDeleteResponse(Response, kw_only=True):
    """One row for each conversation."""

    items: list[DeleteRow] = field(name="ResultItem")


class ClearRequest(OwnRequest, frozen=True, kw_only=True):
    """Clears the history of one conversation."""

    type: int = field(name="Type")
    to_account: UserId = field(name="To_Account", default=contacts.NOBODY)
    group_id: str = field(name="ToGroupid", default="")


class OwnMarkRequest(contacts.MarkRequest, frozen=True, kw_only=True):
    """Sets marks."""

    from_account: UserId = field(name="From_Account", default=contacts.NOBODY)


class OwnCreateRequest(contacts.CreateGroupRequest, frozen=True, kw_only=True):
    """Creates a group."""

    from_account: UserId = field(name="From_Account", default=contacts.NOBODY)


class OwnDeleteRequest(contacts.DeleteGroupRequest, frozen=True, kw_only=True):
    """Deletes a group."""

    from_account: UserId = field(name="From_Account", default=contacts.NOBODY)


class OwnUpdateRequest(contacts.UpdateGroupRequest, frozen=True, kw_only=True):
    """Changes a group."""

    from_account: UserId = field(name="From_Account", default=contacts.NOBODY)


class OwnSearchRequest(contacts.SearchRequest, frozen=True, kw_only=True):
    """Asks for marks and groups of some conversations."""

    from_account: UserId = field(name="From_Account", default=contacts.NOBODY)


class OwnAllRequest(OwnRequest, frozen=True, kw_only=True):
    """Asks for a page of all marks and groups."""

    start: Natural = field(name="StartIndex", default=0)


@command("recentcontact/top", Door.SOCKET, BAD_CONVERSATION_REQUEST)
async def pin(call: Call, request: OwnTopRequest) -> Done:
    """Pin or unpin conversations."""
    await contacts.change_pins(call, _owner(call, request), request.kind, request.items)
    return Done()


@command("recentcontact/batch_delete", Door.SOCKET, BAD_CONVERSATION_REQUEST)
async def delete(call: Call, request: BatchDeleteRequest) -> BatchDeleteResponse:
    """Delete conversations from one's own list, on wish with their history."""
    owner = _owner(call, request)
    check_count(len(request.items))
    items = [Contact(item.type, item.to_account, item.group_id) for item in request.items]
    found = await find_peers(call, owner, items)
    rows = [
        DeleteRow(item.type, code, item.to_account, item.group_id, info)
        for item, (code, info) in zip(items, map(to_result, found), strict=True)
    ]
    peers = [peer for peer in found if not isinstance(peer, TidingsError)]
    if peers:
        await call.rules.conversations.delete(call.app, owner, peers, call.instance, clears=request.clears == 1)
        await contacts.read_groups(call, owner, peers)
    return BatchDeleteResponse(items=rows)


@command("recentcontact/clear_msg", Door.SOCKET, BAD_CONVERSATION_REQUEST)
async def clear(call: Call, request: ClearRequest) -> Done:
    """Clear one's own view of a history; the conversation stays in the list."""
    owner = _owner(call, request)
    contact = Contact(request.type, request.to_account, request.group_id)
    (peer,) = await contacts.get_peers(call, owner, [contact])
    await call.rules.conversations.clear(owner, peer, call.instance)
    await contacts.read_groups(call, owner, [peer])
    return Done()


@command("recentcontact/mark_contact", Door.SOCKET, BAD_CONVERSATION_REQUEST)
async def mark(call: Call, request: OwnMarkRequest) -> contacts.MarkResponse:
    """Set marks on one's own conversations."""
    return await contacts.mark(call, _owner(call, request), request, FIRST_BIT)


@command("recentcontact/create_contact_group", Door.SOCKET, BAD_CONVERSATION_REQUEST)
async def create_group(call: Call, request: OwnCreateRequest) -> contacts.CreateGroupResponse:
    """Create a group of conversations."""
    return await contacts.create_group(call, _owner(call, request), request)


@command("recentcontact/del_contact_group", Door.SOCKET, BAD_CONVERSATION_REQUEST)
async def delete_group(call: Call, request: OwnDeleteRequest) -> contacts.DeleteGroupResponse:
    """Delete a group of conversations."""
    return await contacts.delete_group(call, _owner(call, request), request)


@command("recentcontact/update_contact_group", Door.SOCKET, BAD_CONVERSATION_REQUEST)
async def update_group(call: Call, request: OwnUpdateRequest) -> contacts.UpdateGroupResponse:
    """Change a group of conversations."""
    return await contacts.update_group(call, _owner(call, request), request)


@command("recentcontact/search_contact_group", Door.SOCKET, BAD_CONVERSATION_REQUEST)
async def search(call: Call, request: OwnSearchRequest) -> contacts.SearchResponse:
    """Return marks and groups of some of one's own conversations."""
    return await contacts.search(call, _owner(call, request), request)


@command("recentcontact/get_contact_group", Door.SOCKET, BAD_CONVERSATION_REQUEST)
async def get_marked(call: Call, request: OwnAllRequest) -> contacts.AllMarkedResponse:
    """Return a page of all of one's own marks and groups."""
    return await contacts.get_all(call, _owner(call, request), request.start)


def _owner(call: Call, request: Request) -> Account:
    """Return the caller; raises 50002 if the request speaks for somebody else."""
    named = getattr(request, "from_account", contacts.NOBODY)
    if named and named != call.account.user_id:
        raise BAD_CONVERSATION_REQUEST(
            detail=f"From_Account {named!r} is not {call.account.user_id!r}, who is logged in"
        )
    return call.account
