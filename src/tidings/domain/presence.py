"""Online status (spec/auth.md, section 8): who has a connection, who is reachable by push."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from heapq import heappop, heappush

from tidings.clock import Clock
from tidings.domain.accounts import Account, Accounts
from tidings.domain.apps import App
from tidings.domain.devices import MOBILE, Platform, Session
from tidings.domain.events import StatusChanged
from tidings.domain.ports import Delivery, SessionStore
from tidings.ids import NO_INSTANCE, AccountNumber, InstanceId, UserId

PUSH_ONLINE_S = 7 * 86_400


class Status(Enum):
    """An account's or device's status: the name REST uses and the number clients are told."""

    ONLINE = ("Online", 1)
    PUSH_ONLINE = ("PushOnline", 2)
    OFFLINE = ("Offline", 3)

    def __init__(self, label: str, number: int) -> None:
        """Give both names."""
        self.label = label
        self.number = number


@dataclass(frozen=True, slots=True)
class Presence:
    """An account's status, with that of each platform that is not offline."""

    account: Account
    status: Status
    platforms: dict[Platform, Status]


class Watchers:
    """Who wants to know of whose status; a subscriber's oldest wish goes when there are too many."""

    def __init__(self) -> None:
        """Begin with no subscriptions; they live as long as the process."""
        self._wishes: dict[AccountNumber, dict[AccountNumber, None]] = {}
        self._watchers: dict[AccountNumber, set[AccountNumber]] = {}

    def add(self, watcher: AccountNumber, watched: AccountNumber, limit: int) -> None:
        """Subscribe; a repeated wish counts as new."""
        wishes = self._wishes.setdefault(watcher, {})
        wishes.pop(watched, None)
        wishes[watched] = None
        while len(wishes) > limit:
            self.remove(watcher, next(iter(wishes)))
        self._watchers.setdefault(watched, set()).add(watcher)

    def remove(self, watcher: AccountNumber, watched: AccountNumber) -> None:
        """Unsubscribe."""
        wishes = self._wishes.get(watcher, {})
        wishes.pop(watched, None)
        if not wishes:
            self._wishes.pop(watcher, None)
        watchers = self._watchers.get(watched, set())
        watchers.discard(watcher)
        if not watchers:
            self._watchers.pop(watched, None)

    def clear(self, watcher: AccountNumber) -> None:
        """Drop all wishes of a subscriber."""
        for watched in list(self._wishes.pop(watcher, {})):
            self.remove(watcher, watched)

    def of(self, watched: AccountNumber) -> set[AccountNumber]:
        """Return who watches an account."""
        return self._watchers.get(watched, set())


class Presences:
    """Answers and announces status."""

    def __init__(self, store: SessionStore, accounts: Accounts, delivery: Delivery, clock: Clock) -> None:
        """Ask `delivery` who is connected and `store` who has left."""
        self._store = store
        self._accounts = accounts
        self._delivery = delivery
        self._clock = clock
        self._started_at = clock.now()
        self.watchers = Watchers()
        # Phones that are reachable by push: until when, and the earliest of these ends first.
        self._away: dict[AccountNumber, tuple[float, Account]] = {}
        self._ends: list[tuple[float, AccountNumber]] = []

    async def of(self, accounts: Sequence[Account]) -> list[Presence]:
        """Return the presence of accounts, in the order given."""
        kept = await self._store.sessions([account.number for account in accounts])
        return [self._to_presence(account, kept.get(account.number, [])) for account in accounts]

    async def set_custom(self, account: Account, text: str, source: InstanceId) -> None:
        """Show `text` as the account's status and tell its own devices and who watches it."""
        await self._accounts.set_custom_status(account, text)
        await self.announce(account, source)

    async def left(self, account: Account) -> None:
        """Note a log-out: the last one takes the custom status and the subscriptions with it."""
        if not self._delivery.online(account.number):
            self.watchers.clear(account.number)
            await self._accounts.set_custom_status(account, "")
        await self.announce(account)

    def went_away(self, account: Account, session: Session) -> None:
        """Note that a phone lost its connection: there will be no other sign of its being offline."""
        end = min(self._clock.now() + PUSH_ONLINE_S, session.ends_at)
        known = self._away.get(account.number)
        if known is None:
            heappush(self._ends, (end, account.number))
        # As long as one of several phones is reachable, the account is.
        self._away[account.number] = (end if known is None else max(end, known[0]), account)

    async def sweep(self) -> None:
        """Announce accounts that are reachable by push no more."""
        now = self._clock.now()
        while self._ends and self._ends[0][0] < now:
            _, number = heappop(self._ends)
            end, account = self._away[number]
            if end >= now:  # it was there again meanwhile
                heappush(self._ends, (end, number))
                continue
            del self._away[number]
            if not self._delivery.online(number):
                await self.announce(account)

    async def announce(self, account: Account, source: InstanceId = NO_INSTANCE) -> None:
        """Tell the account's other devices and its watchers how it stands now."""
        watchers = self.watchers.of(account.number)
        others = [s for s in self._delivery.online(account.number) if s.instance != source]
        if not watchers and not others:
            return
        presence = (await self.of([account]))[0]
        event = StatusChanged(account.user_id, presence.status.number, account.custom_status)
        self._delivery.live({*watchers, account.number}, event, source)

    async def subscribe(self, app: App, watcher: Account, user_ids: Iterable[UserId]) -> list[UserId]:
        """Subscribe to users; returns those that cannot be: unknown ones and oneself."""
        names = list(user_ids)
        found = await self._accounts.find_all(app.sdk_app_id, names)
        refused = [name for name in names if name not in found or name == watcher.user_id]
        for name in names:
            if name not in refused:
                self.watchers.add(watcher.number, found[name].number, app.settings.status_subscriptions)
        return refused

    async def unsubscribe(self, app: App, watcher: Account, user_ids: Iterable[UserId]) -> list[UserId]:
        """Unsubscribe from users, from all if none is named; returns unknown ones."""
        names = list(user_ids)
        if not names:
            self.watchers.clear(watcher.number)
        found = await self._accounts.find_all(app.sdk_app_id, names)
        for account in found.values():
            self.watchers.remove(watcher.number, account.number)
        return [name for name in names if name not in found]

    def _to_presence(self, account: Account, kept: Sequence[Session]) -> Presence:
        online = {session.platform for session in self._delivery.online(account.number)}
        platforms = {s.platform: Status.PUSH_ONLINE for s in kept if s.platform in MOBILE and self._is_reachable(s)}
        platforms.update(dict.fromkeys(online, Status.ONLINE))
        status = Status.ONLINE if online else Status.PUSH_ONLINE if platforms else Status.OFFLINE
        return Presence(account, status, platforms)

    def _is_reachable(self, session: Session) -> bool:
        """Say whether pushes still reach a login; one without a leaving time was cut off by the server's stop."""
        now = self._clock.now()
        left_at = self._started_at if session.left_at is None else session.left_at
        return session.is_open(now) and now - left_at <= PUSH_ONLINE_S
