"""Bans: who is banned is out, and stays out until the end."""

from collections.abc import Awaitable

import pytest

from tests.support.groups import found, place
from tests.support.joining import notices, told
from tests.support.stage import Stage
from tidings.domain.group.joining import Joined
from tidings.domain.group.kinds import Kind
from tidings.errors import TidingsError


async def code(call: Awaitable[object]) -> int:
    with pytest.raises(TidingsError) as refused:
        await call
    return refused.value.code


async def test_who_is_banned_is_out_is_told_and_is_not_let_in(stage: Stage) -> None:
    them, groups = stage.them, stage.rules.groups
    group = await found(stage, Kind.PUBLIC, them.bob)
    await groups.banning.ban(group, None, [them.bob, them.carol], them.alice.user_id, 60, "spam")
    heard = notices(stage)
    assert [(name, notice.kind) for name, notice in heard] == [("bob", 4), ("bob", 22), ("carol", 22)]
    assert all(notice.wording == "spam" for _, notice in heard)
    assert (group.member_count, them.bob.number in stage.rooms.inside[group.number]) == (1, False)
    assert (await groups.joining.add(group, [them.bob], None))[them.bob.user_id] is Joined.REFUSED
    assert [each.user_id for each in await groups.banning.page(group, 0, 10)] == ["bob", "carol"]
    assert [each.user_id for each in await groups.banning.page(group, 1, 10)] == ["carol"]


async def test_a_ban_ends_by_itself_or_is_lifted(stage: Stage) -> None:
    them, groups = stage.them, stage.rules.groups
    group = await found(stage, Kind.PUBLIC, them.bob)
    await groups.banning.ban(group, None, [them.bob], them.alice.user_id, 60)
    await groups.banning.ban(group, None, [them.carol], them.alice.user_id, 30)
    told(stage)
    await groups.banning.lift(group, None, [them.bob, them.alice], them.alice.user_id)
    assert told(stage) == [("bob", 23)]
    assert groups.directory.member(group, them.bob.number) is None
    stage.clock.step(31)
    outcome = await groups.joining.add(group, [them.bob, them.carol], None)
    assert list(outcome.values()) == [Joined.ADDED, Joined.ADDED]
    assert await groups.banning.page(group, 0, 10) == []


@pytest.mark.parametrize(
    ("kind", "by", "whom", "is_allowed"),
    [
        (Kind.WORK, "alice", "carol", True),
        (Kind.WORK, "bob", "carol", False),
        (Kind.PUBLIC, "alice", "bob", True),
        (Kind.PUBLIC, "bob", "carol", True),
        (Kind.PUBLIC, "bob", "alice", False),
        (Kind.PUBLIC, "carol", "bob", False),
        (Kind.MEETING, "bob", "carol", True),
        (Kind.COMMUNITY, "alice", "carol", False),
    ],
)
async def test_kind_and_role_decide_who_bans_whom(
    stage: Stage, kind: Kind, by: str, whom: str, *, is_allowed: bool
) -> None:
    them = stage.them
    members = (them.bob, them.carol) if kind is Kind.WORK else (them.carol,)
    group = await found(stage, kind, *members, admins=() if kind is Kind.WORK else (them.bob,))
    actor, target = place(stage, group, getattr(them, by)), getattr(them, whom)
    ban = stage.rules.groups.banning.ban(group, actor, [target], actor.user_id, 60)
    if is_allowed:
        await ban
    else:
        assert await code(ban) == 10007
    assert (stage.rules.groups.directory.member(group, target.number) is None) is is_allowed


async def test_live_rooms_tell_everybody(stage: Stage) -> None:
    them, groups = stage.them, stage.rules.groups
    group = await found(stage, Kind.LIVE)
    await groups.asking.apply(group, them.bob, "", 1000)
    told(stage)
    await groups.banning.ban(group, None, [them.bob], them.alice.user_id, 60)
    await groups.banning.lift(group, None, [them.bob], them.alice.user_id)
    assert told(stage) == [("bob", 21), ("bob", 23)]
    kinds = [message.body[:12] for _, message, _ in stage.rooms.messages[-2:]]
    assert kinds == [b'{"OpType":10', b'{"OpType":11']
    assert await code(groups.asking.apply(await found(stage, Kind.PUBLIC, them.bob), them.bob, "", 9)) == 10013
