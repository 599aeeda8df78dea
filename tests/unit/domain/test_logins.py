"""Logins: which stand beside each other, what ends them, what their tickets are worth (over sockets: tests/flow)."""

import asyncio
from collections.abc import Awaitable
from dataclasses import replace

import pytest

from tests.support.delivery import Recorder
from tests.support.server import SeededChance
from tests.support.stores import APP, NOW, OTHER_APP, VAULT
from tests.support.usersigs import raises_fault
from tidings.clock import SteppedClock
from tidings.domain.accounts import Accounts
from tidings.domain.apps import App
from tidings.domain.devices import KickReason, Platform
from tidings.domain.logins import ENDED_REMEMBERED, Device, Login, LoginEndedError, Logins
from tidings.domain.usersig import Claims
from tidings.errors import KICKED_OUT, SIG_EXPIRED, SIG_VOID
from tidings.ids import UserId
from tidings.settings import AppSettings
from tidings.store.sqlite.store import Store
from tidings.tickets import SealedTickets

ALICE = UserId("alice")
VALIDITY_S = 1000
PHONE, TABLET, PC, WEB = Platform.ANDROID, Platform.IPAD, Platform.WINDOWS, Platform.WEB
SAME, OTHER, SERVER = KickReason.SAME_PLATFORM, KickReason.OTHER_PLATFORM, KickReason.BY_SERVER


class Stage:
    """Logins of one app over a store; `logins` may be made anew, as after a restart."""

    def __init__(self, store: Store, app: App, delivery: Recorder, clock: SteppedClock) -> None:
        self.store, self.app, self.delivery, self.clock = store, app, delivery, clock
        self.chance = SeededChance()
        self.restart()

    def restart(self) -> None:
        self.accounts = Accounts(self.store.accounts)
        parts = (self.store.sessions, self.accounts, self.delivery, SealedTickets(VAULT), self.clock, self.chance)
        self.logins = Logins(*parts)

    def claims(self, user_id: UserId = ALICE) -> Claims:
        return Claims(2, user_id, APP, int(self.clock.now()), VALIDITY_S, None, b"", b"")

    async def open(self, platform: Platform = PHONE, key: str = "", user_id: UserId = ALICE) -> Login:
        """Log in a second later than the last one."""
        self.clock.step(1)
        return await self.logins.open(self.app, user_id, self.claims(user_id), Device(key, platform))

    async def resume(self, login: Login) -> Login:
        return await self.logins.resume(self.app, login.ticket)

    async def end_of(self, login: Login) -> KickReason | None:
        """Return why a login was ended; None while it holds."""
        try:
            await self.resume(login)
        except LoginEndedError as error:
            return error.reason
        return None


@pytest.fixture
def stage(store: Store, app: App, delivery: Recorder, clock: SteppedClock) -> Stage:
    return Stage(store, app, delivery, clock)


# --- opening and taking up ---


async def test_a_first_login_makes_the_account(stage: Stage) -> None:
    login = await stage.open(key="k")
    assert login.account == await stage.accounts.find(APP, ALICE)
    session = login.session
    assert (session.account, session.device, session.platform) == (login.account.number, "k", PHONE)
    assert (session.opened_at, session.signed_at, session.ends_at) == (NOW + 1, NOW + 1, NOW + 1 + VALIDITY_S)


async def test_a_ticket_takes_the_login_up_again_after_a_restart(stage: Stage) -> None:
    login = await stage.open()
    stage.restart()
    taken_up = await stage.resume(login)
    assert (taken_up.account, taken_up.session, taken_up.ticket) == (login.account, login.session, login.ticket)


async def test_a_ticket_holds_to_the_end_of_its_usersig_and_not_beyond(stage: Stage) -> None:
    login = await stage.open()
    stage.clock.step(VALIDITY_S)
    assert await stage.end_of(login) is None
    stage.clock.step(0.5)
    with raises_fault(SIG_EXPIRED, "ended"):
        await stage.resume(login)


