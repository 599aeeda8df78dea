"""sns: adding, importing, changing and deleting friends (spec/rest/sns.yaml, spec/client/sns.yaml)."""

import re
from collections.abc import Sequence
from enum import Enum
from typing import Annotated

import msgspec
from msgspec import Meta, field

from tidings.command.call import Call
from tidings.command.registry import Door, command
from tidings.command.relations import (
    DisplayResponse,
    NamesRequest,
    RowsResponse,
    check_bytes,
    find,
    known,
    owner_of,
    refusals,
    screen,
    to_rows,
    with_refused,
)
from tidings.domain.accounts import Account
from tidings.domain.callbacks import ask
from tidings.domain.friend_fields import check_custom, to_update
from tidings.domain.friends import Adding, Imported, Wish
from tidings.domain.happenings import FriendAsked, FriendsAsked
from tidings.domain.relation_book import Entry
from tidings.errors import BAD_RELATION_REQUEST
from tidings.ids import UserId
from tidings.wire.envelope import Request
from tidings.wire.relations import FriendItem

REMARK_BYTES, WORDING_BYTES, GROUP_BYTES = 96, 256, 30
SOURCE = re.compile(r"AddSource_Type_[A-Za-z]{1,8}")
Seconds = Annotated[int, Meta(ge=0, le=0xFFFFFFFF)]


class AddType(Enum):
    """Whose lists get an entry."""

    BOTH = "Add_Type_Both"
    SINGLE = "Add_Type_Single"


class DeleteType(Enum):
    """Whose lists lose an entry."""

    SINGLE = "Delete_Type_Single"
    BOTH = "Delete_Type_Both"


class AddItem(msgspec.Struct, frozen=True):
    """A friend to add."""

    to_account: UserId = field(name="To_Account")
    source: str = field(name="AddSource")
    remark: str = field(name="Remark", default="")
    group: str = field(name="GroupName", default="")
    wording: str = field(name="AddWording", default="")


class AddRequest(Request, frozen=True, kw_only=True):
    """Who gets friends, and which."""

    from_account: UserId = field(name="From_Account")
    items: list[AddItem] = field(name="AddFriendItem")
    kind: AddType = field(name="AddType", default=AddType.BOTH)


class AdminAddRequest(AddRequest, frozen=True, kw_only=True):
    """The same, on wish without asking anybody."""

    force: int = field(name="ForceAddFlags", default=0)


class ImportItem(msgspec.Struct, frozen=True):
    """A friend as an older system had it."""

    to_account: UserId = field(name="To_Account")
    source: str = field(name="AddSource")
    remark: str = field(name="Remark", default="")
    remark_time: Seconds = field(name="RemarkTime", default=0)
    groups: list[str] = field(name="GroupName", default_factory=list)
    wording: str = field(name="AddWording", default="")
    added_at: Seconds = field(name="AddTime", default=0)
    custom: list[FriendItem] = field(name="CustomItem", default_factory=list)


class ImportRequest(Request, frozen=True, kw_only=True):
    """Who gets friends, and which."""

    from_account: UserId = field(name="From_Account")
    items: list[ImportItem] = field(name="AddFriendItem")


class UpdateItem(msgspec.Struct, frozen=True):
    """A friend, and fields to set."""

    to_account: UserId = field(name="To_Account")
    items: list[FriendItem] = field(name="SnsItem")


class UpdateRequest(Request, frozen=True, kw_only=True):
    """Whose list changes, and how."""

    from_account: UserId = field(name="From_Account")
    items: list[UpdateItem] = field(name="UpdateItem")


class DeleteRequest(NamesRequest, frozen=True, kw_only=True):
    """Friends to delete."""

    kind: DeleteType = field(name="DeleteType", default=DeleteType.SINGLE)


class DeleteAllRequest(Request, frozen=True, kw_only=True):
    """Whose list is emptied."""

    from_account: UserId = field(name="From_Account")
    kind: DeleteType = field(name="DeleteType", default=DeleteType.SINGLE)


@command("sns/friend_add", Door.REST, BAD_RELATION_REQUEST)
async def add(call: Call, request: AdminAddRequest) -> RowsResponse:
    """Add friends for a user, by the ordinary procedure or by force."""
    return await _add(call, Door.REST, request, is_forced=request.force == 1)


@command("sns/friend_add", Door.SOCKET, BAD_RELATION_REQUEST)
async def add_own(call: Call, request: AddRequest) -> RowsResponse:
    """Add friends, or ask those who want to be asked."""
    return await _add(call, Door.SOCKET, request, is_forced=False)


@command("sns/friend_import", Door.REST, BAD_RELATION_REQUEST)
async def import_friends(call: Call, request: ImportRequest) -> RowsResponse:
    """Write up to 1000 friends into a user's list, in one transaction."""
    owner = await owner_of(call, Door.REST, request.from_account)
    names = [item.to_account for item in request.items]
    found = await find(call, names)
    last = {item.to_account: item for item in request.items}
    imports = [Imported(each, _to_entry(call, last[each.user_id])) for each in known(names, found)]
    return to_rows(names, found, await call.rules.relations.friends.import_friends(call.app, owner, imports))


