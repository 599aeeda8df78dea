"""Who comes into groups, asks to, or may not, in SQLite: one transaction for each change."""

import pytest

from tests.support.joining import kept
from tests.support.stores import APP, NOW, People
from tidings.domain.accounts import Account
from tidings.domain.events import GroupNotice
from tidings.domain.group.groups import NOBODY, Group, Member
from tidings.domain.group.kinds import ApplyOption, InviteOption, Kind, Role
from tidings.domain.group.requests import Answer, JoinChange, JoinRequest, Stage
from tidings.domain.ports import Logged
from tidings.ids import AccountNumber, GroupId, Position, UserId
from tidings.store.sqlite.group_joining import ANSWERED_S
from tidings.store.sqlite.store import Store

NOTICE = GroupNotice(7, "team", "team", "Public", UserId("alice"), NOW, 1)


@pytest.fixture
async def group(store: Store, them: People) -> Group:
    free = ApplyOption.FREE, InviteOption.FREE
    group = Group(APP, GroupId("team"), Kind.PUBLIC, "team", NOBODY, NOW, 10, *free)
    owner = Member(them.alice.number, them.alice.user_id, Role.OWNER)
    assert await store.groups.create(group, [owner])
    return group


def asked(group: Group, account: Account, inviter: AccountNumber = NOBODY, time: int = NOW) -> JoinRequest:
    stage = Stage.CONSENT if inviter else Stage.APPLICATION
    return JoinRequest(group.number, account.number, inviter, stage, "hi", "key", time)


async def ask(store: Store, group: Group, *requests: JoinRequest, time: int = NOW) -> None:
    await store.group_joining.change_members(group, time, JoinChange(requests=requests))


async def names(store: Store, account: Account, after: int = 0, limit: int = 10) -> list[tuple[str, str]]:
    rows = await store.group_joining.page_requests(account.number, Position(after), limit, is_community=False)
    return [(row.account_id, row.asker_id) for row in rows]


async def test_members_notices_and_answers_come_together(store: Store, group: Group, them: People) -> None:
    await ask(store, group, asked(group, them.bob))
    bob = Member(them.bob.number, them.bob.user_id)
    change = JoinChange([Logged(bob.account, NOTICE)], admitted=[bob], handler=them.alice.number)
    ((position, entry),) = await store.group_joining.change_members(group, NOW, change)
    assert await kept(store, bob.account) == [(position, entry.event)]
    found = store.group_joining.find_request(group.number, bob.account, NOBODY)
    assert found is not None
    assert (found.answer, found.handler, group.member_count) == (Answer.AGREED, them.alice.number, 2)


async def test_who_is_told_twice_at_once_is_told_at_two_positions(store: Store, group: Group, them: People) -> None:
    numbers = (them.alice.number, them.bob.number, them.bob.number)
    change = JoinChange([Logged(number, NOTICE) for number in numbers])
    told = await store.group_joining.change_members(group, NOW, change)
    positions = [position for position, _ in told]
    assert positions[0] == positions[1] < positions[2]
    assert [position for position, _ in await kept(store, them.bob.number)] == positions[1:]


async def test_leaders_see_applications_and_the_invited_their_invitations(
    store: Store, group: Group, them: People
) -> None:
    await ask(store, group, asked(group, them.bob), asked(group, them.carol, them.alice.number))
    assert await names(store, them.alice) == [("bob", "bob")]
    assert await names(store, them.carol) == [("carol", "alice")]
    assert await names(store, them.bob) == []
    assert await store.group_joining.count_open(them.alice.number, is_community=False) == 1
    assert await store.group_joining.count_open(them.alice.number, is_community=True) == 0


async def test_pages_of_requests_go_on_where_they_ended(store: Store, group: Group, them: People) -> None:
    for account in (them.bob, them.carol, them.stranger):
        await ask(store, group, asked(group, account))
    first = await store.group_joining.page_requests(them.alice.number, Position(0), 2, is_community=False)
    assert [row.account_id for row in first] == ["bob", "carol"]
    assert len(await names(store, them.alice, first[-1].place)) == 1


async def test_answered_requests_go_when_they_are_old(store: Store, group: Group, them: People) -> None:
    refused = JoinRequest(
        group.number, them.bob.number, NOBODY, Stage.APPLICATION, "", "key", NOW, Answer.REFUSED, them.alice.number
    )
    await ask(store, group, refused, asked(group, them.stranger))
    await ask(store, group, asked(group, them.carol), time=NOW + ANSWERED_S)
    assert len(await names(store, them.alice)) == 3
    await ask(store, group, asked(group, them.carol), time=NOW + ANSWERED_S + 1)
    assert [name for name, _ in await names(store, them.alice)] == [them.stranger.user_id, "carol"]


async def test_bans_count_until_their_end(store: Store, group: Group, them: People) -> None:
    bans = {them.bob.number: NOW + 10, them.carol.number: NOW + 20}
    change = JoinChange(bans=bans, banned_by=UserId("alice"))
    await store.group_joining.change_members(group, NOW, change)
    numbers = [them.alice.number, *bans]
    assert store.group_joining.find_bans(group.number, numbers, NOW) == bans
    assert list(store.group_joining.find_bans(group.number, numbers, NOW + 10)) == [them.carol.number]
    await store.group_joining.change_members(group, NOW, JoinChange(unbanned=[them.carol.number]))
    assert [ban.user_id for ban in await store.group_joining.page_bans(group.number, NOW, 0, 10)] == ["bob"]


async def test_leaders_and_groups_are_counted(store: Store, group: Group, them: People) -> None:
    bob = Member(them.bob.number, them.bob.user_id)
    await store.group_joining.change_members(group, NOW, JoinChange(admitted=[bob]))
    assert store.group_joining.leaders(group.number) == [them.alice.number]
    counted = store.group_joining.count_joined([them.bob.number, them.carol.number])
    assert counted == {them.bob.number: 1}
    await store.group_joining.change_members(group, NOW, JoinChange(removed=[them.bob.number]))
    assert group.member_count == 1


async def test_the_end_is_told_to_all_members_at_once(store: Store, group: Group, them: People) -> None:
    bob = Member(them.bob.number, them.bob.user_id)
    await store.group_joining.change_members(group, NOW, JoinChange(admitted=[bob]))
    await ask(store, group, asked(group, them.carol))
    position = await store.group_joining.end_group(group, NOW, NOTICE)
    for account in (them.alice, them.bob):
        assert await kept(store, account.number) == [(position, NOTICE)]
    stored = store.groups.find_group(APP, group.group_id)
    assert stored is not None
    assert stored.is_gone
    assert store.group_joining.count_joined([them.bob.number]) == {}
    assert await names(store, them.alice) == []
