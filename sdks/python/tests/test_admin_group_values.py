"""Attributes and counters as an app server keeps them, against the whole server."""

import pytest

from tests.support.server import ADMIN, running_server
from tidings_client import AdminClient, TidingsError


async def test_attributes_and_counters_are_written_and_read() -> None:
    async with (
        running_server() as site,
        AdminClient(f"http://{site.address}", site.app, ADMIN, site.usersig(ADMIN)) as admin,
    ):
        await admin.create_group("AVChatRoom", "live", group_id="live")
        await admin.set_group_attr("live", {"seat1": "bob", "seat2": ""})
        await admin.modify_group_attr("live", {"seat2": "carol"})
        await admin.delete_group_attr("live", "seat1")
        rows = (await admin.get_group_attr("live")).group_attr_ary
        assert [(row.key, row.value) for row in rows] == [("seat2", "carol")]
        with pytest.raises(TidingsError) as missing:
            await admin.delete_group_attr("live", "seat1")
        assert missing.value.code == 10050
        await admin.clear_group_attr("live")
        await admin.update_group_counter("live", {"likes": 3, "views": 9})
        answer = await admin.update_group_counter("live", {"likes": 1}, "Increase")
        assert [(row.key, row.value) for row in answer.group_counter] == [("likes", 4)]
        await admin.delete_group_counter("live", "views")
        assert [row.key for row in (await admin.get_group_counter("live")).group_counter] == ["likes"]
