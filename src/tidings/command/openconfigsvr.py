"""openconfigsvr: global mutes and daily figures (spec/rest/openconfigsvr.yaml)."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Annotated

from msgspec import Meta, field

from tidings.command.call import Call
from tidings.command.registry import Door, command
from tidings.domain.accounts import Account
from tidings.domain.apps import App
from tidings.domain.figures import Figures
from tidings.domain.mutes import FOREVER
from tidings.errors import (
    BAD_MUTE_ACCOUNT,
    BAD_MUTE_QUERY,
    BAD_MUTE_TIME,
    BAD_OPERATION_JSON,
    MUTE_ACCOUNT_MISSING,
    Fault,
)
from tidings.ids import UINT32, UserId, is_user_id
from tidings.wire.envelope import Done, Request, Response

FOR_EVER = UINT32
EPOCH = date(1970, 1, 1)
DAY = "Date"
Span = Annotated[int, Meta(ge=0, le=UINT32)] | None


class MuteRequest(Request, frozen=True, kw_only=True):
    """For how many seconds an account is mute from now on; absent leaves that kind as it is."""

    user_id: str = field(name="Set_Account")
    messages: Span = field(name="C2CmsgNospeakingTime", default=None)
    groups: Span = field(name="GroupmsgNospeakingTime", default=None)


class MuteQuery(Request, frozen=True, kw_only=True):
    """The account whose muting is asked for."""

    user_id: str = field(name="Get_Account")


class MuteResponse(Response, kw_only=True):
    """The seconds left; 4294967295 is for ever."""

    messages: int = field(name="C2CmsgNospeakingTime")
    groups: int = field(name="GroupmsgNospeakingTime")


class FiguresRequest(Request, frozen=True, kw_only=True):
    """The names of the figures that are wanted; absent means all."""

    names: list[str] | None = field(name="RequestField", default=None)


class FiguresResponse(Response, kw_only=True):
    """A row for each day, the newest first; every value is text."""

    rows: list[dict[str, str]] = field(name="Result")


_MUTE_FAULTS = {
    "Set_Account": MUTE_ACCOUNT_MISSING,
    "C2CmsgNospeakingTime": BAD_MUTE_TIME,
    "GroupmsgNospeakingTime": BAD_MUTE_TIME,
}


@command("openconfigsvr/setnospeaking", Door.REST, BAD_OPERATION_JSON, bad_fields=_MUTE_FAULTS)
async def mute(call: Call, request: MuteRequest) -> Done:
    """Mute an account everywhere for a time, or end that."""
    if not request.user_id:
        raise MUTE_ACCOUNT_MISSING(detail="it is empty")
    if request.messages is None and request.groups is None:
        raise BAD_MUTE_TIME(detail="neither C2CmsgNospeakingTime nor GroupmsgNospeakingTime is there")
    account = await _account(call, request.user_id, BAD_MUTE_ACCOUNT)
    await call.rules.mutes.set(account, _to_seconds(request.messages), _to_seconds(request.groups))
    return Done()


@command("openconfigsvr/getnospeaking", Door.REST, BAD_OPERATION_JSON, bad_fields={"Get_Account": BAD_MUTE_QUERY})
async def get_mute(call: Call, request: MuteQuery) -> MuteResponse:
    """Return for how long an account is mute."""
    messages, groups = call.rules.mutes.left(await _account(call, request.user_id, BAD_MUTE_QUERY))
    return MuteResponse(messages=_to_span(messages), groups=_to_span(groups))


@command("openconfigsvr/getappinfo", Door.REST, BAD_OPERATION_JSON)
async def get_figures(call: Call, request: FiguresRequest) -> FiguresResponse:
    """Return the app's figures of up to 30 days; names that are none of them are passed over."""
    names = [name for name in _SHOWN if request.names is None or name in request.names]
    days = await call.rules.statistics.of(call.app)
    return FiguresResponse(rows=[_to_row(call.app, names, day, figures) for day, figures in days], error_info="OK")


async def _account(call: Call, user_id: str, fault: Fault) -> Account:
    found = await call.rules.accounts.find(call.app.sdk_app_id, UserId(user_id)) if is_user_id(user_id) else None
    if found is None:
        raise fault(detail=f"account {user_id[:64]!r} does not exist")
    return found


def _to_seconds(span: int | None) -> int | None:
    return FOREVER if span == FOR_EVER else span


def _to_span(seconds: int) -> int:
    return FOR_EVER if seconds == FOREVER else seconds


def _to_row(app: App, names: list[str], day: int, figures: Figures) -> dict[str, str]:
    row = {name: str(_SHOWN[name](app, figures)) for name in names}
    return row | {DAY: (EPOCH + timedelta(days=day)).strftime("%Y%m%d")}


def _none(_app: App, _figures: Figures) -> int:
    """Stand for what this version does not have: friends, groups, pushes by vendors, webhooks."""
    return 0


_SHOWN: dict[str, Callable[[App, Figures], object]] = {
    "AppName": lambda app, _: app.name,
    "AppId": lambda app, _: app.sdk_app_id,
    "Company": lambda _, __: "",
    "ActiveUserNum": lambda _, figures: figures.active,
    "RegistUserNumOneDay": lambda _, figures: figures.registered,
    "RegistUserNumTotal": lambda _, figures: figures.accounts,
    "LoginTimes": lambda _, figures: figures.logins,
    "LoginUserNum": lambda _, figures: figures.logged_in,
    "UpMsgNum": lambda _, figures: figures.sent,
    "DownMsgNum": lambda _, figures: figures.delivered,
    "SendMsgUserNum": lambda _, figures: figures.senders,
    "APNSMsgNum": _none,
    "C2CUpMsgNum": lambda _, figures: figures.sent,
    "C2CDownMsgNum": lambda _, figures: figures.delivered,
    "C2CSendMsgUserNum": lambda _, figures: figures.senders,
    "C2CAPNSMsgNum": _none,
    "MaxOnlineNum": lambda _, figures: figures.most_online,
    "ChainIncrease": _none,
    "ChainDecrease": _none,
    "GroupUpMsgNum": _none,
    "GroupDownMsgNum": _none,
    "GroupSendMsgUserNum": _none,
    "GroupAPNSMsgNum": _none,
    "GroupSendMsgGroupNum": _none,
    "GroupJoinGroupTimes": _none,
    "GroupQuitGroupTimes": _none,
    "GroupNewGroupNum": _none,
    "GroupAllGroupNum": _none,
    "GroupDestroyGroupNum": _none,
    "CallBackReq": _none,
    "CallBackRsp": _none,
}
