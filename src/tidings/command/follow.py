"""follow by both doors: who follows whom (spec/rest/follow.yaml, spec/client/follow.yaml).

The doors differ in who may be acted for: users act in their own name.
"""

from collections.abc import Callable, Sequence
from typing import TypeVar

import msgspec
from msgspec import field

from tidings.command.call import Call
from tidings.command.registry import Door, command
from tidings.decimals import decimal
from tidings.domain.accounts import Account
from tidings.domain.follows import FollowCounts, FollowType, Results
from tidings.domain.profile_fields import Side
from tidings.domain.profiles import Profile
from tidings.errors import (
    BAD_RELATION_REQUEST,
    FOLLOW_NOT_ENABLED,
    RELATION_ACCOUNT_NOT_FOUND,
    RELATION_ADMIN_REQUIRED,
    TidingsError,
)
from tidings.ids import UserId
from tidings.view.profiles import to_items
from tidings.wire.envelope import Request, Response
from tidings.wire.profiles import ProfileItem

MAX_CHANGED, MAX_CHECKED = 20, 100
PAGE, MAX_PAGE = 100, 1000
LISTS = {FollowType.FOLLOWER, FollowType.FOLLOWED, FollowType.MUTUAL}
R = TypeVar("R", bound=msgspec.Struct)


class FollowTarget(msgspec.Struct, frozen=True):
    """A user to follow."""

    to_account: UserId = field(name="To_Account")


class AddRequest(Request, frozen=True, kw_only=True):
    """Who follows, and whom."""

    from_account: UserId = field(name="From_Account")
    items: list[FollowTarget] = field(name="FollowItem")


class NamesRequest(Request, frozen=True, kw_only=True):
    """Who asks, and the users it is about."""

    from_account: UserId = field(name="From_Account")
    to_accounts: list[UserId] = field(name="To_Account")


class ListRequest(Request, frozen=True, kw_only=True):
    """Whose list, which one, and where it goes on."""

    from_account: UserId = field(name="From_Account")
    kind: int = field(name="FollowType")
    cursor: str = field(name="StartCursor")
    count: int = field(name="WantNum")


class FollowResult(msgspec.Struct):
    """What became of one user."""

    to_account: str = field(name="To_Account")
    code: int = field(name="ResultCode", default=0)
    info: str = field(name="ResultInfo", default="")


class ChangeResponse(Response, kw_only=True):
    """A row for each user, in the order asked."""

    rows: list[FollowResult] = field(name="ResultItem")
    error_display: str = field(name="ErrorDisplay", default="")


class CheckResult(msgspec.Struct):
    """What one user is to the one who asks."""

    to_account: str = field(name="To_Account")
    code: int = field(name="ResultCode", default=0)
    info: str = field(name="ResultInfo", default="")
    kind: int = field(name="FollowType", default=0)


class CheckResponse(Response, kw_only=True):
    """A row for each user, in the order asked."""

    rows: list[CheckResult] = field(name="ResultItem")
    error_display: str = field(name="ErrorDisplay", default="")


class ListEntry(msgspec.Struct):
    """A user of a list, the time of the follow, the profile and its sequence under both of its names."""

    to_account: str = field(name="To_Account")
    time: int = field(name="FollowTime")
    items: list[ProfileItem] = field(name="ProfileItem")
    sequence: int = field(name="profile_sequence")
    same_sequence: int = field(name="ProfileSequence")


class ListResponse(Response, kw_only=True):
    """A page; `next_cursor` is empty after the last one."""

    entries: list[ListEntry] = field(name="FollowItem")
    next_cursor: str = field(name="NextCursor", default="")
    error_display: str = field(name="ErrorDisplay", default="")


class CountRow(msgspec.Struct):
    """A user's counts."""

    to_account: str = field(name="To_Account")
    code: int = field(name="ResultCode", default=0)
    info: str = field(name="ResultInfo", default="")
    followers: int = field(name="FollowerCount", default=0)
    followed: int = field(name="FollowingCount", default=0)
    mutual: int = field(name="MutualFollowingCount", default=0)


