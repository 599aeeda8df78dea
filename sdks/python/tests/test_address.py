import sys
from urllib.parse import parse_qs, urlsplit

import pytest

from tidings_client.address import Address, http_base, socket_base, this_device


@pytest.mark.parametrize(
    ("url", "socket", "http"),
    [
        ("ws://127.0.0.1:7700", "ws://127.0.0.1:7700", "http://127.0.0.1:7700"),
        ("http://127.0.0.1:7700/", "ws://127.0.0.1:7700", "http://127.0.0.1:7700"),
        ("wss://im.example.org", "wss://im.example.org", "https://im.example.org"),
        ("https://example.org/im/", "wss://example.org/im", "https://example.org/im"),
        ("ws://[::1]:7700", "ws://[::1]:7700", "http://[::1]:7700"),
    ],
)
def test_either_door_is_found_from_the_address_of_the_other(url: str, socket: str, http: str) -> None:
    assert (socket_base(url), http_base(url)) == (socket, http)


@pytest.mark.parametrize("url", ["", "127.0.0.1:7700", "ftp://host", "ws://", "http:///path"])
def test_what_is_no_address_is_refused_with_how_to_write_one(url: str) -> None:
    with pytest.raises(ValueError, match="write it as ws://host:port"):
        socket_base(url)


def test_client_says_who_it_is_in_the_query() -> None:
    parts = urlsplit(Address("ws://host/im", 1400000001, "ipad", "ab" * 16).url(0.5))
    assert (parts.path, parts.scheme) == ("/im/info", "ws")
    assert parse_qs(parts.query) == {
        "sdkappid": ["1400000001"],
        "instanceid": ["ab" * 16],
        "random": ["0.5"],
        "platform": ["7"],
        "device": ["ipad"],
    }


@pytest.mark.parametrize(("system", "device"), [("linux", "linux"), ("darwin", "mac"), ("win32", "windows")])
def test_device_is_that_of_the_system(system: str, device: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", system)
    assert this_device() == device
