"""Messages of groups as an app server handles them, against the whole server."""

from collections.abc import AsyncIterator

import pytest

from tests.support.server import ADMIN, NOW, Site, running_server
from tidings_client import AdminClient, Chunk, OldGroupMessage


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with running_server() as site:
        yield site


@pytest.fixture
async def admin(site: Site) -> AsyncIterator[AdminClient]:
    async with AdminClient(f"http://{site.address}", site.app, ADMIN, site.usersig(ADMIN)) as admin:
        await admin.create_group("Public", "team", ["bob", "carol"], owner="alice", group_id="team")
        yield admin


async def test_messages_are_sent_repeated_changed_and_taken_back(admin: AdminClient) -> None:
    first = await admin.send_group_msg("team", "one", sender="alice", random=7, mentions=["bob", ""], extensible=True)
    again = await admin.send_group_msg("team", "one", sender="alice", random=7)
    assert first.msg_seq == again.msg_seq == 1
    await admin.send_group_msg("team", "two", sender="bob", priority="High", no_unread=True, custom_data="x")
    await admin.modify_group_msg("team", 2, "zwei")
    rows = (await admin.group_msg_recall("team", 1, 99, reason="wrong")).recall_ret_list
    assert [(row.msg_seq, row.ret_code) for row in rows] == [(1, 0), (99, 10030)]
    history = [row async for row in admin.group_history("team")]
    assert [row.msg_seq for row in history] == [2, 1]
    assert history[0].msg_body[0].content == {"Text": "zwei"}
    await admin.delete_group_msg_by_sender("team", "bob")
    await admin.clear_group_msg("team")


async def test_receipts_pins_and_unread_numbers(admin: AdminClient) -> None:
    await admin.send_group_msg("team", "read me", sender="alice", wants_receipt=True)
    await admin.group_msg_receipt("team", "bob", 1)
    [counts] = (await admin.get_group_msg_receipt("team", 1)).group_msg_receipt_list
    assert (counts.read_num, counts.unread_num) == (1, 1)
    detail = await admin.get_group_msg_receipt_detail("team", 1, has_read=False)
    assert [row.unread_account for row in detail.unread_list] == ["carol"]
    await admin.pin_message("team", 1, "alice")
    assert [row.msg_seq for row in (await admin.get_pinned_messages("team")).pinned_msg_list] == [1]
    await admin.unpin_message("team", 1)
    await admin.set_unread_msg_num("team", "bob", 1)


async def test_older_messages_are_imported_and_notices_told(admin: AdminClient) -> None:
    await admin.create_group("Public", "old", owner="alice", group_id="old")
    answer = await admin.import_group_msg("old", [OldGroupMessage("alice", NOW - 100, "hello")])
    assert [row.result for row in answer.import_msg_result] == [10004]
    await admin.send_group_system_notification("team", "hello", "bob")
    await admin.send_broadcast_msg("to all", sender="alice")


async def test_messages_grow_and_carry_extensions(admin: AdminClient) -> None:
    begun = await admin.send_group_stream_msg("team", Chunk(markdown="He", index=1), "bob")
    last = Chunk(markdown="llo", index=2, is_last=True)
    again = await admin.send_group_stream_msg("team", last, stream_id=begun.stream_msg_id)
    assert (begun.msg_seq, again.msg_seq) == (1, 1)
    seq = (await admin.send_group_msg("team", "vote", sender="alice", extensible=True)).msg_seq
    answer = await admin.group_set_key_values("team", seq, {"A": "1", "B": "2"})
    assert [row.error_code for row in answer.extension_list] == [0, 0]
    page = await admin.group_get_key_values("team", seq, 2)
    assert [(row.key, row.value) for row in page.extension_list] == [("B", "2")]
    history = [row async for row in admin.group_history("team")]
    assert history[1].msg_body[0].content["Chunks"][0]["Markdown"] == "Hello"
