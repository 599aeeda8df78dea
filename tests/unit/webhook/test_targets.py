"""Addresses and signatures of callbacks."""

from urllib.parse import parse_qsl

from tidings.webhook.targets import Origin, sign, to_query, to_target
from tidings.wire.callbacks.alert import AlertRequestOverLimit
from tidings.wire.callbacks.group import GroupOnMemberStateChange
from tidings.wire.callbacks.state import StateChange

APP = 1400000001


def test_the_documented_signature_comes_out() -> None:
    documented = "17773bc39a671d7b9aa835458704d2a6db81360a5940292b587d6d760d484061"
    assert sign("xxxxyyyy", 1669872112) == documented


def test_the_query_says_app_command_address_and_platform_in_that_order() -> None:
    query = to_query(StateChange, APP, Origin("192.0.2.7", "Web"))
    assert parse_qsl(query) == [
        ("SdkAppid", "1400000001"),
        ("CallbackCommand", "State.StateChange"),
        ("contenttype", "json"),
        ("ClientIP", "192.0.2.7"),
        ("OptPlatform", "Web"),
    ]


def test_some_callbacks_say_less() -> None:
    origin = Origin("192.0.2.7", "Web")
    assert "ClientIP" not in to_query(GroupOnMemberStateChange, APP, origin)
    assert "OptPlatform" not in to_query(GroupOnMemberStateChange, APP, origin)
    alert = dict(parse_qsl(to_query(AlertRequestOverLimit, APP, origin)))
    assert "ClientIP" not in alert
    assert alert["OptPlatform"] == "Web"


def test_only_the_change_of_status_writes_ios_in_capitals() -> None:
    origin = Origin("192.0.2.7", "iOS")
    assert "OptPlatform=IOS" in to_query(StateChange, APP, origin)
    assert "OptPlatform=iOS" in to_query(type("Other", (StateChange,), {"callback": "Any.Other"}), APP, origin)


def test_a_request_is_signed_if_there_is_a_token() -> None:
    assert to_target("http://app.example/im", "a=b", "", 5.9) == "http://app.example/im?a=b"
    signed = to_target("http://app.example/im", "a=b", "xxxxyyyy", 1669872112.7)
    assert signed == f"http://app.example/im?a=b&Sign={sign('xxxxyyyy', 1669872112)}&RequestTime=1669872112"
