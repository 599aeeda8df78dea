"""sns: reading friends (spec/rest/sns.yaml, spec/client/sns.yaml)."""

from collections.abc import Collection, Mapping
from enum import Enum
from typing import Annotated

import msgspec
from msgspec import UNSET, Meta, UnsetType, field

from tidings.command.call import Call
from tidings.command.drafts import Natural
from tidings.command.registry import Door, command
from tidings.command.relations import NamesRequest, find, known, owner_of
from tidings.domain.accounts import Account
from tidings.domain.friends import Relation
from tidings.domain.profile_fields import Side
from tidings.domain.relation_book import Counts, Entry, FriendRow
from tidings.errors import BAD_RELATION_REQUEST, NO_FRIEND, RELATION_ACCOUNT_NOT_FOUND
from tidings.ids import AccountNumber, UserId
from tidings.view.relations import to_friend_items
from tidings.wire.envelope import Request, Response
from tidings.wire.relations import FriendItem

PAGE = 100
PROFILE, CUSTOM, ANY_SNS = "Tag_Profile_", "Tag_SNS_Custom_", "Tag_SNS_"
RELATIONS = {Relation.NONE: "NoRelation", Relation.OWN: "AWithB", Relation.THEIRS: "BWithA", Relation.BOTH: "BothWay"}


class CheckType(Enum):
    """Whose lists are looked into."""

    SINGLE = "CheckResult_Type_Single"
    BOTH = "CheckResult_Type_Both"


class CheckRequest(NamesRequest, frozen=True, kw_only=True):
    """Who is to be checked."""

    kind: CheckType = field(name="CheckType")


class CheckRow(msgspec.Struct):
    """What two users are to each other."""

    to_account: str = field(name="To_Account")
    relation: str = field(name="Relation")
    code: int = field(name="ResultCode", default=0)
    info: str = field(name="ResultInfo", default="")


class CheckResponse(Response, kw_only=True):
    """A row for each user."""

    rows: list[CheckRow] = field(name="InfoItem")
    failed: list[str] | UnsetType = field(name="Fail_Account", default=UNSET)
    error_display: str = field(name="ErrorDisplay", default="")


class PageRequest(Request, frozen=True, kw_only=True):
    """Whose friends, from where on, and what the caller has seen."""

    from_account: UserId = field(name="From_Account")
    start: Natural = field(name="StartIndex")
    standard: Natural = field(name="StandardSequence", default=0)
    custom: Natural = field(name="CustomSequence", default=0)


class OwnPageRequest(Request, frozen=True, kw_only=True):
    """From where on one's own friends are wanted, and what the caller has seen."""

    from_account: UserId = field(name="From_Account", default=UserId(""))
    start: Natural = field(name="StartIndex", default=0)
    standard: Natural = field(name="StandardSequence", default=0)
    custom: Natural = field(name="CustomSequence", default=0)


class FriendData(msgspec.Struct):
    """A friend and the fields that have a value."""

    to_account: str = field(name="To_Account")
    items: list[FriendItem] = field(name="ValueItem")


class PageResponse(Response, kw_only=True):
    """A page of friends."""

    friends: list[FriendData] = field(name="UserDataItem")
    standard: int = field(name="StandardSequence")
    custom: int = field(name="CustomSequence")
    count: int = field(name="FriendNum")
    complete: int = field(name="CompleteFlag")
    next: int = field(name="NextStartIndex")
    error_display: str = field(name="ErrorDisplay", default="")


class ChosenRequest(NamesRequest, frozen=True, kw_only=True):
    """Friends, and the fields wanted of their entries and profiles."""

    tags: list[str] = field(name="TagList")


class ChosenRow(msgspec.Struct, kw_only=True):
    """A friend with its fields, or why there is none."""

    to_account: str = field(name="To_Account")
    items: list[FriendItem] | UnsetType = field(name="SnsProfileItem", default=UNSET)
    code: int = field(name="ResultCode", default=0)
    info: str = field(name="ResultInfo", default="")


class ChosenResponse(Response, kw_only=True):
    """A row for each friend."""

    rows: list[ChosenRow] = field(name="InfoItem")
    failed: list[str] | UnsetType = field(name="Fail_Account", default=UNSET)
    error_display: str = field(name="ErrorDisplay", default="")


