from tests.web.conftest import Enter, Name


def test_reading_is_seen_by_the_sender_and_by_own_devices(enter: Enter, named: Name) -> None:
    alice, phone, desk = enter(named("alice")), enter(named("bob")), enter(named("bob"))
    sent = alice.send(named("bob"), "read me")
    for device in (phone, desk):
        device.wait_text("read me")
        device.wait("CONVERSATION_LIST_UPDATED", {"unreadCount": 1})
        device.forget()
    phone.run("setMessageRead", {"conversationID": "C2C" + named("alice")})
    assert alice.wait("MESSAGE_READ_BY_PEER", {"ID": sent["ID"]})["isPeerRead"] is True
    desk.wait("CONVERSATION_LIST_UPDATED", {"unreadCount": 0})
    for device in (phone, desk, enter(named("bob"))):
        assert device.conversations()[named("alice")]["unreadCount"] == 0
        assert device.run("getTotalUnreadMessageCount") == 0


def test_fresh_device_knows_how_far_the_other_side_has_read(enter: Enter, named: Name) -> None:
    alice, bob = enter(named("alice")), enter(named("bob"))
    sent = alice.send(named("bob"), "read me")
    bob.wait_text("read me")
    bob.run("setMessageRead", {"conversationID": "C2C" + named("alice")})
    alice.wait("MESSAGE_READ_BY_PEER", {"ID": sent["ID"]})
    fresh = enter(named("alice"))
    assert fresh.conversations()[named("bob")]["peerReadTime"] >= sent["time"]
    assert [message["isPeerRead"] for message in fresh.history(named("bob"))["messageList"]] == [True]


def test_all_is_read_at_once(enter: Enter, named: Name) -> None:
    alice, carol = enter(named("alice")), enter(named("carol"))
    phone, desk = enter(named("bob")), enter(named("bob"))
    alice.send(named("bob"), "one")
    carol.send(named("bob"), "two")
    for device in (phone, desk):
        device.wait("TOTAL_UNREAD_MESSAGE_COUNT_UPDATED", 2)
        device.forget()
    phone.run("setAllMessageRead", {"scope": "readAllC2CMessage"})
    desk.wait("TOTAL_UNREAD_MESSAGE_COUNT_UPDATED", 0)
    for device in (phone, desk, enter(named("bob"))):
        assert [row["unreadCount"] for row in device.conversations().values()] == [0, 0]
        assert device.run("getTotalUnreadMessageCount") == 0


def test_read_receipt_reaches_the_sender(enter: Enter, named: Name) -> None:
    alice, bob = enter(named("alice")), enter(named("bob"))
    sent = alice.run("send", "Text", named("bob"), {"text": "sign here"}, {"needReadReceipt": True})
    come = bob.wait_text("sign here")
    assert come["needReadReceipt"] is True
    bob.run("onMessages", "sendMessageReadReceipt", [come["ID"]])
    receipt = alice.wait("MESSAGE_READ_RECEIPT_RECEIVED", {"messageID": sent["ID"]})
    assert (receipt["userID"], receipt["isPeerRead"]) == (named("bob"), True)
    (kept,) = enter(named("alice")).history(named("bob"))["messageList"]
    assert kept["readReceiptInfo"]["isPeerRead"] is True
