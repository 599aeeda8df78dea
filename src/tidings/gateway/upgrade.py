"""What a client says when it opens its socket (web-sdk-wire.md, section 2)."""

import re
from dataclasses import dataclass

from tidings.decimals import decimal
from tidings.domain.devices import Platform
from tidings.domain.logins import Device
from tidings.settings import is_host
from tidings.wire.frames import BINARY, TEXT

BINARY_PATH, TEXT_PATH = "/binfo", "/info"
IPAD_NUMBER, WEB_NUMBERS = "13", frozenset({"7", "8", "9", "10", "11", "12"})
MAX_DEVICE_KEY = 64
_PARAMETERS = re.compile("(?:^|&)(sdkappid|instanceid|platform|host|device)=([^&]*)")

# The `device` parameter is ours: the vendor's clients do not send it.
_DEVICES = {
    "android": Platform.ANDROID,
    "iphone": Platform.IPHONE,
    "ipad": Platform.IPAD,
    "windows": Platform.WINDOWS,
    "mac": Platform.MAC,
    "linux": Platform.LINUX,
    "web": Platform.WEB,
}
# What wrapped apps say of the system they run on.
_HOSTS = {
    "android": Platform.ANDROID,
    "ios": Platform.IPHONE,
    "windows": Platform.WINDOWS,
    "mac": Platform.MAC,
    "linux": Platform.LINUX,
}


@dataclass(frozen=True, slots=True)
class Upgrade:
    """A request to open a gateway connection: the app, the device, the kind of frames.

    `host` is how the client calls this server, empty if it does not say or says nonsense.
    """

    sdk_app_id: int
    device: Device
    opcode: int
    host: str = ""


def parse_upgrade(target: str, host: str = "") -> Upgrade | None:
    """Read the target of the request and its Host header; None if no gateway path or app number stands in it."""
    path, _, query = target.partition("?")
    opcode = BINARY if path.endswith(BINARY_PATH) else TEXT if path.endswith(TEXT_PATH) else 0
    # No value that is looked at needs unescaping, and a storm of reconnections passes here.
    values = dict(_PARAMETERS.findall(query))
    number = decimal(values.get("sdkappid", ""))
    if not opcode or number is None:
        return None
    device = Device(values.get("instanceid", "")[:MAX_DEVICE_KEY], _platform(values))
    return Upgrade(number, device, opcode, host if is_host(host) else "")


def _platform(values: dict[str, str]) -> Platform:
    if (device := values.get("device")) in _DEVICES:
        return _DEVICES[device]
    number = values.get("platform", "7")
    if number == IPAD_NUMBER:
        return Platform.IPAD
    if number in WEB_NUMBERS:
        return Platform.WEB
    return _HOSTS.get(values.get("host", ""), Platform.WEB)
