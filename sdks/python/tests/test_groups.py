"""What a user does with groups in the list of conversations, against a real server."""

import inspect

from sdks.python.tests.support.real import heard, set_scene, told
from tidings_client import (
    ConversationChanged,
    ConversationGroupChanged,
    ConversationMarked,
    ConversationsDeleted,
    ConversationsPinned,
    Groups,
    GroupTipReceived,
    HistoryCleared,
)


def test_every_method_says_what_it_does() -> None:
    named = [(name, each) for name, each in inspect.getmembers(Groups) if not name.startswith("_")]
    assert [name for name, each in named if not inspect.getdoc(each)] == []


async def test_groups_are_pinned_marked_and_deleted_in_the_list_of_all_devices() -> None:
    async with set_scene() as scene, scene.enter("bob", device="ipad") as tablet:
        group = scene.group
        await scene.site.change(sync_deletions=True)
        await scene.alice.groups.send(group, "hi")
        await heard(scene.bob)
        await scene.bob.groups.pin(group)
        await scene.bob.groups.mark(group, add=[0])
        await scene.bob.groups.set_custom_mark("vip", group)
        await scene.bob.create_conversation_group("Work", "alice")
        await scene.bob.groups.change_conversation_group("Work", add=[group])
        (row,) = [each for each in await scene.bob.conversations() if each.group]
        assert (row.is_pinned, row.marks, row.custom_mark, row.groups) == (True, 1, "vip", ("Work",))
        assert await scene.bob.conversation_groups() == {"Work": ("alice", group)}
        await scene.bob.groups.unpin(group)
        await scene.bob.groups.clear_history(group)
        await scene.bob.groups.delete_conversations(group)
        assert [each.group for each in await scene.bob.conversations() if each.group] == []
        assert [(each.groups, each.is_pinned) for each in await told(tablet, ConversationsPinned, 2)] == [
            ((group,), True),
            ((group,), False),
        ]
        assert [each.group for each in await told(tablet, ConversationMarked, 2)] == [group, group]
        assert [each.added_groups for each in await told(tablet, ConversationGroupChanged, 2)] == [(), (group,)]
        assert [each.group for each in await told(tablet, HistoryCleared)] == [group]
        assert [each.groups for each in await told(tablet, ConversationsDeleted)] == [(group,)]
        assert (await told(tablet, ConversationChanged))[0] == ConversationChanged(None, group)


async def test_tip_stands_in_the_list_as_what_was_told_last() -> None:
    async with set_scene() as scene:
        await scene.alice.groups.remove_members(scene.group, "carol")
        await told(scene.bob, GroupTipReceived)
        (row,) = await scene.bob.conversations()
        assert row.last_tip is not None
        assert (row.last_tip.users, row.last_seq, row.read_seq) == (("carol",), 1, 0)
