"""profile by both doors: reading profiles, and changing one (spec/rest/profile.yaml, spec/client/profile.yaml)."""

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from msgspec import UNSET, UnsetType, field

from tidings.command.call import Call
from tidings.command.drafts import Natural
from tidings.command.registry import Door, command
from tidings.domain.accounts import Account
from tidings.domain.profile_fields import Side, is_standard
from tidings.domain.profiles import Profile
from tidings.errors import (
    BAD_PROFILE_REQUEST,
    PROFILE_ACCOUNT_MISSING,
    PROFILE_ACCOUNT_NOT_FOUND,
    PROFILE_ADMIN_REQUIRED,
)
from tidings.ids import UserId
from tidings.view.profiles import to_items
from tidings.wire.envelope import Done, Request, Response
from tidings.wire.profiles import ProfileItem

MAX_USERS = 100
# An app has no more fields than these; whoever names more of them repeats himself.
MAX_FIELDS = 100


class GetRequest(Request, frozen=True, kw_only=True):
    """Users, and the fields wanted of each."""

    to_accounts: list[UserId] = field(name="To_Account")
    tags: list[str] = field(name="TagList")


class ProfileRow(msgspec.Struct, kw_only=True):
    """A user's profile, or why there is none."""

    to_account: str = field(name="To_Account")
    items: list[ProfileItem] | UnsetType = field(name="ProfileItem", default=UNSET)
    code: int = field(name="ResultCode", default=0)
    info: str = field(name="ResultInfo", default="")


class GetResponse(Response, kw_only=True):
    """A row for each user in the order asked, and who could not be read."""

    rows: list[ProfileRow] = field(name="UserProfileItem")
    failed: list[str] | UnsetType = field(name="Fail_Account", default=UNSET)
    error_display: str = field(name="ErrorDisplay", default="")


class NewValue(msgspec.Struct, frozen=True):
    """A field and its new value."""

    tag: str = field(name="Tag")
    value: Any = field(name="Value")


class SetRequest(Request, frozen=True, kw_only=True):
    """Whose profile changes, and what."""

    from_account: UserId = field(name="From_Account")
    items: list[NewValue] = field(name="ProfileItem")


class SetResponse(Response, kw_only=True):
    """Done."""

    error_display: str = field(name="ErrorDisplay", default="")


class OwnSetRequest(Request, frozen=True, kw_only=True):
    """What changes of the caller's own profile."""

    items: list[NewValue] = field(name="ProfileItem")
    from_account: UserId = field(name="From_Account", default=UserId(""))


class ProfileQuery(msgspec.Struct, frozen=True):
    """A user, and what the client has of the profile: sequences as they were answered, 0 for nothing."""

    to_account: UserId = field(name="To_Account")
    standard_sequence: Natural = field(name="StandardSequence", default=0)
    custom_sequence: Natural = field(name="CustomSequence", default=0)


class GetAllRequest(Request, frozen=True, kw_only=True):
    """Users whose profiles are wanted."""

    users: list[ProfileQuery] = field(name="UserItem")


class WholeProfileRow(msgspec.Struct, kw_only=True):
    """A user's profile save what the client has, and its sequences; or why there is none."""

    to_account: str = field(name="To_Account")
    items: list[ProfileItem] = field(name="ProfileItem", default_factory=list)
    standard_sequence: int = field(name="StandardSequence", default=0)
    custom_sequence: int = field(name="CustomSequence", default=0)
    code: int = field(name="ResultCode", default=0)
    info: str = field(name="ResultInfo", default="")


class GetAllResponse(Response, kw_only=True):
    """A row for each user, in the order asked."""

    rows: list[WholeProfileRow] = field(name="UserProfileItem")


@command("profile/portrait_get", Door.REST, BAD_PROFILE_REQUEST, bad_fields={"To_Account": PROFILE_ACCOUNT_MISSING})
async def get_some(call: Call, request: GetRequest) -> GetResponse:
    """Return some fields of up to 100 users."""
    names = request.to_accounts
    _check_users(names)
    _check_fields(request.tags)
    found = await _find(call, names, Side.ADMIN, request.tags)
    rows = [_to_row(name, found.get(name)) for name in names]
    failed = [row.to_account for row in rows if row.code]
    return GetResponse(rows=rows, failed=failed or UNSET)


