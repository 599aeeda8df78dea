"""The Python SDK's list of conversations against the whole server, on two devices."""

import asyncio
from dataclasses import replace

from tests.flow.test_python_sdk import enter
from tests.support.clients import PATIENCE_S
from tests.support.server import NOW, Site
from tidings_client import (
    ConversationGroupChanged,
    ConversationMarked,
    ConversationsDeleted,
    ConversationsPinned,
    HistoryCleared,
    QuietTime,
    QuietTimeChanged,
    ReceiveOption,
    ReceiveOptionChanged,
)

KINDS = (
    ConversationGroupChanged,
    ConversationMarked,
    ConversationsDeleted,
    ConversationsPinned,
    HistoryCleared,
    QuietTimeChanged,
    ReceiveOptionChanged,
)


async def test_what_one_device_does_with_the_list_the_other_is_told(site: Site) -> None:
    await site.change(sync_deletions=True)
    quiet = QuietTime(ReceiveOption.QUIET, NOW, NOW + 60, is_repeated=True)
    async with enter(site, "alice") as phone, enter(site, "alice", device="android") as desk:
        stream = desk.events(*KINDS)
        await phone.send("bob", "hi")
        await phone.send("carol", "hi")
        await phone.pin("bob")
        await phone.mark("bob", add=[0, 63])
        await phone.set_custom_mark("vip", "bob")
        await phone.create_conversation_group("Work", "bob", "carol")
        await phone.change_conversation_group("Work", remove=["carol"])
        await phone.rename_conversation_group("Work", "Job")
        assert await phone.set_receive_option(ReceiveOption.QUIET, "bob", "nobody") == {"nobody": 20003}
        await phone.set_quiet_time(quiet)
        bob, carol = await desk.conversations()
        assert (bob.peer, bob.is_pinned, bob.custom_mark, bob.groups) == ("bob", True, "vip", ("Job",))
        assert (bob.marks, bob.option, carol.marks, carol.groups) == (1 << 63 | 1, ReceiveOption.QUIET, 0, ())
        assert await desk.conversation_groups() == {"Job": ("bob",)}
        assert await desk.quiet_time() == quiet
        await phone.delete_conversation_group("Job")
        await phone.clear_history("bob")
        await phone.unpin("bob")
        await phone.delete_conversations("bob", "carol", with_history=True)
        assert await phone.conversations() == []
        assert [page async for page in phone.history("carol")] == []
        expected = [
            ConversationsPinned(("bob",), is_pinned=True),
            ConversationMarked("bob", 1 << 63 | 1, None),
            ConversationMarked("bob", None, "vip"),
            ConversationGroupChanged("Work", "", ("bob", "carol")),
            ConversationGroupChanged("Work", "Work", (), ("carol",)),
            ConversationGroupChanged("Job", "Work"),
            ReceiveOptionChanged("bob", ReceiveOption.QUIET),
            QuietTimeChanged(quiet),
            ConversationGroupChanged("", "Job"),
            HistoryCleared("bob"),
            ConversationsPinned(("bob",), is_pinned=False),
            ConversationsDeleted(("bob", "carol"), with_history=True),
        ]
        async with asyncio.timeout(PATIENCE_S):
            found = [await anext(stream) for _ in expected]
    told = [replace_position(event) for event in found]
    assert told == expected


def replace_position(event: object) -> object:
    """Return an event as if it stood nowhere in the log."""
    return replace(event, position=0)  # type: ignore[type-var]
