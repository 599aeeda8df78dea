"""What outlasts being in a live room: robots with their time, bans and mutes of whoever joins."""

from tests.support.groups import found
from tests.support.stage import Stage
from tidings.domain.group.kinds import Kind
from tidings.domain.group.live import Past
from tidings.ids import GroupNumber


async def test_robots_come_back_while_their_time_lasts(stage: Stage) -> None:
    store, them = stage.store.live_rooms, stage.them
    group = (await found(stage, Kind.LIVE)).number
    await store.save_robots(group, [them.bob.number, them.carol.number], 100)
    await store.save_robots(group, [them.bob.number], 200)
    await store.save_robots(GroupNumber(group + 1), [them.alice.number], 200)
    assert [(account.user_id, until) for account, until in store.robots(group, 99)] == [("carol", 100), ("bob", 200)]
    assert [account.user_id for account, _ in store.robots(group, 100)] == ["bob"]
    await store.delete_robots(group, [them.bob.number])
    assert store.robots(group, 100) == []


async def test_bans_are_found_by_key(stage: Stage) -> None:
    store, them = stage.store.live_rooms, stage.them
    group = await found(stage, Kind.LIVE)
    assert store.past(group.number, them.bob.number) == Past(0, 0)
    await stage.rules.groups.banning.ban(group, None, [them.bob], them.alice.user_id, 60)
    assert store.past(group.number, them.bob.number) == Past(int(stage.clock.now()) + 60, 0)
    assert store.past(group.number, them.carol.number) == Past(0, 0)
