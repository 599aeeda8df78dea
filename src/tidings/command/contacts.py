"""Marks and groups of conversations, as both doors call for them (spec/rest/recentcontact.yaml).

The doors differ in who owns the conversations, and in how they count mark bits.
"""

from collections.abc import Callable, Sequence

import msgspec
from msgspec import field

from tidings.command.call import Call
from tidings.command.drafts import Natural
from tidings.domain.accounts import Account
from tidings.domain.group.listing import to_peer
from tidings.domain.marks import MARK_BITS, ConversationGroup, MarkChange
from tidings.domain.ports import Peer, Traits
from tidings.errors import (
    BAD_CONVERSATION_COUNT,
    BAD_CONVERSATION_REQUEST,
    GROUP_CONVERSATION_NOT_FOUND,
    TidingsError,
)
from tidings.ids import AccountNumber, GroupId, GroupNumber, UserId
from tidings.view.conversations import to_bits
from tidings.wire.envelope import Request, Response

C2C, GROUP = 1, 2
MAX_CHANGED = 100
MAX_SEARCHED = 300
BITS, CUSTOM, BOTH = 1, 2, 3
ADD, REMOVE = 1, 2
FROM_GROUP = 1
RENAME, MOVE = 1, 2
PIN, UNPIN = 1, 2
NOBODY = UserId("")


class Contact(msgspec.Struct, frozen=True):
    """A conversation: with a user (`type` 1), or a group chat (2)."""

    type: int = field(name="Type")
    to_account: UserId = field(name="To_Account", default=NOBODY)
    group_id: str = field(name="ToGroupId", default="")


class LooseContact(msgspec.Struct, frozen=True):
    """A conversation, in the one place where the catalogue insists on nothing."""

    type: int = field(name="Type", default=0)
    to_account: UserId = field(name="To_Account", default=NOBODY)
    group_id: str = field(name="ToGroupId", default="")


AnyContact = Contact | LooseContact


class ContactRow(msgspec.Struct, omit_defaults=True):
    """A conversation in an answer."""

    type: int = field(name="Type")
    to_account: str = field(name="To_Account", default="")
    group_id: str = field(name="ToGroupId", default="")


class ContactResult(msgspec.Struct):
    """What became of one conversation."""

    contact: ContactRow = field(name="ContactItem")
    code: int = field(name="ResultCode", default=0)
    info: str = field(name="ResultInfo", default="")


class GroupRow(msgspec.Struct):
    """A group of conversations."""

    name: str = field(name="GroupName")
    number: int = field(name="GroupId")


class MarkItem(msgspec.Struct, frozen=True):
    """New marks of one conversation: bits (`kind` 1), custom mark (2), both (3)."""

    kind: int = field(name="OptType")
    contact: Contact = field(name="ContactItem")
    clear_bits: list[int] = field(name="ClearMark", default_factory=list)
    set_bits: list[int] = field(name="SetMark", default_factory=list)
    custom: str | None = field(name="CustomMark", default=None)


class MarkRequest(Request, frozen=True, kw_only=True):
    """Set marks."""

    items: list[MarkItem] = field(name="MarkItem")


class MarkResult(msgspec.Struct):
    """What became of the marks of one conversation."""

    kind: int = field(name="OptType")
    contact: ContactRow = field(name="ContactItem")
    code: int = field(name="ResultCode", default=0)
    info: str = field(name="ResultInfo", default="")


class MarkResponse(Response, kw_only=True):
    """One row for each change."""

    items: list[MarkResult] = field(name="ResultItem")
    error_display: str = field(name="ErrorDisplay", default="")


class NewGroup(msgspec.Struct, frozen=True):
    """A group to create, with the conversations to put in."""

    name: str = field(name="GroupName")
    contacts: list[Contact] = field(name="ContactItem")


class CreateGroupRequest(Request, frozen=True, kw_only=True):
    """Create a group; one a call."""

    groups: list[NewGroup] = field(name="GroupContactItem")


class NewGroupResult(msgspec.Struct):
    """The group, and what became of each conversation."""

    group: GroupRow = field(name="GroupItem")
    contacts: list[ContactResult] = field(name="ResultItem")


class CreateGroupResponse(Response, kw_only=True):
    """One row for the group."""

    groups: list[NewGroupResult] = field(name="GroupResultItem")
    error_display: str = field(name="ErrorDisplay", default="")


class DeleteGroupRequest(Request, frozen=True, kw_only=True):
    """Delete a group by its name; one a call."""

    names: list[str] = field(name="GroupName")


