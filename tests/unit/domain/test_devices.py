"""Which logins may stand beside each other: spec/auth.md, section 7, as a table."""

from itertools import product
from typing import Literal

import pytest

from tidings.domain.devices import KickReason, Platform, Session, to_displace
from tidings.ids import AccountNumber, InstanceId, Position
from tidings.settings import AppSettings

NOW = 1000
Policy = Literal["single", "dual", "triple", "multi"]
ANDROID, IPHONE, IPAD, PC, MAC, LINUX, WEB = Platform
HANDHELD, DESKTOP = {ANDROID, IPHONE, IPAD}, {PC, MAC, LINUX}
# Per policy, the sets of platforms of which one may be online at a time, as the specification words it.
TOGETHER: dict[Policy, list[set[Platform]]] = {
    "single": [set(Platform)],
    "dual": [HANDHELD | DESKTOP, {WEB}],
    "triple": [HANDHELD, DESKTOP, {WEB}],
    "multi": [{platform} for platform in Platform],
}


def _session(number: int, platform: Platform, ends_at: int = NOW) -> Session:
    return Session(AccountNumber(1), InstanceId(number), str(number), platform, float(number), 0, ends_at)


@pytest.mark.parametrize("policy", TOGETHER)
@pytest.mark.parametrize(("held", "new"), [pair for pair in product(Platform, Platform) if len(set(pair)) == 2])
def test_a_login_displaces_another_platform_of_its_set(policy: Policy, held: Platform, new: Platform) -> None:
    before = _session(1, held)
    displaced = to_displace(AppSettings(login_policy=policy), [before], _session(2, new))
    shares_a_set = any({held, new} <= platforms for platforms in TOGETHER[policy])
    assert displaced == ([(before, KickReason.OTHER_PLATFORM)] if shares_a_set else [])


@pytest.mark.parametrize(
    ("policy", "platform", "allowed"),
    [
        *((policy, WEB, 4) for policy in TOGETHER),
        *((policy, platform, 1) for policy in ("single", "dual", "triple") for platform in sorted(HANDHELD | DESKTOP)),
        *(("multi", platform, 2) for platform in sorted(HANDHELD | DESKTOP)),
    ],
)
def test_instances_of_a_platform_are_limited_and_the_first_goes(
    policy: Policy, platform: Platform, allowed: int
) -> None:
    settings = AppSettings(login_policy=policy, web_instances=4, device_instances=2)
    held = [_session(number, platform) for number in range(6)]
    new = _session(6, platform)
    assert to_displace(settings, held[: allowed - 1], new) == []
    displaced = to_displace(settings, held, new)
    assert displaced == [(session, KickReason.SAME_PLATFORM) for session in held[: 7 - allowed]]


def test_one_login_may_push_out_logins_for_both_reasons() -> None:
    phone, page = _session(1, ANDROID), _session(2, WEB)
    displaced = to_displace(AppSettings(login_policy="single", web_instances=1), [phone, page], _session(3, WEB))
    assert displaced == [(phone, KickReason.OTHER_PLATFORM), (page, KickReason.SAME_PLATFORM)]


def test_a_login_does_not_displace_itself() -> None:
    session = _session(1, ANDROID)
    assert to_displace(AppSettings(device_instances=1), [session], session) == []


def test_a_login_holds_until_it_is_kicked_or_its_usersig_has_ended() -> None:
    session = _session(1, ANDROID, ends_at=NOW)
    assert session.is_open(NOW)
    assert not session.is_open(NOW + 0.5)
    session.kicked = KickReason.BY_SERVER
    assert not session.is_open(NOW)


def test_what_a_device_was_told_only_grows() -> None:
    session = _session(1, ANDROID)
    seen = []
    for position in (5, 3, 9):
        session.has_told(Position(position))
        seen.append(session.told)
    assert seen == [5, 5, 9]


def test_platforms_have_the_names_that_rest_answers() -> None:
    assert list(Platform) == ["Android", "iPhone", "iPad", "PC", "Mac", "Linux", "Web"]


def test_reasons_have_the_numbers_of_the_kick_push() -> None:
    assert [reason.value for reason in KickReason] == [1, 2, 3]
