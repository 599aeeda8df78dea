"""What groups tell of their members: kept, only said, or not at all, as their kind does."""

import pytest

from tests.support.groups import found, say
from tests.support.stage import Stage
from tidings.domain.group.kinds import Kind
from tidings.domain.group.tips import Tip, TipKind


@pytest.mark.parametrize(
    ("kind", "told", "last_seq"),
    [(Kind.PUBLIC, 1, 1), (Kind.MEETING, 0, 0), (Kind.COMMUNITY, 1, 1), (Kind.WORK, 0, 0)],
)
async def test_a_newcomer_is_told_of_as_the_kind_has_it(stage: Stage, kind: Kind, told: int, last_seq: int) -> None:
    group = await found(stage, kind)
    await stage.rules.groups.joining.add(group, [stage.them.bob], None)
    assert (len(stage.rooms.messages), group.last_seq) == (told, last_seq)


async def test_a_work_group_begins_to_tell_with_its_first_message(stage: Stage) -> None:
    group = await found(stage, Kind.WORK)
    await say(stage, group, stage.them.alice)
    await stage.rules.groups.joining.add(group, [stage.them.bob], None)
    assert [message.is_tip for _, message, _ in stage.rooms.messages] == [False, True]


async def test_a_tip_says_how_many_are_in_now(stage: Stage) -> None:
    group = await found(stage)
    await stage.rules.groups.joining.add(group, [stage.them.bob, stage.them.carol], None)
    assert b'"MemberNum":3' in stage.rooms.messages[0][1].body


@pytest.mark.parametrize(
    ("kind", "told", "last_seq"),
    [(Kind.PUBLIC, 1, 1), (Kind.MEETING, 1, 1), (Kind.COMMUNITY, 1, 1), (Kind.WORK, 0, 0), (Kind.LIVE, 1, 0)],
)
async def test_changes_of_the_group_itself_are_told_in_every_kind(
    stage: Stage, kind: Kind, told: int, last_seq: int
) -> None:
    group = await found(stage, kind)
    teller = stage.rules.groups.ownership.teller
    await teller.tell_profile(group, Tip(TipKind.PROFILE, stage.them.alice.user_id, changes={"name": "n"}))
    stored = await stage.store.group_messages.page(group.number, group.last_seq, 9)
    assert (len(stage.rooms.messages), len(stored)) == (told, last_seq)
