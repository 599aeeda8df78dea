"""Messages of groups after they were sent: who sees what, and what may still be done to it."""

import pytest

from tests.support.groups import found, place, say
from tests.support.stage import Stage
from tidings.domain.group.events import GroupModified, GroupRecalled
from tidings.domain.group.groups import Group
from tidings.domain.group.history import GroupHistory, seen_after
from tidings.domain.group.kinds import Kind
from tidings.domain.history import Change
from tidings.errors import TidingsError
from tidings.ids import NO_INSTANCE

WEEK = 7 * 86_400


@pytest.fixture
def history(stage: Stage) -> GroupHistory:
    return stage.rules.groups.history


@pytest.fixture
async def group(stage: Stage) -> Group:
    group = await found(stage, Kind.PUBLIC, stage.them.bob)
    for number in range(5):
        await say(stage, group, stage.them.alice, number)
    return group


async def seqs(
    stage: Stage, history: GroupHistory, group: Group, up_to: int | None = None, limit: int = 9
) -> list[int]:
    page = await history.page(group, place(stage, group, stage.them.bob), up_to, limit, history_s=WEEK)
    return [seq for seq, message in page.places if message is not None]


async def test_pages_join_without_a_gap_or_an_overlap(stage: Stage, history: GroupHistory, group: Group) -> None:
    bob, whole, up_to = place(stage, group, stage.them.bob), [], group.last_seq
    while up_to:
        page = await history.page(group, bob, up_to, 2, history_s=WEEK)
        whole += [seq for seq, _ in page.places]
        up_to = page.next_seq
    assert whole == [5, 4, 3, 2, 1]


async def test_who_came_later_begins_there_unless_the_kind_shows_the_past(stage: Stage) -> None:
    begins = []
    for kind in (Kind.PUBLIC, Kind.MEETING):
        group = await found(stage, kind)
        await say(stage, group, stage.them.alice, 1)
        await stage.rules.groups.joining.add(group, [stage.them.bob], None, is_silent=True)
        begins.append(seen_after(group, place(stage, group, stage.them.bob)))
    assert begins == [1, 0]


async def test_what_is_too_old_shows_no_more(stage: Stage, history: GroupHistory, group: Group) -> None:
    stage.clock.step(WEEK + 1)
    await say(stage, group, stage.them.alice, 9)
    assert await seqs(stage, history, group) == [6]


async def test_a_recall_is_told_once_to_those_who_saw_the_message(
    stage: Stage, history: GroupHistory, group: Group
) -> None:
    alice, bob = place(stage, group, stage.them.alice), stage.them.bob
    await say(stage, group, stage.them.alice, 9, targets=(bob.number,))
    for _ in range(2):
        await history.recall(group, [1, 6], alice, alice.user_id, "", window_s=120)
    told = [(event, who) for _, event, who, _ in stage.rooms.events if isinstance(event, GroupRecalled)]
    assert [([m.seq for m in event.messages], who) for event, who in told] == [
        ([1], None),
        ([6], {bob.number, alice.account}),
    ]


async def test_nobody_edits_what_another_was_not_shown(stage: Stage, history: GroupHistory, group: Group) -> None:
    await stage.rules.groups.joining.add(group, [stage.them.carol], None)
    carol = place(stage, group, stage.them.carol)
    with pytest.raises(TidingsError) as refused:
        await history.modify(group, 1, carol, Change(b"[]", None), NO_INSTANCE)
    assert refused.value.code == 20026
    await history.modify(group, 1, place(stage, group, stage.them.bob), Change(b"[]", None), NO_INSTANCE)
    told = [event.message.version for _, event, _, _ in stage.rooms.events if isinstance(event, GroupModified)]
    assert told == [1]


async def test_a_change_is_told_to_those_who_were_sent_the_message_and_to_its_sender(
    stage: Stage, history: GroupHistory, group: Group
) -> None:
    bob = stage.them.bob
    await say(stage, group, stage.them.alice, 9, targets=(bob.number,))
    for seq in (1, 6):
        await history.modify(group, seq, None, Change(b"[]", None), NO_INSTANCE)
    told = [(event.message.seq, who) for _, event, who, _ in stage.rooms.events if isinstance(event, GroupModified)]
    assert told == [(1, None), (6, {bob.number, stage.them.alice.number})]


async def test_a_deleted_message_is_gone_for_one_and_a_cleared_one_for_all(
    stage: Stage, history: GroupHistory, group: Group
) -> None:
    alice = place(stage, group, stage.them.alice)
    await history.hide(group, alice, [5])
    await history.clear(group, 2)
    assert await seqs(stage, history, group) == [5, 4, 3]
    shown = await history.page(group, alice, None, 9, history_s=WEEK)
    assert [seq for seq, message in shown.places if message is not None] == [4, 3]
    admins = await history.page(group, None, None, 9, history_s=WEEK)
    assert [seq for seq, message in admins.places if message is not None] == [5, 4, 3, 2, 1]


async def test_kinds_that_keep_nothing_say_so(stage: Stage, history: GroupHistory) -> None:
    live = await found(stage, Kind.LIVE)
    tries = [
        history.page(live, None, None, 9, history_s=WEEK),
        history.recall(live, [1], None, stage.them.alice.user_id, "", window_s=1),
        history.modify(live, 1, None, Change(b"[]", None), NO_INSTANCE),
    ]
    codes = []
    for attempt in tries:
        with pytest.raises(TidingsError) as refused:
            await attempt
        codes.append(refused.value.code)
    assert codes == [10044, 10033, 10044]