class AllRequest(Request, frozen=True, kw_only=True):
    """Whose friends, from where on, with which fields."""

    from_account: UserId = field(name="From_Account")
    start: Natural = field(name="StartIndex")
    time: Natural = field(name="TimeStamp", default=0)
    tags: list[str] = field(name="TagList", default_factory=list)
    standard: Natural = field(name="LastStandardSequence", default=0)
    count: Annotated[int, Meta(ge=1)] = field(name="GetCount", default=PAGE)


class AllRow(msgspec.Struct):
    """A friend with its fields."""

    account: str = field(name="Info_Account")
    items: list[FriendItem] = field(name="SnsProfileItem")


class AllResponse(Response, kw_only=True):
    """A page of friends in the older form."""

    update_all: str = field(name="NeedUpdateAll")
    time: int = field(name="TimeStampNow")
    start: int = field(name="StartIndex")
    rows: list[AllRow] = field(name="InfoItem")
    standard: int = field(name="CurrentStandardSequence")
    count: int = field(name="FriendNum")
    error_display: str = field(name="ErrorDisplay", default="")


@command("sns/friend_check", Door.REST, BAD_RELATION_REQUEST)
async def check(call: Call, request: CheckRequest) -> CheckResponse:
    """Say what up to 1000 users are to one."""
    return await _check(call, Door.REST, request)


@command("sns/friend_check", Door.SOCKET, BAD_RELATION_REQUEST)
async def check_own(call: Call, request: CheckRequest) -> CheckResponse:
    """Say what up to 1000 users are to the caller."""
    return await _check(call, Door.SOCKET, request)


@command("sns/friend_get", Door.REST, BAD_RELATION_REQUEST)
async def get_page(call: Call, request: PageRequest) -> PageResponse:
    """Return a page of a user's friends."""
    return await _page(call, Door.REST, request)


@command("sns/friend_get", Door.SOCKET, BAD_RELATION_REQUEST)
async def get_own_page(call: Call, request: OwnPageRequest) -> PageResponse:
    """Return a page of one's friends."""
    return await _page(call, Door.SOCKET, request)


@command("sns/friend_get_list", Door.REST, BAD_RELATION_REQUEST)
async def get_chosen(call: Call, request: ChosenRequest) -> ChosenResponse:
    """Return fields of some friends and of their profiles."""
    owner = await owner_of(call, Door.REST, request.from_account)
    return await _chosen(call, owner, request, request.tags)


@command("sns/friend_get_specified", Door.SOCKET, BAD_RELATION_REQUEST)
async def get_specified(call: Call, request: NamesRequest) -> ChosenResponse:
    """Return all fields of some friends of one's own."""
    owner = await owner_of(call, Door.SOCKET, request.from_account)
    return await _chosen(call, owner, request, None)


@command("sns/friend_get_all", Door.REST, BAD_RELATION_REQUEST)
async def get_all(call: Call, request: AllRequest) -> AllResponse:
    """Return a page of a user's friends in the older form."""
    owner = await owner_of(call, Door.REST, request.from_account)
    counts = await call.rules.relations.lists.counts(owner.number)
    is_same = request.start == 0 and request.time > 0 and request.standard == counts.standard_sequence
    rows: list[FriendRow] = []
    if not is_same:
        limit = min(request.count, PAGE)
        rows = await call.rules.relations.lists.friend_page(owner.number, 0, limit, skip=request.start)
    profiles = await _profiles(call, [_account(call, row) for row in rows], request.tags)
    return AllResponse(
        update_all="GetAll_Type_NO" if is_same else "GetAll_Type_YES",
        time=int(call.rules.clock.now()),
        start=request.start + len(rows),
        rows=[
            AllRow(row.person.user_id, _items(row.entry, profiles.get(row.person.number, {}), request.tags or None))
            for row in rows
        ],
        standard=counts.standard_sequence,
        count=counts.friends,
    )


