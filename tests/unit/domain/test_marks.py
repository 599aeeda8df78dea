"""Rules of marks and groups: what is changed is told, limits and names are judged at the commit."""

import pytest

from tests.support.delivery import Recorder
from tests.support.stores import APP, NOW, People
from tidings.clock import SteppedClock
from tidings.domain.accounts import Account, Newcomer
from tidings.domain.events import (
    ConversationGroupChanged,
    ConversationGroupCreated,
    ConversationGroupDeleted,
    ConversationGroupRenamed,
    ConversationMarks,
    ConversationsMarked,
)
from tidings.domain.marks import MAX_GROUPS, MAX_MARKED, PAGE, MarkChange, Marks
from tidings.errors import TidingsError
from tidings.ids import InstanceId, UserId
from tidings.store.sqlite.store import Store

HERE = InstanceId(7)


@pytest.fixture
def marks(store: Store, delivery: Recorder, clock: SteppedClock) -> Marks:
    return Marks(store.marks, delivery, clock)


async def friends(store: Store, count: int) -> list[Account]:
    return await store.accounts.save_accounts(APP, [Newcomer(UserId(f"f{n:04}")) for n in range(count)])


def told(delivery: Recorder) -> list[object]:
    return [event for _, event, _ in delivery.events]


async def test_only_what_changes_is_told(them: People, marks: Marks, delivery: Recorder) -> None:
    changes = [MarkChange(them.bob, 0b110, 0b010, "vip"), MarkChange(them.carol, custom="")]
    for _ in range(2):
        await marks.mark(them.alice, changes, HERE)
    await marks.mark(them.alice, [MarkChange(them.bob, custom="old")], HERE)
    bob = them.bob.user_id
    first = ConversationMarks(bob, 0b110, "vip", has_bits=True, has_custom=True)
    later = ConversationMarks(bob, 0b110, "old", has_bits=False, has_custom=True)
    assert told(delivery) == [ConversationsMarked((first,)), ConversationsMarked((later,))]
    assert {account for account, _, _ in delivery.events} == {them.alice.number}


async def test_changes_of_one_conversation_add_up(them: People, marks: Marks, clock: SteppedClock) -> None:
    clock.step(5)
    await marks.mark(them.alice, [MarkChange(them.bob, 1), MarkChange(them.bob, 2), MarkChange(them.bob, 0, 1)], HERE)
    found = (await marks.of(them.alice, [them.bob.number]))[them.bob.number]
    assert (found.marks, found.marked_at) == (2, NOW + 5)


async def test_a_thousand_conversations_may_be_marked_and_no_more(store: Store, them: People, marks: Marks) -> None:
    many = await friends(store, MAX_MARKED)
    await marks.mark(them.alice, [MarkChange(friend, 1) for friend in many[:-1]], HERE)
    await marks.create_group(them.alice, "Work", [many[0], many[-1]], HERE)
    for attempt in (
        marks.mark(them.alice, [MarkChange(many[0], 2), MarkChange(them.bob, 1)], HERE),
        marks.change_group(them.alice, "Work", [them.bob], [], HERE),
        marks.create_group(them.alice, "Home", [them.bob], HERE),
    ):
        with pytest.raises(TidingsError) as refused:
            await attempt
        assert refused.value.code == 51008
    assert [group.name for group in await marks.groups(them.alice)] == ["Work"]
    assert (await marks.of(them.alice, [many[0].number]))[many[0].number].marks == 1
    await marks.mark(them.alice, [MarkChange(many[1], 0, 1)], HERE)
    await marks.mark(them.alice, [MarkChange(them.bob, 1)], HERE)


async def test_all_that_is_marked_comes_in_pages(store: Store, them: People, marks: Marks) -> None:
    many = await friends(store, 2 * PAGE)
    await marks.mark(them.alice, [MarkChange(friend, 1) for friend in many], HERE)
    first = await marks.page(them.alice, 0)
    second = await marks.page(them.alice, first.after)
    assert (len(first.traits), len(second.traits), second.after) == (PAGE, PAGE, 0)
    assert {*first.traits, *second.traits} == {friend.number for friend in many}


async def test_groups_are_limited_and_told(them: People, marks: Marks, delivery: Recorder) -> None:
    made = [await marks.create_group(them.alice, f"g{n}", [them.bob], HERE) for n in range(MAX_GROUPS)]
    with pytest.raises(TidingsError) as refused:
        await marks.create_group(them.alice, "more", [them.bob], HERE)
    assert refused.value.code == 51010
    await marks.create_group(them.bob, "own", [them.alice], HERE)
    assert told(delivery)[:MAX_GROUPS] == [
        ConversationGroupCreated(group.number, group.name, (them.bob.user_id,)) for group in made
    ]


async def test_a_group_lives(them: People, marks: Marks, delivery: Recorder) -> None:
    number = (await marks.create_group(them.alice, "Work", [them.bob, them.bob], HERE)).number
    await marks.create_group(them.alice, "Work", [them.bob], HERE)
    await marks.change_group(them.alice, "Work", [them.carol, them.bob], [them.bob], HERE)
    await marks.rename_group(them.alice, "Work", "Work", HERE)
    await marks.rename_group(them.alice, "Work", "é" * 16, HERE)
    assert (await marks.of(them.alice, [them.carol.number]))[them.carol.number].groups == (number,)
    await marks.delete_group(them.alice, "é" * 16, HERE)
    assert await marks.of(them.alice, [them.carol.number]) == {}
    bob, carol = them.bob.user_id, them.carol.user_id
    assert told(delivery) == [
        ConversationGroupCreated(number, "Work", (bob,)),
        ConversationGroupChanged(number, "Work", (carol,), (bob,)),
        ConversationGroupRenamed(number, "é" * 16, "Work"),
        ConversationGroupDeleted(number, "é" * 16),
    ]


async def test_names_are_checked(them: People, marks: Marks) -> None:
    await marks.create_group(them.alice, "Work", [them.bob], HERE)
    await marks.create_group(them.alice, "Home", [them.bob], HERE)
    for attempt, code in (
        (marks.create_group(them.alice, "é" * 16 + "x", [], HERE), 51011),
        (marks.create_group(them.alice, "", [], HERE), 50002),
        (marks.rename_group(them.alice, "Work", "x" * 33, HERE), 51011),
        (marks.rename_group(them.alice, "Work", "Home", HERE), 50002),
        (marks.rename_group(them.bob, "Work", "Mine", HERE), 51009),
        (marks.delete_group(them.bob, "Work", HERE), 51009),
        (marks.change_group(them.bob, "Work", [them.alice], [], HERE), 51009),
        (marks.mark(them.alice, [MarkChange(them.bob, custom="x" * 257)], HERE), 50002),
    ):
        with pytest.raises(TidingsError) as refused:
            await attempt
        assert refused.value.code == code
