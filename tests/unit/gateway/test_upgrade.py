"""What a client says of itself when it opens its socket (web-sdk-wire.md, section 2)."""

import pytest

from tidings.domain.devices import Platform
from tidings.gateway.upgrade import MAX_DEVICE_KEY, parse_upgrade
from tidings.wire.frames import BINARY, TEXT

VENDORS = (
    "/binfo?sdkappid=1400000001&instanceid=0123456789abcdef0123456789abcdef&random=0.33&platform=7&host=unknown"
    "&version=-1&sdkversion=3.6.6&compress=gzip"
)


def _platform(query: str) -> Platform:
    upgrade = parse_upgrade(f"/info?sdkappid=1&{query}")
    assert upgrade is not None
    return upgrade.device.platform


def test_the_vendors_client_is_understood() -> None:
    upgrade = parse_upgrade(VENDORS)
    assert upgrade is not None
    assert (upgrade.sdk_app_id, upgrade.opcode) == (1400000001, BINARY)
    assert upgrade.device.key == "0123456789abcdef0123456789abcdef"
    assert upgrade.device.platform is Platform.WEB


@pytest.mark.parametrize(
    ("path", "opcode"), [("/binfo", BINARY), ("/info", TEXT), ("/im/binfo", BINARY), ("//info", TEXT)]
)
def test_the_path_decides_the_kind_of_frames(path: str, opcode: int) -> None:
    upgrade = parse_upgrade(f"{path}?sdkappid=1")
    assert upgrade is not None
    assert upgrade.opcode == opcode


@pytest.mark.parametrize(
    "target",
    [
        "",
        "/",
        "/info",
        "/info?",
        "/info?sdkappid",
        "/info?sdkappid=",
        "/info?sdkappid=x",
        "/info?sdkappid=+1",
        "/info?sdkappid=1.0",
        "/info?sdkappid=²",
        "/info?sdkappid=" + "1" * 20,
        "/info?xsdkappid=1",
        "/info/?sdkappid=1",
        "/INFO?sdkappid=1",
        "/somewhere?x=/info&sdkappid=1",
    ],
)
def test_without_a_path_and_a_number_there_is_no_gateway(target: str) -> None:
    assert parse_upgrade(target) is None


@pytest.mark.parametrize(
    ("query", "platform"),
    [
        ("", Platform.WEB),
        ("platform=7", Platform.WEB),
        ("platform=7&host=android", Platform.WEB),
        *((f"platform={number}&host=ios", Platform.WEB) for number in range(8, 13)),
        ("platform=13", Platform.IPAD),
        ("platform=15&host=android", Platform.ANDROID),
        ("platform=15&host=ios", Platform.IPHONE),
        ("platform=21&host=windows", Platform.WINDOWS),
        ("platform=21&host=mac", Platform.MAC),
        ("platform=21&host=linux", Platform.LINUX),
        ("platform=21&host=unknown", Platform.WEB),
        ("platform=999", Platform.WEB),
        ("device=android&platform=7", Platform.ANDROID),
        ("platform=13&device=web", Platform.WEB),
        ("device=toaster&platform=13", Platform.IPAD),
        ("device=", Platform.WEB),
    ],
)
def test_the_platform_is_what_the_client_says_our_own_parameter_first(query: str, platform: Platform) -> None:
    assert _platform(query) is platform


def test_our_parameter_names_every_platform() -> None:
    names = ("android", "iphone", "ipad", "windows", "mac", "linux", "web")
    assert {_platform(f"device={name}") for name in names} == set(Platform)


def test_a_devices_key_is_cut_and_may_be_absent() -> None:
    for key, kept in (("", ""), ("a", "a"), ("k" * 500, "k" * MAX_DEVICE_KEY)):
        upgrade = parse_upgrade(f"/info?sdkappid=1&instanceid={key}")
        assert upgrade is not None
        assert upgrade.device.key == kept
    upgrade = parse_upgrade("/info?sdkappid=1")
    assert upgrade is not None
    assert upgrade.device.key == ""
