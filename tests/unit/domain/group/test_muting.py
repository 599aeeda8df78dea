"""Mutes: who is muted hears of it and does not speak, wherever it is and whenever it comes."""

import asyncio

import pytest

from tests.support.groups import ADMIN, found, found_community, make_topic, place, say
from tests.support.joining import told
from tests.support.live_rooms import join, open_room
from tests.support.stage import Stage
from tests.support.stores import NOW
from tidings.domain.group.groups import FOR_EVER, Group
from tidings.domain.group.kinds import Kind
from tidings.domain.group.muting import end_of
from tidings.domain.group.topics import By
from tidings.errors import TidingsError
from tidings.ids import NO_INSTANCE, UserId


async def mute(stage: Stage, group: Group, seconds: int, *names: str, by: By = ADMIN) -> None:
    accounts = [getattr(stage.them, name) for name in names]
    await stage.rules.groups.muting.mute(group, by, accounts, seconds)


async def may_say(stage: Stage, group: Group, name: str) -> bool:
    try:
        await say(stage, group, getattr(stage.them, name), stage.rules.chance.uint32())
    except TidingsError as error:
        assert error.code == 10017  # noqa: PT017 - no other refusal may come
        return False
    return True


async def listed(stage: Stage, group: Group) -> dict[UserId, int]:
    return {each.user_id: each.until for each in await stage.rules.groups.muting.muted(group)}


def tips(stage: Stage) -> list[bytes]:
    return [message.body for _, message, _ in stage.rooms.messages if message.is_tip]


@pytest.mark.parametrize(
    ("seconds", "end"), [(0, 0), (1, NOW + 1), (FOR_EVER - 1, FOR_EVER), (FOR_EVER, FOR_EVER), (1 << 31, FOR_EVER - 1)]
)
def test_a_mute_has_an_end_at_most_the_last_that_there_is(seconds: int, end: int) -> None:
    assert end_of(seconds, NOW if end != FOR_EVER - 1 else FOR_EVER - 1 - seconds) == end


async def test_who_is_muted_hears_of_it_and_of_the_end_by_the_tip_only(stage: Stage) -> None:
    group = await found(stage, Kind.PUBLIC, stage.them.bob)
    await mute(stage, group, 60, "bob", "carol")
    assert told(stage) == [("bob", 17)]
    assert not await may_say(stage, group, "bob")
    assert await listed(stage, group) == {"bob": NOW + 60, "carol": NOW + 60}
    await mute(stage, group, 0, "bob", "carol", "alice")
    assert told(stage) == []
    assert await may_say(stage, group, "bob")
    assert await listed(stage, group) == {}
    first, last = tips(stage)
    assert b'"MsgMemberInfo":[{"User_Account":"bob","ShutupTime":60}]' in first
    assert b'"MsgMemberInfo":[{"User_Account":"bob","ShutupTime":0}]' in last


async def test_who_was_not_muted_is_told_nothing_of_the_end(stage: Stage) -> None:
    group = await found(stage, Kind.PUBLIC, stage.them.bob)
    await mute(stage, group, 0, "bob")
    assert (told(stage), tips(stage)) == ([], [])


async def test_a_mute_waits_for_who_comes_later_and_ends_by_itself(stage: Stage) -> None:
    group = await found(stage)
    await mute(stage, group, 60, "bob")
    await stage.rules.groups.joining.add(group, [stage.them.bob], None)
    assert not await may_say(stage, group, "bob")
    assert place(stage, group, stage.them.bob).muted_until == NOW + 60
    stage.clock.step(60)
    assert await may_say(stage, group, "bob")
    assert await listed(stage, group) == {}


async def test_a_meeting_tells_only_who_is_muted(stage: Stage) -> None:
    group = await found(stage, Kind.MEETING, stage.them.bob)
    await mute(stage, group, 60, "bob")
    assert (told(stage), tips(stage)) == ([("bob", 17)], [])


async def test_a_topic_has_mutes_of_its_own_and_tells_of_them_itself(stage: Stage) -> None:
    community = await found_community(stage, stage.them.bob)
    gear, routes = await make_topic(stage, community), await make_topic(stage, community, "routes")
    stage.delivery.events.clear()
    await mute(stage, gear, 60, "bob")
    assert told(stage) == []
    ((where, tip, _),) = stage.rooms.messages
    assert (where.group_id, tip.seq) == (gear.group_id, 1)
    assert not await may_say(stage, gear, "bob")
    assert await may_say(stage, routes, "bob")
    assert (await listed(stage, gear), await listed(stage, community)) == ({"bob": NOW + 60}, {})


async def test_a_live_room_mutes_who_is_in_and_who_comes_while_it_is_written(stage: Stage) -> None:
    group = await open_room(stage, stage.them.bob)
    muting = asyncio.ensure_future(mute(stage, group, 60, "bob", "carol"))
    await asyncio.sleep(0)
    join(stage, group, stage.them.carol)
    await muting
    for name in ("bob", "carol"):
        assert not await may_say(stage, group, name)
    stage.rules.groups.live.quit(group, stage.them.bob, NO_INSTANCE)
    join(stage, group, stage.them.bob)
    assert not await may_say(stage, group, "bob")
    await mute(stage, group, 0, "bob")
    assert await may_say(stage, group, "bob")


async def test_a_work_group_mutes_nobody_and_an_admin_none_of_its_rank(stage: Stage) -> None:
    them = stage.them
    work, public = await found(stage, Kind.WORK, them.bob), await found(stage, admins=(them.bob, them.carol))
    bob = place(stage, public, them.bob)
    for group, by, names in (
        (work, ADMIN, ("bob",)),
        (public, By(bob, bob.user_id), ("carol",)),
        (public, By(bob, bob.user_id), ("stranger", "alice")),
    ):
        with pytest.raises(TidingsError) as refused:
            await mute(stage, group, 60, *names, by=by)
        assert refused.value.code == 10007
        assert await listed(stage, group) == {}


async def test_who_has_lost_its_rank_meanwhile_mutes_nobody(stage: Stage) -> None:
    them, groups = stage.them, stage.rules.groups
    group = await found(stage, Kind.PUBLIC, them.carol, admins=(them.bob,))
    bob, alice = place(stage, group, them.bob), place(stage, group, them.alice)
    out = groups.joining.remove(group, [bob], alice, alice.user_id)
    outcome = await asyncio.gather(
        out, mute(stage, group, 60, "carol", by=By(bob, bob.user_id)), return_exceptions=True
    )
    assert isinstance(outcome[1], TidingsError)
    assert outcome[1].code == 10007
    assert await may_say(stage, group, "carol")
