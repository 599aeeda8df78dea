"""The server's own IP addresses."""

import ipaddress

import pytest

from tidings.addresses import own_addresses
from tidings.settings import ServerSettings


@pytest.mark.parametrize(
    ("settings", "found"),
    [
        (ServerSettings(host="127.0.0.1"), ["127.0.0.1"]),
        (ServerSettings(public_addresses="192.0.2.10,198.51.100.0/25"), ["192.0.2.10", "198.51.100.0/25"]),
    ],
)
async def test_addresses_are_those_of_the_settings_or_of_the_listener(
    settings: ServerSettings, found: list[str]
) -> None:
    assert await own_addresses(settings) == found


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "localhost"])  # noqa: S104 - nothing listens
async def test_addresses_of_a_wildcard_or_a_name_are_looked_up(host: str) -> None:
    for each in await own_addresses(ServerSettings(host=host)):
        assert not ipaddress.ip_address(each.partition("%")[0]).is_unspecified
