"""Admins of live rooms: at most five, kept, told, with rights wherever they are."""

import json

import pytest

from tests.support.groups import place
from tests.support.live_rooms import join, open_room, people, present
from tests.support.stage import Stage
from tidings.domain.group.groups import Group
from tidings.domain.group.kinds import Role
from tidings.domain.group.live_admins import ADMINS
from tidings.errors import TidingsError
from tidings.ids import UserId

SERVER = UserId("administrator")


async def names(stage: Stage, group: Group) -> list[str]:
    return [member.user_id for member in await stage.rules.groups.live_admins.list(group)]


async def test_appointments_are_kept_and_told(stage: Stage) -> None:
    admins, them = stage.rules.groups.live_admins, stage.them
    group = await open_room(stage, them.bob)
    await admins.appoint(group, [them.bob, them.carol], SERVER)
    assert await names(stage, group) == ["bob", "carol"]
    assert (present(stage, group), group.member_count) == (["bob"], 1)
    assert place(stage, group, them.bob).role is Role.ADMIN
    stage.rules.groups.directory.forget(group.app)  # as a restart does
    again = stage.rules.groups.directory.get(group.app, group.group_id)
    join(stage, again, them.carol)
    assert [place(stage, again, each).role for each in (them.bob, them.carol)] == [Role.ADMIN] * 2
    await admins.dismiss(again, [them.carol, them.alice], SERVER)
    assert await names(stage, again) == ["bob"]
    assert (place(stage, again, them.carol).role, again.member_count) == (Role.MEMBER, 1)
    told = [json.loads(message.body) for _, message, _ in stage.rooms.messages]
    assert [(b["OpType"], b["List_Account"]) for b in told if b["OpType"] > 3] == [
        (4, ["bob", "carol"]),
        (5, ["carol"]),
    ]


async def test_more_than_five_and_the_owner_are_refused_and_nothing_changes(stage: Stage) -> None:
    admins = stage.rules.groups.live_admins
    group, many = await open_room(stage), await people(stage, ADMINS + 1)
    await admins.appoint(group, many[:ADMINS], SERVER)
    await admins.appoint(group, many[:2], SERVER)
    for accounts in (many[ADMINS:], [stage.them.alice]):
        with pytest.raises(TidingsError) as refused:
            await admins.appoint(group, accounts, SERVER)
        assert refused.value.code == 10004
    assert await names(stage, group) == [account.user_id for account in many[:ADMINS]]
