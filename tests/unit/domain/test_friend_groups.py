"""Friend groups: names of a user's own, with friends in them."""

import pytest

from tests.support.stage import Stage
from tests.unit.domain.test_friends import add, codes, told
from tidings.domain.events import FriendGroupChange
from tidings.domain.friend_groups import GROUPS
from tidings.errors import TidingsError


async def groups(stage: Stage) -> dict[str, list[str]]:
    found = await stage.rules.relations.lists.friend_groups(stage.them.alice.number, None, with_members=True)
    return {group.name: [person.user_id for person in group.members] for group in found}


async def test_groups_are_made_with_friends_in_them_and_others_are_named(stage: Stage) -> None:
    them, rules = stage.them, stage.rules.relations.groups
    await add(stage, them.alice, them.bob)
    assert codes(await rules.add(them.alice, ["Team", "Choir"], [them.bob, them.carol])) == [0, 32216]
    assert await groups(stage) == {"Choir": ["bob"], "Team": ["bob"]}
    assert told(stage, them.alice)[-1].groups == (FriendGroupChange("Team", ""),)


async def test_a_group_is_renamed_filled_emptied_and_deleted(stage: Stage) -> None:
    them, rules = stage.them, stage.rules.relations.groups
    await add(stage, them.alice, them.bob, them.carol)
    await rules.rename(them.alice, "Choir", "Team")
    assert codes(await rules.move(them.alice, "Team", [them.bob], [them.carol])) == [0, 0]
    assert await groups(stage) == {"Team": ["bob"]}
    await rules.delete(them.alice, ["Team", "none"])
    assert await groups(stage) == {}
    entry = (await stage.rules.relations.lists.entries(them.alice.number, [them.bob.number]))[them.bob.number]
    assert entry.groups == ()


@pytest.mark.parametrize("name", ["", "x" * 31, "ä" * 16])
async def test_a_name_of_no_or_too_many_bytes_is_refused(stage: Stage, name: str) -> None:
    with pytest.raises(TidingsError) as refused:
        await stage.rules.relations.groups.add(stage.them.alice, [name], [])
    assert refused.value.code == 30001


async def test_so_many_groups_are_taken_and_not_one_of_too_many(stage: Stage) -> None:
    rules, alice = stage.rules.relations.groups, stage.them.alice
    await rules.add(alice, [f"g{number}" for number in range(GROUPS - 1)], [])
    with pytest.raises(TidingsError) as refused:
        await rules.add(alice, ["one", "two"], [])
    assert refused.value.code == 30011
    assert len(await groups(stage)) == GROUPS - 1


async def test_a_group_that_is_not_there_cannot_be_changed(stage: Stage) -> None:
    rules, alice = stage.rules.relations.groups, stage.them.alice
    await rules.add(alice, ["one", "two"], [])
    for attempt in (
        rules.rename(alice, "none", "three"),
        rules.rename(alice, "one", "two"),
        rules.move(alice, "none", [], []),
    ):
        with pytest.raises(TidingsError) as refused:
            await attempt
        assert refused.value.code == 30001