@command("profile/portrait_set", Door.REST, BAD_PROFILE_REQUEST)
async def change(call: Call, request: SetRequest) -> SetResponse:
    """Change fields of a user's profile, all or none."""
    owner = await call.rules.accounts.find(call.app.sdk_app_id, request.from_account)
    if owner is None:
        raise PROFILE_ACCOUNT_NOT_FOUND(user_id=request.from_account)
    await _change(call, owner, request.items, Side.ADMIN)
    return SetResponse()


@command("profile/portrait_get_all", Door.SOCKET, BAD_PROFILE_REQUEST)
async def get_all(call: Call, request: GetAllRequest) -> GetAllResponse:
    """Return what has changed of the profiles of up to 100 users since the client has asked last."""
    names = [user.to_account for user in request.users]
    _check_users(names)
    found = await _find(call, names, Side.USER)
    return GetAllResponse(rows=[_to_whole_row(user, found.get(user.to_account)) for user in request.users])


@command("profile/portrait_set", Door.SOCKET, BAD_PROFILE_REQUEST)
async def change_own(call: Call, request: OwnSetRequest) -> Done:
    """Change fields of one's own profile, all or none."""
    if request.from_account not in {"", call.account.user_id}:
        raise PROFILE_ADMIN_REQUIRED(user_id=call.account.user_id, owner=request.from_account)
    await _change(call, call.account, request.items, Side.USER)
    return Done()


async def _change(call: Call, owner: Account, items: Sequence[NewValue], side: Side) -> None:
    if not items:
        raise BAD_PROFILE_REQUEST(detail="ProfileItem is empty")
    _check_fields([item.tag for item in items])
    await call.rules.profiles.change(call.app, owner, [(item.tag, item.value) for item in items], side)


async def _find(
    call: Call, names: Iterable[UserId], side: Side, tags: Sequence[str] | None = None
) -> dict[str, Profile]:
    accounts = await call.rules.accounts.find_all(call.app.sdk_app_id, names)
    profiles = await call.rules.profiles.of(call.app, list(accounts.values()), side, tags)
    return {name: profiles[each.number] for name, each in accounts.items() if each.number in profiles}


def _to_row(name: UserId, profile: Profile | None) -> ProfileRow:
    if profile is None:
        fault = PROFILE_ACCOUNT_NOT_FOUND(user_id=name)
        return ProfileRow(to_account=name, code=fault.code, info=fault.info)
    return ProfileRow(to_account=name, items=to_items(profile.values))


def _to_whole_row(user: ProfileQuery, profile: Profile | None) -> WholeProfileRow:
    if profile is None:
        fault = PROFILE_ACCOUNT_NOT_FOUND(user_id=user.to_account)
        return WholeProfileRow(to_account=user.to_account, code=fault.code, info=fault.info)
    has_standard = 0 < user.standard_sequence == profile.standard_sequence
    has_custom = 0 < user.custom_sequence == profile.custom_sequence
    fresh = {tag: v for tag, v in profile.values.items() if not (has_standard if is_standard(tag) else has_custom)}
    return WholeProfileRow(
        to_account=user.to_account,
        items=to_items(fresh),
        standard_sequence=profile.standard_sequence,
        custom_sequence=profile.custom_sequence,
    )


def _check_users(names: Sequence[str]) -> None:
    if not names:
        raise PROFILE_ACCOUNT_MISSING(detail="it is empty")
    if len(names) > MAX_USERS:
        raise BAD_PROFILE_REQUEST(detail=f"{len(names)} users in one call, at most {MAX_USERS} are allowed")


def _check_fields(tags: Sequence[str]) -> None:
    if len(tags) > MAX_FIELDS:
        raise BAD_PROFILE_REQUEST(detail=f"{len(tags)} fields in one call, at most {MAX_FIELDS} are allowed")
