"""Do not disturb by the gateway: for one user, and for all (spec/client/openim.yaml, im_msg_db_logic.yaml)."""

from typing import Annotated

import msgspec
from msgspec import Meta, field

from tidings.command.call import Call
from tidings.command.drafts import Natural
from tidings.command.registry import Door, command
from tidings.domain.receiving import QuietTime, ReceiveOption
from tidings.errors import BAD_MESSAGE_JSON, BAD_RECEIVER, PARTY_UNKNOWN, TOO_MANY_ACCOUNTS
from tidings.ids import Position, UserId
from tidings.wire.envelope import Done, Request, Response

MAX_ASKED = 500
MAX_SET = 30


class MuteRequest(Request, frozen=True, kw_only=True):
    """Asks how some users' messages are received, or with no users for what changed after `sequence`."""

    peers: list[UserId] = field(name="Peer_Account", default_factory=list)
    sequence: Natural = field(name="UpdateSeq", default=0)


class MuteItem(msgspec.Struct):
    """The setting towards one user: 0 accept and notify, 1 discard, 2 accept without notice."""

    peer: str = field(name="Peer_Account")
    mute: int = field(name="MuteNotifications")


class MuteResponse(Response, kw_only=True):
    """The settings of those asked for; a client counts as unread only what it has a setting for."""

    items: list[MuteItem] = field(name="MuteNotificationsList")
    sequence: int = field(name="UpdateSeq")


class SetMuteRequest(Request, frozen=True, kw_only=True):
    """Sets how some users' messages are received."""

    peers: list[UserId] = field(name="Peer_Account")
    option: ReceiveOption = field(name="Mute_Notifications")


class MuteFailure(msgspec.Struct):
    """A user for whom nothing was set."""

    peer: str = field(name="Peer_Account")
    code: int = field(name="ErrorCode")


class SetMuteResponse(Response, kw_only=True):
    """The users who do not exist."""

    failures: list[MuteFailure] = field(name="ErrorList")


class QuietTimeRequest(Request, frozen=True, kw_only=True):
    """Sets when nobody's messages are announced."""

    option: Annotated[int, Meta(ge=0, le=2)] = field(name="Level")
    start: Natural = field(name="StartTime", default=0)
    end: Natural = field(name="EndTime", default=0)
    is_repeated: int = field(name="IsRepeated", default=0)


class AskQuietTimeRequest(Request, frozen=True, kw_only=True):
    """Asks when nobody's messages are announced."""


class QuietTimeResponse(Response, kw_only=True):
    """When nobody's messages are announced: 0 as usual, 2 accept without notice."""

    option: int = field(name="Level")
    start: int = field(name="StartTime")
    end: int = field(name="EndTime")
    is_repeated: int = field(name="IsRepeated")


@command("openim/get_c2c_peer_mute_notifications", Door.SOCKET, BAD_MESSAGE_JSON)
async def get_mutes(call: Call, request: MuteRequest) -> MuteResponse:
    """Return a row for every user asked for, or what changed since."""
    receiving, after = call.rules.receiving, Position(0 if request.peers else request.sequence)
    _check_count(len(request.peers), MAX_ASKED)
    changes = await receiving.options_after(call.account, after)
    if request.peers:
        found = await call.rules.accounts.find_all(call.app.sdk_app_id, request.peers)
        items = [
            MuteItem(name, changes.options.get(found[name].number, 0) if name in found else 0) for name in request.peers
        ]
    else:
        names = await call.rules.accounts.names(list(changes.options))
        items = [MuteItem(names[number], option) for number, option in changes.options.items()]
    return MuteResponse(items=items, sequence=changes.newest)


@command(
    "openim/set_c2c_peer_mute_notifications", Door.SOCKET, BAD_MESSAGE_JSON, bad_fields={"Peer_Account": BAD_RECEIVER}
)
async def set_mutes(call: Call, request: SetMuteRequest) -> SetMuteResponse:
    """Set how some users' messages are received."""
    _check_count(len(request.peers), MAX_SET)
    found = await call.rules.accounts.find_all(call.app.sdk_app_id, request.peers)
    if found:
        await call.rules.receiving.set_option(call.account, list(found.values()), request.option, call.instance)
    missing = [name for name in request.peers if name not in found]
    return SetMuteResponse(failures=[MuteFailure(name, PARTY_UNKNOWN.code) for name in missing])


@command("im_msg_db_logic/ws_get_do_not_disturb", Door.SOCKET, BAD_MESSAGE_JSON)
async def get_quiet_time(call: Call, _request: AskQuietTimeRequest) -> QuietTimeResponse:
    """Return when nobody's messages are announced."""
    quiet = await call.rules.receiving.quiet_time(call.account)
    return QuietTimeResponse(option=quiet.option, start=quiet.start, end=quiet.end, is_repeated=int(quiet.is_repeated))


@command("im_msg_db_logic/ws_set_do_not_disturb", Door.SOCKET, BAD_MESSAGE_JSON)
async def set_quiet_time(call: Call, request: QuietTimeRequest) -> Done:
    """Set when nobody's messages are announced; to refuse everybody's is not possible."""
    if request.option == ReceiveOption.DISCARD:
        raise BAD_MESSAGE_JSON(detail="Level 1 is for single conversations; send 0 or 2")
    if request.start > request.end:
        raise BAD_MESSAGE_JSON(detail=f"StartTime {request.start} is after EndTime {request.end}")
    quiet = QuietTime(ReceiveOption(request.option), request.start, request.end, bool(request.is_repeated))
    await call.rules.receiving.set_quiet_time(call.account, quiet, call.instance)
    return Done()


def _check_count(count: int, limit: int) -> None:
    if count > limit:
        raise TOO_MANY_ACCOUNTS(count=count, limit=limit)
