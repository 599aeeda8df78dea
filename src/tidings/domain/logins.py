"""Logging in: by UserSig or by ticket, kicking, logging out (spec/auth.md; web-sdk-wire.md, section 5)."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple, Protocol

from tidings.clock import Clock
from tidings.domain import usersig
from tidings.domain.accounts import Account, Accounts
from tidings.domain.apps import App, Apps
from tidings.domain.callbacks import note
from tidings.domain.devices import KickReason, Platform, Session, to_displace
from tidings.domain.happenings import LOGGED_IN, StatusChanged
from tidings.domain.ports import Delivery, SessionStore
from tidings.domain.robots import PREFIX
from tidings.domain.turns import Turns
from tidings.errors import KICKED_OUT, ROBOT_LOGIN, SIG_CHECKED_TOO_OFTEN, SIG_EXPIRED, SIG_VOID, TidingsError
from tidings.ids import MAX_USER_ID_BYTES, AccountNumber, Chance, InstanceId, SdkAppId, UserId
from tidings.settings import AppSettings

FAILURE_WINDOW_S = 60
FAILURES_REMEMBERED = 100_000
VERIFIED_REMEMBERED = 2_000
# Ended logins of an account that are still told why they ended.
ENDED_REMEMBERED = 20


class TicketParts(NamedTuple):
    """What a ticket says: whose login it stands for."""

    app: SdkAppId
    account: AccountNumber
    instance: InstanceId


class Tickets(Protocol):
    """Makes and reads tickets (A2Key): text that only this server can have made."""

    def issue(self, parts: TicketParts) -> str:
        """Return the ticket of a login."""
        ...

    def read(self, text: str) -> TicketParts | None:
        """Return what a genuine ticket says, None for anything else."""
        ...


@dataclass(frozen=True, slots=True)
class Device:
    """What a connection says of its device; `key` is new for each start of the client."""

    key: str
    platform: Platform


@dataclass(frozen=True, slots=True)
class Login:
    """A login that holds: the account, its instance and the ticket that stands for it."""

    account: Account
    session: Session
    ticket: str


class LoginEndedError(TidingsError):
    """The login was ended meanwhile; `reason` tells its client why."""

    def __init__(self, reason: KickReason) -> None:
        """Make the fault of code 1002."""
        super().__init__(KICKED_OUT, KICKED_OUT.cause.format(detail=_REASONS[reason]))
        self.reason = reason


_REASONS = {
    KickReason.SAME_PLATFORM: "too many devices of this kind are logged in",
    KickReason.OTHER_PLATFORM: "another kind of device has logged in",
    KickReason.BY_SERVER: "the app's server has ended it",
}


class FailedChecks:
    """Counts failed UserSig checks of each account within a minute."""

    def __init__(self, limit: int) -> None:
        """Refuse after `limit` failures."""
        self._limit = limit
        self._failures: dict[tuple[int, str], tuple[float, int]] = {}

    def add(self, app: int, user_id: str, now: float) -> bool:
        """Count a failure; returns whether the account had failed too often already."""
        user_id = user_id[: MAX_USER_ID_BYTES + 1]  # no account has a longer name, but who fails may send one
        since, count = self._failures.get((app, user_id), (now, 0))
        if now - since >= FAILURE_WINDOW_S:
            since, count = now, 0
        if len(self._failures) >= FAILURES_REMEMBERED:
            self._failures.pop(next(iter(self._failures)))
        self._failures[app, user_id] = (since, count + 1)
        return count >= self._limit


class Identities:
    """Checks UserSigs, for both doors."""

    def __init__(self, apps: Apps, accounts: Accounts, clock: Clock, failed: FailedChecks) -> None:
        """Judge by the keys of `apps` and the kicks of `accounts`."""
        self._apps = apps
        self._accounts = accounts
        self._clock = clock
        self._failed = failed
        self._verified: dict[tuple[int, UserId, str], tuple[usersig.KeyRing, usersig.Claims]] = {}

    async def check(self, sdk_app_id: int, user_id: UserId, text: str) -> usersig.Claims:
        """Return what a valid UserSig says; raises its own code for each way to be wrong, 70051 for a chatbot's.

        Who fails too often within a minute is told 70050 instead; a valid UserSig always passes, so
        that nobody can lock another user out.
        """
        now = self._clock.now()
        try:
            claims = self._verify(sdk_app_id, user_id, text, now)
        except TidingsError as error:
            if self._failed.add(sdk_app_id, user_id, now):
                raise SIG_CHECKED_TOO_OFTEN(user_id=user_id) from error
            raise
        if user_id.startswith(PREFIX):
            raise ROBOT_LOGIN(user_id=user_id)
        account = await self._accounts.find(SdkAppId(sdk_app_id), user_id)
        if account is not None:
            check_not_void(account, claims)
        return claims

    def _verify(self, sdk_app_id: int, user_id: UserId, text: str, now: float) -> usersig.Claims:
        """Verify in full once; after that, as long as the app's keys are the same, only the clock decides."""
        name = (sdk_app_id, user_id, text)
        known = self._verified.get(name)
        app = self._apps.find(sdk_app_id)
        if known is not None and app is not None and known[0] is app.keys:
            usersig.check_validity(known[1], now=now)
            return known[1]
        claims = usersig.decode(text)
        if app is None:
            usersig.refuse_unknown_app(claims, sdk_app_id=sdk_app_id, user_id=user_id)
        usersig.verify(claims, app.keys, sdk_app_id=sdk_app_id, user_id=user_id, now=now)
        if len(self._verified) >= VERIFIED_REMEMBERED:
            self._verified.pop(next(iter(self._verified)))
        self._verified[name] = (app.keys, claims)
        return claims


