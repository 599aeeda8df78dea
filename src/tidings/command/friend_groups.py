"""sns: friend groups (spec/rest/sns.yaml, spec/client/sns.yaml)."""

from enum import Enum

import msgspec
from msgspec import UNSET, UnsetType, field

from tidings.command.call import Call
from tidings.command.drafts import Natural
from tidings.command.registry import Door, command
from tidings.command.relations import ResultRow, failed, find, known, owner_of, screen, to_rows
from tidings.domain.relation_lists import GroupRow
from tidings.errors import BAD_RELATION_REQUEST
from tidings.ids import UserId
from tidings.wire.envelope import Request, Response


class NeedFriend(Enum):
    """Whether the friends of groups are wanted."""

    YES = "Need_Friend_Type_Yes"
    NO = "Need_Friend_Type_No"


class Move(Enum):
    """Into the group, or out of it."""

    ADD = "Update_Type_Add"
    DELETE = "Update_Type_Delete"


class AddRequest(Request, frozen=True, kw_only=True):
    """Groups to create, and friends to put into them."""

    from_account: UserId = field(name="From_Account")
    names: list[str] = field(name="GroupName")
    to_accounts: list[UserId] = field(name="To_Account", default_factory=list)


class AddResponse(Response, kw_only=True):
    """A row for each friend, if any was named."""

    sequence: int = field(name="CurrentSequence")
    rows: list[ResultRow] | UnsetType = field(name="ResultItem", default=UNSET)
    failed: list[str] | UnsetType = field(name="Fail_Account", default=UNSET)
    error_display: str = field(name="ErrorDisplay", default="")


class DeleteRequest(Request, frozen=True, kw_only=True):
    """Groups to delete."""

    from_account: UserId = field(name="From_Account")
    names: list[str] = field(name="GroupName")


class SequenceResponse(Response, kw_only=True):
    """Done; the sequence of the groups afterwards."""

    sequence: int = field(name="CurrentSequence")
    error_display: str = field(name="ErrorDisplay", default="")


class GetRequest(Request, frozen=True, kw_only=True):
    """Which groups, and whether with their friends."""

    from_account: UserId = field(name="From_Account")
    sequence: Natural = field(name="LastSequence")
    need_friend: NeedFriend = field(name="NeedFriend", default=NeedFriend.NO)
    names: list[str] | None = field(name="GroupName", default=None)


class OwnGetRequest(Request, frozen=True, kw_only=True):
    """Which groups of one's own, and whether with their friends."""

    from_account: UserId = field(name="From_Account", default=UserId(""))
    sequence: Natural = field(name="LastSequence", default=0)
    need_friend: NeedFriend = field(name="NeedFriend", default=NeedFriend.NO)


class GroupDown(msgspec.Struct, kw_only=True):
    """A group, how many are in it, and on wish who."""

    name: str = field(name="GroupName")
    count: int = field(name="FriendNumber")
    user_ids: list[str] | UnsetType = field(name="To_Account", default=UNSET)


class GetResponse(Response, kw_only=True):
    """Groups."""

    groups: list[GroupDown] = field(name="ResultItem")
    sequence: int = field(name="CurrentSequence")
    error_display: str = field(name="ErrorDisplay", default="")


class MoveItem(msgspec.Struct, frozen=True):
    """A friend to put into a group, or take out of it."""

    to_account: UserId = field(name="To_Account")
    kind: Move = field(name="UpdateType")


class UpdateRequest(Request, frozen=True, kw_only=True):
    """A group that gets another name, or other friends."""

    from_account: UserId = field(name="From_Account")
    name: str = field(name="GroupOldName")
    new_name: str = field(name="GroupNewName", default="")
    moves: list[MoveItem] = field(name="UpdateGroupItem", default_factory=list)


class MoveRow(msgspec.Struct):
    """What became of one friend."""

    to_account: str = field(name="To_Account")
    kind: str = field(name="UpdateType")
    code: int = field(name="ResultCode", default=0)
    info: str = field(name="ResultInfo", default="")


class UpdateResponse(Response, kw_only=True):
    """A row for each friend."""

    rows: list[MoveRow] = field(name="ResultItem")
    sequence: int = field(name="CurrentSequence")
    error_display: str = field(name="ErrorDisplay", default="")


@command("sns/group_add", Door.REST, BAD_RELATION_REQUEST)
async def add(call: Call, request: AddRequest) -> AddResponse:
    """Create groups for a user."""
    return await _add(call, Door.REST, request)