async def test_a_ticket_is_worthless_elsewhere(stage: Stage) -> None:
    login = await stage.open()
    with raises_fault(SIG_EXPIRED, "none of this app"):
        await stage.logins.resume(replace(stage.app, sdk_app_id=OTHER_APP), login.ticket)
    with raises_fault(SIG_EXPIRED, "none of this app"):
        await stage.logins.resume(stage.app, login.ticket[:-1])


async def test_a_ticket_of_a_deleted_account_does_not_open_its_successor(stage: Stage) -> None:
    login = await stage.open()
    await stage.accounts.delete(login.account)
    await stage.accounts.ensure(APP, ALICE)
    with raises_fault(SIG_EXPIRED, "account is gone"):
        await stage.resume(login)


async def test_a_log_out_ends_this_login_only(stage: Stage) -> None:
    one, other = await stage.open(), await stage.open()
    await stage.logins.close(one.session)
    with raises_fault(SIG_EXPIRED, "unknown"):
        await stage.resume(one)
    assert await stage.end_of(other) is None
    assert stage.delivery.kicks == []


async def test_leaving_and_coming_back_are_noted_and_a_login_that_is_gone_stays_gone(stage: Stage) -> None:
    login = await stage.open()
    stage.clock.step(5)
    await stage.logins.leave(login.session)
    assert (await stage.resume(login)).session.left_at == stage.clock.now()
    await stage.logins.arrive(login.session)
    assert (await stage.resume(login)).session.left_at is None
    await stage.logins.close(login.session)
    await stage.logins.leave(login.session)
    assert await stage.store.sessions.sessions([login.account.number]) == {}


# --- who displaces whom (every combination: test_devices) ---


@pytest.mark.parametrize(
    ("policy", "first", "second", "reason"),
    [
        ("multi", PHONE, PC, None),
        ("triple", PHONE, PC, None),
        ("triple", PHONE, TABLET, OTHER),
        ("dual", PHONE, PC, OTHER),
        ("dual", PHONE, WEB, None),
        ("single", PHONE, WEB, OTHER),
        ("single", PHONE, PHONE, SAME),
    ],
)
async def test_the_app_settings_policy_decides(
    stage: Stage, policy: str, first: Platform, second: Platform, reason: KickReason | None
) -> None:
    stage.app = replace(stage.app, settings=AppSettings(login_policy=policy))  # type: ignore[arg-type]
    before, after = await stage.open(first), await stage.open(second)
    kicked = [] if reason is None else [(before.session.instance, reason, second)]
    assert stage.delivery.kicks == kicked
    assert [await stage.end_of(login) for login in (before, after)] == [reason, None]


async def test_the_login_that_was_opened_first_goes_first(stage: Stage) -> None:
    stage.app = replace(stage.app, settings=AppSettings(device_instances=2))
    logins = [await stage.open() for _ in range(4)]
    assert [await stage.end_of(login) for login in logins] == [SAME, SAME, None, None]
    assert [kick[0] for kick in stage.delivery.kicks] == [login.session.instance for login in logins[:2]]


async def test_logins_that_are_over_take_no_place(stage: Stage) -> None:
    stage.app = replace(stage.app, settings=AppSettings(device_instances=1))
    ended = await stage.open()
    stage.clock.step(VALIDITY_S + 1)
    closed = await stage.open()
    await stage.logins.close(closed.session)
    await stage.open()
    assert stage.delivery.kicks == []
    with raises_fault(SIG_EXPIRED):
        await stage.resume(ended)


async def test_a_client_that_starts_again_on_its_device_displaces_nobody(stage: Stage) -> None:
    stage.app = replace(stage.app, settings=AppSettings(device_instances=2))
    other, before, after = await stage.open(key="a"), await stage.open(key="b"), await stage.open(key="b")
    assert stage.delivery.kicks == []
    assert [await stage.end_of(login) for login in (other, after)] == [None, None]
    with raises_fault(SIG_EXPIRED, "unknown"):
        await stage.resume(before)


async def test_devices_without_a_key_are_not_taken_for_one(stage: Stage) -> None:
    before, _ = await stage.open(key=""), await stage.open(key="")
    assert await stage.end_of(before) is None


async def test_accounts_do_not_displace_each_other(stage: Stage) -> None:
    stage.app = replace(stage.app, settings=AppSettings(login_policy="single"))
    alices, _ = await stage.open(), await stage.open(user_id=UserId("bob"))
    assert await stage.end_of(alices) is None


