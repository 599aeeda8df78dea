"""Lists of relations in SQLite: pages of constant cost, however long the list is."""

from tests.support.database import Work
from tests.support.stores import APP, NOW, People
from tidings.domain.accounts import Account, Newcomer
from tidings.domain.barriers import Standing
from tidings.domain.relation_book import Entry, RelationBook, Request
from tidings.domain.relation_lists import RequestQuery
from tidings.ids import UserId
from tidings.store.sqlite.store import Store

ENTRY = Entry("AddSource_Type_Web", "hi", NOW, "r", NOW, ("Choir",))


async def crowd(store: Store, owner: Account, count: int, *, start: int = 0) -> list[Account]:
    """Let an account have so many friends, who all ask it and are blocked by it as well."""
    names = [Newcomer(UserId(f"u{number}")) for number in range(start, start + count)]
    accounts = await store.accounts.save_accounts(APP, names)

    def rule(book: RelationBook) -> tuple[None, list[list[object]]]:
        if not book.groups(owner.number):
            book.add_group(owner.number, "Choir")
        for each in accounts:
            book.save(owner.number, each.number, ENTRY)
            book.ask(each.number, owner.number, Request("s", "w", NOW))
            book.block(owner.number, each.number, NOW)
        return None, []

    await store.relations.change_relations(NOW, rule)  # type: ignore[arg-type]
    return accounts


async def test_pages_go_on_where_the_last_one_ended(store: Store, them: People) -> None:
    await crowd(store, them.alice, 5)
    lists, found, after = store.relation_lists, [], 0
    while page := await lists.friend_page(them.alice.number, after, 2):
        found += [row.person.user_id for row in page]
        after = page[-1].place
    assert found == [f"u{number}" for number in range(5)]
    skipped = await lists.friend_page(them.alice.number, 0, 2, skip=3)
    assert [row.person.user_id for row in skipped] == ["u3", "u4"]


async def test_requests_come_newest_first_with_who_asks(store: Store, them: People) -> None:
    await crowd(store, them.alice, 3)
    query = RequestQuery(received=True, sent=False, before=0, limit=2)
    rows = await store.relation_lists.requests(them.alice.number, query)
    assert [(row.person.user_id, row.is_own) for row in rows] == [("u2", False), ("u1", False)]
    more = RequestQuery(received=True, sent=True, before=rows[-1].place, limit=2)
    assert len(await store.relation_lists.requests(them.alice.number, more)) == 1
    none = RequestQuery(received=False, sent=False, before=0, limit=2)
    assert await store.relation_lists.requests(them.alice.number, none) == []


async def test_deleted_users_are_in_no_list(store: Store, them: People) -> None:
    gone, kept = await crowd(store, them.alice, 2)
    await store.accounts.delete_account(gone.number)
    lists, alice = store.relation_lists, them.alice.number
    assert [row.person.user_id for row in await lists.friend_page(alice, 0, 9)] == [kept.user_id]
    assert [row.person.user_id for row in await lists.block_page(alice, 0, 9)] == [kept.user_id]
    [group] = await lists.friend_groups(alice, ["Choir"], with_members=True)
    assert [person.user_id for person in group.members] == [kept.user_id]


async def test_what_two_are_to_each_other_is_told_by_side(store: Store, them: People) -> None:
    [friend] = await crowd(store, them.alice, 1)
    lists, alice = store.relation_lists, them.alice.number
    assert lists.standing(alice, friend.number) == Standing(is_friend=True, is_blocked=True)
    assert lists.standing(friend.number, alice) == Standing(is_friend=False, is_blocked=False)
    assert await lists.befriended_by(friend.number, [alice]) == {alice}
    assert await lists.blocked_by(friend.number, [alice]) == {alice}
    assert await lists.blocked(alice, [friend.number, alice]) == {friend.number}
    assert await lists.blockers() == [alice]


async def test_a_page_costs_the_same_in_a_list_of_3000(store: Store, them: People, work: Work) -> None:
    lists, alice = store.relation_lists, them.alice.number
    await crowd(store, them.alice, 200)
    calls = (
        lambda: lists.friend_page(alice, 100, 50),
        lambda: lists.block_page(alice, 100, 50),
        lambda: lists.requests(alice, RequestQuery(received=True, sent=False, before=1 << 40, limit=50)),
    )
    before = [await work.size(call) for call in calls]
    await crowd(store, them.alice, 2800, start=200)
    after = [await work.size(call) for call in calls]
    assert all(late <= early * 1.2 for early, late in zip(before, after, strict=True))
    for call in calls:
        assert await work.scans(call) == []