def check_not_void(account: Account, claims: usersig.Claims) -> None:
    """Refuse a UserSig made before the account was kicked: raises 70052."""
    if claims.issued_at <= account.void_until:
        raise SIG_VOID(signed_at=claims.issued_at, void_until=account.void_until)


class Logins:
    """The logins of all accounts, kept in the store so that tickets outlive a restart."""

    def __init__(
        self,
        store: SessionStore,
        accounts: Accounts,
        delivery: Delivery,
        tickets: Tickets,
        clock: Clock,
        chance: Chance,
    ) -> None:
        """Keep logins in `store`, end displaced ones through `delivery`."""
        self._store = store
        self._accounts = accounts
        self._delivery = delivery
        self._tickets = tickets
        self._clock = clock
        self._chance = chance
        self._turns = Turns[AccountNumber]()

    async def open(self, app: App, user_id: UserId, claims: usersig.Claims, device: Device) -> Login:
        """Log in with a checked UserSig; the account is made if it is new, others are displaced by policy."""
        account = await self._accounts.ensure(app.sdk_app_id, user_id)
        session = await self._turns.take(account.number, partial(self._open, app.settings, account, claims, device))
        parts = TicketParts(app.sdk_app_id, account.number, session.instance)
        return Login(account, session, self._tickets.issue(parts))

    async def resume(self, app: App, ticket: str) -> Login:
        """Take up a login by its ticket.

        Raises 70001 for a ticket that is forged, forgotten or past its UserSig's end, and 1002 for
        a login that was displaced meanwhile.
        """
        parts = self._tickets.read(ticket)
        if parts is None or parts.app != app.sdk_app_id:
            raise SIG_EXPIRED(detail="(the ticket is none of this app's)")
        account = await self._accounts.by_number(app.sdk_app_id, parts.account)
        if account is None:
            raise SIG_EXPIRED(detail="(the ticket's account is gone)")
        session = next((s for s in await self._held(account) if s.instance == parts.instance), None)
        if session is None or self._clock.now() > session.ends_at:
            raise SIG_EXPIRED(detail="(the ticket is unknown or its UserSig has ended)")
        if session.kicked is not None:
            raise LoginEndedError(session.kicked)
        return Login(account, session, ticket)

    async def close(self, session: Session) -> None:
        """Log out: the ticket is worthless from now on."""
        await self._store.drop_sessions(session.account, [session.instance])

    async def leave(self, session: Session) -> None:
        """Note that a login lost its connection: a phone stays reachable by push from now on."""
        session.left_at = self._clock.now()
        await self._store.set_left_at(session)

    async def arrive(self, session: Session) -> None:
        """Note that a login has a connection again."""
        session.left_at = None
        await self._store.set_left_at(session)

    async def kick(self, account: Account) -> None:
        """End every login of an account and void what was signed until now; a device that is away hears of it later."""
        await self._accounts.void_signatures(account, int(self._clock.now()))
        await self._turns.take(account.number, partial(self._kick, account))

    async def end_all(self, account: Account) -> None:
        """End every login of an account that is being deleted."""
        await self._turns.take(account.number, partial(self._drop, account))

    async def _open(self, settings: AppSettings, account: Account, claims: usersig.Claims, device: Device) -> Session:
        check_not_void(account, claims)
        now = self._clock.now()
        instance = InstanceId(self._chance.uint32())
        session = Session(account.number, instance, device.key, device.platform, now, claims.issued_at, claims.ends_at)
        kept = await self._held(account)
        held = [s for s in kept if s.is_open(now) and not _is_same_device(s, device)]
        ended = [s for s in kept if s.kicked is not None and now <= s.ends_at][-ENDED_REMEMBERED:]
        stale = [s.instance for s in kept if s not in held and s not in ended]
        displaced = to_displace(settings, held, session)
        note(StatusChanged, account, LOGGED_IN, tuple(other.platform for other, _ in displaced))
        await self._save(session, displaced, stale)
        return session

    async def _kick(self, account: Account) -> None:
        held = [s for s in await self._held(account) if s.is_open(self._clock.now())]
        for session in held:
            session.kicked = KickReason.BY_SERVER
        if held:
            await self._store.save_sessions(held)
        self._tell(held)

    async def _drop(self, account: Account) -> None:
        held = await self._held(account)
        await self._store.drop_sessions(account.number, [s.instance for s in held])
        self._tell(held)

    async def _held(self, account: Account) -> list[Session]:
        return (await self._store.sessions([account.number])).get(account.number, [])

    def _tell(self, ended: Iterable[Session]) -> None:
        for session in ended:
            self._delivery.kick(session, KickReason.BY_SERVER, "")

    async def _save(
        self, session: Session, displaced: list[tuple[Session, KickReason]], stale: list[InstanceId]
    ) -> None:
        for other, reason in displaced:
            other.kicked = reason
        if stale:
            self._store.drop_sessions(session.account, stale)
        await self._store.save_sessions([*(other for other, _ in displaced), session])
        for other, reason in displaced:
            self._delivery.kick(other, reason, session.platform)


def _is_same_device(session: Session, device: Device) -> bool:
    """Say whether a client starts again; one that names no device is always another."""
    return bool(device.key) and session.device == device.key
