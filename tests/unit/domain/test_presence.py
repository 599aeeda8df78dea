"""Presence: Online, PushOnline, Offline; who is told of it (asked by REST: tests/flow/test_rest_status.py)."""

from dataclasses import replace

import pytest

from tests.support.delivery import Recorder
from tests.support.stores import NOW, People
from tidings.clock import SteppedClock
from tidings.domain.accounts import Account, Accounts
from tidings.domain.apps import App
from tidings.domain.devices import MOBILE, KickReason, Platform, Session
from tidings.domain.events import StatusChanged
from tidings.domain.presence import PUSH_ONLINE_S, Presences, Status, Watchers
from tidings.ids import AccountNumber, InstanceId, UserId
from tidings.settings import AppSettings
from tidings.store.sqlite.store import Store

ANDROID, IPHONE, PC, WEB = Platform.ANDROID, Platform.IPHONE, Platform.WINDOWS, Platform.WEB
ONLINE, PUSH_ONLINE, OFFLINE = Status
ENDS_AT = NOW + 30 * 86_400


@pytest.fixture
def presences(store: Store, delivery: Recorder, clock: SteppedClock) -> Presences:
    return Presences(store.sessions, Accounts(store.accounts), delivery, clock)


def _session(account: Account, number: int, platform: Platform, left_at: float | None = None) -> Session:
    return Session(account.number, InstanceId(number), str(number), platform, NOW, NOW, ENDS_AT, left_at)


async def _connect(store: Store, delivery: Recorder, *sessions: Session) -> None:
    await store.sessions.save_sessions(sessions)
    delivery.connected += sessions


async def _statuses(presences: Presences, account: Account) -> tuple[Status, dict[Platform, Status]]:
    (presence,) = await presences.of([account])
    assert presence.account is account
    return presence.status, presence.platforms


# --- status ---


async def test_who_never_logged_in_is_offline(presences: Presences, them: People) -> None:
    assert await _statuses(presences, them.alice) == (OFFLINE, {})


@pytest.mark.parametrize("platform", Platform)
async def test_who_is_connected_is_online(
    presences: Presences, store: Store, delivery: Recorder, them: People, platform: Platform
) -> None:
    await _connect(store, delivery, _session(them.alice, 1, platform))
    assert await _statuses(presences, them.alice) == (ONLINE, {platform: ONLINE})


@pytest.mark.parametrize("platform", Platform)
async def test_of_those_who_lost_their_connection_phones_and_tablets_are_reachable(
    presences: Presences, store: Store, them: People, platform: Platform
) -> None:
    await store.sessions.save_sessions([_session(them.alice, 1, platform, left_at=NOW)])
    is_mobile = platform in MOBILE
    expected = (PUSH_ONLINE, {platform: PUSH_ONLINE}) if is_mobile else (OFFLINE, {})
    assert await _statuses(presences, them.alice) == expected


async def test_a_phone_is_reachable_for_seven_days(
    presences: Presences, store: Store, clock: SteppedClock, them: People
) -> None:
    await store.sessions.save_sessions([_session(them.alice, 1, ANDROID, left_at=NOW)])
    clock.step(PUSH_ONLINE_S)
    assert (await _statuses(presences, them.alice))[0] is PUSH_ONLINE
    clock.step(1)
    assert (await _statuses(presences, them.alice))[0] is OFFLINE


async def test_a_phone_cut_off_by_a_stop_of_the_server_left_at_the_start(
    presences: Presences, store: Store, clock: SteppedClock, them: People
) -> None:
    await store.sessions.save_sessions([_session(them.alice, 1, ANDROID, left_at=None)])
    clock.step(PUSH_ONLINE_S)
    assert (await _statuses(presences, them.alice))[0] is PUSH_ONLINE
    clock.step(1)
    assert (await _statuses(presences, them.alice))[0] is OFFLINE


@pytest.mark.parametrize(
    "change", [{"kicked": KickReason.OTHER_PLATFORM}, {"ends_at": NOW - 1}], ids=["kicked", "ended"]
)
async def test_a_phone_whose_login_is_over_is_offline(
    presences: Presences, store: Store, them: People, change: dict[str, object]
) -> None:
    session = replace(_session(them.alice, 1, ANDROID, left_at=NOW), **change)  # type: ignore[arg-type]
    await store.sessions.save_sessions([session])
    assert await _statuses(presences, them.alice) == (OFFLINE, {})


