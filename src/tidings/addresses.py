"""The server's own IP addresses, for firewalls (ConfigSvc/GetIPList)."""

import asyncio
import contextlib
import ipaddress
import socket

from tidings.settings import ServerSettings

# No packet is sent to it: the system only says which of its own addresses it would use.
_ELSEWHERE = ("192.0.2.1", 9)


async def own_addresses(settings: ServerSettings) -> list[str]:
    """Return the addresses of the settings; without any, those that the server listens on."""
    if settings.public_addresses:
        return settings.public_addresses.split(",")
    if _is_wildcard(settings.host):
        found = await _resolve(socket.gethostname())
        return found if (outward := _outward()) is None or outward in found else [outward, *found]
    return await _resolve(settings.host)


def _is_wildcard(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_unspecified
    except ValueError:
        return False


async def _resolve(host: str) -> list[str]:
    with contextlib.suppress(OSError):
        found = await asyncio.get_running_loop().getaddrinfo(host, None, type=socket.SOCK_STREAM)
        return list(dict.fromkeys(str(address[0]) for *_, address in found))
    return []


def _outward() -> str | None:
    """Return the address that this machine shows to others, if it has a way out."""
    with contextlib.suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(_ELSEWHERE)
        return str(probe.getsockname()[0])
    return None
