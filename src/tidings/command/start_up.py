"""What clients ask for at start (web-sdk-wire.md, section 6).

Settings, statistics, and the lists of features that this app has none of: each is answered with
its true, empty list and its end marker.
"""

import msgspec
from msgspec import field

from tidings.command.call import Call
from tidings.command.im_open_status import Nothing
from tidings.command.registry import Door, command
from tidings.errors import BAD_PACKET, BAD_PROFILE_REQUEST, PROFILE_ACCOUNT_NOT_FOUND
from tidings.ids import UserId
from tidings.wire.envelope import Done, Request, Response

CONFIG_SECONDS = 3600
MAX_PROFILES = 500
PROFILE_NICK = "Tag_Profile_IM_Nick"
PROFILE_IMAGE = "Tag_Profile_IM_Image"


class ConfigResponse(Response, kw_only=True):
    """Cloud settings of the SDK: none are changed."""

    code: int = field(name="int32_error_code", default=0)
    config: str = field(name="str_json_config", default="{}")
    version: int = field(name="uint64_version", default=1)
    expires_in: int = field(name="uint32_expired_time", default=CONFIG_SECONDS)


class BitsResponse(Response, kw_only=True):
    """The app's feature bits."""

    bits: str = field(name="str_purchase_bits")
    code: int = field(name="int32_error_code", default=0)
    expires_in: int = field(name="uint32_expired_time", default=CONFIG_SECONDS)


class Friends(Response, kw_only=True):
    """The caller's friends."""

    complete: int = field(name="CompleteFlag", default=1)
    users: list[msgspec.Raw] = field(name="UserDataItem", default_factory=list)
    next_start: int = field(name="NextStartIndex", default=0)
    standard_sequence: int = field(name="StandardSequence", default=0)
    custom_sequence: int = field(name="CustomSequence", default=0)
    count: int = field(name="FriendNum", default=0)


class FriendGroups(Response, kw_only=True):
    """The caller's friend groups."""

    items: list[msgspec.Raw] = field(name="ResultItem", default_factory=list)
    sequence: int = field(name="CurrentSequence", default=0)


class Pendencies(Response, kw_only=True):
    """Friend requests that wait."""

    items: list[msgspec.Raw] = field(name="PendencyItem", default_factory=list)
    unread: int = field(name="UnreadPendencyCount", default=0)
    start_time: int = field(name="StartTime", default=0)
    sequence: int = field(name="CurrentSequence", default=0)


class Blocklist(Response, kw_only=True):
    """The users that the caller blocks."""

    items: list[msgspec.Raw] = field(name="BlackListItem", default_factory=list)
    start: int = field(name="StartIndex", default=0)
    sequence: int = field(name="CurruentSequence", default=0)


class GroupNotices(Response, kw_only=True):
    """Missed recalls of groups."""

    items: list[msgspec.Raw] = field(name="NotifyRspList", default_factory=list)


class GroupApplications(Response, kw_only=True):
    """Requests to join that wait for the caller."""

    items: list[msgspec.Raw] = field(name="PendencyList", default_factory=list)
    next_start: int = field(name="NextStartTime", default=0)
    unread: int = field(name="UnreadPendencyCount", default=0)


class ProfileQuery(msgspec.Struct, frozen=True):
    """A user whose profile is wanted."""

    to_account: UserId = field(name="To_Account")


class ProfileRequest(Request, frozen=True, kw_only=True):
    """Asks for users' profiles."""

    users: list[ProfileQuery] = field(name="UserItem")
    from_account: str = field(name="From_Account", default="")


class ProfileItem(msgspec.Struct):
    """One field of a profile."""

    tag: str = field(name="Tag")
    value: str = field(name="Value")


class Profile(msgspec.Struct):
    """A user's profile, or why there is none."""

    to_account: str = field(name="To_Account")
    items: list[ProfileItem] = field(name="ProfileItem", default_factory=list)
    code: int = field(name="ResultCode", default=0)
    info: str = field(name="ResultInfo", default="")


class ProfileResponse(Response, kw_only=True):
    """Users' profiles, in the order asked."""

    profiles: list[Profile] = field(name="UserProfileItem")


@command("im_sdk_config_mgr/fetch_config", Door.SOCKET, BAD_PACKET, is_open=True)
async def fetch_config(_call: Call, _request: Nothing) -> ConfigResponse:
    """Return the SDK's cloud settings."""
    return ConfigResponse()


@command("im_sdk_config_mgr/fetch_imsdk_purchase_bitsv2", Door.SOCKET, BAD_PACKET, is_open=True)
async def fetch_bits(call: Call, _request: Nothing) -> BitsResponse:
    """Return the app's feature bits, an app setting."""
    return BitsResponse(bits=call.app.settings.purchase_bits)


@command("imopenstat/tim_web_report_v2", Door.SOCKET, BAD_PACKET, is_open=True)
async def take_statistics(_call: Call, _request: Nothing) -> Done:
    """Take a client's statistics and drop them: nobody here watches users."""
    return Done()


@command("openim/authkey", Door.SOCKET, BAD_PACKET)
async def get_download_key(_call: Call, _request: Nothing) -> Done:
    """Answer older clients' wish for a download key: our addresses need none."""
    return Done()


@command("profile/portrait_get_all", Door.SOCKET, BAD_PROFILE_REQUEST)
async def get_profiles(call: Call, request: ProfileRequest) -> ProfileResponse:
    """Return users' nicknames and avatars."""
    if len(request.users) > MAX_PROFILES:
        raise BAD_PROFILE_REQUEST(detail=f"{len(request.users)} users in one call, at most {MAX_PROFILES} are allowed")
    names = [user.to_account for user in request.users]
    found = await call.rules.accounts.find_all(call.app.sdk_app_id, names)
    profiles = []
    for name in names:
        if (account := found.get(name)) is None:
            profiles.append(
                Profile(name, code=PROFILE_ACCOUNT_NOT_FOUND.code, info=PROFILE_ACCOUNT_NOT_FOUND(user_id=name).info)
            )
            continue
        items = [ProfileItem(PROFILE_NICK, account.nick), ProfileItem(PROFILE_IMAGE, account.face_url)]
        profiles.append(Profile(name, [item for item in items if item.value]))
    return ProfileResponse(profiles=profiles)


@command("group_open_http_svc/batch_get_group_notify", Door.SOCKET, BAD_PACKET)
async def get_group_notices(_call: Call, _request: Nothing) -> GroupNotices:
    """Return missed recalls of groups: there are none."""
    return GroupNotices()


@command("group_open_http_svc/get_pendency", Door.SOCKET, BAD_PACKET)
async def get_group_applications(_call: Call, _request: Nothing) -> GroupApplications:
    """Return requests to join groups: there are none."""
    return GroupApplications()


@command("sns/friend_get", Door.SOCKET, BAD_PACKET)
async def get_friends(_call: Call, _request: Nothing) -> Friends:
    """Return the caller's friends: there are none."""
    return Friends()


@command("sns/group_get", Door.SOCKET, BAD_PACKET)
async def get_friend_groups(_call: Call, _request: Nothing) -> FriendGroups:
    """Return the caller's friend groups: there are none."""
    return FriendGroups()


@command("sns/pendency_get", Door.SOCKET, BAD_PACKET)
async def get_friend_requests(_call: Call, _request: Nothing) -> Pendencies:
    """Return friend requests: there are none."""
    return Pendencies()


@command("sns/black_list_get", Door.SOCKET, BAD_PACKET)
async def get_blocklist(_call: Call, _request: Nothing) -> Blocklist:
    """Return the users that the caller blocks: there are none."""
    return Blocklist()
