"""What an app did on each day: users, logins, messages (spec/limits.md, section 3; spec/rest/openconfigsvr.yaml).

Messages and accounts are counted from what is stored, beside the sending: what was counted up to is
kept with the figures, so that they are exact whenever the process ends. What leaves nothing behind
(logins, deliveries, online-only messages) is counted in plain integers that are kept every few seconds.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple, Protocol

from tidings.clock import Clock
from tidings.domain.accounts import Account
from tidings.domain.apps import App, Apps
from tidings.ids import AccountNumber, SdkAppId
from tidings.pending import Pending

HOUR_S, DAY_S = 3_600, 86_400
SHOWN_DAYS = 30
# Days of which it is known who did what: what is counted late is hardly ever older.
DEED_DAYS = 2

AppDay = tuple[SdkAppId, int]


class Deed:
    """What an account is counted for once a day; several are added up."""

    ACTIVE: Final = 1
    LOGGED_IN: Final = 2
    SENT: Final = 4


@dataclass(slots=True)
class Figures:
    """The figures of one app's day, or what is to be added to them; `accounts` and `most_online` are levels."""

    accounts: int = 0
    registered: int = 0
    active: int = 0
    logged_in: int = 0
    logins: int = 0
    senders: int = 0
    sent: int = 0
    delivered: int = 0
    most_online: int = 0


class SentRow(NamedTuple):
    """How many messages an account sent within an hour (since 1970; days of apps begin at whole hours)."""

    app: SdkAppId
    account: AccountNumber
    hour: int
    messages: int


class NewcomerRow(NamedTuple):
    """How many accounts an app got, and how many of them there still are."""

    app: SdkAppId
    registered: int
    left: int


Marks = Mapping[str, int]
Deeds = dict[AppDay, dict[AccountNumber, int]]


@dataclass(frozen=True, slots=True)
class Uncounted:
    """What the store has got since it was last counted; `marks` say up to where."""

    sent: Sequence[SentRow]
    newcomers: Sequence[NewcomerRow]
    marks: Marks


@dataclass(slots=True)
class Counted:
    """What is kept together: additions to days, what accounts have done, and up to where that is counted."""

    days: dict[AppDay, Figures] = field(default_factory=dict)
    deeds: Deeds = field(default_factory=dict)
    marks: Marks = field(default_factory=dict)

    def figures(self, app_day: AppDay) -> Figures:
        """Return the additions to a day."""
        return self.days.setdefault(app_day, Figures())

    def add(self, earlier: "Counted") -> None:
        """Take in what was counted before and could not be kept."""
        for app_day, figures in earlier.days.items():
            mine = self.figures(app_day)
            for name in Figures.__slots__:
                both = getattr(mine, name), getattr(figures, name)
                setattr(mine, name, max(both) if name == "most_online" else sum(both))
        for app_day, deeds in earlier.deeds.items():
            self.deeds[app_day] = deeds | self.deeds.get(app_day, {})


class FigureStore(Protocol):
    """What figures ask of the store."""

    async def counted_up_to(self) -> tuple[Marks, Deeds]:
        """Return the marks, and what accounts are known to have done."""
        ...

    async def uncounted(self, marks: Marks) -> Uncounted:
        """Return what was stored behind the marks."""
        ...

    def add_figures(self, counted: Counted, oldest_day: int) -> Pending[None]:
        """Keep additions and marks in one transaction; deeds of days before `oldest_day` go."""
        ...

    async def figures(self, app: SdkAppId, first: int, last: int) -> dict[int, Figures]:
        """Return an app's days from `first` to `last`, and the last one before them if there is one."""
        ...


