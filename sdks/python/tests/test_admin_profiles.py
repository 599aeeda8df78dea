from sdks.python.tests.test_admin import admin, site
from tests.support.server import NOW, Site
from tidings_client import AdminClient, FollowType, ForbidType, Gender

__all__ = ["admin", "site"]  # fixtures


async def test_profiles_are_changed_and_read(admin: AdminClient, site: Site) -> None:
    await site.change(profile_fields="City:string:rw:rw")
    await admin.portrait_set("alice", {"nick": "Al", "level": 3, "custom": {"City": "Lyon"}})
    await admin.portrait_set("alice", {"gender": Gender.MALE, "forbid_type": ForbidType.SEND_OUT})
    found = await admin.portrait_get("alice", "nobody", custom=["City"])
    alice, nobody = found.user_profile_item
    assert {item.tag.rpartition("_")[2]: item.value for item in alice.profile_item} == {
        "Nick": "Al",
        "Gender": "Gender_Type_Male",
        "AdminForbidType": "AdminForbid_Type_SendOut",
        "Level": 3,
        "City": "Lyon",
    }
    assert (nobody.result_code, found.fail_account) == (40003, ["nobody"])
    (row,) = (await admin.portrait_get("alice", fields=["nick"])).user_profile_item
    assert [(item.tag, item.value) for item in row.profile_item] == [("Tag_Profile_IM_Nick", "Al")]


async def test_users_are_followed_listed_counted_and_left(admin: AdminClient) -> None:
    assert [row.result_code for row in (await admin.follow_add("alice", "bob", "nobody")).result_item] == [0, 30003]
    await admin.follow_add("bob", "alice")
    found = await admin.follow_check("alice", "bob", "carol")
    assert [row.follow_type for row in found.result_item] == [FollowType.MUTUAL, FollowType.NONE]
    (row,) = (await admin.follow_get_info("alice")).follow_info
    assert (row.follower_count, row.following_count, row.mutual_following_count) == (1, 1, 1)
    page = await admin.follow_get("alice", FollowType.MUTUAL)
    assert [(each.to_account, each.follow_time) for each in page.follow_item] == [("bob", NOW)]
    assert [each.to_account async for each in admin.follows("alice", FollowType.FOLLOWER)] == ["bob"]
    await admin.follow_delete("alice", "bob")
    assert [each async for each in admin.follows("alice", FollowType.FOLLOWED)] == []
