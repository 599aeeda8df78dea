"""What all commands of service sns have in common: who is acted for, who is named, and a row for each."""

from collections.abc import Iterable, Mapping, Sequence

import msgspec
from msgspec import UNSET, UnsetType, field

from tidings.command.call import Call
from tidings.command.registry import Door
from tidings.domain.accounts import Account
from tidings.domain.callbacks import Verdict
from tidings.domain.relations import Results
from tidings.errors import (
    BAD_RELATION_REQUEST,
    RELATION_ACCOUNT_NOT_FOUND,
    RELATION_ADMIN_REQUIRED,
    RELATION_WORDS,
    TidingsError,
    refused_by_app,
)
from tidings.ids import UserId
from tidings.wire.envelope import Request, Response

NAMED_AT_MOST = 1000


class NamesRequest(Request, frozen=True, kw_only=True):
    """Whose relations, and the users it is about."""

    from_account: UserId = field(name="From_Account")
    to_accounts: list[UserId] = field(name="To_Account")


class ResultRow(msgspec.Struct):
    """What became of one user."""

    to_account: str = field(name="To_Account")
    code: int = field(name="ResultCode", default=0)
    info: str = field(name="ResultInfo", default="")


class RowsResponse(Response, kw_only=True):
    """A row for each user in the order asked, and who could not be served."""

    rows: list[ResultRow] = field(name="ResultItem")
    failed: list[str] | UnsetType = field(name="Fail_Account", default=UNSET)
    error_display: str = field(name="ErrorDisplay", default="")


class DisplayResponse(Response, kw_only=True):
    """Done."""

    error_display: str = field(name="ErrorDisplay", default="")


async def owner_of(call: Call, door: Door, user_id: UserId) -> Account:
    """Return whose relations are meant: anybody for app servers (30003), oneself for users (30004 for others)."""
    if door is Door.SOCKET:
        if user_id and user_id != call.account.user_id:
            raise RELATION_ADMIN_REQUIRED(user_id=call.account.user_id, owner=user_id)
        return call.account
    account = await call.rules.accounts.find(call.app.sdk_app_id, user_id)
    if account is None:
        raise RELATION_ACCOUNT_NOT_FOUND(user_id=user_id)
    return account


async def find(call: Call, names: Sequence[UserId]) -> dict[UserId, Account]:
    """Return those accounts that exist; raises 30001 for none or more than a thousand names."""
    if not 1 <= len(names) <= NAMED_AT_MOST:
        raise BAD_RELATION_REQUEST(detail=f"{len(names)} users in one call, 1 to {NAMED_AT_MOST} are allowed")
    return await call.rules.accounts.find_all(call.app.sdk_app_id, list(dict.fromkeys(names)))


def known(names: Iterable[UserId], found: Mapping[UserId, Account]) -> list[Account]:
    """Return the accounts that were found, each once, in the order named."""
    return [found[name] for name in dict.fromkeys(names) if name in found]


def to_rows(names: Sequence[UserId], found: Mapping[UserId, Account], results: Results) -> RowsResponse:
    """Return a row for each name; `results` are those of the known accounts in their order."""
    outcomes = {account.user_id: result for account, result in zip(known(names, found), results, strict=True)}
    rows = []
    for name in names:
        error = outcomes[name] if name in outcomes else RELATION_ACCOUNT_NOT_FOUND(user_id=name)
        rows.append(ResultRow(name) if error is None else ResultRow(name, error.code, error.info))
    return RowsResponse(rows=rows, failed=failed(rows))


def refusals(verdict: Verdict) -> dict[UserId, TidingsError]:
    """Return whom the app's server refuses, and with what."""
    return {name: refused_by_app(code, info) for name, (code, info) in verdict.results.items() if code}


def with_refused(
    asked: Sequence[Account], results: Results, refused: Mapping[UserId, TidingsError]
) -> list[TidingsError | None]:
    """Return a result for each account: what the app's server refuses, else the next of `results`."""
    following = iter(results)
    return [refused[each.user_id] if each.user_id in refused else next(following) for each in asked]


def failed(rows: Iterable[ResultRow]) -> list[str] | UnsetType:
    """Return who could not be served; nothing where all were."""
    return [row.to_account for row in rows if row.code] or UNSET


def screen(call: Call, text: str) -> str:
    """Return a text with forbidden words masked; raises 30005 for one that has to go."""
    if not text:
        return text
    try:
        return call.rules.words.screen(call.app, text)
    except TidingsError as error:
        raise RELATION_WORDS(detail=error.info) from error


def check_bytes(name: str, text: str, limit: int) -> None:
    """Raise 30001 for a text of too many bytes."""
    if (size := len(text.encode())) > limit:
        raise BAD_RELATION_REQUEST(detail=f"{name} has {size} bytes, at most {limit} are allowed")
