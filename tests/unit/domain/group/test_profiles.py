"""Profiles of groups: what changes, what is told, and in which turn."""

import asyncio
import json

import pytest

from tests.support.clients import Json
from tests.support.groups import ADMIN, found, found_community, make_topic, place, say
from tests.support.stage import Stage
from tidings.domain.group.groups import Group
from tidings.domain.group.kinds import GROUP_KINDS, ApplyOption, Kind
from tidings.domain.group.profiles import NewProfile
from tidings.domain.group.topics import By
from tidings.errors import TidingsError


def told(stage: Stage) -> list[Json]:
    return [json.loads(m.body)["MsgGroupNewInfo"] for _, m, _ in stage.rooms.messages if m.is_tip]


async def change(stage: Stage, group: Group, by: By = ADMIN, **fields: object) -> None:
    wanted = NewProfile(**fields)  # type: ignore[arg-type]
    await stage.rules.groups.profiles.change(stage.app, group, by, wanted)


@pytest.mark.parametrize("kind", GROUP_KINDS, ids=lambda kind: kind.value)
async def test_a_change_is_told_in_every_type_and_kept_where_messages_are(stage: Stage, kind: Kind) -> None:
    group = await found(stage, kind)
    if kind is Kind.WORK:
        await say(stage, group, stage.them.alice)
    await change(stage, group, name="crew")
    assert told(stage) == [{"GroupName": "crew"}]
    kept = await stage.store.group_messages.find(group.number, [group.last_seq])
    assert [m.is_tip for m in kept.values()] == ([] if kind is Kind.LIVE else [True])


async def test_a_change_counts_one_on_and_survives_memory(stage: Stage) -> None:
    group = await found(stage)
    stage.clock.step(5)
    await change(stage, group, name="crew", introduction="i", apply_option=ApplyOption.NEVER, shows_past=True)
    assert (group.info_seq, group.info_at) == (2, group.created_at + 5)
    stage.rules.groups.directory.forget(group.app)
    again = stage.rules.groups.directory.get(group.app, group.group_id)
    fields = (again.name, again.introduction, again.apply_option, again.shows_past, again.info_seq)
    assert fields == ("crew", "i", ApplyOption.NEVER, True, 2)


async def test_what_is_so_already_counts_for_nothing(stage: Stage) -> None:
    stage.change(group_fields="f:anyone:app")
    group = await found(stage, Kind.WORK)
    await say(stage, group, stage.them.alice)
    await change(stage, group, name="team", is_muted=None, custom={"f": ""}, apply_option=ApplyOption.NEVER)
    assert (group.info_seq, told(stage)) == (1, [])


async def test_members_are_told_of_options_only_if_the_app_wants_it(stage: Stage) -> None:
    group = await found(stage)
    await change(stage, group, is_muted=True, apply_option=ApplyOption.FREE)
    assert (told(stage), group.info_seq) == ([], 2)
    stage.change(group_option_tips=True)
    await change(stage, group, is_muted=False, apply_option=ApplyOption.ASK)
    assert told(stage) == [{"ShutupAll": 0, "GroupApplyJoinOption": "NeedPermission"}]


async def test_a_tip_has_all_fields_that_members_may_read(stage: Stage) -> None:
    stage.change(group_fields="a:anyone:app,b:members:app,c:admins:app")
    group = await found(stage)
    await change(stage, group, custom={"a": "1", "c": "3"})
    await change(stage, group, custom={"b": "2"})
    await change(stage, group, custom={"a": ""})
    rows = [{row["Key"]: row["Value"] for row in each["MsgAppDefinedData"]} for each in told(stage)]
    assert rows == [{"a": "1"}, {"a": "1", "b": "2"}, {"b": "2"}]
    assert group.custom == {"c": "3", "b": "2"}


async def test_who_acts_is_judged_when_its_turn_comes(stage: Stage) -> None:
    group = await found(stage, Kind.PUBLIC, admins=(stage.them.bob,))
    bob = place(stage, group, stage.them.bob)
    by = By(bob, bob.user_id)
    out = stage.rules.groups.joining.remove(group, [bob], None, ADMIN.user_id)
    results = await asyncio.gather(out, change(stage, group, by, name="crew"), return_exceptions=True)
    assert isinstance(results[1], TidingsError)
    assert (results[1].code, group.name) == (10007, "team")


async def test_a_topic_has_a_command_of_its_own(stage: Stage) -> None:
    topic = await make_topic(stage, await found_community(stage))
    with pytest.raises(TidingsError) as refused:
        await change(stage, topic, name="crew")
    assert refused.value.code == 10007


async def test_the_limit_of_members_of_a_live_room_is_none(stage: Stage) -> None:
    room = await found(stage, Kind.LIVE)
    await change(stage, room, max_members=1 << 40)
    assert room.info_seq == 1


async def test_permissions_switched_on_hold_at_once(stage: Stage) -> None:
    community = await found_community(stage, stage.them.bob)
    bob = place(stage, community, stage.them.bob)
    with pytest.raises(TidingsError):
        await change(stage, community, By(bob, bob.user_id), name="climbers")
    await change(stage, community, has_permissions=True, default_permission=1)
    await change(stage, community, By(bob, bob.user_id), name="climbers")
    assert community.name == "climbers"