@command("sns/group_add", Door.SOCKET, BAD_RELATION_REQUEST)
async def add_own(call: Call, request: AddRequest) -> AddResponse:
    """Create groups."""
    return await _add(call, Door.SOCKET, request)


@command("sns/group_delete", Door.REST, BAD_RELATION_REQUEST)
async def delete(call: Call, request: DeleteRequest) -> SequenceResponse:
    """Delete groups of a user."""
    return await _delete(call, Door.REST, request)


@command("sns/group_delete", Door.SOCKET, BAD_RELATION_REQUEST)
async def delete_own(call: Call, request: DeleteRequest) -> SequenceResponse:
    """Delete groups."""
    return await _delete(call, Door.SOCKET, request)


@command("sns/group_get", Door.REST, BAD_RELATION_REQUEST)
async def get(call: Call, request: GetRequest) -> GetResponse:
    """Return groups of a user."""
    return await _get(call, Door.REST, request, request.names)


@command("sns/group_get", Door.SOCKET, BAD_RELATION_REQUEST)
async def get_own(call: Call, request: OwnGetRequest) -> GetResponse:
    """Return one's groups."""
    return await _get(call, Door.SOCKET, request, None)


@command("sns/group_update", Door.SOCKET, BAD_RELATION_REQUEST)
async def update_own(call: Call, request: UpdateRequest) -> UpdateResponse:
    """Give a group another name, put friends into it and take others out."""
    owner = await owner_of(call, Door.SOCKET, request.from_account)
    rules, name = call.rules.relations.groups, request.name
    if request.new_name:
        name = screen(call, request.new_name)
        await rules.rename(owner, request.name, name)
    rows: list[MoveRow] = []
    if request.moves:
        names = {kind: [each.to_account for each in request.moves if each.kind is kind] for kind in Move}
        found = await find(call, [each.to_account for each in request.moves])
        lists = {kind: known(names[kind], found) for kind in Move}
        results = await rules.move(owner, name, lists[Move.ADD], lists[Move.DELETE])
        count = len(lists[Move.ADD])
        for kind, part in ((Move.ADD, results[:count]), (Move.DELETE, results[count:])):
            rows += [
                MoveRow(row.to_account, kind.value, row.code, row.info)
                for row in to_rows(names[kind], found, part).rows
            ]
    counts = await call.rules.relations.lists.counts(owner.number)
    return UpdateResponse(rows=rows, sequence=counts.groups_sequence)


async def _add(call: Call, door: Door, request: AddRequest) -> AddResponse:
    owner = await owner_of(call, door, request.from_account)
    if not request.names:
        raise BAD_RELATION_REQUEST(detail="GroupName names no group")
    found = await find(call, request.to_accounts) if request.to_accounts else {}
    names = [screen(call, name) for name in request.names]
    results = await call.rules.relations.groups.add(owner, names, known(request.to_accounts, found))
    counts = await call.rules.relations.lists.counts(owner.number)
    if not request.to_accounts:
        return AddResponse(sequence=counts.groups_sequence)
    rows = to_rows(request.to_accounts, found, results).rows
    return AddResponse(sequence=counts.groups_sequence, rows=rows, failed=failed(rows))


async def _delete(call: Call, door: Door, request: DeleteRequest) -> SequenceResponse:
    owner = await owner_of(call, door, request.from_account)
    await call.rules.relations.groups.delete(owner, request.names)
    counts = await call.rules.relations.lists.counts(owner.number)
    return SequenceResponse(sequence=counts.groups_sequence)


async def _get(call: Call, door: Door, request: GetRequest | OwnGetRequest, names: list[str] | None) -> GetResponse:
    owner = await owner_of(call, door, request.from_account)
    with_members = request.need_friend is NeedFriend.YES
    groups = await call.rules.relations.lists.friend_groups(owner.number, names, with_members=with_members)
    counts = await call.rules.relations.lists.counts(owner.number)
    rows = [_to_down(group, with_members=with_members) for group in groups]
    return GetResponse(groups=rows, sequence=counts.groups_sequence)


def _to_down(group: GroupRow, *, with_members: bool) -> GroupDown:
    user_ids: list[str] = [person.user_id for person in group.members]
    return GroupDown(name=group.name, count=group.count, user_ids=user_ids if with_members else UNSET)
