"""group_open_http_svc: muting members of groups and topics (spec/rest/groups.yaml)."""

from typing import Annotated

from msgspec import Meta, Struct, field

from tidings.command.call import Call
from tidings.command.drafts import Uint32
from tidings.command.group_history import NO_TOPIC
from tidings.command.registry import Door, command
from tidings.domain.group.topics import By
from tidings.errors import BAD_SERVICE_REQUEST, TOO_MANY_GROUP_ACCOUNTS
from tidings.ids import GroupId, UserId
from tidings.wire.envelope import Done, Request, Response

MUTED_AT_ONCE = 500


class MuteRequest(Request, frozen=True, kw_only=True):
    """Accounts that may not speak for so many seconds, by either name of that; 0: they may again."""

    group_id: GroupId = field(name="GroupId")
    accounts: Annotated[list[UserId], Meta(min_length=1)] = field(name="Members_Account")
    seconds: Uint32 | None = field(name="MuteTime", default=None)
    old_seconds: Uint32 | None = field(name="ShutUpTime", default=None)
    topic_id: GroupId = field(name="TopicId", default=NO_TOPIC)


class MutedRequest(Request, frozen=True, kw_only=True):
    """A group, or one of its topics."""

    group_id: GroupId = field(name="GroupId")
    topic_id: GroupId = field(name="TopicId", default=NO_TOPIC)


class ShuttedRequest(Request, frozen=True, kw_only=True):
    """A group."""

    group_id: GroupId = field(name="GroupId")


class MutedDown(Struct):
    """Until when an account is muted, unix seconds."""

    account: str = field(name="Member_Account")
    until: int = field(name="MutedUntil")


class MutedResponse(Response, kw_only=True):
    """Who is muted."""

    group_id: str = field(name="GroupId")
    muted: list[MutedDown] = field(name="MutedAccountList")


class ShuttedDown(Struct):
    """Until when an account is muted, unix seconds."""

    account: str = field(name="Member_Account")
    until: int = field(name="ShuttedUntil")


class ShuttedResponse(Response, kw_only=True):
    """Who is muted."""

    group_id: str = field(name="GroupId")
    muted: list[ShuttedDown] = field(name="ShuttedUinList")


@command("group_open_http_svc/forbid_send_msg", Door.REST, BAD_SERVICE_REQUEST)
async def mute(call: Call, request: MuteRequest) -> Done:
    """Mute accounts, or let them speak again; names that are no accounts are passed over."""
    rules = call.rules.groups
    group = rules.directory.get_topic(call.app.sdk_app_id, request.group_id, request.topic_id)
    seconds = request.old_seconds if request.seconds is None else request.seconds
    if seconds is None:
        raise BAD_SERVICE_REQUEST(detail="MuteTime is missing")
    if len(request.accounts) > MUTED_AT_ONCE:
        raise TOO_MANY_GROUP_ACCOUNTS(count=len(request.accounts), limit=MUTED_AT_ONCE)
    found = await call.rules.accounts.find_all(call.app.sdk_app_id, request.accounts)
    await rules.muting.mute(group, By(None, call.account.user_id), list(found.values()), seconds)
    return Done()


@command("group_open_http_svc/get_group_muted_account", Door.REST, BAD_SERVICE_REQUEST)
async def list_muted(call: Call, request: MutedRequest) -> MutedResponse:
    """Return who is muted in a group or a topic, members or not."""
    rules = call.rules.groups
    group = rules.directory.get_topic(call.app.sdk_app_id, request.group_id, request.topic_id)
    found = await rules.muting.muted(group)
    muted = [MutedDown(each.user_id, each.until) for each in found]
    return MutedResponse(group_id=request.group_id, muted=muted)


@command("group_open_http_svc/get_group_shutted_uin", Door.REST, BAD_SERVICE_REQUEST)
async def list_shutted(call: Call, request: ShuttedRequest) -> ShuttedResponse:
    """Return who is muted in a group, by the command's older names."""
    rules = call.rules.groups
    found = await rules.muting.muted(rules.directory.get(call.app.sdk_app_id, request.group_id))
    muted = [ShuttedDown(each.user_id, each.until) for each in found]
    return ShuttedResponse(group_id=request.group_id, muted=muted)
