"""Topics and permission groups as an app server keeps them, against the whole server."""

from collections.abc import AsyncIterator

import pytest

from tests.support.server import ADMIN, running_server
from tidings_client import AdminClient, TidingsError

COMMUNITY, WARDENS = "@TGS#_hikers", "@PMG#_wardens"
GEAR, ROUTES = f"{COMMUNITY}@TOPIC#_gear", f"{COMMUNITY}@TOPIC#_routes"


@pytest.fixture
async def admin() -> AsyncIterator[AdminClient]:
    async with (
        running_server() as site,
        AdminClient(f"http://{site.address}", site.app, ADMIN, site.usersig(ADMIN)) as admin,
    ):
        await admin.create_group(
            "Community", "hikers", ["bob"], owner="alice", group_id=COMMUNITY, has_topics=True, has_permissions=True
        )
        yield admin


async def test_topics_are_made_changed_shown_and_ended(admin: AdminClient) -> None:
    await admin.create_topic(COMMUNITY, "gear", topic_id=GEAR, creator="alice", custom="c", default_permission=8)
    old = await admin.import_topic(COMMUNITY, "routes", topic_id=ROUTES, created_at=1_600_000_000)
    assert old.topic_id == ROUTES
    await admin.modify_topic(COMMUNITY, GEAR, name="Gear", is_muted=True, introduction="what we carry")
    first, second = (await admin.get_topic(COMMUNITY, "bob")).topic_and_self_info
    assert (first.topic_info["TopicName"], first.topic_info["MuteAllMember"]) == ("Gear", "On")
    assert (first.topic_info["CustomString"], second.topic_info["CreateTime"]) == ("c", 1_600_000_000)
    ended = (await admin.destroy_topic(COMMUNITY, GEAR, GEAR + "x")).destroy_result_item
    assert [row.error_code for row in ended] == [0, 110003]
    (row,) = (await admin.get_topic(COMMUNITY, "bob", GEAR)).topic_and_self_info
    assert row.error_code == 110003


async def test_permission_groups_are_made_changed_shown_and_ended(admin: AdminClient) -> None:
    await admin.create_topic(COMMUNITY, "gear", topic_id=GEAR)
    await admin.create_permission_group(COMMUNITY, "wardens", 34, permission_id=WARDENS, custom="c")
    await admin.modify_permission_group(COMMUNITY, WARDENS, permission=2)
    (group,) = (await admin.get_permission_group(COMMUNITY)).permission_group_info_list
    assert (group.permission_group_name, group.permission, group.custom_string) == ("wardens", 2, "c")
    added = (await admin.add_permission_group_member(COMMUNITY, WARDENS, "bob", "carol")).member_list
    assert [(row.member_account, row.result) for row in added] == [("bob", 1), ("carol", 0)]
    members = [row.member_account async for row in admin.permission_group_members(COMMUNITY, WARDENS)]
    assert members == ["bob"]
    await admin.add_topic_permission_group(COMMUNITY, WARDENS, {GEAR: 4})
    await admin.set_topic_permission_group(COMMUNITY, WARDENS, {GEAR: 12})
    (topic,) = (await admin.get_topic_permission_group(COMMUNITY, WARDENS)).topic_permission_result_list
    assert (topic.topic_id, topic.permission) == (GEAR, 12)
    gone = await admin.delete_topic_permission_group(COMMUNITY, WARDENS, GEAR)
    assert [row.error_code for row in gone.topic_permission_result_list] == [0]
    await admin.delete_permission_group_member(COMMUNITY, WARDENS, "bob")
    ended = (await admin.destroy_permission_group(COMMUNITY, WARDENS)).permission_group_result_list
    assert [row.error_code for row in ended] == [0]
    with pytest.raises(TidingsError) as refused:
        await admin.modify_permission_group(COMMUNITY, WARDENS, name="x")
    assert refused.value.code == 110008
