"""im_open_login_svc: accounts (spec/rest/im_open_login_svc.yaml)."""

import contextlib

import msgspec
from msgspec import field

from tidings.command.call import Call
from tidings.command.registry import Door, command
from tidings.domain.accounts import Newcomer
from tidings.errors import ACCOUNT_NOT_FOUND, BAD_ACCOUNT_REQUEST, PROFILE_TOO_LONG, TidingsError
from tidings.ids import UserId, is_user_id
from tidings.wire.envelope import Done, Request, Response

MAX_BATCH = 100
MAX_PROFILE_BYTES = 500
BATCH_RATE = 100


class ImportRequest(Request, frozen=True, kw_only=True):
    """An account and, on wish, its nickname and avatar."""

    user_id: str = field(name="UserID", default="")
    identifier: str = field(name="Identifier", default="")
    nick: str | None = field(name="Nick", default=None)
    face_url: str | None = field(name="FaceUrl", default=None)
    type: int = field(name="Type", default=0)


class ImportItem(msgspec.Struct, frozen=True):
    """One account of a batch."""

    user_id: str = field(name="UserID")
    nick: str | None = field(name="Nick", default=None)
    face_url: str | None = field(name="FaceUrl", default=None)


class BatchImportRequest(Request, frozen=True, kw_only=True):
    """Many accounts, in the newer or in the older form."""

    items: list[ImportItem] | None = field(name="AccountList", default=None)
    names: list[str] | None = field(name="Accounts", default=None)


class BatchImportResponse(Response, kw_only=True):
    """The names that could not be imported."""

    failed: list[str] = field(name="FailAccounts")


class AccountItem(msgspec.Struct, frozen=True):
    """An account that is asked for."""

    user_id: str = field(name="UserID")


class DeleteRequest(Request, frozen=True, kw_only=True):
    """Accounts to delete."""

    items: list[AccountItem] = field(name="DeleteItem")


class CheckRequest(Request, frozen=True, kw_only=True):
    """Accounts to look up."""

    items: list[AccountItem] = field(name="CheckItem")


class DeleteResult(msgspec.Struct):
    """What became of one account."""

    user_id: str = field(name="UserID")
    code: int = field(name="ResultCode", default=0)
    info: str = field(name="ResultInfo", default="")


class CheckResult(msgspec.Struct):
    """Whether one account exists."""

    user_id: str = field(name="UserID")
    status: str = field(name="AccountStatus")
    code: int = field(name="ResultCode", default=0)
    info: str = field(name="ResultInfo", default="")


class DeleteResponse(Response, kw_only=True):
    """A row for each account, in the order asked."""

    items: list[DeleteResult] = field(name="ResultItem")


class CheckResponse(Response, kw_only=True):
    """A row for each account, in the order asked."""

    items: list[CheckResult] = field(name="ResultItem")


class KickRequest(Request, frozen=True, kw_only=True):
    """The account whose logins end."""

    user_id: str = field(name="UserID", default="")
    identifier: str = field(name="Identifier", default="")


@command("im_open_login_svc/account_import", Door.REST, BAD_ACCOUNT_REQUEST)
async def import_account(call: Call, request: ImportRequest) -> Done:
    """Create an account, or give an existing one a nickname and an avatar."""
    name = _one_of(request.user_id, request.identifier)
    for value in (request.nick, request.face_url):
        if _is_too_long(value):
            raise PROFILE_TOO_LONG(limit=MAX_PROFILE_BYTES)
    nick = request.nick and call.rules.words.screen_name(call.app, request.nick)
    await call.rules.profiles.import_accounts(call.app.sdk_app_id, [Newcomer(name, nick, request.face_url)])
    return Done()


