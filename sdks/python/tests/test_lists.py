import pytest

from sdks.python.tests.support.scripted import Asked, Json, ScriptedServer
from tidings_client import Chat, QuietTime, ReceiveOption, TidingsError
from tidings_client.lists import PEERS_A_CALL

BOB = {"Type": 1, "To_Account": "bob"}


async def asked(server: ScriptedServer, command: str) -> Json:
    return (await server.asked_for(command)).body


async def test_pins_name_their_conversations(chat: Chat, server: ScriptedServer) -> None:
    await chat.pin("bob")
    await chat.unpin("bob")
    bodies = [each.body for each in server.all_of("recentcontact.top")]
    assert bodies == [{"OperationType": kind, "RecentContactItem": [BOB]} for kind in (1, 2)]


async def test_deletion_keeps_the_history_unless_asked(chat: Chat, server: ScriptedServer) -> None:
    await chat.delete_conversations("bob")
    await chat.delete_conversations("bob", with_history=True)
    bodies = [each.body for each in server.all_of("recentcontact.batch_delete")]
    assert [(body["ContactItem"], body["ClearRamble"]) for body in bodies] == [([BOB], 0), ([BOB], 1)]


async def test_history_is_cleared(chat: Chat, server: ScriptedServer) -> None:
    await chat.clear_history("bob")
    assert await asked(server, "recentcontact.clear_msg") == BOB


async def test_marks_and_custom_mark(chat: Chat, server: ScriptedServer) -> None:
    await chat.mark("bob", add=[0], remove=[1])
    await chat.set_custom_mark("", "bob")
    one, other = (each.body["MarkItem"] for each in server.all_of("recentcontact.mark_contact"))
    assert one == [{"OptType": 1, "ContactItem": BOB, "SetMark": [0], "ClearMark": [1]}]
    assert other == [{"OptType": 2, "ContactItem": BOB, "CustomMark": ""}]


async def test_the_first_failure_of_several_conversations_is_raised(chat: Chat, server: ScriptedServer) -> None:
    rows = [{"ResultCode": 0}, {"ResultCode": 51007, "ResultInfo": "gone"}]
    server.scripts["recentcontact.mark_contact"] = lambda _asked: {"ResultItem": rows}
    with pytest.raises(TidingsError) as caught:
        await chat.mark("bob", "carol", add=[0])
    assert (caught.value.code, caught.value.info) == (51007, "gone")


async def test_groups_are_gathered_from_all_pages(chat: Chat, server: ScriptedServer) -> None:
    groups = [{"GroupId": 4, "GroupName": "Work"}, {"GroupId": 5, "GroupName": "Home"}]

    def answer(asked: Asked) -> Json:
        start = asked.body["StartIndex"]
        row = {"Type": 1, "To_Account": f"u{start}", "ContactGroupId": [4]}
        complete = int(start == 7)
        return {"ContactItem": [row], "GroupItem": groups, "CompleteFlag": complete, "NextStartIndex": 7 - start}

    server.scripts["recentcontact.get_contact_group"] = answer
    assert await chat.conversation_groups() == {"Work": ("u0", "u7"), "Home": ()}


async def test_groups_are_created_changed_renamed_and_deleted(chat: Chat, server: ScriptedServer) -> None:
    server.scripts["recentcontact.update_contact_group"] = lambda _asked: {"UpdateGroupResult": {}}
    await chat.create_conversation_group("Work", "bob")
    await chat.change_conversation_group("Work", remove=["bob"])
    await chat.rename_conversation_group("Work", "Job")
    await chat.delete_conversation_group("Job")
    made = await asked(server, "recentcontact.create_contact_group")
    assert made == {"GroupContactItem": [{"GroupName": "Work", "ContactItem": [BOB]}]}
    changed, renamed = (each.body["UpdateGroup"] for each in server.all_of("recentcontact.update_contact_group"))
    assert changed["ContactUpdateItem"] == [{"ContactOptType": 2, "ContactItem": BOB}]
    assert (renamed["OldGroupName"], renamed["NewGroupName"]) == ("Work", "Job")
    assert await asked(server, "recentcontact.del_contact_group") == {"GroupName": ["Job"]}


async def test_options_are_set_in_portions(chat: Chat, server: ScriptedServer) -> None:
    failure = {"ErrorList": [{"Peer_Account": "u0", "ErrorCode": 20003}]}
    server.scripts["openim.set_c2c_peer_mute_notifications"] = lambda _asked: failure
    users = [f"u{number}" for number in range(PEERS_A_CALL + 1)]
    assert await chat.set_receive_option(ReceiveOption.QUIET, *users) == {"u0": 20003}
    bodies = [each.body for each in server.all_of("openim.set_c2c_peer_mute_notifications")]
    assert [(len(body["Peer_Account"]), body["Mute_Notifications"]) for body in bodies] == [(PEERS_A_CALL, 2), (1, 2)]


async def test_quiet_time_is_set_and_asked_for(chat: Chat, server: ScriptedServer) -> None:
    body = {"Level": 2, "StartTime": 10, "EndTime": 20, "IsRepeated": 1}
    server.scripts["im_msg_db_logic.ws_get_do_not_disturb"] = lambda _asked: body
    quiet = QuietTime(ReceiveOption.QUIET, 10, 20, is_repeated=True)
    await chat.set_quiet_time(quiet)
    assert await asked(server, "im_msg_db_logic.ws_set_do_not_disturb") == body
    assert await chat.quiet_time() == quiet
