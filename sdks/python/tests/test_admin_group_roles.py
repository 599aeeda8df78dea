"""Roles, owners and mutes as an app server sets them, against the whole server."""

from tests.support.server import ADMIN, running_server
from tidings_client import AdminClient
from tidings_client.admin_group_roles import FOR_EVER


async def test_what_members_are_is_changed_and_read() -> None:
    async with (
        running_server() as site,
        AdminClient(f"http://{site.address}", site.app, ADMIN, site.usersig(ADMIN)) as admin,
    ):
        for name in ("alice", "bob", "carol"):
            await site.login(name)
        await site.change(member_fields="desk:members:own")
        await admin.create_group("Public", "team", ["bob", "carol"], owner="alice", group_id="team")
        await admin.modify_group_member_info(
            "team", "bob", role="Admin", receive="Discard", name_card="B", custom={"desk": "7"}, mute_seconds=60
        )
        (row,) = (await admin.get_specified_group_member_info("team", "bob", "nobody")).member_list
        assert (row.role, row.msg_flag, row.name_card) == ("Admin", "Discard", "B")
        assert [(each.key, each.value) for each in row.app_member_defined_data] == [("desk", "7")]
        only = await admin.get_specified_group_member_info("team", "bob", "carol", roles=["Member"], fields=["Role"])
        assert [each.member_account for each in only.member_list] == ["carol"]
        await admin.change_group_owner("team", "carol", operator="alice")
        roles = (await admin.get_role_in_group("team", "alice", "carol", "nobody")).user_id_list
        assert [each.role for each in roles] == ["Member", "Owner", "NotMember"]
        await admin.forbid_send_msg("team", "alice", seconds=FOR_EVER)
        muted = (await admin.get_group_muted_account("team")).muted_account_list
        assert [each.member_account for each in muted] == ["bob", "alice"]
        await admin.forbid_send_msg("team", "bob", seconds=0)
        (last,) = (await admin.get_group_shutted_uin("team")).shutted_uin_list
        assert (last.member_account, last.shutted_until) == ("alice", FOR_EVER)
