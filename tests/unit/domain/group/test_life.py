"""How groups come to be and end."""

import asyncio
from dataclasses import replace

import pytest

from tests.support.groups import ADMIN, found, place
from tests.support.stage import Stage
from tidings.domain.group.groups import Group
from tidings.domain.group.kinds import ApplyOption, InviteOption, Kind, Role
from tidings.domain.group.life import Founder, Founding
from tidings.errors import TidingsError
from tidings.ids import GroupId


async def create(stage: Stage, **fields: object) -> object:
    asked = Founding(stage.app.sdk_app_id, Kind.PUBLIC, "team", owner=stage.them.alice)
    return await stage.rules.groups.life.create(replace(asked, **fields), stage.app.settings)  # type: ignore[arg-type]


async def refused(stage: Stage, **fields: object) -> int:
    with pytest.raises(TidingsError) as error:
        await create(stage, **fields)
    return error.value.code


async def test_who_founds_a_group_is_in_it_once_with_the_highest_role(stage: Stage) -> None:
    them = stage.them
    group = await found(stage, Kind.PUBLIC, them.alice, them.bob, admins=(them.carol,))
    roles = [place(stage, group, each).role for each in (them.alice, them.bob, them.carol)]
    assert roles == [Role.OWNER, Role.MEMBER, Role.ADMIN]
    assert (group.member_count, len(stage.rooms.inside[group.number])) == (3, 3)


async def test_kinds_without_admins_have_none_and_live_rooms_no_members(stage: Stage) -> None:
    work = await found(stage, Kind.WORK, admins=(stage.them.bob,))
    assert place(stage, work, stage.them.bob).role is Role.MEMBER
    live = await found(stage, Kind.LIVE)
    assert live.member_count == 0


async def test_an_id_in_use_is_refused_and_one_that_is_gone_may_be_given_again(stage: Stage) -> None:
    await create(stage, group_id=GroupId("g"))
    assert await refused(stage, group_id=GroupId("g")) == 10025
    assert await refused(stage, group_id=GroupId("g"), owner=stage.them.bob) == 10021
    rules = stage.rules.groups
    await rules.life.disband(rules.directory.get(stage.app.sdk_app_id, GroupId("g")), None)
    await create(stage, group_id=GroupId("g"), owner=stage.them.bob)


async def test_what_a_kind_does_not_leave_open_keeps_its_default(stage: Stage) -> None:
    asked = {"apply_option": ApplyOption.NEVER, "invite_option": InviteOption.FREE}
    public = await create(stage, **asked)
    meeting = await create(stage, kind=Kind.MEETING, **asked)
    live = await create(stage, kind=Kind.LIVE, **asked)
    options = [(each.apply_option, each.invite_option) for each in (public, meeting, live)]  # type: ignore[attr-defined]
    assert options == [
        (ApplyOption.NEVER, InviteOption.FREE),
        (ApplyOption.FREE, InviteOption.FREE),
        (ApplyOption.FREE, InviteOption.NEVER),
    ]


async def test_more_members_than_fit_are_refused_and_nothing_is_made(stage: Stage) -> None:
    members = [Founder(stage.them.bob), Founder(stage.them.carol)]
    assert await refused(stage, group_id=GroupId("g"), members=members, max_members=2) == 10038
    with pytest.raises(TidingsError) as unknown:
        stage.rules.groups.directory.get(stage.app.sdk_app_id, GroupId("g"))
    assert unknown.value.code == 10015


async def test_a_disbanded_group_is_gone_for_everybody(stage: Stage) -> None:
    group = await found(stage, Kind.PUBLIC, stage.them.bob)
    life = stage.rules.groups.life
    with pytest.raises(TidingsError) as denied:
        await life.disband(group, place(stage, group, stage.them.bob))
    assert denied.value.code == 10007
    await life.disband(group, place(stage, group, stage.them.alice))
    with pytest.raises(TidingsError) as gone:
        stage.rules.groups.directory.get(group.app, group.group_id)
    assert gone.value.code == 10010
    assert group.number not in stage.rooms.inside


async def test_changes_at_the_same_time_are_all_counted(stage: Stage) -> None:
    group = await found(stage)
    before = group.info_seq
    await asyncio.gather(*(stage.rules.groups.life.change(group, {"name": f"n{n}"}) for n in range(5)))
    assert group.info_seq == before + 5
    stored = stage.store.groups.find_group(group.app, group.group_id)
    assert stored is not None
    assert (stored.info_seq, stored.name) == (group.info_seq, group.name)


async def test_of_two_who_disband_a_group_at_once_one_comes_too_late_and_spares_its_successor(stage: Stage) -> None:
    life, directory = stage.rules.groups.life, stage.rules.groups.directory
    group = await create(stage, group_id=GroupId("g"))
    assert isinstance(group, Group)
    outcomes = await asyncio.gather(life.disband(group, None), life.disband(group, None), return_exceptions=True)
    assert [getattr(each, "code", None) for each in outcomes] == [None, 10010]
    with pytest.raises(TidingsError) as gone:
        await life.change(group, {"name": "late"})
    assert gone.value.code == 10010
    successor = await create(stage, group_id=GroupId("g"))
    assert directory.get(stage.app.sdk_app_id, GroupId("g")) is successor


async def test_an_owner_who_hands_the_group_over_meanwhile_ends_it_no_more(stage: Stage) -> None:
    rules, them = stage.rules.groups, stage.them
    group = await found(stage, Kind.PUBLIC, them.bob)
    alice = place(stage, group, them.alice)
    hand_over = rules.ownership.hand_over(group, ADMIN, them.bob)
    outcome = await asyncio.gather(hand_over, rules.life.disband(group, alice), return_exceptions=True)
    assert [getattr(each, "code", None) for each in outcome] == [None, 10007]
    assert not group.is_gone
