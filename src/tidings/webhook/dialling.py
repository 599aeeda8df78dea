"""Connections to apps' servers: an address is checked, and the one that was checked is connected to."""

import asyncio
import ipaddress
import socket
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

import httpcore2

Resolve = Callable[[str, int], Awaitable[list[str]]]
Address = ipaddress.IPv4Address | ipaddress.IPv6Address
# Addresses of version 6 that a gateway turns into those of version 4 in their last bits (RFC 6052).
NAT64 = ipaddress.ip_network("64:ff9b::/96")
LAST_BITS = 0xFFFFFFFF


class AddressRefusedError(Exception):
    """No address of a host may be connected to; the text says why."""


async def resolve(host: str, port: int) -> list[str]:
    """Return the addresses of a host as the system knows them; raises OSError."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


def is_public(text: str) -> bool:
    """Say whether an address is anybody's on the internet: not private, loopback, link-local or a cloud's own."""
    address = ipaddress.ip_address(text.partition("%")[0])
    return all(each.is_global and not each.is_multicast and not each.is_reserved for each in _meant(address))


def _meant(address: Address) -> list[Address]:
    """Return an address with those of version 4 that it stands for."""
    if isinstance(address, ipaddress.IPv4Address):
        return [address]
    if address.ipv4_mapped is not None:
        return [address.ipv4_mapped]
    if address in NAT64:
        return [ipaddress.IPv4Address(int(address) & LAST_BITS)]
    inner = [address.sixtofour, *(address.teredo or ())]
    return [address, *(each for each in inner if each is not None)]


class CheckedBackend(httpcore2.AsyncNetworkBackend):
    """Connects to addresses that a check lets pass."""

    def __init__(self, find: Resolve, *, may_be_private: bool) -> None:
        """Look hosts up by `find`; `may_be_private` lets every address pass."""
        self._find = find
        self._may_be_private = may_be_private
        self._inner = httpcore2.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - the library's signature
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        """Connect to the first address of a host that may be and can be connected to."""
        try:
            found = await self._find(host.strip("[]"), port)
        except OSError as error:
            raise httpcore2.ConnectError(f"{host} has no address: {error}") from error
        allowed = [each for each in found if self._may_be_private or is_public(each)]
        if not allowed:
            raise AddressRefusedError(
                f"{host} is at {', '.join(found) or 'no address'}, which is not public;"
                " the app setting callback_private allows it"
            )
        for address in allowed[:-1]:
            try:
                return await self._inner.connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout):
                continue
        return await self._inner.connect_tcp(allowed[-1], port, timeout, local_address, socket_options)

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await self._inner.sleep(seconds)
