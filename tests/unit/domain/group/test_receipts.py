"""Who has read a message of a group."""

import pytest

from tests.support.groups import found, place, say
from tests.support.stage import Stage
from tidings.domain.events import GroupReceiptsGiven
from tidings.domain.group.groups import Group
from tidings.domain.group.kinds import Kind
from tidings.domain.messages import Flag
from tidings.errors import TidingsError
from tidings.ids import NO_INSTANCE, AccountNumber


@pytest.fixture
async def group(stage: Stage) -> Group:
    group = await found(stage, Kind.PUBLIC, stage.them.bob, stage.them.carol)
    await say(stage, group, stage.them.alice, 1, flags=int(Flag.RECEIPT_WANTED))
    await say(stage, group, stage.them.alice, 2)
    return group


async def test_a_receipt_is_counted_and_told_to_the_sender_once(stage: Stage, group: Group) -> None:
    receipts, bob = stage.rules.groups.receipts, place(stage, group, stage.them.bob)
    for _ in range(2):
        await receipts.give(group, bob, [1, 2], NO_INSTANCE)
    told = [event for account, event, _ in stage.delivery.events if account == stage.them.alice.number]
    assert len(told) == 1
    assert isinstance(told[0], GroupReceiptsGiven)
    assert await receipts.counts(group, [1, 2]) == {1: (1, 1), 2: None}


async def test_those_who_have_read_and_who_have_not_are_named_by_pages(stage: Stage, group: Group) -> None:
    receipts = stage.rules.groups.receipts
    await receipts.give(group, place(stage, group, stage.them.bob), [1], NO_INSTANCE)
    nobody = AccountNumber(0)
    assert await receipts.readers(group, 1, nobody, 10, has_read=True) == ([stage.them.bob.user_id], 0)
    assert await receipts.readers(group, 1, nobody, 10, has_read=False) == ([stage.them.carol.user_id], 0)


@pytest.mark.parametrize(("seqs", "code"), [([2], 10062), ([], 10004), (list(range(51)), 10004)])
async def test_what_asked_for_none_or_is_too_much_is_refused(
    stage: Stage, group: Group, seqs: list[int], code: int
) -> None:
    with pytest.raises(TidingsError) as refused:
        await stage.rules.groups.receipts.give(group, place(stage, group, stage.them.bob), seqs, NO_INSTANCE)
    assert refused.value.code == code


async def test_large_groups_and_communities_have_none(stage: Stage, group: Group) -> None:
    codes = []
    community = await found(stage, Kind.COMMUNITY)
    group.member_count = 201
    for each in (community, group):
        with pytest.raises(TidingsError) as refused:
            await stage.rules.groups.receipts.counts(each, [1])
        codes.append(refused.value.code)
    assert codes == [10007, 10060]