class Statistics:
    """Counts, keeps and tells the figures of all apps."""

    def __init__(self, store: FigureStore, apps: Apps, clock: Clock) -> None:
        """Keep figures in `store`; `apps` say when their days begin."""
        self._store = store
        self._apps = apps
        self._clock = clock
        self._counted = Counted()
        self._deeds: Deeds = {}
        self._marks: Marks = {}
        self._online: dict[SdkAppId, dict[AccountNumber, int]] = {}
        self._days: dict[SdkAppId, int] = {}
        self._delivered: dict[SdkAppId, int] = {}
        self._turn: Pending[None] | None = None

    async def remember(self) -> None:
        """Take over what the store keeps: called once at start."""
        self._marks, self._deeds = await self._store.counted_up_to()

    def came(self, account: Account) -> None:
        """Note a connection that is logged in: its account is active, and online."""
        online = self._online.setdefault(account.app, {})
        online[account.number] = online.get(account.number, 0) + 1
        self._do(account, Deed.ACTIVE)
        figures = self._today(account.app)
        figures.most_online = max(figures.most_online, len(online))

    def went(self, account: Account) -> None:
        """Note that a connection stands for its account no more."""
        online = self._online.get(account.app, {})
        left = online.pop(account.number, 0) - 1
        if left > 0:
            online[account.number] = left

    def logged_in(self, account: Account) -> None:
        """Count a login by UserSig."""
        self._today(account.app).logins += 1
        self._do(account, Deed.LOGGED_IN)

    def delivered(self, app: SdkAppId, count: int) -> None:
        """Count messages that were handed to devices, once for each device."""
        if count:
            self._delivered[app] = self._delivered.get(app, 0) + count

    def sent_online_only(self, account: Account) -> None:
        """Count a message that is not stored."""
        self._today(account.app).sent += 1
        self._do(account, Deed.SENT)

    def forget(self, app: SdkAppId) -> None:
        """Drop what is counted of an app that is gone."""
        for counts in (self._counted.days, self._counted.deeds, self._deeds):
            for key in [key for key in counts if key[0] == app]:
                counts.pop(key)
        for each in (self._online, self._days, self._delivered):
            each.pop(app, None)

    async def keep(self) -> None:
        """Count what was stored since the last time, and keep all that was counted."""
        while (earlier := self._turn) is not None:
            await earlier
        turn = self._turn = Pending[None]()
        try:
            await self._keep()
        finally:
            self._turn = None
            turn.resolve(None)

    async def of(self, app: App) -> list[tuple[int, Figures]]:
        """Return the last 30 days of an app, the newest first, as far back as there are figures."""
        await self.keep()
        today = self._day(app.sdk_app_id, self._clock.now())
        first = today - SHOWN_DAYS + 1
        kept = await self._store.figures(app.sdk_app_id, first, today)
        shown: list[tuple[int, Figures]] = []
        if kept:
            last = kept[min(kept)]
            for day in range(max(min(kept), first), today + 1):
                last = kept.get(day) or Figures(accounts=last.accounts)
                shown.append((day, last))
        return shown[::-1]

    async def _keep(self) -> None:
        self._take_deliveries()
        self._begin_days()
        self._count(await self._store.uncounted(self._marks))
        counted, self._counted = self._counted, Counted()
        if not counted.days and counted.marks == self._marks:
            return
        self._marks = counted.marks
        oldest = int(self._clock.now()) // DAY_S - DEED_DAYS
        try:
            await self._store.add_figures(counted, oldest)
        except BaseException:
            self._counted.add(counted)
            raise
        for app_day in [app_day for app_day in self._deeds if app_day[1] < oldest]:
            del self._deeds[app_day]

    def _take_deliveries(self) -> None:
        for app, count in self._delivered.items():
            self._today(app).delivered += count
        self._delivered.clear()

    def _begin_days(self) -> None:
        """Count who stays connected into a day that has begun meanwhile."""
        for app, online in self._online.items():
            day = self._day(app, self._clock.now())
            if online and self._days.get(app) != day:
                figures = self._today(app)
                figures.most_online = max(figures.most_online, len(online))
                for number in online:
                    self._settle((app, day), number, Deed.ACTIVE)
            self._days[app] = day

    def _count(self, uncounted: Uncounted) -> None:
        for row in uncounted.sent:
            app_day = (row.app, self._day(row.app, row.hour * HOUR_S))
            self._counted.figures(app_day).sent += row.messages
            self._settle(app_day, row.account, Deed.SENT)
        for newcomers in uncounted.newcomers:
            figures = self._today(newcomers.app)
            figures.registered += newcomers.registered
            figures.accounts += newcomers.left
        self._counted.marks = uncounted.marks

    def _do(self, account: Account, deed: int) -> None:
        self._settle((account.app, self._day(account.app, self._clock.now())), account.number, deed)

    def _settle(self, app_day: AppDay, number: AccountNumber, deed: int) -> None:
        """Count an account for what it has not been counted for yet on that day."""
        known = self._deeds.setdefault(app_day, {})
        done = known.get(number, 0)
        if not deed & done:
            figures = self._counted.figures(app_day)
            figures.active += deed == Deed.ACTIVE
            figures.logged_in += deed == Deed.LOGGED_IN
            figures.senders += deed == Deed.SENT
            known[number] = self._counted.deeds.setdefault(app_day, {})[number] = done | deed

    def _today(self, app: SdkAppId) -> Figures:
        return self._counted.figures((app, self._day(app, self._clock.now())))

    def _day(self, app: SdkAppId, time: float) -> int:
        """Return the day that a time is in, days since 1970 by the app's own clock."""
        found = self._apps.find(app)
        return int(time + (0 if found is None else found.settings.utc_offset_hours * HOUR_S)) // DAY_S
