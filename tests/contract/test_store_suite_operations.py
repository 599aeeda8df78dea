"""Every store: mutes and daily figures (domain/mutes.py, MuteStore; domain/figures.py, FigureStore)."""

from tests.support.stores import APP, NOW, OTHER_APP, People, message, put
from tidings.domain.accounts import Newcomer
from tidings.domain.figures import HOUR_S, Counted, Deed, Figures, NewcomerRow, SentRow
from tidings.domain.messages import Flag
from tidings.domain.mutes import FOREVER, Mute
from tidings.ids import UserId
from tidings.store.sqlite.store import Store

HOUR = NOW // HOUR_S
DAY = 20_000


async def test_a_mute_is_kept_until_it_is_over(store: Store, them: People) -> None:
    alice = them.alice.number
    await store.mutes.save_mute(alice, NOW + 10, None)
    await store.mutes.save_mute(them.bob.number, None, FOREVER)
    assert await store.mutes.mutes(NOW) == {alice: Mute(NOW + 10, 0), them.bob.number: Mute(0, FOREVER)}
    assert await store.mutes.mutes(NOW + 10) == {them.bob.number: Mute(0, FOREVER)}


async def test_a_kind_of_mute_that_is_not_named_stays(store: Store, them: People) -> None:
    alice = them.alice.number
    await store.mutes.save_mute(alice, NOW + 10, NOW + 20)
    await store.mutes.save_mute(alice, 0, None)
    assert await store.mutes.mutes(NOW) == {alice: Mute(0, NOW + 20)}


async def test_messages_are_counted_by_sender_and_hour_and_imports_are_not(store: Store, them: People) -> None:
    alice, bob, stranger = them.alice, them.bob, them.stranger
    await put(store, message(alice, bob), message(alice, bob), message(alice, bob, NOW + HOUR_S))
    await put(store, message(bob, alice), message(stranger, stranger), message(bob, alice, flags=Flag.IMPORTED))
    sent = (await store.figures.uncounted({})).sent
    assert sorted(sent) == sorted(
        [
            SentRow(APP, alice.number, HOUR, 2),
            SentRow(APP, alice.number, HOUR + 1, 1),
            SentRow(APP, bob.number, HOUR, 1),
            SentRow(OTHER_APP, stranger.number, HOUR, 1),
        ]
    )


async def test_what_was_counted_is_counted_once(store: Store, them: People) -> None:
    await put(store, message(them.alice, them.bob))
    first = await store.figures.uncounted({})
    assert sorted(first.newcomers) == [NewcomerRow(APP, 3, 3), NewcomerRow(OTHER_APP, 1, 1)]
    await store.figures.add_figures(Counted(marks=first.marks), 0)
    marks, _ = await store.figures.counted_up_to()
    assert marks == first.marks
    await put(store, message(them.bob, them.alice))
    rest = await store.figures.uncounted(marks)
    assert (rest.sent, rest.newcomers) == ([SentRow(APP, them.bob.number, HOUR, 1)], [])
    assert rest.marks.keys() == marks.keys()


async def test_figures_of_a_day_add_up_and_levels_do_not(store: Store) -> None:
    whole = Figures(5, 5, 4, 3, 7, 2, 9, 8, 6)
    await store.figures.add_figures(Counted({(APP, DAY): whole, (OTHER_APP, DAY): Figures(sent=1)}), 0)
    more = Figures(1, 1, 1, 1, 1, 1, 1, 1, most_online=2)
    await store.figures.add_figures(Counted({(APP, DAY): more}), 0)
    assert await store.figures.figures(APP, DAY, DAY) == {DAY: Figures(6, 6, 5, 4, 8, 3, 10, 9, 6)}


async def test_a_day_begins_with_the_accounts_that_the_last_one_ended_with(store: Store) -> None:
    for day, accounts in ((DAY, 5), (DAY + 3, 2), (DAY + 4, 0)):
        await store.figures.add_figures(Counted({(APP, day): Figures(accounts=accounts)}), 0)
    found = await store.figures.figures(APP, DAY + 1, DAY + 9)
    assert {day: figures.accounts for day, figures in found.items()} == {DAY: 5, DAY + 3: 7, DAY + 4: 7}


async def test_deeds_are_kept_for_as_long_as_is_said(store: Store, them: People) -> None:
    alice = them.alice.number
    deeds = {(APP, DAY): {alice: Deed.ACTIVE}, (APP, DAY + 1): {alice: Deed.SENT}}
    await store.figures.add_figures(Counted(deeds=deeds), 0)
    assert (await store.figures.counted_up_to())[1] == deeds
    await store.figures.add_figures(Counted(deeds={(APP, DAY + 1): {alice: Deed.SENT | Deed.ACTIVE}}), DAY + 1)
    assert (await store.figures.counted_up_to())[1] == {(APP, DAY + 1): {alice: Deed.SENT | Deed.ACTIVE}}


async def test_a_deleted_account_is_counted_off(store: Store, them: People) -> None:
    counted = await store.figures.uncounted({})
    await store.figures.add_figures(Counted({(APP, DAY): Figures(accounts=3, registered=3)}, marks=counted.marks), 0)
    late = (await store.accounts.save_accounts(APP, [Newcomer(UserId("dora"))]))[0]
    for account in (them.alice, late):
        await store.accounts.delete_account(account.number)
    rest = await store.figures.uncounted(counted.marks)
    assert list(rest.newcomers) == [NewcomerRow(APP, 1, 0)]
    assert (await store.figures.figures(APP, DAY, DAY))[DAY].accounts == 2
