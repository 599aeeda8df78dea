"""Every store: profiles, lists and imports of groups (domain/group/census.py, importing_members.py)."""

from dataclasses import replace

from tests.contract.test_store_suite_groups import new, place, reload, say, text
from tests.support.stores import APP, NOW, OTHER_APP, People
from tidings.domain.group.census import FROM_START
from tidings.domain.group.importing_members import Place
from tidings.domain.group.kinds import ApplyOption, InviteOption, Kind
from tidings.ids import GroupNumber
from tidings.store.sqlite.store import Store


async def test_every_field_of_a_profile_comes_back(store: Store, them: People) -> None:
    group = new()
    await store.groups.create(group, [place(them.alice)])
    for shows_past in (True, False, None):
        changed = replace(
            group,
            name="n",
            introduction="i",
            notification="t",
            face_url="f",
            max_members=7,
            apply_option=ApplyOption.NEVER,
            invite_option=InviteOption.ASK,
            is_muted=True,
            custom={"a": "ü"},
            info_seq=9,
            info_at=NOW + 5,
            shows_past=shows_past,
        )
        await store.groups.save(changed)
        assert await reload(store, group) == changed


async def test_groups_are_listed_by_kind_and_app_in_the_order_they_were_made(store: Store) -> None:
    kinds = [Kind.PUBLIC, Kind.WORK, Kind.PUBLIC, Kind.LIVE, Kind.PUBLIC]
    groups = [new(f"g{number}", kind) for number, kind in enumerate(kinds)]
    other = new("other", app=OTHER_APP)
    topic = replace(new("topic", Kind.TOPIC), parent=GroupNumber(1))
    for each in (*groups, other, topic):
        await store.groups.create(each, [])
    for kind, expected in ((None, groups), (Kind.PUBLIC, groups[::2]), (Kind.WORK, groups[1:2]), (Kind.MEETING, [])):
        found: list[str] = []
        after = FROM_START
        while True:
            page = await store.group_census.page(APP, kind, after, 2)
            assert page.total == len(expected)
            found += page.group_ids
            after = page.next
            if not after:
                break
        assert found == [group.group_id for group in expected]


async def test_a_group_that_is_gone_is_listed_no_more(store: Store) -> None:
    group = new()
    await store.groups.create(group, [])
    await store.groups.save(replace(group, is_gone=True))
    page = await store.group_census.page(APP, None, FROM_START, 9)
    assert (page.total, page.group_ids) == (0, [])
    await store.groups.create(new(), [])
    assert (await store.group_census.page(APP, None, FROM_START, 9)).total == 1


async def test_members_stand_where_their_time_and_unread_messages_put_them(store: Store, them: People) -> None:
    group = new()
    await store.groups.create(group, [])
    await say(store, *(text(group, them.alice, number, time=NOW + number) for number in range(4)))
    places = await store.group_member_places.places(group.number, [(NOW + 2, 0), (NOW + 9, 1), (NOW, 9)])
    assert places == [Place(2, 4), Place(3, 3), Place(0, 0)]
    empty = new("empty")
    await store.groups.create(empty, [])
    assert await store.group_member_places.places(empty.number, [(NOW, 0), (NOW, 5)]) == [Place(0, 0), Place(0, 0)]
