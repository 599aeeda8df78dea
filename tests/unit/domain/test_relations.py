"""Changes of relations: one event for each side, also for the device that made the change."""

from tests.support.stage import Stage
from tidings.domain.events import RelationsChanged
from tidings.domain.relations import UPDATES_AN_EVENT, Notes, each_of
from tidings.errors import NO_FRIENDSHIP
from tidings.ids import NO_INSTANCE, START, AccountNumber, UserId


def test_what_concerns_one_account_is_one_event() -> None:
    notes = Notes(5)
    one = AccountNumber(1)
    notes.of(one).added[UserId("bob")] = None
    notes.of(one).blocked.append(UserId("eve"))
    [[logged]] = notes.rounds()
    assert logged.event == RelationsChanged(added_ids=(UserId("bob"),), blocked_ids=(UserId("eve"),))
    assert Notes(5).rounds() == []


def test_many_updates_are_told_in_rounds() -> None:
    notes = Notes(5)
    for number in range(UPDATES_AN_EVENT + 1):
        notes.of(AccountNumber(1)).updates[UserId(f"u{number}")] = {"t": "v"}
    rounds = notes.rounds()
    assert [len(logged.event.updates) for [logged] in rounds if isinstance(logged.event, RelationsChanged)] == [100, 1]


def test_one_that_fails_leaves_the_others() -> None:
    done: list[int] = []

    def change(number: int) -> None:
        if number == 1:
            raise NO_FRIENDSHIP(user_id="x")
        done.append(number)

    assert [error and error.code for error in each_of([0, 1, 2], change)] == [None, 31704, None]
    assert done == [0, 2]


async def test_all_devices_are_told_at_the_position_where_it_is_kept(stage: Stage) -> None:
    await stage.rules.relations.blocks.block(stage.them.alice, [stage.them.bob])
    [(account, event, source)] = stage.delivery.events
    assert (account, source) == (stage.them.alice.number, NO_INSTANCE)
    page = await stage.store.conversations.log_after(account, START, 9, 0)
    assert (stage.delivery.positions[0], event) in page.entries