async def _check(call: Call, door: Door, request: CheckRequest) -> CheckResponse:
    owner = await owner_of(call, door, request.from_account)
    found = await find(call, request.to_accounts)
    lists, numbers = call.rules.relations.lists, [each.number for each in found.values()]
    own = await lists.entries(owner.number, numbers)
    is_both = request.kind is CheckType.BOTH
    theirs = await lists.befriended_by(owner.number, numbers) if is_both else set()
    rows = []
    for name in request.to_accounts:
        if name not in found:
            error = RELATION_ACCOUNT_NOT_FOUND(user_id=name)
            rows.append(CheckRow(name, _named(Relation.NONE), error.code, error.info))
            continue
        number = found[name].number
        relation = (number in own) * Relation.OWN | (number in theirs) * Relation.THEIRS
        rows.append(CheckRow(name, _named(Relation(relation))))
    return CheckResponse(rows=rows, failed=[row.to_account for row in rows if row.code] or UNSET)


def _named(relation: Relation) -> str:
    return f"CheckResult_Type_{RELATIONS[relation]}"


async def _page(call: Call, door: Door, request: PageRequest | OwnPageRequest) -> PageResponse:
    owner = await owner_of(call, door, request.from_account)
    counts = await call.rules.relations.lists.counts(owner.number)
    # Later pages belong to the first, whose sequences the caller has taken over by then.
    has_standard = request.start == 0 and 0 < request.standard == counts.standard_sequence
    has_custom = request.start == 0 and request.custom == counts.custom_sequence
    if has_standard and has_custom:
        return _to_page([], counts, 0)
    rows = await call.rules.relations.lists.friend_page(owner.number, request.start, PAGE + 1)
    page = rows[:PAGE]
    friends = []
    for row in page:
        fields = row.entry.fields()
        wanted = [tag for tag in fields if (tag.startswith(CUSTOM) and not has_custom) or not has_standard]
        friends.append(FriendData(row.person.user_id, to_friend_items(fields, wanted)))
    return _to_page(friends, counts, page[-1].place if len(rows) > PAGE else 0)


def _to_page(friends: list[FriendData], counts: Counts, start: int) -> PageResponse:
    return PageResponse(
        friends=friends,
        standard=counts.standard_sequence,
        custom=counts.custom_sequence,
        count=counts.friends,
        complete=int(not start),
        next=start,
    )


async def _chosen(call: Call, owner: Account, request: NamesRequest, tags: list[str] | None) -> ChosenResponse:
    found = await find(call, request.to_accounts)
    entries = await call.rules.relations.lists.entries(owner.number, [each.number for each in found.values()])
    friends = [each for each in known(request.to_accounts, found) if each.number in entries]
    profiles = await _profiles(call, friends, tags or [])
    rows = []
    for name in request.to_accounts:
        number = found[name].number if name in found else None
        if number is None or number not in entries:
            error = NO_FRIEND(user_id=name, owner=owner.user_id)
            rows.append(ChosenRow(to_account=name, code=error.code, info=error.info))
        else:
            items = _items(entries[number], profiles.get(number, {}), tags)
            rows.append(ChosenRow(to_account=name, items=items))
    return ChosenResponse(rows=rows, failed=[row.to_account for row in rows if row.code] or UNSET)


def _items(entry: Entry, profile: Mapping[str, int | str], tags: Collection[str] | None) -> list[FriendItem]:
    return [
        *(FriendItem(tag, value) for tag, value in profile.items()),
        *to_friend_items(entry.fields(), tags),
    ]


async def _profiles(
    call: Call, accounts: list[Account], tags: list[str]
) -> dict[AccountNumber, Mapping[str, int | str]]:
    """Return those fields of profiles that are asked for; raises 30001 for a tag of no family."""
    for tag in tags:
        if not tag.startswith((PROFILE, ANY_SNS)):
            raise BAD_RELATION_REQUEST(detail=f"{tag!r} is no field: tags begin with {PROFILE} or {ANY_SNS}")
    wanted = [tag for tag in tags if tag.startswith(PROFILE)]
    if not wanted or not accounts:
        return {}
    found = await call.rules.profiles.of(call.app, accounts, Side.ADMIN)
    return {
        number: {tag: value for tag, value in profile.values.items() if tag in wanted}
        for number, profile in found.items()
    }


def _account(call: Call, row: FriendRow) -> Account:
    return Account(call.app.sdk_app_id, row.person.number, row.person.user_id)