class DeleteGroupResponse(Response, kw_only=True):
    """The group that is gone."""

    groups: list[GroupRow] = field(name="GroupItem")


class GroupMove(msgspec.Struct, frozen=True):
    """A conversation to put into the group (`kind` 1) or take out (2)."""

    kind: int = field(name="ContactOptType", default=0)
    contact: LooseContact = field(name="ContactItem", default=LooseContact())


class GroupUpdate(msgspec.Struct, frozen=True):
    """Rename a group (`kind` 1), or change who is in it (2)."""

    kind: int = field(name="UpdateGroupType")
    name: str = field(name="OldGroupName")
    new_name: str = field(name="NewGroupName", default="")
    moves: list[GroupMove] = field(name="ContactUpdateItem", default_factory=list)


class UpdateGroupRequest(Request, frozen=True, kw_only=True):
    """Change a group."""

    kind: int = field(name="UpdateType")
    update: GroupUpdate = field(name="UpdateGroup")


class MoveResult(msgspec.Struct):
    """What became of one conversation."""

    kind: int = field(name="ContactOptType")
    contact: ContactRow = field(name="ContactItem")
    code: int = field(name="ResultCode", default=0)
    info: str = field(name="ResultInfo", default="")


class GroupUpdateResult(msgspec.Struct):
    """The group as it is now."""

    kind: int = field(name="UpdateGroupType")
    name: str = field(name="GroupName")
    number: int = field(name="GroupId")
    old_name: str = field(name="OldGroupName")
    contacts: list[MoveResult] = field(name="ContactResultItem")


class UpdateGroupResponse(Response, kw_only=True):
    """What was changed."""

    kind: int = field(name="UpdateType")
    result: GroupUpdateResult = field(name="UpdateGroupResult")


class SearchRequest(Request, frozen=True, kw_only=True):
    """Ask for groups and marks of some conversations."""

    contacts: list[Contact] = field(name="ContactItem")


class MarkedRow(msgspec.Struct, omit_defaults=True):
    """A conversation's marks and groups; what it has none of is left out."""

    type: int = field(name="Type")
    to_account: str = field(name="To_Account", default="")
    group_id: str = field(name="ToGroupId", default="")
    bits: str = field(name="StandardMark", default="")
    custom: str = field(name="CustomMark", default="")
    groups: list[int] = field(name="ContactGroupId", default_factory=list)
    time: int = field(name="Timestamp", default=0)


class SearchResponse(Response, kw_only=True):
    """Those of the conversations that have marks or groups, and all groups."""

    contacts: list[MarkedRow] = field(name="ContactResultItem")
    groups: list[GroupRow] = field(name="GroupItem")
    error_display: str = field(name="ErrorDisplay", default="")


class AllMarkedResponse(Response, kw_only=True):
    """A page of all conversations with marks or groups, and all groups."""

    contacts: list[MarkedRow] = field(name="ContactItem")
    groups: list[GroupRow] = field(name="GroupItem")
    complete: int = field(name="CompleteFlag")
    next_start: int = field(name="NextStartIndex")


async def mark(call: Call, owner: Account, request: MarkRequest, first_bit: int) -> MarkResponse:
    """Set marks; `first_bit` is the number that the door gives the first one."""
    check_count(len(request.items))
    found = await find_peers(call, owner, [item.contact for item in request.items])
    rows: list[MarkResult] = []
    changes: list[MarkChange] = []
    for item, peer in zip(request.items, found, strict=True):
        row = MarkResult(item.kind, to_row(item.contact))
        try:
            changes.append(_to_change(item, _peer(peer), first_bit))
        except TidingsError as error:
            row.code, row.info = error.code, error.info
        rows.append(row)
    if changes:
        await call.rules.marks.mark(owner, changes, call.instance)
    return MarkResponse(items=rows)


async def create_group(call: Call, owner: Account, request: CreateGroupRequest) -> CreateGroupResponse:
    """Create a group with conversations in it."""
    if len(request.groups) != 1:
        raise BAD_CONVERSATION_REQUEST(detail=f"GroupContactItem has {len(request.groups)} groups, 1 is allowed")
    new = request.groups[0]
    check_count(len(new.contacts))
    found = await find_peers(call, owner, new.contacts)
    group = await call.rules.marks.create_group(owner, new.name, _peers(found), call.instance)
    rows = [ContactResult(to_row(each), *to_result(peer)) for each, peer in zip(new.contacts, found, strict=True)]
    return CreateGroupResponse(groups=[NewGroupResult(to_group(group), rows)])


