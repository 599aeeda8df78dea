"""Addresses that may be connected to: the one that is checked is the one that is used."""

import asyncio

import httpcore2
import pytest

from tidings.webhook.dialling import AddressRefusedError, CheckedBackend, is_public, resolve

PUBLIC = ["8.8.8.8", "2606:4700:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"]
OTHERS = [
    "127.0.0.1",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "100.100.100.200",
    "0.0.0.0",  # noqa: S104 - nobody binds to it
    "224.0.0.1",
    "255.255.255.255",
    "::1",
    "::",
    "fe80::1%eth0",
    "fd00:ec2::254",
    "ff02::1",
    "::ffff:127.0.0.1",
    "::ffff:169.254.169.254",
    "64:ff9b::a9fe:a9fe",
    "2002:7f00:1::",
]


@pytest.mark.parametrize("address", PUBLIC)
def test_addresses_of_the_internet_are_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("address", OTHERS)
def test_no_other_address_is_public(address: str) -> None:
    assert not is_public(address)


async def test_a_host_with_no_public_address_is_refused() -> None:
    async def find(_host: str, _port: int) -> list[str]:
        return ["10.0.0.1", "127.0.0.1"]

    with pytest.raises(AddressRefusedError, match=r"app\.example is at 10\.0\.0\.1, 127\.0\.0\.1, which is not public"):
        await CheckedBackend(find, may_be_private=False).connect_tcp("app.example", 80)


async def test_the_address_that_was_found_is_connected_to_and_the_name_asked_for_once() -> None:
    asked: list[str] = []

    async def find(host: str, _port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["192.0.2.1"]  # a name that means something else the next time

    server = await asyncio.start_server(lambda _, writer: writer.close(), "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    stream = await CheckedBackend(find, may_be_private=True).connect_tcp("app.example", port)
    assert stream.get_extra_info("server_addr") == ("127.0.0.1", port)
    assert asked == ["app.example"]
    await stream.aclose()
    server.close()


async def test_a_further_address_is_tried_if_the_first_does_not_answer() -> None:
    server = await asyncio.start_server(lambda _, writer: writer.close(), "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]

    async def find(_host: str, _port: int) -> list[str]:
        return ["::1", "127.0.0.1"]

    stream = await CheckedBackend(find, may_be_private=True).connect_tcp("app.example", port)
    assert stream.get_extra_info("server_addr") == ("127.0.0.1", port)
    await stream.aclose()
    server.close()


async def test_a_name_without_address_is_an_error_of_the_connection() -> None:
    with pytest.raises(httpcore2.ConnectError, match=r"nobody\.invalid has no address"):
        await CheckedBackend(resolve, may_be_private=True).connect_tcp("nobody.invalid", 80)


async def test_the_system_knows_this_machine() -> None:
    assert await resolve("127.0.0.1", 80) == ["127.0.0.1"]
