"""Marks in live rooms: for who is there, of so many kinds, by who may give them."""

import pytest

from tests.support.groups import place
from tests.support.live_rooms import open_room, people, present
from tests.support.stage import Stage
from tidings.domain.accounts import Account
from tidings.domain.group.groups import Group
from tidings.domain.group.live_marks import HOLDERS, KINDS, ROBOT
from tidings.domain.group.live_members import HIDDEN
from tidings.errors import TidingsError
from tidings.ids import UserId


async def give(stage: Stage, group: Group, *marks: int, to: list[Account], by: Account | None = None) -> set[UserId]:
    actor = None if by is None else place(stage, group, by)
    asked = {account.user_id: marks for account in to}
    return await stage.rules.groups.live_marks.give(group, actor, to, asked)


async def code(stage: Stage, group: Group, *marks: int, to: list[Account], by: Account | None = None) -> int:
    with pytest.raises(TidingsError) as refused:
        await give(stage, group, *marks, to=to, by=by)
    return refused.value.code


async def test_those_who_are_there_are_marked(stage: Stage) -> None:
    them = stage.them
    group = await open_room(stage, them.bob)
    assert await give(stage, group, 1000, 1001, to=[them.bob, them.carol], by=them.alice) == {"bob"}
    assert stage.rules.groups.live.open(group).marks == {1000, 1001}
    assert await code(stage, group, 1000, to=[them.carol]) == 10004
    asked = {them.bob.user_id: (1000,)}
    assert await stage.rules.groups.live_marks.take(group, None, [them.bob], asked) == {"bob"}
    assert stage.rules.groups.live.open(group).marks == {1001}


async def test_app_admins_and_owners_mark_and_some_marks_are_for_app_admins(stage: Stage) -> None:
    them = stage.them
    group = await open_room(stage, them.bob)
    assert await code(stage, group, 1000, to=[them.bob], by=them.bob) == 10007
    for mark in (ROBOT, HIDDEN):
        assert await code(stage, group, mark, to=[them.bob], by=them.alice) == 10007
    for mark in (0, 499, 999):
        assert await code(stage, group, mark, to=[them.bob]) == 10004
    await give(stage, group, HIDDEN, to=[them.bob])


async def test_a_room_has_so_many_kinds_of_marks(stage: Stage) -> None:
    group = await open_room(stage, stage.them.bob)
    kinds = range(1000, 1000 + KINDS)
    await give(stage, group, *kinds, to=[stage.them.bob])
    await give(stage, group, *kinds, HIDDEN, to=[stage.them.bob])
    assert await code(stage, group, 1000 + KINDS, to=[stage.them.bob]) == 10004


async def test_so_many_may_have_one_mark(stage: Stage) -> None:
    many = await people(stage, HOLDERS + 1)
    group = await open_room(stage, *many)
    await give(stage, group, 1000, to=many[:-1])
    await give(stage, group, 1000, to=many[:10])
    assert await code(stage, group, 1000, to=many) == 10004
    assert stage.rules.groups.live.open(group).marked(1000) == HOLDERS


async def test_one_mark_makes_robots(stage: Stage) -> None:
    bob = stage.them.bob
    group = await open_room(stage, bob)
    await give(stage, group, ROBOT, to=[bob])
    stage.rules.groups.live.forget(bob)
    assert present(stage, group) == ["bob"]
    await stage.rules.groups.live_marks.take(group, None, [bob], {bob.user_id: (ROBOT,)})
    assert present(stage, group) == []
