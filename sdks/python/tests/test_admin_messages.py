"""Messages that are stored, as an app server changes them, against the whole server."""

from collections.abc import AsyncIterator

import pytest

from tests.flow.test_python_sdk import enter
from tests.support.server import ADMIN, Site, running_server
from tidings_client import AdminClient


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with running_server() as site:
        yield site


async def test_a_message_is_changed_extended_receipted_and_deleted(site: Site) -> None:
    async with (
        AdminClient(f"http://{site.address}", site.app, ADMIN, site.usersig(ADMIN)) as admin,
        enter(site, "alice") as alice,
    ):
        sent = await alice.send("bob", "one", takes_extensions=True, need_receipt=True)
        await admin.modify_c2c_msg("alice", "bob", sent.key, "two", custom_data="x")
        await admin.c2c_msg_read_receipt("bob", "alice", sent.key)
        [[found]] = [page async for page in alice.history("bob")]
        assert (found.text, found.custom_data, found.has_receipt) == ("two", "x", True)
        await admin.set_key_values("alice", "bob", sent.key, {str(n): "v" for n in range(20)})
        await admin.set_key_values("alice", "bob", sent.key, {"0": ""})
        assert len([pair async for pair in admin.key_values("alice", "bob", sent.key)]) == 19
        await admin.clear_key_values("alice", "bob", sent.key)
        assert [pair async for pair in admin.key_values("alice", "bob", sent.key)] == []
        await admin.delete_c2c_msg_ramble("alice", "bob", sent.key)
        assert [page async for page in alice.history("bob")] == []