@command("sns/friend_update", Door.REST, BAD_RELATION_REQUEST)
async def update(call: Call, request: UpdateRequest) -> RowsResponse:
    """Change fields of a user's friends."""
    return await _update(call, Door.REST, request)


@command("sns/friend_update", Door.SOCKET, BAD_RELATION_REQUEST)
async def update_own(call: Call, request: UpdateRequest) -> RowsResponse:
    """Change fields of one's friends."""
    return await _update(call, Door.SOCKET, request)


@command("sns/friend_delete", Door.REST, BAD_RELATION_REQUEST)
async def delete(call: Call, request: DeleteRequest) -> RowsResponse:
    """Delete friends of a user."""
    return await _delete(call, Door.REST, request)


@command("sns/friend_delete", Door.SOCKET, BAD_RELATION_REQUEST)
async def delete_own(call: Call, request: DeleteRequest) -> RowsResponse:
    """Delete friends."""
    return await _delete(call, Door.SOCKET, request)


@command("sns/friend_delete_all", Door.REST, BAD_RELATION_REQUEST)
async def delete_all(call: Call, request: DeleteAllRequest) -> DisplayResponse:
    """Empty a user's list of friends."""
    owner = await owner_of(call, Door.REST, request.from_account)
    await call.rules.relations.friends.delete_all(owner, is_both=request.kind is DeleteType.BOTH)
    return DisplayResponse()


async def _add(call: Call, door: Door, request: AddRequest, *, is_forced: bool) -> RowsResponse:
    owner = await owner_of(call, door, request.from_account)
    names = [item.to_account for item in request.items]
    found = await find(call, names)
    last = {item.to_account: item for item in request.items}
    wishes = [_to_wish(call, each, last[each.user_id]) for each in known(names, found)]
    how = Adding(call.app, request.kind is AddType.BOTH, is_forced)
    if door is Door.REST:  # app admins are not judged
        return to_rows(names, found, await call.rules.relations.friends.add(owner, wishes, how))
    asked = tuple(FriendAsked(w.other.user_id, w.remark, w.group, w.source, w.wording) for w in wishes)
    refused = refusals(await ask(FriendsAsked, owner, asked, how.is_both))
    allowed = [wish for wish in wishes if wish.other.user_id not in refused]
    results = await call.rules.relations.friends.add(owner, allowed, how) if allowed else []
    return to_rows(names, found, with_refused([wish.other for wish in wishes], results, refused))


async def _update(call: Call, door: Door, request: UpdateRequest) -> RowsResponse:
    owner = await owner_of(call, door, request.from_account)
    names = [item.to_account for item in request.items]
    found = await find(call, names)
    fields = {item.to_account: item.items for item in request.items}
    for values in fields.values():
        _check_texts(values)
    updates = [
        to_update(call.app, each, {item.tag: _screened(call, item.value) for item in fields[each.user_id]})
        for each in known(names, found)
    ]
    return to_rows(names, found, await call.rules.relations.friends.update(owner, updates))


async def _delete(call: Call, door: Door, request: DeleteRequest) -> RowsResponse:
    owner = await owner_of(call, door, request.from_account)
    found = await find(call, request.to_accounts)
    others = known(request.to_accounts, found)
    results = await call.rules.relations.friends.delete(owner, others, is_both=request.kind is DeleteType.BOTH)
    return to_rows(request.to_accounts, found, results)


def _to_wish(call: Call, other: Account, item: AddItem) -> Wish:
    _check(item.source, item.remark, item.wording, [item.group] if item.group else [])
    remark, wording, group = (screen(call, text) for text in (item.remark, item.wording, item.group))
    return Wish(other, item.source, wording, remark, group)


def _to_entry(call: Call, item: ImportItem) -> Entry:
    _check(item.source, item.remark, item.wording, item.groups)
    custom = check_custom(call.app, {each.tag: each.value for each in item.custom})
    remark, wording = screen(call, item.remark), screen(call, item.wording)
    groups = tuple(dict.fromkeys(screen(call, name) for name in item.groups))
    return Entry(item.source, wording, item.added_at, remark, item.remark_time, groups, custom)


def _check(source: str, remark: str, wording: str, groups: Sequence[str]) -> None:
    if not SOURCE.fullmatch(source):
        raise BAD_RELATION_REQUEST(detail=f"AddSource {source!r} is not AddSource_Type_ with 1 to 8 letters")
    check_bytes("Remark", remark, REMARK_BYTES)
    check_bytes("AddWording", wording, WORDING_BYTES)
    for name in groups:
        check_bytes("GroupName", name, GROUP_BYTES)


def _check_texts(items: Sequence[FriendItem]) -> None:
    for item in items:
        if isinstance(item.value, str):
            check_bytes(item.tag, item.value, max(REMARK_BYTES, WORDING_BYTES))


def _screened(call: Call, value: int | str | list[str]) -> int | str | list[str]:
    if isinstance(value, int):
        return value
    return screen(call, value) if isinstance(value, str) else [screen(call, name) for name in value]
