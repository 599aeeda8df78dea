"""Live rooms as an app server leads them, against the whole server."""

from tests.support.server import ADMIN, running_server
from tidings_client import AdminClient


async def test_robots_marks_and_admins_are_set_and_seen() -> None:
    async with (
        running_server() as site,
        AdminClient(f"http://{site.address}", site.app, ADMIN, site.usersig(ADMIN)) as admin,
    ):
        await admin.create_group("AVChatRoom", "show", group_id="show")
        bob = await site.login("bob")
        await bob.call("group_open_http_svc.apply_join_group", {"GroupId": "show"})
        await admin.add_robots("show", "carol")
        assert (await admin.get_online_member_num("show")).online_member_num == 2
        page = await admin.get_live_members("show")
        assert ([row.member_account for row in page.member_list], page.next_timestamp) == (["carol", "bob"], 0)
        assert (await admin.check_live_members("show", "alice", "bob")).member_account == ["bob"]
        done = await admin.set_live_marks("show", {"bob": [1000], "alice": [1000]})
        assert [row.member_account for row in done.member_list] == ["bob"]
        marked = await admin.get_live_members("show", mark=1000)
        assert [row.member_account for row in marked.member_list] == ["bob"]
        await admin.delete_live_marks("show", {"bob": [1000]})
        assert (await admin.get_live_members("show", mark=1000)).member_list == []
        await admin.delete_robots("show", "carol")
        assert (await admin.get_online_member_num("show")).online_member_num == 1
        await admin.add_live_admins("show", "alice", "bob")
        await admin.delete_live_admins("show", "bob")
        assert [row.admin_account for row in (await admin.get_live_admin_list("show")).admin_list] == ["alice"]
