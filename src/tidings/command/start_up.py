"""What clients ask for at start (web-sdk-wire.md, section 6).

Settings, statistics, and the lists of features that this app has none of: each is answered with
its true, empty list and its end marker.
"""

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
