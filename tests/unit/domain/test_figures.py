"""Daily figures (spec/limits.md, section 3)."""

import pytest

from tests.support.stores import APP, NOW, People, message, put
from tidings.clock import SteppedClock
from tidings.domain.apps import App, Apps
from tidings.domain.figures import DAY_S, HOUR_S, Counted, Figures, Statistics
from tidings.errors import STORE_UNAVAILABLE, TidingsError
from tidings.pending import Pending
from tidings.store.sqlite.figures import SqliteFigures
from tidings.store.sqlite.store import Store

OFFSET_S = 8 * HOUR_S
TODAY = (NOW + OFFSET_S) // DAY_S


@pytest.fixture
def statistics(store: Store, app: App, clock: SteppedClock) -> Statistics:
    return Statistics(store.figures, Apps([app]), clock)


async def _today(statistics: Statistics, app: App) -> Figures:
    return (await statistics.of(app))[0][1]


async def test_a_user_counts_once_a_day_whatever_he_does(statistics: Statistics, app: App, them: People) -> None:
    for account in (them.alice, them.alice, them.bob):
        statistics.logged_in(account)
        statistics.came(account)
    figures = await _today(statistics, app)
    assert (figures.logins, figures.logged_in, figures.active, figures.most_online) == (3, 2, 2, 2)
    statistics.logged_in(them.alice)
    figures = await _today(statistics, app)
    assert (figures.logins, figures.logged_in, figures.active) == (4, 2, 2)


async def test_who_only_reconnects_is_active_but_has_not_logged_in(
    statistics: Statistics, app: App, them: People
) -> None:
    statistics.came(them.alice)
    figures = await _today(statistics, app)
    assert (figures.active, figures.logged_in, figures.logins) == (1, 0, 0)


async def test_who_stays_connected_is_active_on_the_next_day(
    statistics: Statistics, app: App, them: People, clock: SteppedClock
) -> None:
    for account in (them.alice, them.bob, them.bob):
        statistics.came(account)
    statistics.went(them.alice)
    statistics.went(them.bob)
    clock.step(DAY_S)
    (day, second), (_, first) = await statistics.of(app)
    assert day == TODAY + 1
    assert [(each.active, each.most_online) for each in (first, second)] == [(2, 2), (1, 1)]


async def test_stored_messages_are_counted_by_their_day_in_the_apps_time(
    statistics: Statistics, store: Store, app: App, them: People
) -> None:
    midnight = TODAY * DAY_S - OFFSET_S
    await put(store, *(message(them.alice, them.bob, midnight + shift) for shift in (-1, 0, 1)))
    await put(store, message(them.bob, them.alice, midnight))
    days = await statistics.of(app)
    assert [(day, figures.sent, figures.senders) for day, figures in days] == [(TODAY, 3, 2), (TODAY - 1, 1, 1)]


async def test_online_only_messages_and_deliveries_are_counted(statistics: Statistics, app: App, them: People) -> None:
    statistics.sent_online_only(them.alice)
    statistics.delivered(APP, 3)
    statistics.delivered(APP, 0)
    figures = await _today(statistics, app)
    assert (figures.sent, figures.senders, figures.delivered) == (1, 1, 3)


async def test_figures_are_exact_after_a_restart(
    statistics: Statistics, store: Store, app: App, them: People, clock: SteppedClock
) -> None:
    statistics.came(them.alice)
    await put(store, message(them.alice, them.bob))
    before = await _today(statistics, app)
    await put(store, message(them.alice, them.bob))  # the process dies before that is counted
    again = Statistics(store.figures, Apps([app]), clock)
    await again.remember()
    again.came(them.alice)
    after = await _today(again, app)
    assert (before.sent, before.senders, before.active, before.registered) == (1, 1, 1, 3)
    assert (after.sent, after.senders, after.active, after.registered) == (2, 1, 1, 3)


async def test_what_could_not_be_kept_is_kept_later_and_counted_once(
    statistics: Statistics, store: Store, app: App, them: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> Pending[None]:
        pending: Pending[None] = Pending()
        pending.fail(STORE_UNAVAILABLE(detail="the disk is full"))
        return pending

    statistics.came(them.alice)
    await put(store, message(them.alice, them.bob))
    with monkeypatch.context() as broken:
        broken.setattr(SqliteFigures, "add_figures", fail)
        with pytest.raises(TidingsError):
            await statistics.keep()
    await put(store, message(them.bob, them.alice))
    figures = await _today(statistics, app)
    assert (figures.sent, figures.senders, figures.active, figures.accounts) == (2, 2, 1, 3)


async def test_nothing_is_written_when_nothing_happened(
    statistics: Statistics, them: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    statistics.came(them.alice)
    await statistics.keep()
    monkeypatch.setattr(SqliteFigures, "add_figures", lambda *_: pytest.fail("something was written"))
    await statistics.keep()


async def test_a_quiet_day_shows_the_accounts_of_the_day_before_and_30_days_are_shown(
    statistics: Statistics, app: App, them: People, clock: SteppedClock
) -> None:
    statistics.came(them.alice)
    assert len(await statistics.of(app)) == 1
    statistics.went(them.alice)
    clock.step(40 * DAY_S)
    days = await statistics.of(app)
    assert len(days) == 30
    assert {(figures.accounts, figures.active) for _, figures in days} == {(3, 0)}


def test_additions_add_up_and_the_highest_stays() -> None:
    counted = Counted({(APP, 1): Figures(sent=1, most_online=2)})
    counted.add(Counted({(APP, 1): Figures(sent=2, most_online=5), (APP, 2): Figures(logins=1)}))
    assert counted.days == {(APP, 1): Figures(sent=3, most_online=5), (APP, 2): Figures(logins=1)}


async def test_an_app_that_is_gone_is_forgotten(statistics: Statistics, app: App, them: People) -> None:
    await statistics.keep()
    statistics.came(them.alice)
    statistics.delivered(APP, 1)
    statistics.forget(APP)
    figures = await _today(statistics, app)
    assert (figures.active, figures.delivered, figures.most_online) == (0, 0, 0)