async def delete_group(call: Call, owner: Account, request: DeleteGroupRequest) -> DeleteGroupResponse:
    """Delete a group; its conversations stay."""
    if len(request.names) != 1:
        raise BAD_CONVERSATION_REQUEST(detail=f"GroupName has {len(request.names)} names, 1 is allowed")
    group = await call.rules.marks.delete_group(owner, request.names[0], call.instance)
    return DeleteGroupResponse(groups=[to_group(group)])


async def update_group(call: Call, owner: Account, request: UpdateGroupRequest) -> UpdateGroupResponse:
    """Rename a group, or put conversations in and take them out."""
    update = request.update
    if request.kind != FROM_GROUP or update.kind not in {RENAME, MOVE}:
        raise BAD_CONVERSATION_REQUEST(
            detail=f"UpdateType {request.kind} with UpdateGroupType {update.kind}: send 1, and 1 or 2"
        )
    if update.kind == RENAME:
        group = await call.rules.marks.rename_group(owner, update.name, update.new_name, call.instance)
        rows: list[MoveResult] = []
    else:
        group, rows = await _move(call, owner, update)
    result = GroupUpdateResult(update.kind, group.name, group.number, update.name, rows)
    return UpdateGroupResponse(kind=request.kind, result=result)


async def search(call: Call, owner: Account, request: SearchRequest) -> SearchResponse:
    """Return marks and groups of some conversations."""
    check_count(len(request.contacts), MAX_SEARCHED)
    peers = _peers(await find_peers(call, owner, request.contacts))
    found = await call.rules.marks.of(owner, [peer.number for peer in peers])
    names: dict[AccountNumber, str] = {peer.number: peer.user_id for peer in peers}
    groups = await call.rules.marks.groups(owner)
    return SearchResponse(contacts=_marked(found, names), groups=[to_group(group) for group in groups])


async def get_all(call: Call, owner: Account, start: Natural) -> AllMarkedResponse:
    """Return a page of all conversations with marks or groups."""
    page = await call.rules.marks.page(owner, start)
    numbers = [-peer for peer in page.traits if peer < 0]
    users = await call.rules.accounts.names([peer for peer in page.traits if peer > 0])
    names: dict[AccountNumber, str] = dict(users)
    found = await call.rules.groups.listing.names([GroupNumber(number) for number in numbers]) if numbers else {}
    names |= {AccountNumber(-number): group_id for number, group_id in found.items()}
    groups = await call.rules.marks.groups(owner)
    return AllMarkedResponse(
        contacts=_marked(page.traits, names),
        groups=[to_group(group) for group in groups],
        complete=int(not page.after),
        next_start=page.after,
    )


async def change_pins(call: Call, owner: Account, kind: int, items: list[Contact]) -> None:
    """Pin or unpin conversations: all, or none if one of them does not exist."""
    if kind not in {PIN, UNPIN}:
        raise BAD_CONVERSATION_REQUEST(detail=f"OperationType {kind} is neither 1 nor 2")
    if not 1 <= len(items) <= MAX_CHANGED:
        raise BAD_CONVERSATION_REQUEST(
            detail=f"RecentContactItem has {len(items)} conversations, 1 to {MAX_CHANGED} are allowed"
        )
    peers = await get_peers(call, owner, items)
    if kind == PIN:
        await call.rules.conversations.pin(call.app, owner, peers, call.instance)
    else:
        await call.rules.conversations.unpin(owner, peers, call.instance)


async def get_peers(call: Call, owner: Account, items: list[Contact]) -> list[Peer]:
    """Return the peers of conversations; raises 50002 for the first that does not exist."""
    peers: list[Peer] = []
    for found in await find_peers(call, owner, items):
        if isinstance(found, TidingsError):
            raise BAD_CONVERSATION_REQUEST(detail=found.info)
        peers.append(found)
    return peers


async def find_peers(call: Call, owner: Account, contacts: Sequence[AnyContact]) -> list[Peer | TidingsError]:
    """Return for each conversation its peer, or what is wrong with it."""
    names = [contact.to_account for contact in contacts if contact.type == C2C]
    found = await call.rules.accounts.find_all(call.app.sdk_app_id, names)
    return [_find_group(call, owner, each) if each.type == GROUP else _find(each, found.get) for each in contacts]


async def read_groups(call: Call, owner: Account, peers: Sequence[Peer]) -> None:
    """Mark those of the peers that are groups as read: what is deleted is not to be read any more."""
    rules = call.rules.groups
    for peer in peers:
        if peer.number < 0:
            group = rules.directory.get(call.app.sdk_app_id, GroupId(peer.user_id))
            member = rules.directory.get_member(group, owner.number, owner.user_id)
            await rules.reading.mark_read(group, member, group.last_seq, call.instance)


