"""Profiles of groups and imports, as an app server asks for them, against the whole server."""

from collections.abc import AsyncIterator

import pytest

from tests.support.server import ADMIN, NOW, Site, running_server
from tidings_client import AdminClient, OldGroupMessage, OldMember, Text, TidingsError


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with running_server() as site:
        await site.change(group_fields="level:anyone:admins", rest_calls=100_000)
        yield site


@pytest.fixture
async def admin(site: Site) -> AsyncIterator[AdminClient]:
    async with AdminClient(f"http://{site.address}", site.app, ADMIN, site.usersig(ADMIN)) as admin:
        yield admin


async def test_a_profile_is_changed_field_by_field(admin: AdminClient) -> None:
    await admin.create_group("Public", "team", owner="alice", group_id="team", custom={"level": "1"})
    await admin.modify_group_base_info(
        "team", name="crew", introduction="hi", is_muted=True, custom={"level": "2"}, by="alice", shows_past=True
    )
    await admin.modify_group_base_info("team", max_members=7, apply_option="FreeAccess")
    [group] = (await admin.get_group_info("team")).group_info
    assert (group.name, group.introduction, group.mute_all_member) == ("crew", "hi", "On")
    assert (group.max_member_num, group.apply_join_option) == (7, "FreeAccess")
    assert [(each.key, each.value) for each in group.app_defined_data] == [("level", "2")]
    with pytest.raises(TidingsError) as refused:
        await admin.modify_group_base_info("team", custom={"other": "x"})
    assert refused.value.code == 10004


async def test_a_communitys_permissions_are_switched(admin: AdminClient) -> None:
    await admin.create_group("Community", "hikers", owner="alice", group_id="@TGS#_hikers", has_topics=True)
    await admin.modify_group_base_info("@TGS#_hikers", has_permissions=True, default_permission=64)
    [group] = (await admin.get_group_info("@TGS#_hikers")).group_info
    assert (group.enable_permission, group.default_permission) == (1, 64)


async def test_all_groups_are_gone_through(admin: AdminClient) -> None:
    for name in ("one", "two"):
        await admin.create_group("Public", name, group_id=name)
    assert [name async for name in admin.all_groups(kind="Public")] == ["one", "two"]


async def test_a_group_is_brought_over(admin: AdminClient) -> None:
    made = await admin.import_group("Public", "old", created_at=NOW - 100, owner="alice", custom={"level": "1"})
    await admin.import_group_msg(made.group_id, [OldGroupMessage("alice", NOW - 50, [Text("hello")])])
    rows = await admin.import_group_member(
        made.group_id, OldMember("bob", joined_at=NOW - 90, unread=1), OldMember("nobody"), OldMember("alice")
    )
    assert [(row.member_account, row.result) for row in rows.member_list] == [("bob", 1), ("nobody", 0), ("alice", 2)]
    [group] = (await admin.get_group_info(made.group_id)).group_info
    assert (group.create_time, group.member_num, group.next_msg_seq) == (NOW - 100, 2, 2)
