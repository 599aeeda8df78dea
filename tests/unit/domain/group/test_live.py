"""Live rooms: one is in as long as one's login is, and nothing of it is stored."""

import pytest

from tests.support.groups import found, say
from tests.support.live_rooms import join, open_room, people, present
from tests.support.stage import Stage
from tidings.domain.group.kinds import Kind, Role
from tidings.domain.group.live import ABSENCE_S, Past
from tidings.errors import TidingsError
from tidings.ids import AccountNumber, GroupNumber, InstanceId

FIRST, SECOND = 101, 102


def gone(stage: Stage, login: int) -> None:
    assert stage.rooms.went is not None
    stage.rooms.went(InstanceId(login))


def back(stage: Stage, login: int) -> None:
    assert stage.rooms.came is not None
    stage.rooms.came(InstanceId(login))


async def test_joining_again_changes_nothing(stage: Stage) -> None:
    bob = stage.them.bob
    group = await open_room(stage, bob, bob)
    assert (present(stage, group), group.member_count, len(stage.rooms.messages)) == (["bob"], 1, 1)
    assert await stage.store.groups.joined(bob.number, Kind) == []


async def test_an_account_is_in_until_its_last_login_has_left(stage: Stage) -> None:
    live, bob = stage.rules.groups.live, stage.them.bob
    group = await open_room(stage)
    for login in (FIRST, SECOND):
        join(stage, group, bob, login)
    live.quit(group, bob, InstanceId(FIRST))
    assert stage.rooms.seats == {(group.number, bob.number, SECOND)}
    assert present(stage, group) == ["bob"]
    live.leave_all(InstanceId(SECOND))
    assert (present(stage, group), stage.rooms.seats, group.member_count) == ([], set(), 0)
    live.quit(group, bob, InstanceId(SECOND))  # out is out


async def test_quitting_by_a_login_that_has_not_joined_takes_all_of_the_account_out(stage: Stage) -> None:
    bob = stage.them.bob
    group = await open_room(stage)
    for login in (FIRST, SECOND):
        join(stage, group, bob, login)
    stage.rules.groups.live.quit(group, bob, InstanceId(99))
    assert present(stage, group) == []


async def test_the_owner_stays(stage: Stage) -> None:
    group = await open_room(stage, stage.them.alice)
    with pytest.raises(TidingsError) as refused:
        stage.rules.groups.live.quit(group, stage.them.alice, InstanceId(1))
    assert refused.value.code == 10009
    (who,) = stage.rules.groups.live.open(group)
    assert who.member.role is Role.OWNER


async def test_who_comes_back_in_time_stays_and_who_does_not_is_out(stage: Stage) -> None:
    live = stage.rules.groups.live
    group = await open_room(stage, stage.them.bob, stage.them.carol)
    bob, carol = stage.them.bob.number, stage.them.carol.number
    gone(stage, bob)
    gone(stage, carol)
    gone(stage, 12345)  # is in no room
    stage.clock.step(ABSENCE_S - 1)
    live.sweep()
    back(stage, bob)
    assert present(stage, group) == ["bob", "carol"]
    stage.clock.step(2)
    live.sweep()
    assert present(stage, group) == ["bob"]
    gone(stage, bob)
    stage.clock.step(ABSENCE_S)
    live.sweep()
    assert (present(stage, group), stage.rooms.seats) == ([], set())


async def test_a_login_in_so_many_rooms_only_leaves_the_first_but_never_its_own(stage: Stage) -> None:
    alice, bob = stage.them.alice, stage.them.bob
    rooms = [await open_room(stage) for _ in range(3)]
    for group in rooms:
        join(stage, group, bob, FIRST, most=2)
        join(stage, group, alice, SECOND, most=1)
    assert [present(stage, group) for group in rooms] == [["alice"], ["bob", "alice"], ["bob", "alice"]]


async def test_a_deleted_account_is_in_no_room(stage: Stage) -> None:
    group = await open_room(stage, stage.them.bob, stage.them.carol)
    stage.rules.groups.live.forget(stage.them.bob)
    assert present(stage, group) == ["carol"]


async def test_a_ban_keeps_out_and_a_mute_outlasts_leaving(stage: Stage) -> None:
    bob, rules = stage.them.bob, stage.rules.groups
    group = await open_room(stage, bob)
    await rules.banning.ban(group, None, [bob], stage.them.alice.user_id, 60)
    assert (present(stage, group), group.member_count) == ([], 0)
    with pytest.raises(TidingsError) as refused:
        join(stage, group, bob)
    assert refused.value.code == 10007
    stage.clock.step(61)
    join(stage, group, bob)
    assert present(stage, group) == ["bob"]


async def test_only_those_who_have_joined_may_speak(stage: Stage) -> None:
    group = await open_room(stage, stage.them.bob)
    await say(stage, group, stage.them.bob)
    for absent in (stage.them.alice, stage.them.carol):
        with pytest.raises(TidingsError) as refused:
            await say(stage, group, absent, 2)
        assert refused.value.code == 10007
    await say(stage, group, stage.them.carol, 3, is_admin=True)


async def test_a_room_keeps_its_last_messages_while_somebody_is_in(stage: Stage) -> None:
    bob, carol = stage.them.bob, stage.them.carol
    group = await open_room(stage)
    join(stage, group, bob, history=2)
    for random in (1, 2, 3):
        await say(stage, group, bob, random)
    assert [message.random for message in join(stage, group, carol, history=2).recent] == [2, 3]
    assert [message.random for message in join(stage, group, carol, history=1).recent] == [3]
    for account in (bob, carol):
        stage.rules.groups.live.quit(group, account, InstanceId(account.number))
    assert list(join(stage, group, bob, history=2).recent) == []


async def test_numbers_grow_and_do_not_come_twice_after_a_restart_nor_in_another_room(stage: Stage) -> None:
    bob, rules = stage.them.bob, stage.rules.groups
    group, other = await open_room(stage, bob), await open_room(stage, bob)
    seqs = [(await say(stage, group, bob, random)).seq for random in (1, 2)]
    assert seqs[1] == seqs[0] + 1
    assert abs((await say(stage, other, bob)).seq - seqs[0]) > 1000
    tips = [message.seq for its, message, _ in stage.rooms.messages if its is group and message.is_tip]
    assert len({*tips, *seqs}) == len(tips) + 2
    await stage.store.messages.settle()
    rules.directory.forget(group.app)  # as a restart does
    again = rules.directory.get(group.app, group.group_id)
    join(stage, again, bob)
    assert (await say(stage, again, bob, 9)).seq > seqs[1]


async def test_other_groups_have_no_crowd(stage: Stage) -> None:
    with pytest.raises(TidingsError) as refused:
        stage.rules.groups.live.open(await found(stage, Kind.PUBLIC))
    assert refused.value.code == 10007


async def test_joining_asks_the_store_as_often_however_many_are_in(stage: Stage) -> None:
    group = await open_room(stage, *await people(stage, 300))
    asked, before = [], stage.store.live_rooms.past

    def counted(group: GroupNumber, account: AccountNumber) -> Past:
        asked.append(account)
        return before(group, account)

    stage.store.live_rooms.past = counted  # type: ignore[method-assign]
    join(stage, group, stage.them.bob)
    join(stage, group, stage.them.bob)
    assert (asked, group.member_count) == ([stage.them.bob.number], 301)
