"""Who may say who he is: UserSigs, their check remembered, and the failures counted (domain/logins.py)."""

from dataclasses import replace

import pytest

from tests.support.stores import APP, NOW, OTHER_APP
from tests.support.usersigs import raises_fault
from tidings.clock import SteppedClock
from tidings.domain import usersig
from tidings.domain.accounts import Accounts
from tidings.domain.apps import App, Apps
from tidings.domain.logins import FAILURE_WINDOW_S, FailedChecks, Identities
from tidings.errors import (
    SIG_CHECKED_TOO_OFTEN,
    SIG_EXPIRED,
    SIG_MALFORMED,
    SIG_MISMATCH,
    SIG_OTHER_APP,
    SIG_OTHER_USER,
    SIG_VOID,
    Fault,
)
from tidings.ids import UserId
from tidings.store.sqlite.store import Store

ALICE, BOB = UserId("alice"), UserId("bob")
KEYS = ("a" * 64, "b" * 64)
LIMIT = 3
EXPIRE_S = 100


@pytest.fixture
def apps(app: App) -> Apps:
    keys = usersig.KeyRing(tuple(key.encode() for key in KEYS))
    return Apps([replace(app, keys=keys), replace(app, sdk_app_id=OTHER_APP, keys=usersig.KeyRing())])


@pytest.fixture
def accounts(store: Store) -> Accounts:
    return Accounts(store.accounts)


@pytest.fixture
def identities(apps: Apps, accounts: Accounts, clock: SteppedClock) -> Identities:
    return Identities(apps, accounts, clock, FailedChecks(LIMIT))


def _signed(user_id: str = ALICE, key: str = KEYS[0], at: int = NOW) -> str:
    return usersig.make(APP, key, user_id, now=at, expire=EXPIRE_S)


def _with_keys(app: App, *keys: str) -> App:
    return replace(app, keys=usersig.KeyRing(tuple(key.encode() for key in keys)))


async def _fail(identities: Identities, fault: Fault = SIG_MALFORMED, user_id: UserId = ALICE) -> None:
    with raises_fault(fault):
        await identities.check(APP, user_id, "no UserSig")


@pytest.mark.parametrize("key", KEYS)
async def test_a_usersig_of_any_key_of_the_app_says_who_signed_what(identities: Identities, key: str) -> None:
    for _ in range(2):  # once checked, it is remembered
        claims = await identities.check(APP, ALICE, _signed(key=key))
        assert (claims.user_id, claims.issued_at, claims.ends_at) == (ALICE, NOW, NOW + EXPIRE_S)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("no UserSig", SIG_MALFORMED),
        (_signed(key="c" * 64), SIG_MISMATCH),
        (usersig.make(OTHER_APP, KEYS[0], ALICE, now=NOW), SIG_OTHER_APP),
        (_signed(at=NOW - EXPIRE_S - 1), SIG_EXPIRED),
    ],
    ids=["malformed", "unknown key", "other app", "expired"],
)
async def test_each_way_to_be_wrong_has_its_fault(identities: Identities, text: str, fault: Fault) -> None:
    with raises_fault(fault):
        await identities.check(APP, ALICE, text)


async def test_an_app_that_is_not_here_is_named(identities: Identities) -> None:
    with raises_fault(SIG_OTHER_APP):
        await identities.check(7, ALICE, _signed())


async def test_a_usersig_that_was_good_ends_at_its_time(identities: Identities, clock: SteppedClock) -> None:
    await identities.check(APP, ALICE, _signed())
    clock.step(EXPIRE_S + 1)
    with raises_fault(SIG_EXPIRED):
        await identities.check(APP, ALICE, _signed())


async def test_a_usersig_that_was_good_ends_with_its_key(identities: Identities, apps: Apps) -> None:
    old = _signed(key=KEYS[0])
    await identities.check(APP, ALICE, old)
    apps.replace([_with_keys(apps.get(APP), KEYS[1])])
    with raises_fault(SIG_MISMATCH):
        await identities.check(APP, ALICE, old)
    await identities.check(APP, ALICE, _signed(key=KEYS[1]))


async def test_a_usersig_that_was_good_ends_with_a_kick(identities: Identities, accounts: Accounts) -> None:
    await identities.check(APP, ALICE, _signed())
    await accounts.void_signatures(await accounts.ensure(APP, ALICE), NOW)
    with raises_fault(SIG_VOID):
        await identities.check(APP, ALICE, _signed())


async def test_a_usersig_that_was_good_is_so_for_its_own_user_only(identities: Identities) -> None:
    await identities.check(APP, ALICE, _signed())
    with raises_fault(SIG_OTHER_USER, "bob"):
        await identities.check(APP, BOB, _signed())
    with raises_fault(SIG_OTHER_APP):
        await identities.check(OTHER_APP, ALICE, _signed())


async def test_a_check_makes_no_account(identities: Identities, accounts: Accounts) -> None:
    await identities.check(APP, ALICE, _signed())
    assert await accounts.find(APP, ALICE) is None


# --- failures ---


async def test_who_fails_too_often_is_told_to_wait_and_a_good_usersig_passes(identities: Identities) -> None:
    for _ in range(LIMIT):
        await _fail(identities)
    await _fail(identities, SIG_CHECKED_TOO_OFTEN)
    await identities.check(APP, ALICE, _signed())
    await _fail(identities, SIG_CHECKED_TOO_OFTEN)
    await _fail(identities, user_id=BOB)


async def test_after_a_minute_failures_are_forgotten(identities: Identities, clock: SteppedClock) -> None:
    for _ in range(LIMIT):
        await _fail(identities)
    clock.step(FAILURE_WINDOW_S)
    await _fail(identities)


def test_failures_are_counted_from_the_first_for_each_account_of_each_app() -> None:
    failed = FailedChecks(2)
    assert [failed.add(1, "alice", now) for now in (0, 30, 59)] == [False, False, True]
    assert not failed.add(1, "bob", 59)
    assert not failed.add(2, "alice", 59)
    assert [failed.add(1, "alice", now) for now in (60, 61, 62)] == [False, False, True]


def test_names_too_long_for_an_account_are_counted_as_one() -> None:
    failed = FailedChecks(2)
    assert [failed.add(1, "x" * 100 + str(number), 0) for number in range(3)] == [False, False, True]