class CountResponse(Response, kw_only=True):
    """A row for each user, in the order asked."""

    rows: list[CountRow] = field(name="FollowInfo")
    error_display: str = field(name="ErrorDisplay", default="")


@command("follow/follow_add", Door.REST, BAD_RELATION_REQUEST)
async def add(call: Call, request: AddRequest) -> ChangeResponse:
    """Let a user follow up to 20 others."""
    return await _add(call, await _owner(call, request.from_account), request)


@command("follow/follow_add", Door.SOCKET, BAD_RELATION_REQUEST)
async def add_own(call: Call, request: AddRequest) -> ChangeResponse:
    """Follow up to 20 users."""
    return await _add(call, _oneself(call, request.from_account), request)


@command("follow/follow_delete", Door.REST, BAD_RELATION_REQUEST)
async def delete(call: Call, request: NamesRequest) -> ChangeResponse:
    """Let a user follow up to 20 others no more."""
    return await _delete(call, await _owner(call, request.from_account), request)


@command("follow/follow_delete", Door.SOCKET, BAD_RELATION_REQUEST)
async def delete_own(call: Call, request: NamesRequest) -> ChangeResponse:
    """Follow up to 20 users no more."""
    return await _delete(call, _oneself(call, request.from_account), request)


@command("follow/follow_check", Door.REST, BAD_RELATION_REQUEST)
async def check(call: Call, request: NamesRequest) -> CheckResponse:
    """Say what up to 100 users are to one."""
    return await _check(call, await _owner(call, request.from_account), request)


@command("follow/follow_check", Door.SOCKET, BAD_RELATION_REQUEST)
async def check_own(call: Call, request: NamesRequest) -> CheckResponse:
    """Say what up to 100 users are to the caller."""
    return await _check(call, _oneself(call, request.from_account), request)


@command("follow/follow_get", Door.REST, BAD_RELATION_REQUEST)
async def get_list(call: Call, request: ListRequest) -> ListResponse:
    """Return a page of a user's followers, followed or mutual users, newest first."""
    return await _list(call, await _owner(call, request.from_account), request, Side.ADMIN)


@command("follow/follow_get", Door.SOCKET, BAD_RELATION_REQUEST)
async def get_own_list(call: Call, request: ListRequest) -> ListResponse:
    """Return a page of one's own followers, followed or mutual users, newest first."""
    return await _list(call, _oneself(call, request.from_account), request, Side.USER)


@command("follow/follow_get_info", Door.REST, BAD_RELATION_REQUEST)
async def count(call: Call, request: NamesRequest) -> CountResponse:
    """Count followers, followed and mutual users of up to 20 users."""
    await _owner(call, request.from_account)
    return await _count(call, request)


@command("follow/follow_get_info", Door.SOCKET, BAD_RELATION_REQUEST)
async def count_for_user(call: Call, request: NamesRequest) -> CountResponse:
    """Count followers, followed and mutual users of up to 20 users."""
    _oneself(call, request.from_account)
    return await _count(call, request)


async def _owner(call: Call, user_id: UserId) -> Account:
    """Return who is acted for; raises 30005 if nobody follows in this app, 30003 for an unknown one."""
    _check_enabled(call)
    account = await call.rules.accounts.find(call.app.sdk_app_id, user_id)
    if account is None:
        raise RELATION_ACCOUNT_NOT_FOUND(user_id=user_id)
    return account


def _oneself(call: Call, user_id: UserId) -> Account:
    """Return the caller; raises 30005 if nobody follows in this app, 30004 if somebody else is named."""
    _check_enabled(call)
    if user_id != call.account.user_id:
        raise RELATION_ADMIN_REQUIRED(user_id=call.account.user_id, owner=user_id)
    return call.account


def _check_enabled(call: Call) -> None:
    if not call.app.settings.follow:
        raise FOLLOW_NOT_ENABLED()


