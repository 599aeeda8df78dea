from tests.web.conftest import Enter, Name

KINDS = {
    "Text": {"text": "see you at nine 🕘"},
    "Custom": {"data": '{"order": 7}', "description": "an order", "extension": "x"},
    "Face": {"index": 3, "data": "smile"},
    "Location": {"description": "the old harbour", "longitude": 13.4, "latitude": 52.5},
}


def test_messages_of_every_kind_arrive_as_sent_under_the_same_id(enter: Enter, named: Name) -> None:
    alice, bob = enter(named("alice")), enter(named("bob"))
    for kind, payload in KINDS.items():
        sent = alice.run("send", kind, named("bob"), payload, {"cloudCustomData": "mine"})
        come = bob.wait("MESSAGE_RECEIVED", {"payload": payload})
        for member in ("ID", "type", "payload", "time", "from", "to", "cloudCustomData"):
            assert come[member] == sent[member], kind
        assert (come["conversationID"], come["flow"]) == ("C2C" + named("alice"), "in"), kind


def test_message_for_those_online_is_delivered_and_kept_nowhere(enter: Enter, named: Name) -> None:
    alice, bob = enter(named("alice")), enter(named("bob"))
    alice.send(named("bob"), "are you there?", onlineUserOnly=True)
    bob.wait_text("are you there?")
    later = enter(named("bob"))
    assert later.conversations() == {}
    assert later.history(named("alice"))["messageList"] == []


def test_other_device_shows_own_message_as_sent(enter: Enter, named: Name) -> None:
    bob, phone, desk = enter(named("bob")), enter(named("alice")), enter(named("alice"))
    sent = phone.send(named("bob"), "from my phone")
    shown = desk.wait_text("from my phone")
    assert (shown["ID"], shown["flow"]) == (sent["ID"], "out")
    assert (shown["from"], shown["to"]) == (named("alice"), named("bob"))
    assert desk.conversations()[named("bob")]["unreadCount"] == 0
    bob.wait_text("from my phone")
    assert phone.seen("MESSAGE_RECEIVED") == []


def test_messages_of_both_sides_stand_in_one_order(enter: Enter, named: Name) -> None:
    alice, bob = enter(named("alice")), enter(named("bob"))
    for number in range(5):
        alice.send(named("bob"), f"ping {number}")
        bob.wait_text(f"ping {number}")
        bob.send(named("alice"), f"pong {number}")
        alice.wait_text(f"pong {number}")
    words = {word: [f"{word} {number}" for number in range(5)] for word in ("ping", "pong")}
    for page, peer in ((alice, "bob"), (bob, "alice"), (enter(named("bob")), "alice")):
        messages = page.history(named(peer))["messageList"]
        texts = [message["payload"]["text"] for message in messages]
        # Within one second the order is that of the senders' own numbers (docs/delivery.md).
        assert [message["time"] for message in messages] == sorted(message["time"] for message in messages)
        for word, expected in words.items():
            assert [text for text in texts if text.startswith(word)] == expected
