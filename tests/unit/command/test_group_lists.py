"""Groups in lists of conversations: rows, pins, marks, deletion, clearing."""

from tests.support.clients import Json
from tests.support.stage import Stage
from tests.unit.command.test_group_history import SERVICE, code_of, make_group, recall, say, seen
from tidings.command.registry import Door
from tidings.domain.accounts import Account
from tidings.domain.events import ConversationsMarked, ConversationsPinned


async def rows(stage: Stage, by: Account, **fields: object) -> list[Json]:
    """Return an account's list."""
    found: list[Json] = (await stage.run(Door.SOCKET, "recentcontact/page_get", fields, by))["SessionItem"]
    return found


async def listed(stage: Stage, by: Account) -> list[tuple[int, str]]:
    """Return kinds and names of an account's list, as app servers page through it."""
    names = ("TimeStamp", "StartIndex", "TopTimeStamp", "TopStartIndex")
    body = {"From_Account": by.user_id, "AssistFlags": 15, **dict.fromkeys(names, 0)}
    found = await stage.run(Door.REST, "recentcontact/get_list", body)
    return [(row["Type"], row.get("GroupId") or row["To_Account"]) for row in found["SessionItem"]]


def contact(group: str) -> Json:
    """Return a group as requests name it."""
    return {"Type": 2, "ToGroupId": group}


async def test_a_group_stands_in_every_members_list_with_its_last_message(stage: Stage) -> None:
    group = await make_group(stage)
    assert await rows(stage, stage.them.bob) == []
    await say(stage, group, "hi")
    (row,) = await rows(stage, stage.them.bob)
    shown = {name: row[name] for name in ("Type", "ToAccount", "MsgSeq", "GroupNextMsgSeq", "MsgGroupFrom_Account")}
    assert shown == {"Type": 2, "ToAccount": group, "MsgSeq": 1, "GroupNextMsgSeq": 2, "MsgGroupFrom_Account": "alice"}
    await say(stage, group, "unlisted", SendMsgControl=["NoLastMsg"])
    await recall(stage, group, [1], stage.them.alice)
    (row,) = await rows(stage, stage.them.bob)
    assert (row["MsgSeq"], row["LastMsgFlags"]) == (1, 2)
    assert await rows(stage, stage.them.carol) == []


async def test_a_tip_is_shown_as_what_the_group_told(stage: Stage) -> None:
    group = await make_group(stage)
    body = {"GroupId": group, "MemberList": [{"Member_Account": "carol"}]}
    await stage.run(Door.REST, f"{SERVICE}/add_group_member", body)
    (row,) = await rows(stage, stage.them.carol)
    assert (row["LastMsg"]["Event"], row["LastMsg"]["GroupTips"]["MsgBody"]["OpType"]) == (4, 1)


async def test_a_later_call_has_only_what_changed_since(stage: Stage) -> None:
    one, other = await make_group(stage), await make_group(stage)
    await say(stage, one, "1")
    await say(stage, other, "1")
    first = await stage.run(Door.SOCKET, "recentcontact/page_get", {}, stage.them.bob)
    assert {row["ToAccount"] for row in first["SessionItem"]} == {one, other}
    await say(stage, one, "2")
    changed = await rows(stage, stage.them.bob, StartIndex=first["StartIndex"])
    assert [row["ToAccount"] for row in changed] == [one]


async def test_a_message_for_others_is_not_the_last_one(stage: Stage) -> None:
    group = await make_group(stage, members=("bob", "carol"))
    await say(stage, group, "all")
    await say(stage, group, "bob", To_Account=["bob"])
    assert [row["MsgSeq"] for row in await rows(stage, stage.them.bob)] == [2]
    assert [row["MsgSeq"] for row in await rows(stage, stage.them.carol)] == [1]


