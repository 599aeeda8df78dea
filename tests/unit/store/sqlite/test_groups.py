"""Groups and members in SQLite: flat however large a group is, and counted by the store itself."""

import pytest

from tests.support.database import Work
from tests.support.stores import APP, NOW, People
from tidings.domain.accounts import Newcomer
from tidings.domain.group.groups import NOBODY, Group, Member
from tidings.domain.group.kinds import ApplyOption, InviteOption, Kind, Receive, Role
from tidings.domain.group.ports import MemberPage
from tidings.domain.group.requests import JoinChange
from tidings.ids import AccountNumber, GroupId, GroupNumber, UserId
from tidings.store.sqlite.store import Store


def new(name: str, kind: Kind = Kind.PUBLIC) -> Group:
    return Group(APP, GroupId(name), kind, name, NOBODY, NOW, 10_000, ApplyOption.FREE, InviteOption.FREE)


async def add(store: Store, group: Group, members: list[Member]) -> None:
    await store.group_joining.change_members(group, NOW, JoinChange(admitted=members))


async def remove(store: Store, group: Group, accounts: list[AccountNumber]) -> None:
    await store.group_joining.change_members(group, NOW, JoinChange(removed=accounts))


async def fill(store: Store, group: Group, count: int) -> None:
    names = [UserId(f"user{number}") for number in range(count)]
    accounts = await store.accounts.save_accounts(APP, [Newcomer(name) for name in names])
    await add(store, group, [Member(each.number, each.user_id) for each in accounts])


@pytest.fixture
async def group(store: Store, them: People) -> Group:
    group = new("team")
    owner = Member(them.alice.number, them.alice.user_id, Role.OWNER)
    assert await store.groups.create(group, [owner, Member(them.bob.number, them.bob.user_id)])
    return group


async def test_of_two_that_want_an_id_one_gets_it(store: Store) -> None:
    first, second = store.groups.create(new("g"), []), store.groups.create(new("g"), [])
    assert [await first, await second] == [True, False]


async def test_members_are_counted_once_however_often_they_come(store: Store, group: Group, them: People) -> None:
    carol = Member(them.carol.number, them.carol.user_id)
    await add(store, group, [carol])
    await add(store, group, [carol])
    await remove(store, group, [them.bob.number, them.stranger.number])
    stored = store.groups.find_group(APP, group.group_id)
    assert stored is not None
    assert (stored.member_count, group.member_count) == (2, 2)


async def test_pages_follow_the_order_of_coming_in_and_can_be_of_some_roles(
    store: Store, group: Group, them: People
) -> None:
    await remove(store, group, [them.bob.number])
    bob, carol = (Member(each.number, each.user_id) for each in (them.bob, them.carol))
    await add(store, group, [carol, bob])
    names = [member.user_id for member in await store.groups.page_members(MemberPage(group.number, 10))]
    assert names == ["alice", "carol", "bob"]
    later = await store.groups.page_members(MemberPage(group.number, 1, skip=1))
    owners = await store.groups.page_members(MemberPage(group.number, 10, roles=frozenset({Role.OWNER})))
    assert [[member.user_id for member in page] for page in (later, owners)] == [["carol"], ["alice"]]


async def test_a_changed_member_is_found_changed_and_reading_never_goes_back(
    store: Store, group: Group, them: People
) -> None:
    bob = store.groups.find_members(group.number, [them.bob.number])[them.bob.number]
    bob.role, bob.read_seq, bob.receive, bob.custom = Role.ADMIN, 5, Receive.NOTHING, {"k": "v"}
    await store.group_joining.change_members(group, NOW, JoinChange(changed=[bob]))
    bob.read_seq = 2
    await store.group_joining.change_members(group, NOW, JoinChange(changed=[bob]))
    stored = store.groups.find_members(group.number, [them.bob.number])[them.bob.number]
    assert (stored.role, stored.read_seq, stored.receive, stored.custom) == (Role.ADMIN, 5, Receive.NOTHING, {"k": "v"})
    assert store.groups.memberships(them.bob.number) == [(group.number, Receive.NOTHING)]


async def test_what_the_store_counts_is_not_overwritten_by_what_somebody_remembers(store: Store, group: Group) -> None:
    old = new("team")
    old.number, old.name = group.number, "renamed"
    await store.groups.save(old)
    stored = store.groups.find_group(APP, group.group_id)
    assert stored is not None
    assert (stored.name, stored.member_count) == ("renamed", 2)


async def test_an_apps_groups_are_paged_and_counted_by_kind(store: Store) -> None:
    for number in range(5):
        await store.groups.create(new(f"g{number}", Kind.LIVE if number % 2 else Kind.WORK), [])
    first = await store.groups.page_groups(APP, [Kind.WORK], GroupNumber(0), 2)
    second = await store.groups.page_groups(APP, [Kind.WORK], first[-1].number, 2)
    assert [group.group_id for group in (*first, *second)] == ["g0", "g2", "g4"]
    assert await store.groups.count_groups(APP, [Kind.WORK, Kind.LIVE]) == 5


async def test_work_does_not_grow_with_the_group(store: Store, group: Group, them: People, work: Work) -> None:
    async def check() -> None:
        store.groups.find_members(group.number, [them.bob.number])

    async def page() -> None:
        await store.groups.page_members(MemberPage(group.number, 10, after=1))

    async def join() -> None:
        await add(store, group, [Member(them.carol.number, them.carol.user_id)])
        await remove(store, group, [them.carol.number])

    await page()
    calls = (check, join)
    before = [await work.size(call) for call in calls]
    await fill(store, group, 1000)
    after = [await work.size(call) for call in calls]
    assert all(late <= early * 1.5 for early, late in zip(before, after, strict=True))
    assert await work.size(page) < 2000
    for call in (*calls, page):
        assert await work.scans(call) == []