async def test_the_best_device_counts_and_each_platform_is_told_once(
    presences: Presences, store: Store, delivery: Recorder, them: People
) -> None:
    away = [
        _session(them.alice, 1, ANDROID, NOW),
        _session(them.alice, 2, IPHONE, NOW),
        _session(them.alice, 3, PC, NOW),
    ]
    await store.sessions.save_sessions(away)
    await _connect(store, delivery, _session(them.alice, 4, ANDROID), _session(them.alice, 5, WEB))
    assert await _statuses(presences, them.alice) == (
        ONLINE,
        {ANDROID: ONLINE, IPHONE: PUSH_ONLINE, WEB: ONLINE},
    )


async def test_accounts_are_answered_in_the_order_asked(
    presences: Presences, store: Store, delivery: Recorder, them: People
) -> None:
    await _connect(store, delivery, _session(them.bob, 1, WEB))
    found = await presences.of([them.carol, them.bob, them.alice])
    assert [(each.account, each.status) for each in found] == [
        (them.carol, OFFLINE),
        (them.bob, ONLINE),
        (them.alice, OFFLINE),
    ]


def test_statuses_have_the_names_and_numbers_of_the_interface() -> None:
    assert [(status.label, status.number) for status in Status] == [("Online", 1), ("PushOnline", 2), ("Offline", 3)]


# --- announcements ---


async def test_watchers_and_own_devices_are_told(
    presences: Presences, app: App, store: Store, delivery: Recorder, them: People
) -> None:
    await presences.subscribe(app, them.bob, [them.alice.user_id])
    await presences.announce(them.alice)
    await _connect(store, delivery, _session(them.alice, 1, WEB))
    await presences.set_custom(them.alice, "busy", InstanceId(2))
    assert delivery.lives == [
        ({them.bob.number, them.alice.number}, StatusChanged(them.alice.user_id, 3, ""), 0),
        ({them.bob.number, them.alice.number}, StatusChanged(them.alice.user_id, 1, "busy"), 2),
    ]


async def test_nobody_is_told_where_nobody_cares(
    presences: Presences, store: Store, delivery: Recorder, them: People
) -> None:
    await _connect(store, delivery, _session(them.alice, 1, WEB), _session(them.bob, 2, WEB))
    await presences.announce(them.alice, InstanceId(1))
    assert delivery.lives == []


async def test_the_last_log_out_takes_status_text_and_subscriptions_with_it(
    presences: Presences, app: App, store: Store, delivery: Recorder, them: People
) -> None:
    await _connect(store, delivery, _session(them.alice, 1, WEB))
    await presences.subscribe(app, them.alice, [them.bob.user_id])
    await presences.set_custom(them.alice, "busy", InstanceId(1))
    await presences.left(them.alice)
    assert them.alice.custom_status == "busy"
    delivery.connected.clear()
    await presences.left(them.alice)
    assert them.alice.custom_status == ""
    assert presences.watchers.of(them.bob.number) == set()


# --- subscriptions ---


async def test_oneself_and_the_unknown_cannot_be_watched(presences: Presences, app: App, them: People) -> None:
    names = [UserId(name) for name in ("nobody", "bob", "alice")]
    assert await presences.subscribe(app, them.alice, names) == ["nobody", "alice"]
    assert presences.watchers.of(them.bob.number) == {them.alice.number}
    assert await presences.unsubscribe(app, them.alice, names) == ["nobody"]
    assert presences.watchers.of(them.bob.number) == set()


async def test_unsubscribing_from_none_ends_all(presences: Presences, app: App, them: People) -> None:
    await presences.subscribe(app, them.alice, [them.bob.user_id, them.carol.user_id])
    assert await presences.unsubscribe(app, them.alice, []) == []
    assert presences.watchers.of(them.bob.number) == presences.watchers.of(them.carol.number) == set()


async def test_the_oldest_wish_goes_when_there_are_too_many(presences: Presences, app: App, them: People) -> None:
    app = replace(app, settings=AppSettings(status_subscriptions=1))
    await presences.subscribe(app, them.alice, [them.bob.user_id, them.carol.user_id])
    assert presences.watchers.of(them.bob.number) == set()
    assert presences.watchers.of(them.carol.number) == {them.alice.number}


def test_a_repeated_wish_counts_as_new() -> None:
    watchers, watcher = Watchers(), AccountNumber(9)
    one, two, three, four = map(AccountNumber, range(1, 5))
    for wish in (one, two, one, three, four):
        watchers.add(watcher, wish, limit=3)
    assert [watchers.of(wish) for wish in (one, two, three, four)] == [{watcher}, set(), {watcher}, {watcher}]


def test_watchers_of_one_account_are_independent() -> None:
    watchers, watched = Watchers(), AccountNumber(1)
    for watcher in (7, 8):
        watchers.add(AccountNumber(watcher), watched, limit=5)
    watchers.clear(AccountNumber(7))
    watchers.remove(AccountNumber(6), watched)
    assert watchers.of(watched) == {8}
