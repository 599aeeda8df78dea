"""Where the server is, and how a client introduces itself there (spec/client/frames.yaml, connect)."""

import sys
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlencode, urlsplit

TEXT_PATH = "/info"
WEB = 7

Device = Literal["android", "iphone", "ipad", "windows", "mac", "linux", "web"]
_SECURE = {"ws": False, "http": False, "wss": True, "https": True}
_SYSTEMS: dict[str, Device] = {"win32": "windows", "cygwin": "windows", "darwin": "mac", "ios": "iphone"}


def this_device() -> Device:
    """Return which kind of device this program runs on."""
    return "android" if sys.platform == "android" else _SYSTEMS.get(sys.platform, "linux")


def socket_base(url: str) -> str:
    """Return the gateway's address without path of ours: ws(s)://host:port and a prefix, if there is one.

    `url` may be ws, wss, http or https; raises ValueError for anything else.
    """
    return _based(url, "wss", "ws")


def http_base(url: str) -> str:
    """Return the REST door's address as http(s)://host:port; takes what `socket_base` takes."""
    return _based(url, "https", "http")


@dataclass(frozen=True, slots=True)
class Address:
    """The gateway as one client calls it; `instance` is 32 hex digits, the same after each reconnect."""

    base: str
    sdkappid: int
    device: Device
    instance: str

    def url(self, salt: float) -> str:
        """Return what to connect to; `salt` is new each time."""
        query = {
            "sdkappid": self.sdkappid,
            "instanceid": self.instance,
            "random": salt,
            "platform": WEB,
            "device": self.device,
        }
        return f"{self.base}{TEXT_PATH}?{urlencode(query)}"


def _based(url: str, secure: str, plain: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in _SECURE or not parts.hostname:
        raise ValueError(f"{url!r} is no server address; write it as ws://host:port or http://host:port")
    scheme = secure if _SECURE[parts.scheme] else plain
    return f"{scheme}://{parts.netloc}{parts.path.rstrip('/')}"
