from sdks.python.tests.test_admin import admin, site
from tidings_client import AdminClient

__all__ = ["admin", "site"]  # fixtures


async def test_a_list_is_read_pinned_and_deleted_from(admin: AdminClient) -> None:
    for peer in ("bob", "carol"):
        await admin.sendmsg(peer, "hi", sender="alice")
    await admin.top("alice", "bob")
    found = [(row.to_account, row.top_flag) async for row in admin.conversations("alice")]
    assert found == [("bob", 1), ("carol", 0)]
    await admin.top("alice", "bob", is_pinned=False)
    await admin.delete("alice", "bob", with_history=True)
    assert [(row.to_account, row.top_flag) async for row in admin.conversations("alice")] == [("carol", 0)]
    assert (await admin.admin_getroammsg("alice", "bob")).msg_list == []


async def test_conversations_are_marked_and_grouped(admin: AdminClient) -> None:
    await admin.mark_contact("alice", ["bob"], add=[1], custom="vip")
    await admin.create_contact_group("alice", "Work", "bob")
    await admin.update_contact_group("alice", "Work", add=["carol"], remove=["bob"])
    renamed = await admin.update_contact_group("alice", "Work", new_name="Job")
    assert renamed.update_group_result["GroupName"] == "Job"
    found = await admin.search_contact_group("alice", "bob", "carol")
    rows = [
        (row.to_account, row.standard_mark, row.custom_mark, len(row.contact_group_id))
        for row in found.contact_result_item
    ]
    assert rows == [("bob", "1", "vip", 0), ("carol", "", "", 1)]
    await admin.del_contact_group("alice", "Job")
    left = await admin.get_contact_group("alice")
    assert ([row.to_account for row in left.contact_item], left.group_item, left.complete_flag) == (["bob"], [], 1)
