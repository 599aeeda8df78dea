"""Rules of extensions: each pair as it was seen, limits, and who is told (domain/extensions.py)."""

import pytest

from tests.support.delivery import Recorder
from tests.support.stores import NOW, People, message, put
from tidings.clock import SteppedClock
from tidings.domain.events import ExtensionsChanged
from tidings.domain.extensions import (
    CHANGES_PER_MINUTE,
    PAIRS,
    Extensions,
    Operation,
    Pair,
    PairBook,
    Update,
    apply,
)
from tidings.domain.messages import Flag, Message
from tidings.errors import TidingsError
from tidings.ids import InstanceId
from tidings.store.sqlite.store import Store

HERE = InstanceId(7)
BOOK = PairBook(2, 0, {"a": Pair("a", "1", 1), "b": Pair("b", "2", 2)})


@pytest.fixture
def extensions(store: Store, delivery: Recorder, clock: SteppedClock) -> Extensions:
    return Extensions(store.extensions, store.messages, delivery, clock)


@pytest.fixture
async def sent(store: Store, them: People) -> Message:
    made = message(them.alice, them.bob, flags=Flag.EXTENSIBLE)
    await put(store, made)
    return made


def setting(*pairs: Pair, is_checked: bool = True) -> Update:
    return Update(Operation.SET, pairs, is_checked)


def test_a_pair_changes_only_from_what_the_caller_has_seen() -> None:
    done = apply(BOOK, setting(Pair("a", "x", 1), Pair("b", "y", 1), Pair("c", "z", 0)))
    assert [(each.code, each.pair) for each in done.outcomes] == [
        (0, Pair("a", "x", 3)),
        (23001, Pair("b", "2", 2)),
        (0, Pair("c", "z", 4)),
    ]
    assert (done.book.last_seq, list(done.fresh)) == (4, [Pair("a", "x", 3), Pair("c", "z", 4)])


def test_app_admins_change_whatever_was_seen() -> None:
    assert apply(BOOK, setting(Pair("b", "y"), is_checked=False)).book.pairs["b"] == Pair("b", "y", 3)


def test_a_deleted_pair_stays_as_an_empty_one_that_others_can_hear_of() -> None:
    gone = apply(BOOK, Update(Operation.DELETE, [Pair("a", "ignored", 1), Pair("new")], is_checked=True))
    assert gone.book.pairs["a"] == Pair("a", "", 3)
    assert [each.pair for each in gone.outcomes] == [Pair("a", "", 3), Pair("new")]
    assert list(gone.fresh) == [Pair("a", "", 3)]


def test_clearing_leaves_nothing_and_counts_once() -> None:
    cleared = apply(BOOK, Update(Operation.CLEAR, (), is_checked=True))
    assert (cleared.book, cleared.is_changed) == (PairBook(3, 3, {}), True)
    assert [each.pair.key for each in cleared.outcomes] == ["a", "b"]
    assert not apply(cleared.book, Update(Operation.CLEAR, (), is_checked=True)).is_changed


def test_a_message_has_at_most_300_pairs_not_counting_deleted_ones() -> None:
    full = PairBook(PAIRS, 0, {str(n): Pair(str(n), "v", n + 1) for n in range(PAIRS)})
    with pytest.raises(TidingsError, match="301 pairs"):
        apply(full, setting(Pair("one more", "v")))
    emptied = apply(full, Update(Operation.DELETE, [Pair("0", "", 1)], is_checked=True)).book
    assert apply(emptied, setting(Pair("one more", "v"))).is_changed


async def test_both_sides_are_told_what_changed(
    extensions: Extensions, them: People, sent: Message, delivery: Recorder
) -> None:
    await extensions.update(them.alice, them.bob, sent.key, setting(Pair("a", "1")), source=HERE)
    event = ExtensionsChanged(sent.ref, 1, (("a", "1", 1),), 1, 0)
    assert delivery.events == [(them.alice.number, event, HERE), (them.bob.number, event, HERE)]


async def test_who_comes_too_late_changes_nothing_and_nobody_is_told(
    extensions: Extensions, them: People, sent: Message, delivery: Recorder
) -> None:
    for _ in range(2):
        outcomes = await extensions.update(them.bob, them.alice, sent.key, setting(Pair("a", "1")), source=HERE)
    assert [each.code for each in outcomes] == [23001]
    assert len(delivery.events) == 2
    assert (await extensions.page(them.alice, them.bob, sent.key, 0))[1] == [Pair("a", "1", 1)]


@pytest.mark.parametrize(("flags", "code"), [(0, 23002), (Flag.EXTENSIBLE | Flag.RECALLED, 23004)])
async def test_a_message_that_takes_none_says_why(
    store: Store, extensions: Extensions, them: People, flags: int, code: int
) -> None:
    made = message(them.alice, them.bob, flags=flags)
    await put(store, made)
    for ask in (
        lambda: extensions.update(them.alice, them.bob, made.key, setting(Pair("a", "1")), source=HERE),
        lambda: extensions.page(them.alice, them.bob, made.key, 0),
    ):
        with pytest.raises(TidingsError) as refused:
            await ask()
        assert refused.value.code == code


async def test_a_message_is_changed_200_times_a_minute_and_then_again_in_the_next(
    extensions: Extensions, them: People, sent: Message, clock: SteppedClock
) -> None:
    async def change() -> None:
        await extensions.update(them.alice, them.bob, sent.key, setting(Pair("a", "1"), is_checked=False), source=HERE)

    clock.step(60 - NOW % 60)
    for _ in range(CHANGES_PER_MINUTE):
        await change()
    with pytest.raises(TidingsError, match="200 times"):
        await change()
    clock.step(60)
    await change()