def to_result(found: Peer | TidingsError) -> tuple[int, str]:
    """Return ResultCode and ResultInfo."""
    return (found.code, found.info) if isinstance(found, TidingsError) else (0, "")


def to_row(contact: AnyContact) -> ContactRow:
    """Return a conversation as it was asked for."""
    return ContactRow(contact.type, contact.to_account, contact.group_id)


def to_group(group: ConversationGroup) -> GroupRow:
    """Return a group in its wire form."""
    return GroupRow(group.name, group.number)


def check_count(count: int, limit: int = MAX_CHANGED) -> None:
    """Raise 51006 unless 1 to `limit` conversations are named."""
    if not 1 <= count <= limit:
        raise BAD_CONVERSATION_COUNT(count=count, limit=limit)


def _find_group(call: Call, owner: Account, contact: AnyContact) -> Peer | TidingsError:
    """Return a group as a peer, if the owner of the list is in it."""
    directory = call.rules.groups.directory
    group_id = GroupId(contact.group_id or contact.to_account)
    try:
        group = directory.get(call.app.sdk_app_id, group_id)
        directory.get_member(group, owner.number, owner.user_id)
    except TidingsError:
        return GROUP_CONVERSATION_NOT_FOUND(group_id=group_id)
    return to_peer(group)


def _find(contact: AnyContact, find: Callable[[UserId], Account | None]) -> Peer | TidingsError:
    if contact.type != C2C:
        return BAD_CONVERSATION_REQUEST(detail=f"Type {contact.type} is neither 1 nor 2")
    account = find(contact.to_account)
    if account is None:
        return BAD_CONVERSATION_REQUEST(detail=f"account {contact.to_account!r} does not exist")
    return account


def _peer(found: Peer | TidingsError) -> Peer:
    if isinstance(found, TidingsError):
        raise found
    return found


def _peers(found: Sequence[Peer | TidingsError]) -> list[Peer]:
    return [peer for peer in found if not isinstance(peer, TidingsError)]


def _to_change(item: MarkItem, peer: Peer, first_bit: int) -> MarkChange:
    if item.kind not in {BITS, CUSTOM, BOTH}:
        raise BAD_CONVERSATION_REQUEST(detail=f"OptType {item.kind} is not 1, 2 or 3")
    if item.kind != BITS and item.custom is None:
        raise BAD_CONVERSATION_REQUEST(detail=f"OptType {item.kind} needs CustomMark")
    if item.kind == CUSTOM:
        return MarkChange(peer, custom=item.custom)
    bits = _to_bits(item.set_bits, first_bit), _to_bits(item.clear_bits, first_bit)
    return MarkChange(peer, *bits, item.custom if item.kind == BOTH else None)


def _to_bits(numbers: Sequence[int], first_bit: int) -> int:
    bits = 0
    for number in numbers:
        if not first_bit <= number < first_bit + MARK_BITS:
            raise BAD_CONVERSATION_REQUEST(detail=f"mark {number} is not {first_bit} to {first_bit + MARK_BITS - 1}")
        bits |= 1 << (number - first_bit)
    return bits


async def _move(call: Call, owner: Account, update: GroupUpdate) -> tuple[ConversationGroup, list[MoveResult]]:
    check_count(len(update.moves))
    found = await find_peers(call, owner, [move.contact for move in update.moves])
    sides: dict[int, list[Peer]] = {ADD: [], REMOVE: []}
    rows = []
    for move, peer in zip(update.moves, found, strict=True):
        outcome: Peer | TidingsError = peer
        if move.kind not in sides:
            outcome = BAD_CONVERSATION_REQUEST(detail=f"ContactOptType {move.kind} is neither 1 nor 2")
        if not isinstance(outcome, TidingsError):
            sides[move.kind].append(outcome)
        rows.append(MoveResult(move.kind, to_row(move.contact), *to_result(outcome)))
    group = await call.rules.marks.change_group(owner, update.name, sides[ADD], sides[REMOVE], call.instance)
    return group, rows


def _marked(found: dict[AccountNumber, Traits], names: dict[AccountNumber, str]) -> list[MarkedRow]:
    return [
        MarkedRow(
            C2C if peer > 0 else GROUP,
            names[peer] if peer > 0 else "",
            "" if peer > 0 else names[peer],
            bits=to_bits(each.marks) if each.marks else "",
            custom=each.custom_mark,
            groups=list(each.groups),
            time=each.marked_at,
        )
        for peer, each in found.items()
        if peer in names
    ]
