"""Coming in and leaving."""

import asyncio
from dataclasses import replace

import pytest

from tests.support.groups import found, place
from tests.support.stage import Stage
from tidings.domain.group.groups import Group
from tidings.domain.group.joining import Joined
from tidings.domain.group.kinds import Kind
from tidings.domain.group.life import Founding
from tidings.errors import TidingsError

ADDED, WAS_IN, REFUSED = Joined.ADDED, Joined.WAS_IN, Joined.REFUSED


async def small(stage: Stage, size: int) -> Group:
    founding = Founding(stage.app.sdk_app_id, Kind.MEETING, "team", owner=stage.them.alice, max_members=size)
    return await stage.rules.groups.life.create(founding, stage.app.settings)


async def test_each_is_told_what_became_of_it(stage: Stage) -> None:
    group, them = await small(stage, 2), stage.them
    outcome = await stage.rules.groups.joining.add(group, [them.alice, them.bob, them.carol, them.bob], None)
    assert outcome == {them.alice.user_id: WAS_IN, them.bob.user_id: ADDED, them.carol.user_id: REFUSED}
    assert group.member_count == 2


async def test_two_who_come_for_the_last_place_are_not_both_let_in(stage: Stage) -> None:
    group, them = await small(stage, 2), stage.them
    joining = stage.rules.groups.joining
    outcomes = await asyncio.gather(*(joining.add(group, [each], each) for each in (them.bob, them.carol)))
    assert sorted(outcome.value for each in outcomes for outcome in each.values()) == [REFUSED, ADDED]
    assert group.member_count == 2


async def test_a_newcomer_has_read_what_was_before(stage: Stage) -> None:
    group = await found(stage)
    await stage.rules.groups.joining.add(group, [stage.them.bob], None)
    await stage.rules.groups.joining.add(group, [stage.them.carol], None)
    assert place(stage, group, stage.them.carol).joined_seq == 1


async def test_nobody_joins_alone_where_one_must_be_asked(stage: Stage) -> None:
    group = await found(stage, Kind.WORK)
    with pytest.raises(TidingsError) as refused:
        await stage.rules.groups.joining.apply(group, stage.them.bob)
    assert refused.value.code == 10007


async def test_joining_twice_or_a_full_group_is_refused(stage: Stage) -> None:
    group, joining = await small(stage, 2), stage.rules.groups.joining
    assert await joining.apply(group, stage.them.bob) is ADDED
    codes = []
    for account in (stage.them.bob, stage.them.carol):
        with pytest.raises(TidingsError) as refused:
            await joining.apply(group, account)
        codes.append(refused.value.code)
    assert codes == [10013, 10014]


async def test_who_is_put_out_hears_of_it_and_then_nothing_more(stage: Stage) -> None:
    them = stage.them
    group = await found(stage, Kind.PUBLIC, them.bob, them.carol)
    bob = place(stage, group, them.bob)
    await stage.rules.groups.joining.remove(group, [bob], place(stage, group, them.alice), them.alice.user_id)
    assert b'"List_Account":["bob"]' in stage.rooms.messages[-1][1].body
    assert them.bob.number not in stage.rooms.inside[group.number]
    assert (group.member_count, stage.rules.groups.directory.member(group, them.bob.number)) == (2, None)


@pytest.mark.parametrize("wishes", ["kick kick", "kick quit", "quit kick", "quit quit"])
async def test_who_leaves_twice_at_once_is_told_of_once(stage: Stage, wishes: str) -> None:
    them, joining = stage.them, stage.rules.groups.joining
    group = await found(stage, Kind.PUBLIC, them.bob, them.carol)
    bob = place(stage, group, them.bob)
    both = {
        "kick": lambda: joining.remove(group, [bob], None, them.alice.user_id),
        "quit": lambda: joining.quit(group, bob),
    }
    await asyncio.gather(*(both[wish]() for wish in wishes.split()))
    assert (len(stage.rooms.messages), group.member_count) == (1, 2)


async def test_of_several_to_put_out_the_rest_goes_if_one_left_meanwhile(stage: Stage) -> None:
    them, joining = stage.them, stage.rules.groups.joining
    group = await found(stage, Kind.PUBLIC, them.bob, them.carol)
    bob, carol = (place(stage, group, each) for each in (them.bob, them.carol))
    await asyncio.gather(joining.quit(group, bob), joining.remove(group, [bob, carol], None, them.alice.user_id))
    told = [b'"List_Account":["carol"]' in message.body for _, message, _ in stage.rooms.messages]
    assert (told, group.member_count) == ([False, True], 1)


async def test_nobody_comes_into_a_group_that_is_disbanded_meanwhile(stage: Stage) -> None:
    group, them = await found(stage), stage.them
    rules = stage.rules.groups
    outcomes = await asyncio.gather(
        rules.life.disband(group, None), rules.joining.add(group, [them.bob], None), return_exceptions=True
    )
    assert [getattr(each, "code", None) for each in outcomes] == [None, 10010]
    assert group.number not in stage.rooms.inside
    assert stage.store.groups.find_members(group.number, [them.bob.number]) == {}


async def test_a_deleted_account_leaves_the_other_groups_if_one_is_disbanded_meanwhile(stage: Stage) -> None:
    bob, rules = stage.them.bob, stage.rules.groups
    groups = [await found(stage, Kind.PUBLIC, bob) for _ in range(3)]
    await asyncio.gather(rules.life.disband(groups[0], None), rules.joining.forget(bob))
    assert [group.member_count for group in groups[1:]] == [1, 1]


async def test_members_put_nobody_out(stage: Stage) -> None:
    them = stage.them
    group = await found(stage, Kind.PUBLIC, them.bob, them.carol)
    bob, carol = (place(stage, group, each) for each in (them.bob, them.carol))
    with pytest.raises(TidingsError) as refused:
        await stage.rules.groups.joining.remove(group, [carol], bob, them.bob.user_id)
    assert refused.value.code == 10007
    assert group.member_count == 3


async def test_a_deleted_account_is_taken_out_of_its_groups_without_a_word(stage: Stage) -> None:
    bob = stage.them.bob
    groups = [await found(stage, Kind.PUBLIC, bob), await found(stage, Kind.COMMUNITY, bob)]
    await stage.rules.groups.joining.forget(bob)
    assert [group.member_count for group in groups] == [1, 1]
    assert all(bob.number not in stage.rooms.inside[group.number] for group in groups)
    assert stage.rooms.messages == []


async def test_owners_stay_save_in_work_groups(stage: Stage) -> None:
    public, work = await found(stage), await found(stage, Kind.WORK)
    with pytest.raises(TidingsError) as refused:
        await stage.rules.groups.joining.quit(public, place(stage, public, stage.them.alice))
    assert refused.value.code == 10009
    await stage.rules.groups.joining.quit(work, place(stage, work, stage.them.alice))
    stored = stage.store.groups.find_group(work.app, work.group_id)
    assert stored is not None
    assert (work.owner, work.member_count, stored.owner, stored.member_count) == (0, 0, 0, 0)
    assert replace(work, known={}) == replace(stored, known={})