@command("im_open_login_svc/multiaccount_import", Door.REST, BAD_ACCOUNT_REQUEST, rate=BATCH_RATE)
async def import_accounts(call: Call, request: BatchImportRequest) -> BatchImportResponse:
    """Create or update up to 100 accounts in one transaction."""
    items = _batch(request)
    good: list[ImportItem] = []
    newcomers: list[Newcomer] = []
    for item in items:
        if is_user_id(item.user_id) and not _has_long_profile(item):
            with contextlib.suppress(TidingsError):  # a nickname with a forbidden word
                nick = item.nick and call.rules.words.screen_name(call.app, item.nick)
                newcomers.append(Newcomer(UserId(item.user_id), nick, item.face_url))
                good.append(item)
    if newcomers:
        await call.rules.profiles.import_accounts(call.app.sdk_app_id, newcomers)
    kept = {id(item) for item in good}
    return BatchImportResponse(failed=[item.user_id for item in items if id(item) not in kept])


@command("im_open_login_svc/account_delete", Door.REST, BAD_ACCOUNT_REQUEST, rate=BATCH_RATE)
async def delete_accounts(call: Call, request: DeleteRequest) -> DeleteResponse:
    """Delete up to 100 accounts for good; their logins end, and what is kept of them is erased soon after."""
    names = _names(request.items, "DeleteItem")
    found = await call.rules.accounts.find_all(call.app.sdk_app_id, names)
    for account in found.values():
        await call.rules.logins.end_all(account)
        await call.rules.presences.left(account)
        await call.rules.streams.end_all(account)
        await call.rules.groups.streams.end_all(account)
        call.rules.groups.live.forget(account)
        await call.rules.groups.joining.forget(account)
        await call.rules.accounts.delete(account, with_messages=call.app.settings.erase_messages)
        call.rules.mutes.forget(account)
        call.rules.relations.barriers.forget(account.number)
    if found:
        call.rules.erasing.is_due()
    return DeleteResponse(items=[_deleted(name, exists=name in found) for name in names])


@command("im_open_login_svc/account_check", Door.REST, BAD_ACCOUNT_REQUEST, rate=BATCH_RATE)
async def check_accounts(call: Call, request: CheckRequest) -> CheckResponse:
    """Say which of up to 100 accounts exist."""
    names = _names(request.items, "CheckItem")
    found = await call.rules.accounts.find_all(call.app.sdk_app_id, names)
    return CheckResponse(items=[CheckResult(name, "Imported" if name in found else "NotImported") for name in names])


@command("im_open_login_svc/kick", Door.REST, BAD_ACCOUNT_REQUEST)
async def kick(call: Call, request: KickRequest) -> Done:
    """End every login of an account and void the UserSigs made until now."""
    name = _one_of(request.user_id, request.identifier)
    account = await call.rules.accounts.get(call.app.sdk_app_id, name)
    await call.rules.logins.kick(account)
    await call.rules.presences.announce(account)
    return Done()


def _one_of(user_id: str, identifier: str) -> UserId:
    name = user_id or identifier
    if not is_user_id(name):
        raise BAD_ACCOUNT_REQUEST(detail=f"UserID {name[:64]!r} is not 1 to 32 printable ASCII bytes")
    return UserId(name)


def _is_too_long(value: str | None) -> bool:
    return value is not None and len(value.encode()) > MAX_PROFILE_BYTES


def _has_long_profile(item: ImportItem) -> bool:
    return _is_too_long(item.nick) or _is_too_long(item.face_url)


def _batch(request: BatchImportRequest) -> list[ImportItem]:
    if (request.items is None) == (request.names is None):
        raise BAD_ACCOUNT_REQUEST(detail="exactly one of AccountList and Accounts is needed")
    items = request.items if request.items is not None else [ImportItem(name) for name in request.names or ()]
    _check_count(len(items), "AccountList")
    return items


def _names(items: list[AccountItem], name: str) -> list[UserId]:
    _check_count(len(items), name)
    return [UserId(item.user_id) for item in items]


def _check_count(count: int, name: str) -> None:
    if not 0 < count <= MAX_BATCH:
        raise BAD_ACCOUNT_REQUEST(detail=f"{name} has {count} items, 1 to {MAX_BATCH} are allowed")


def _deleted(name: str, *, exists: bool) -> DeleteResult:
    if exists:
        return DeleteResult(name)
    return DeleteResult(name, ACCOUNT_NOT_FOUND.code, "Err_TLS_PT_Open_Login_Account_Not_Exist")
