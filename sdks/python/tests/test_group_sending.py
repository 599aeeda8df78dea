"""Messages of groups are sent, changed, read and pinned, against a real server."""

import pytest

from sdks.python.tests.support.real import heard, set_scene, texts, told
from tidings_client import (
    EVERYBODY,
    Custom,
    GroupMessageModified,
    GroupMessagePinned,
    GroupMessageRecalled,
    GroupReadElsewhere,
    GroupReceipts,
    Pin,
    TidingsError,
)


async def test_message_arrives_with_all_that_was_said_of_it() -> None:
    async with set_scene() as scene:
        sent = await scene.alice.groups.send(
            scene.group, [Custom(data="x")], mentions=["bob", EVERYBODY], custom_data="c", priority="High"
        )
        (got,) = await heard(scene.bob)
        assert (got.id, got.seq, got.time, got.random) == (sent.id, sent.seq, sent.time, sent.random)
        assert (got.group, got.sender, got.mentions, got.custom_data) == (scene.group, "alice", ("bob", ""), "c")
        assert (got.elements, got.is_own, got.group_type) == (sent.elements, False, "Public")
        async with scene.enter("alice", device="ipad") as tablet:
            await scene.bob.groups.send(scene.group, "hi")
            assert texts([*await heard(scene.alice), *await heard(tablet)]) == ["hi", "hi"]


async def test_message_for_some_reaches_only_them_and_leaves_no_hole() -> None:
    async with set_scene() as scene, scene.enter("carol") as carol:
        await scene.alice.groups.send(scene.group, "for carol", targets=["carol"])
        await scene.alice.groups.send(scene.group, "for all")
        assert texts(await heard(scene.bob)) == ["for all"]
        assert texts(await heard(carol, 2)) == ["for carol", "for all"]


async def test_online_only_message_is_told_and_not_kept() -> None:
    async with set_scene() as scene:
        sent = await scene.alice.groups.send(scene.group, "typing", online_only=True)
        (got,) = await heard(scene.bob)
        assert (got.text, got.is_online_only, got.is_kept, sent.is_kept) == ("typing", True, False, False)
        assert [page async for page in scene.bob.groups.history(scene.group)] == []


async def test_draft_sent_twice_is_one_message() -> None:
    async with set_scene() as scene:
        draft = scene.alice.groups.draft(scene.group, "once")
        one, two = await scene.alice.groups.send_draft(draft), await scene.alice.groups.send_draft(draft)
        assert one == two
        await scene.alice.groups.send(scene.group, "then")
        assert texts(await heard(scene.bob, 2)) == ["once", "then"]


async def test_history_goes_back_page_by_page() -> None:
    async with set_scene() as scene:
        for number in range(5):
            await scene.alice.groups.send(scene.group, str(number))
        pages = [texts(page) async for page in scene.bob.groups.history(scene.group, 2)]
        assert pages == [["3", "4"], ["1", "2"], ["0"]]


async def test_messages_are_changed_and_taken_back_for_all() -> None:
    async with set_scene() as scene:
        sent = await scene.bob.groups.send(scene.group, "helo")
        better = await scene.bob.groups.modify(sent, "hello", custom_data="c")
        (changed,) = await told(scene.alice, GroupMessageModified)
        assert (changed.seq, changed.version, changed.custom_data) == (sent.seq, better.version, "c")
        assert changed.elements == better.elements
        with pytest.raises(TidingsError) as caught:
            await scene.bob.groups.modify(sent, "too late")
        assert caught.value.code == 20027
        await scene.alice.groups.recall(better, "rude")
        (recalled,) = await told(scene.bob, GroupMessageRecalled)
        assert (recalled.seq, recalled.by, recalled.reason) == (sent.seq, "alice", "rude")
        ((message,),) = [page async for page in scene.bob.groups.history(scene.group)]
        assert (message.is_recalled, message.recalled_by) == (True, "alice")


async def test_own_recall_is_no_news_and_a_refused_one_is_raised() -> None:
    async with set_scene() as scene:
        own = await scene.bob.groups.send(scene.group, "mine")
        other = await scene.alice.groups.send(scene.group, "hers")
        with pytest.raises(TidingsError):
            await scene.bob.groups.recall(other)
        assert await scene.bob.groups.recall_all([own, other]) != {}
        await scene.alice.groups.recall(other)
        assert [each.seq for each in await told(scene.bob, GroupMessageRecalled)] == [other.seq]


async def test_messages_are_deleted_from_the_own_view_only() -> None:
    async with set_scene() as scene:
        sent = await scene.alice.groups.send(scene.group, "away")
        await scene.bob.groups.delete(sent)
        assert [page async for page in scene.bob.groups.history(scene.group)] == []
        assert [texts(page) async for page in scene.alice.groups.history(scene.group)] == [["away"]]


async def test_reading_is_told_to_other_devices_and_shows_in_the_list() -> None:
    async with set_scene() as scene, scene.enter("bob", device="ipad") as tablet:
        for text in ("one", "two", "three"):
            sent = await scene.alice.groups.send(scene.group, text)
        (row,) = await scene.bob.conversations()
        assert (row.group, row.unread, row.last_text, row.last_sender) == (scene.group, 3, "three", "alice")
        await scene.bob.groups.mark_read(scene.group, sent.seq - 1)
        (read,) = await told(tablet, GroupReadElsewhere)
        assert (read.group, read.seq) == (scene.group, sent.seq - 1)
        assert [each.unread for each in await scene.bob.conversations()] == [1]
        await scene.bob.groups.mark_read(scene.group)
        assert [each.unread for each in await scene.bob.conversations()] == [0]


async def test_receipts_say_who_has_read() -> None:
    async with set_scene() as scene:
        sent = await scene.alice.groups.send(scene.group, "read me", wants_receipt=True)
        plain = await scene.alice.groups.send(scene.group, "or not")
        (got, _) = await heard(scene.bob, 2)
        assert got.wants_receipt
        await scene.bob.groups.send_receipt(got)
        (receipts,) = await told(scene.alice, GroupReceipts)
        assert [(each.seq, each.read, each.unread) for each in receipts.receipts] == [(sent.seq, 1, 1)]
        assert await scene.alice.groups.receipts(scene.group, sent.seq, plain.seq) == list(receipts.receipts)
        assert [page async for page in scene.alice.groups.readers(sent)] == [["bob"]]
        assert [page async for page in scene.alice.groups.readers(sent, have_read=False)] == [["carol"]]


async def test_messages_are_pinned_for_everybody() -> None:
    async with set_scene() as scene:
        sent = await scene.alice.groups.send(scene.group, "rules")
        await scene.alice.groups.pin_message(sent)
        assert await scene.bob.groups.pinned_messages(scene.group) == [Pin(sent.seq, "alice")]
        await scene.alice.groups.unpin_message(scene.group, sent.seq)
        pinned = await told(scene.bob, GroupMessagePinned, 2)
        assert [(each.seq, each.by, each.is_pinned) for each in pinned] == [(1, "alice", True), (1, "alice", False)]
        assert await scene.bob.groups.pinned_messages(scene.group) == []