async def test_logins_at_once_leave_as_many_as_are_allowed(stage: Stage) -> None:
    stage.app = replace(stage.app, settings=AppSettings(device_instances=1))
    logins = await asyncio.gather(*(stage.open() for _ in range(6)))
    ends = [await stage.end_of(login) for login in logins]
    assert sorted(ends, key=str) == [SAME] * 5 + [None]
    assert len({kick[0] for kick in stage.delivery.kicks}) == len(stage.delivery.kicks) == 5


# --- the app's server ends logins ---


async def test_a_kick_ends_every_login_and_voids_what_was_signed(stage: Stage) -> None:
    logins = [await stage.open(PHONE), await stage.open(WEB)]
    signed = stage.claims()
    await stage.logins.kick(logins[0].account)
    assert stage.delivery.kicks == [(login.session.instance, SERVER, "") for login in logins]
    assert [await stage.end_of(login) for login in logins] == [SERVER, SERVER]
    with raises_fault(SIG_VOID):
        await stage.logins.open(stage.app, ALICE, signed, Device("", PHONE))
    assert await stage.end_of(await stage.open()) is None


async def test_a_kick_and_a_login_at_once_leave_no_login_behind(stage: Stage) -> None:
    account = (await stage.open()).account
    signed = stage.claims()

    def log_in() -> Awaitable[Login]:
        return stage.logins.open(stage.app, ALICE, signed, Device("", PHONE))

    await asyncio.gather(log_in(), stage.logins.kick(account), log_in(), return_exceptions=True)
    held = (await stage.store.sessions.sessions([account.number]))[account.number]
    assert [session for session in held if session.is_open(stage.clock.now())] == []


async def test_ending_all_forgets_the_logins_and_tells_them(stage: Stage) -> None:
    login = await stage.open()
    await stage.logins.end_all(login.account)
    assert stage.delivery.kicks == [(login.session.instance, SERVER, "")]
    with raises_fault(SIG_EXPIRED, "unknown"):
        await stage.resume(login)


# --- a kick is remembered ---


@pytest.mark.parametrize(
    ("reason", "words"), [(SAME, "devices of this kind"), (OTHER, "another kind"), (SERVER, "app's server")]
)
async def test_a_device_that_was_away_hears_later_why_it_was_ended(
    stage: Stage, reason: KickReason, words: str
) -> None:
    stage.app = replace(stage.app, settings=AppSettings(login_policy="single"))
    login = await stage.open(PHONE)
    if reason is SERVER:
        await stage.logins.kick(login.account)
    else:
        await stage.open(PHONE if reason is SAME else PC)
    stage.restart()
    stage.clock.step(VALIDITY_S - 10)
    with raises_fault(KICKED_OUT, words):
        await stage.resume(login)
    stage.clock.step(20)
    with raises_fault(SIG_EXPIRED):
        await stage.resume(login)


async def test_the_first_reason_stays(stage: Stage) -> None:
    stage.app = replace(stage.app, settings=AppSettings(login_policy="single"))
    login = await stage.open(PHONE)
    await stage.open(PC)
    await stage.logins.kick(login.account)
    assert await stage.end_of(login) is OTHER


async def test_a_login_anew_on_the_same_device_makes_the_old_ticket_no_better(stage: Stage) -> None:
    login = await stage.open(key="k")
    await stage.logins.kick(login.account)
    await stage.open(key="k")
    assert await stage.end_of(login) is SERVER


async def test_no_more_ended_logins_are_remembered_than_needed(stage: Stage) -> None:
    stage.app = replace(stage.app, settings=AppSettings(device_instances=1))
    logins = [await stage.open() for _ in range(ENDED_REMEMBERED + 5)]
    held = (await stage.store.sessions.sessions([logins[0].account.number]))[logins[0].account.number]
    assert len(held) <= ENDED_REMEMBERED + 2
    assert await stage.end_of(logins[-2]) is SAME
    with raises_fault(SIG_EXPIRED, "unknown"):
        await stage.resume(logins[0])
