"""Relations as an app server keeps them, against the whole server."""

from collections.abc import AsyncIterator

import pytest

from tests.support.server import ADMIN, Site, running_server
from tidings_client import AdminClient, NewFriend, OldFriend


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with running_server() as site:
        yield site


@pytest.fixture
async def admin(site: Site) -> AsyncIterator[AdminClient]:
    async with AdminClient(f"http://{site.address}", site.app, ADMIN, site.usersig(ADMIN)) as admin:
        yield admin


async def test_friends_are_kept_for_users(admin: AdminClient) -> None:
    rows = (await admin.friend_add("alice", NewFriend("bob", "Bobby", "Choir", "hi"), "nobody")).result_item
    assert [(row.to_account, row.result_code) for row in rows] == [("bob", 0), ("nobody", 30003)]
    await admin.friend_import("alice", [OldFriend("carol", "alto", 5, ["Choir"], "hi", 4)])
    await admin.friend_update("alice", "bob", {"Tag_SNS_IM_Remark": "Bob"})
    found = [row.to_account async for row in admin.friends("alice")]
    assert found == ["bob", "carol"]
    chosen = await admin.friend_get_list("alice", ["bob"], ["Tag_SNS_IM_Remark", "Tag_Profile_IM_Nick"])
    assert {item.value for item in chosen.info_item[0].sns_profile_item} >= {"Bob"}
    assert [row.info_account for row in (await admin.friend_get_all("alice")).info_item] == found
    checked = (await admin.friend_check("alice", "bob", "carol")).info_item
    assert [row.relation for row in checked] == ["CheckResult_Type_BothWay", "CheckResult_Type_AWithB"]
    await admin.friend_delete("alice", "bob", both=True)
    await admin.friend_delete_all("alice")
    assert (await admin.friend_get("alice")).friend_num == 0


async def test_groups_and_blocklists_are_kept_for_users(admin: AdminClient) -> None:
    await admin.friend_add("alice", "bob")
    await admin.add_friend_group("alice", "Choir", "bob")
    [group] = (await admin.get_friend_group("alice", "Choir")).result_item
    assert (group.group_name, group.to_account) == ("Choir", ["bob"])
    await admin.delete_friend_group("alice", "Choir")
    await admin.black_list_add("alice", "bob")
    [blocked] = (await admin.black_list_get("alice")).black_list_item
    assert blocked.to_account == "bob"
    [checked] = (await admin.black_list_check("bob", "alice")).black_list_check_item
    assert checked.relation == "BlackCheckResult_Type_BWithA"
    await admin.black_list_delete("alice", "bob")
    assert (await admin.black_list_get("alice")).black_list_item == []
