"""Groups in lists of conversations: found from memberships, changed by nobody who sends."""

from tests.support.groups import ADMIN, found, say
from tests.support.stage import Stage
from tidings.domain.group.groups import Group
from tidings.domain.group.kinds import Kind
from tidings.domain.group.profiles import NewProfile
from tidings.domain.messages import Flag
from tidings.ids import AccountNumber, GroupNumber, Position

START = Position(0)


async def rows(stage: Stage, account: AccountNumber) -> list[tuple[str, int, int]]:
    found = await stage.store.group_listing.changed_after(account, START, 100)
    return [(each.group.group_id, each.last.seq if each.last else 0, each.unread) for each in found]


async def test_a_group_stands_in_the_list_of_everybody_who_sees_a_message(stage: Stage) -> None:
    group = await found(stage, Kind.PUBLIC, stage.them.bob)
    assert await rows(stage, stage.them.bob.number) == []
    await say(stage, group, stage.them.alice)
    await stage.rules.groups.joining.add(group, [stage.them.carol], None)
    assert await rows(stage, stage.them.bob.number) == [(group.group_id, 2, 1)]
    assert await rows(stage, stage.them.carol.number) == [(group.group_id, 2, 0)]
    assert await rows(stage, stage.them.stranger.number) == []


async def test_a_message_for_others_is_not_the_last_one_seen(stage: Stage) -> None:
    group = await found(stage, Kind.PUBLIC, stage.them.bob, stage.them.carol)
    await say(stage, group, stage.them.alice, 1)
    await say(stage, group, stage.them.alice, 2, targets=(stage.them.carol.number,), flags=int(Flag.TARGETED))
    seen: list[list[int]] = [
        [seq for _, seq, _ in await rows(stage, each.number)] for each in (stage.them.bob, stage.them.carol)
    ]
    assert seen == [[1], [2]]


async def test_rows_come_in_the_order_of_their_changes(stage: Stage) -> None:
    groups: list[Group] = [await found(stage) for _ in range(3)]
    for number in (2, 0, 1):
        await say(stage, groups[number], stage.them.alice)
    order = [name for name, _, _ in await rows(stage, stage.them.alice.number)]
    assert order == [groups[number].group_id for number in (2, 0, 1)]


async def test_names_are_known_of_groups_that_are_gone_too(stage: Stage) -> None:
    group = await found(stage)
    await stage.rules.groups.life.disband(group, None)
    names = await stage.store.group_listing.names([group.number, GroupNumber(99)])
    assert names == {group.number: group.group_id}


async def test_a_newcomer_has_a_group_in_its_list_where_it_sees_the_past(stage: Stage) -> None:
    seen = []
    for shows_past in (True, False, None):
        group = await found(stage, Kind.PUBLIC)
        await stage.rules.groups.profiles.change(stage.app, group, ADMIN, NewProfile(shows_past=shows_past))
        await say(stage, group, stage.them.alice)
        await stage.rules.groups.joining.add(group, [stage.them.carol], None, is_silent=True)
        seen.append(group.group_id in [name for name, _, _ in await rows(stage, stage.them.carol.number)])
    assert seen == [True, False, False]
