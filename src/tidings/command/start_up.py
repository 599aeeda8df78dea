"""What clients ask for at start (web-sdk-wire.md, section 6).

Settings, statistics, and the lists of features that this app has none of: each is answered with
its true, empty list and its end marker.
"""

import msgspec
from msgspec import field

from tidings.command.call import Call
from tidings.command.im_open_status import Nothing
from tidings.command.registry import Door, command
from tidings.errors import BAD_PACKET
from tidings.wire.envelope import Done, Response

CONFIG_SECONDS = 3600


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
