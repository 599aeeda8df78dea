import pytest

from tests.web.conftest import SDKS, Enter, Name


def test_pins_are_seen_on_every_device(enter: Enter, named: Name) -> None:
    phone, desk = enter(named("alice")), enter(named("alice"))
    enter(named("bob"))
    phone.send(named("bob"), "hi")
    desk.wait_text("hi")
    with_bob = "C2C" + named("bob")
    for is_pinned in (True, False):
        phone.run("pinConversation", {"conversationID": with_bob, "isPinned": is_pinned})
        desk.wait("CONVERSATION_LIST_UPDATED", {"conversationID": with_bob, "isPinned": is_pinned})
        for device in (phone, desk, enter(named("alice"))):
            assert device.conversations()[named("bob")]["isPinned"] is is_pinned


def test_deleted_conversation_is_gone_and_comes_back_with_a_message(enter: Enter, named: Name) -> None:
    alice, bob = enter(named("alice")), enter(named("bob"))
    alice.send(named("bob"), "old")
    bob.wait_text("old")
    bob.run("deleteConversation", "C2C" + named("alice"))
    for device in (bob, enter(named("bob"))):
        assert device.conversations() == {}
        assert device.run("getTotalUnreadMessageCount") == 0
    alice.send(named("bob"), "new")
    bob.wait_text("new")
    fresh = enter(named("bob"))
    assert fresh.conversations()[named("alice")]["unreadCount"] == 1
    assert [message["payload"]["text"] for message in fresh.history(named("alice"))["messageList"]] == ["new"]
    assert len(alice.history(named("bob"))["messageList"]) == 2


def test_cleared_history_leaves_the_conversation(enter: Enter, named: Name) -> None:
    alice = enter(named("alice"))
    enter(named("bob"))
    alice.send(named("bob"), "hi")
    alice.run("clearHistoryMessage", "C2C" + named("bob"))
    fresh = enter(named("alice"))
    assert list(fresh.conversations()) == [named("bob")]
    assert fresh.history(named("bob"))["messageList"] == []


def test_custom_data_of_a_conversation_is_seen_on_every_device(enter: Enter, named: Name) -> None:
    phone, desk = enter(named("alice")), enter(named("alice"))
    enter(named("bob"))
    phone.send(named("bob"), "hi")
    desk.wait_text("hi")
    with_bob = "C2C" + named("bob")
    done = phone.run("setConversationCustomData", {"conversationIDList": [with_bob], "customData": "vip"})
    assert done["successConversationIDList"] == [with_bob]
    desk.wait("CONVERSATION_LIST_UPDATED", {"conversationID": with_bob, "customData": "vip"})
    assert enter(named("alice")).conversations()[named("bob")]["customData"] == "vip"


def test_do_not_disturb_is_seen_on_every_device(enter: Enter, named: Name) -> None:
    phone, desk, bob = enter(named("alice")), enter(named("alice")), enter(named("bob"))
    bob.send(named("alice"), "hi")
    for device in (phone, desk):
        device.wait_text("hi")
    with_bob = "C2C" + named("bob")
    quiet = {"userIDList": [named("bob")], "messageRemindType": "AcceptNotNotify"}
    phone.run("setMessageRemindType", quiet)
    desk.wait("CONVERSATION_LIST_UPDATED", {"conversationID": with_bob, "messageRemindType": "AcceptNotNotify"})
    fresh = enter(named("alice"))
    fresh.wait("CONVERSATION_LIST_UPDATED", {"conversationID": with_bob, "messageRemindType": "AcceptNotNotify"})
    phone.run("setMessageRemindType", {**quiet, "messageRemindType": "Discard"})
    desk.wait("CONVERSATION_LIST_UPDATED", {"conversationID": with_bob, "messageRemindType": "Discard"})
    bob.send(named("alice"), "refused")
    phone.run("setMessageRemindType", {**quiet, "messageRemindType": "AcceptAndNotify"})
    bob.send(named("alice"), "welcome")
    desk.wait_text("welcome")
    texts = [message["payload"]["text"] for message in desk.history(named("bob"))["messageList"]]
    assert texts == ["hi", "welcome"]


@pytest.mark.parametrize("sdk", SDKS[:1])  # the older one has no such call
def test_quiet_time_is_seen_on_every_device(enter: Enter, named: Name) -> None:
    phone, desk = enter(named("alice")), enter(named("alice"))
    wish = {
        "messageRemindType": "AcceptNotNotify",
        "startHour": 0,
        "startMinute": 0,
        "startSecond": 0,
        "duration": 3600,
    }
    phone.run("setAllReceiveMessageOpt", wish)
    told = desk.wait("ALL_RECEIVE_MESSAGE_OPT_UPDATED", {"messageRemindType": "AcceptNotNotify"})
    assert told["endTime"] - told["startTime"] == 3600
    assert enter(named("alice")).run("getAllReceiveMessageOpt")["startTime"] == told["startTime"]
