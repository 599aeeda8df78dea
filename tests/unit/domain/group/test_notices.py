"""What groups tell single accounts."""

from tests.support.groups import found
from tests.support.joining import kept, told
from tests.support.stage import Stage
from tidings.domain.group.groups import SYSTEM
from tidings.domain.group.kinds import Kind
from tidings.domain.group.life import Founder, Founding
from tidings.domain.group.notices import NoticeKind


def test_kinds_have_the_numbers_of_the_wire() -> None:
    assert [kind.value for kind in NoticeKind] == [
        *(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 17, 20, 21, 22, 23, 24)
    ]


async def test_who_makes_a_group_and_who_is_in_it_from_the_start_are_told(stage: Stage) -> None:
    them = stage.them
    for kind, expected in ((Kind.PUBLIC, [("alice", 6), ("bob", 7)]), (Kind.WORK, [("alice", 6)])):
        founding = Founding(stage.app.sdk_app_id, kind, "team", owner=them.alice, members=[Founder(them.bob)])
        await stage.rules.groups.life.create(founding, stage.app.settings)
        assert told(stage) == expected


async def test_all_members_are_told_of_the_end_those_who_are_away_later(stage: Stage) -> None:
    them = stage.them
    group = await found(stage, Kind.PUBLIC, them.bob, them.carol)
    stage.rooms.leave(group.number, [them.carol.number])
    await stage.rules.groups.life.disband(group, None)
    assert told(stage) == [("alice", 5), ("bob", 5)]
    for account in (them.alice, them.bob, them.carol):
        _, last = (await kept(stage.store, account.number))[-1]
        assert (last.kind, last.group, last.operator_id) == (NoticeKind.DISBANDED, group.group_id, SYSTEM)
