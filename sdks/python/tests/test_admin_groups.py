"""Groups as an app server keeps them, against the whole server."""

from collections.abc import AsyncIterator

import pytest

from tests.support.server import ADMIN, Site, running_server
from tidings_client import AdminClient, NewMember, TidingsError


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with running_server() as site:
        yield site


@pytest.fixture
async def admin(site: Site) -> AsyncIterator[AdminClient]:
    async with AdminClient(f"http://{site.address}", site.app, ADMIN, site.usersig(ADMIN)) as admin:
        yield admin


async def test_a_group_is_made_filled_shown_and_ended(admin: AdminClient) -> None:
    made = await admin.create_group(
        "Public", "team", ["bob", NewMember("carol", is_admin=True)], owner="alice", group_id="team", max_members=4
    )
    assert (made.group_id, made.type) == ("team", "Public")
    await admin.account_import("dave")
    await admin.account_import("erin")
    rows = (await admin.add_group_member("team", "dave", "bob", "erin", is_silent=True)).member_list
    assert [(row.member_account, row.result) for row in rows] == [("dave", 1), ("bob", 2), ("erin", 0)]
    await admin.delete_group_member("team", "bob", reason="moved on")
    members = [(row.member_account, row.role) async for row in admin.group_members("team")]
    assert members == [("alice", "Owner"), ("carol", "Admin"), ("dave", "Member")]
    [group] = (await admin.get_group_info("team")).group_info
    assert (group.name, group.owner_account, group.member_num, group.max_member_num) == ("team", "alice", 3, 4)
    await admin.destroy_group("team")
    [gone] = (await admin.get_group_info("team")).group_info
    assert gone.error_code == 10010


async def test_a_users_groups_are_listed(admin: AdminClient) -> None:
    await admin.create_group("Public", "one", owner="alice")
    await admin.create_group("Work", "two", ["alice"], owner="bob")
    names = [row.name for row in (await admin.get_joined_group_list("alice")).group_id_list]
    every = await admin.get_joined_group_list("alice", unused=True)
    assert (names, [row.name for row in every.group_id_list]) == (["one"], ["one", "two"])
    assert (await admin.get_joined_group_list("alice", kind="Meeting")).total_count == 0


async def test_who_is_banned_is_kept_out(admin: AdminClient) -> None:
    await admin.create_group("Public", "team", ["bob"], owner="alice", group_id="team")
    await admin.ban_group_member("team", "bob", "carol", seconds=60, reason="spam")
    page = await admin.get_group_ban_member("team", limit=1)
    assert ([each.member_account for each in page.banned_account_list], page.next_offset) == (["bob"], 1)
    assert [row.result for row in (await admin.add_group_member("team", "bob")).member_list] == [0]
    await admin.unban_group_member("team", "bob")
    assert [row.result for row in (await admin.add_group_member("team", "bob", "carol")).member_list] == [1, 0]


async def test_what_is_wrong_is_said(admin: AdminClient) -> None:
    with pytest.raises(TidingsError) as refused:
        await admin.create_group("Public", "team", ["nobody"])
    assert refused.value.code == 10019
