"""Members of other systems: who comes in, as what, and from where it sees messages."""

import pytest

from tests.support.groups import found, place, say
from tests.support.stage import Stage
from tidings.domain.accounts import Account
from tidings.domain.group.groups import Group
from tidings.domain.group.importing_members import Imported, MemberImport
from tidings.domain.group.kinds import Kind, Role
from tidings.domain.group.requests import JoinChange
from tidings.errors import TidingsError
from tidings.ids import UserId

FAILED, DONE, WAS_IN = Imported.FAILED, Imported.DONE, Imported.WAS_IN
MANY = 1000


async def bring(stage: Stage, group: Group, *asked: MemberImport, most: int = MANY) -> list[Imported]:
    await stage.rules.groups.member_importing.import_members(group, asked, most)
    return [each.outcome for each in asked]


async def talk(stage: Stage, group: Group, count: int) -> int:
    """Let alice say something every ten seconds; returns the time of the first."""
    start = int(stage.clock.now()) + 10
    for number in range(count):
        stage.clock.step(10)
        await say(stage, group, stage.them.alice, number + 1)
    stage.clock.step(10)
    return start


async def test_a_member_sees_what_was_said_since_it_joined_and_has_read_all_but_some(stage: Stage) -> None:
    group = await found(stage)
    start = await talk(stage, group, 5)
    bob = MemberImport(stage.them.bob, joined_at=start + 10, unread=2)
    carol = MemberImport(stage.them.carol, unread=99)
    assert await bring(stage, group, bob, carol) == [DONE, DONE]
    one, other = (place(stage, group, each) for each in (stage.them.bob, stage.them.carol))
    assert (one.joined_at, one.joined_seq, one.read_seq) == (start + 10, 1, 3)
    # Whoever has not read a message may see it, whenever it joined.
    assert (other.joined_at, other.joined_seq, other.read_seq) == (int(stage.clock.now()), 0, 0)
    counts = await stage.store.group_reading.unread(stage.them.bob.number, [group.number])
    assert counts == {group.number: 2}


async def test_nobody_is_told_and_those_online_hear_the_group(stage: Stage) -> None:
    group = await found(stage)
    await bring(stage, group, MemberImport(stage.them.bob))
    assert (stage.rooms.messages, stage.delivery.events, group.last_seq) == ([], [], 0)
    assert stage.them.bob.number in stage.rooms.inside[group.number]


@pytest.mark.parametrize(("kind", "role"), [(Kind.PUBLIC, Role.ADMIN), (Kind.WORK, Role.MEMBER)])
async def test_an_admin_is_one_where_there_are_admins(stage: Stage, kind: Kind, role: Role) -> None:
    group = await found(stage, kind)
    await bring(stage, group, MemberImport(stage.them.bob, Role.ADMIN))
    assert place(stage, group, stage.them.bob).role is role


async def test_who_may_not_come_in_does_not(stage: Stage) -> None:
    group = await found(stage, Kind.PUBLIC, stage.them.carol)
    stage.clock.step(100)
    now, bob = int(stage.clock.now()), stage.them.bob
    asked = [MemberImport(None), MemberImport(stage.them.carol)]
    asked += [MemberImport(bob, joined_at=at) for at in (group.created_at, group.created_at - 1, now, now + 1)]
    assert await bring(stage, group, *asked) == [FAILED, WAS_IN, *[FAILED] * 4]
    await stage.store.group_joining.change_members(group, now, JoinChange(bans={bob.number: now + 9}))
    assert await bring(stage, group, MemberImport(bob)) == [FAILED]
    stage.clock.step(10)
    assert await bring(stage, group, MemberImport(bob), most=0) == [FAILED]
    group.max_members = 2
    assert await bring(stage, group, MemberImport(bob)) == [FAILED]
    group.max_members = 3
    assert await bring(stage, group, MemberImport(bob), MemberImport(bob)) == [DONE, WAS_IN]


async def test_a_live_room_takes_none(stage: Stage) -> None:
    room = await found(stage, Kind.LIVE)
    with pytest.raises(TidingsError) as refused:
        await bring(stage, room, MemberImport(stage.them.bob))
    assert refused.value.code == 10007


async def test_many_come_at_once(stage: Stage) -> None:
    group = await found(stage)
    app = stage.app.sdk_app_id
    guests: list[Account] = [await stage.rules.accounts.ensure(app, UserId(f"guest-{number}")) for number in range(300)]
    assert set(await bring(stage, group, *(MemberImport(each) for each in guests))) == {DONE}
    assert group.member_count == 301