async def test_groups_are_pinned_and_marked_as_users_are(stage: Stage) -> None:
    group, bob = await make_group(stage), stage.them.bob
    await say(stage, group, "hi")
    await stage.run(Door.SOCKET, "recentcontact/top", {"OperationType": 1, "RecentContactItem": [contact(group)]}, bob)
    mark = {"OptType": 3, "ContactItem": contact(group), "SetMark": [0], "CustomMark": "x"}
    await stage.run(Door.SOCKET, "recentcontact/mark_contact", {"MarkItem": [mark]}, bob)
    (row,) = await rows(stage, bob)
    assert (row["TopFlags"], row["StandardMark"], row["CustomMark"]) == (1, "1", "x")
    pinned, marked = [event for _, event, _ in stage.delivery.events]
    assert isinstance(pinned, ConversationsPinned)
    assert isinstance(marked, ConversationsMarked)
    assert (pinned.peer_ids, pinned.groups, marked.marks[0].group) == ((), (group,), group)
    assert await listed(stage, bob) == [(2, group)]
    found = await stage.run(Door.SOCKET, "recentcontact/get_contact_group", {}, bob)
    assert [(each["Type"], each["ToGroupId"]) for each in found["ContactItem"]] == [(2, group)]
    await stage.run(Door.SOCKET, "recentcontact/top", {"OperationType": 2, "RecentContactItem": [contact(group)]}, bob)
    assert [row["TopFlags"] for row in await rows(stage, bob)] == [0]


async def test_a_group_of_conversations_takes_groups(stage: Stage) -> None:
    group, bob = await make_group(stage), stage.them.bob
    create = {"GroupContactItem": [{"GroupName": "work", "ContactItem": [contact(group), contact("@TGS#none")]}]}
    answer = await stage.run(Door.SOCKET, "recentcontact/create_contact_group", create, bob)
    assert [row["ResultCode"] for row in answer["GroupResultItem"][0]["ResultItem"]] == [0, 51007]
    move = {"ContactOptType": 2, "ContactItem": contact(group)}
    update = {"UpdateGroupType": 2, "OldGroupName": "work", "ContactUpdateItem": [move]}
    await stage.run(Door.SOCKET, "recentcontact/update_contact_group", {"UpdateType": 1, "UpdateGroup": update}, bob)
    created, changed = [event for _, event, _ in stage.delivery.events]
    assert (created.groups, changed.removed_groups) == ((group,), (group,))  # type: ignore[union-attr]


async def test_a_deleted_group_comes_back_with_the_next_message(stage: Stage) -> None:
    group, bob = await make_group(stage), stage.them.bob
    await say(stage, group, "1")
    item = {"Type": 2, "ToGroupid": group}
    answer = await stage.run(Door.SOCKET, "recentcontact/batch_delete", {"ContactItem": [item]}, bob)
    assert [(row["Type"], row["ResultCode"]) for row in answer["ResultItem"]] == [(2, 0)]
    assert await rows(stage, bob) == []
    assert await seen(stage, group, bob) == [(1, 0)]
    await say(stage, group, "2")
    (row,) = await rows(stage, bob)
    assert (row["MsgSeq"], row["UnreadMsgCount"]) == (2, 1)
    await stage.run(Door.SOCKET, "recentcontact/batch_delete", {"ContactItem": [item], "ClearRamble": 1}, bob)
    assert await seen(stage, group, bob) == [(2, 1), (1, 1)]
    assert await seen(stage, group, stage.them.alice) == [(2, 0), (1, 0)]


async def test_a_cleared_group_stays_in_the_list_and_is_empty(stage: Stage) -> None:
    group, bob = await make_group(stage), stage.them.bob
    await say(stage, group, "1")
    await stage.run(Door.SOCKET, "recentcontact/clear_msg", {"Type": 2, "ToGroupid": group}, bob)
    (row,) = await rows(stage, bob)
    assert (row["MsgSeq"], row["LastMsg"]["MsgBody"], row["UnreadMsgCount"]) == (0, [], 0)
    assert await seen(stage, group, bob) == [(1, 1)]


async def test_who_is_not_in_a_group_has_no_conversation_with_it(stage: Stage) -> None:
    group = await make_group(stage)
    body = {"OperationType": 1, "RecentContactItem": [contact(group)]}
    assert await code_of(stage.run(Door.SOCKET, "recentcontact/top", body, stage.them.carol)) == 50002