async def _add(call: Call, owner: Account, request: AddRequest) -> ChangeResponse:
    names = [item.to_account for item in request.items]
    found = await _find(call, names, MAX_CHANGED)
    results = await call.rules.follows.follow(call.app, owner, _known(names, found))
    return ChangeResponse(rows=_to_results(names, found, results))


async def _delete(call: Call, owner: Account, request: NamesRequest) -> ChangeResponse:
    names = request.to_accounts
    found = await _find(call, names, MAX_CHANGED)
    results = await call.rules.follows.unfollow(owner, _known(names, found))
    return ChangeResponse(rows=_to_results(names, found, results))


async def _check(call: Call, owner: Account, request: NamesRequest) -> CheckResponse:
    found = await _find(call, request.to_accounts, MAX_CHECKED)
    types = await call.rules.follows.types(owner, list(found.values()))

    def to_row(name: UserId) -> CheckResult:
        return CheckResult(name, kind=types.get(found[name].number, FollowType.NONE))

    return CheckResponse(rows=_rows(request.to_accounts, found, to_row, CheckResult))


async def _list(call: Call, owner: Account, request: ListRequest, side: Side) -> ListResponse:
    if request.kind not in LISTS:
        raise BAD_RELATION_REQUEST(detail=f"FollowType {request.kind} is not 1, 2 or 3")
    if request.count < 0:
        raise BAD_RELATION_REQUEST(detail=f"WantNum {request.count} is negative")
    before, limit = _parse_cursor(request.cursor), min(request.count or PAGE, MAX_PAGE)
    page = await call.rules.follows.page(owner, FollowType(request.kind), before, limit)
    accounts = [Account(call.app.sdk_app_id, row.number, row.user_id) for row in page.rows]
    profiles = await call.rules.profiles.of(call.app, accounts, side)
    entries = []
    for row in page.rows:
        profile = profiles.get(row.number, Profile({}))
        items, sequence = to_items(profile.values), profile.sequence
        entries.append(ListEntry(row.user_id, row.time, items, sequence, sequence))
    return ListResponse(entries=entries, next_cursor=str(page.after) if page.after else "")


async def _count(call: Call, request: NamesRequest) -> CountResponse:
    found = await _find(call, request.to_accounts, MAX_CHANGED)
    counts = await call.rules.follows.counts(list(found.values()))

    def to_row(name: UserId) -> CountRow:
        each: FollowCounts = counts[found[name].number]
        return CountRow(name, followers=each.followers, followed=each.followed, mutual=each.mutual)

    return CountResponse(rows=_rows(request.to_accounts, found, to_row, CountRow))


async def _find(call: Call, names: Sequence[UserId], limit: int) -> dict[UserId, Account]:
    if not 1 <= len(names) <= limit:
        raise BAD_RELATION_REQUEST(detail=f"{len(names)} users in one call, 1 to {limit} are allowed")
    return await call.rules.accounts.find_all(call.app.sdk_app_id, names)


def _known(names: Sequence[UserId], found: dict[UserId, Account]) -> list[Account]:
    return [found[name] for name in names if name in found]


def _to_results(names: Sequence[UserId], found: dict[UserId, Account], results: Results) -> list[FollowResult]:
    outcomes = iter(results)

    def to_row(name: UserId) -> FollowResult:
        error: TidingsError | None = next(outcomes)
        return FollowResult(name) if error is None else FollowResult(name, error.code, error.info)

    return _rows(names, found, to_row, FollowResult)


def _rows(
    names: Sequence[UserId],
    found: dict[UserId, Account],
    to_row: Callable[[UserId], R],
    to_failed: Callable[[str, int, str], R],
) -> list[R]:
    """Return a row for each user, in the order asked; that of one who does not exist says so."""
    rows: list[R] = []
    for name in names:
        if name in found:
            rows.append(to_row(name))
        else:
            fault = RELATION_ACCOUNT_NOT_FOUND(user_id=name)
            rows.append(to_failed(name, fault.code, fault.info))
    return rows


def _parse_cursor(text: str) -> int:
    after = decimal(text or "0")
    if after is None:
        raise BAD_RELATION_REQUEST(detail="StartCursor is none that a page has answered")
    return after
