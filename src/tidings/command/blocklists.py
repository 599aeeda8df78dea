"""sns: blocking users and reading blocklists (spec/rest/sns.yaml, spec/client/sns.yaml)."""

from enum import Enum
from typing import Annotated

import msgspec
from msgspec import UNSET, Meta, UnsetType, field

from tidings.command.call import Call
from tidings.command.drafts import Natural
from tidings.command.registry import Door, command
from tidings.command.relations import NamesRequest, RowsResponse, find, known, owner_of, to_rows
from tidings.domain.friends import Relation
from tidings.errors import BAD_RELATION_REQUEST, RELATION_ACCOUNT_NOT_FOUND
from tidings.ids import UserId
from tidings.wire.envelope import Request, Response

PAGE = 1000
RELATIONS = {Relation.NONE: "NO", Relation.OWN: "AWithB", Relation.THEIRS: "BWithA", Relation.BOTH: "BothWay"}


class CheckType(Enum):
    """Whose blocklists are looked into."""

    SINGLE = "BlackCheckResult_Type_Single"
    BOTH = "BlackCheckResult_Type_Both"


class CheckRequest(NamesRequest, frozen=True, kw_only=True):
    """Who is to be checked."""

    kind: CheckType = field(name="CheckType")


class CheckRow(msgspec.Struct):
    """Who blocks whom."""

    to_account: str = field(name="To_Account")
    relation: str = field(name="Relation")
    code: int = field(name="ResultCode", default=0)
    info: str = field(name="ResultInfo", default="")


class CheckResponse(Response, kw_only=True):
    """A row for each user."""

    rows: list[CheckRow] = field(name="BlackListCheckItem")
    failed: list[str] | UnsetType = field(name="Fail_Account", default=UNSET)
    error_display: str = field(name="ErrorDisplay", default="")


class PageRequest(Request, frozen=True, kw_only=True):
    """Whose blocklist, and from where on."""

    from_account: UserId = field(name="From_Account")
    start: Natural = field(name="StartIndex")
    limit: Annotated[int, Meta(ge=1)] = field(name="MaxLimited")
    sequence: Natural = field(name="LastSequence")


class OwnPageRequest(Request, frozen=True, kw_only=True):
    """From where on one's own blocklist is wanted."""

    from_account: UserId = field(name="From_Account", default=UserId(""))
    start: Natural = field(name="StartIndex", default=0)
    limit: Annotated[int, Meta(ge=1)] = field(name="MaxLimited", default=PAGE)
    sequence: Natural = field(name="LastSequence", default=0)


class BlockedDown(msgspec.Struct):
    """A blocked user, since when."""

    to_account: str = field(name="To_Account")
    time: int = field(name="AddBlackTimeStamp")


class PageResponse(Response, kw_only=True):
    """A page of blocked users; the sequence under its misspelt name and the right one."""

    users: list[BlockedDown] = field(name="BlackListItem")
    start: int = field(name="StartIndex")
    sequence: int = field(name="CurruentSequence")
    same_sequence: int = field(name="CurrentSequence")
    error_display: str = field(name="ErrorDisplay", default="")


@command("sns/black_list_add", Door.REST, BAD_RELATION_REQUEST)
async def block(call: Call, request: NamesRequest) -> RowsResponse:
    """Let a user block others."""
    return await _block(call, Door.REST, request)


@command("sns/black_list_add", Door.SOCKET, BAD_RELATION_REQUEST)
async def block_own(call: Call, request: NamesRequest) -> RowsResponse:
    """Block users."""
    return await _block(call, Door.SOCKET, request)


@command("sns/black_list_delete", Door.REST, BAD_RELATION_REQUEST)
async def unblock(call: Call, request: NamesRequest) -> RowsResponse:
    """Let a user block others no more."""
    return await _unblock(call, Door.REST, request)


@command("sns/black_list_delete", Door.SOCKET, BAD_RELATION_REQUEST)
async def unblock_own(call: Call, request: NamesRequest) -> RowsResponse:
    """Block users no more."""
    return await _unblock(call, Door.SOCKET, request)


@command("sns/black_list_get", Door.REST, BAD_RELATION_REQUEST)
async def get_page(call: Call, request: PageRequest) -> PageResponse:
    """Return a page of a user's blocklist."""
    return await _page(call, Door.REST, request)


@command("sns/black_list_get", Door.SOCKET, BAD_RELATION_REQUEST)
async def get_own_page(call: Call, request: OwnPageRequest) -> PageResponse:
    """Return a page of one's blocklist."""
    return await _page(call, Door.SOCKET, request)


@command("sns/black_list_check", Door.REST, BAD_RELATION_REQUEST)
async def check(call: Call, request: CheckRequest) -> CheckResponse:
    """Say who of a user and others blocks whom."""
    return await _check(call, Door.REST, request)


@command("sns/black_list_check", Door.SOCKET, BAD_RELATION_REQUEST)
async def check_own(call: Call, request: CheckRequest) -> CheckResponse:
    """Say whom one blocks of some users, and by whom of them one is blocked."""
    return await _check(call, Door.SOCKET, request)


async def _block(call: Call, door: Door, request: NamesRequest) -> RowsResponse:
    owner = await owner_of(call, door, request.from_account)
    found = await find(call, request.to_accounts)
    others = known(request.to_accounts, found)
    return to_rows(request.to_accounts, found, await call.rules.relations.blocks.block(owner, others))


async def _unblock(call: Call, door: Door, request: NamesRequest) -> RowsResponse:
    owner = await owner_of(call, door, request.from_account)
    found = await find(call, request.to_accounts)
    others = known(request.to_accounts, found)
    return to_rows(request.to_accounts, found, await call.rules.relations.blocks.unblock(owner, others))


async def _page(call: Call, door: Door, request: PageRequest | OwnPageRequest) -> PageResponse:
    owner = await owner_of(call, door, request.from_account)
    counts = await call.rules.relations.lists.counts(owner.number)
    limit = min(request.limit, PAGE)
    rows = await call.rules.relations.lists.block_page(owner.number, request.start, limit + 1)
    page = rows[:limit]
    return PageResponse(
        users=[BlockedDown(row.person.user_id, row.time) for row in page],
        start=page[-1].place if len(rows) > limit else 0,
        sequence=counts.blocks_sequence,
        same_sequence=counts.blocks_sequence,
    )


async def _check(call: Call, door: Door, request: CheckRequest) -> CheckResponse:
    owner = await owner_of(call, door, request.from_account)
    found = await find(call, request.to_accounts)
    lists, numbers = call.rules.relations.lists, [each.number for each in found.values()]
    own = await lists.blocked(owner.number, numbers)
    theirs = await lists.blocked_by(owner.number, numbers) if request.kind is CheckType.BOTH else set()
    rows = []
    for name in request.to_accounts:
        if name not in found:
            error = RELATION_ACCOUNT_NOT_FOUND(user_id=name)
            rows.append(CheckRow(name, _named(Relation.NONE), error.code, error.info))
            continue
        number = found[name].number
        rows.append(CheckRow(name, _named(Relation((number in own) + 2 * (number in theirs)))))
    return CheckResponse(rows=rows, failed=[row.to_account for row in rows if row.code] or UNSET)


def _named(relation: Relation) -> str:
    return f"BlackCheckResult_Type_{RELATIONS[relation]}"
