from pathlib import Path

from tests.web.browser import Browser, Page
from tests.web.conftest import SDKS, Enter, Name
from tests.web.emulator import Emulator, running_emulator

# Once refused, 3.6.6 tries again when it next has something to say: its hello, if the user does nothing.
SOON = ("--set", "hello_seconds=5")


def _wait_until_back(page: Page) -> None:
    page.wait("NET_STATE_CHANGE", {"state": "connected"})


def test_killed_server_comes_back_with_its_logins_and_messages(enter: Enter, named: Name, tmp_path: Path) -> None:
    with running_emulator(*SOON, data=tmp_path) as emulator:
        alice, bob = enter(named("alice"), emulator), enter(named("bob"), emulator)
        alice.send(named("bob"), "before")
        bob.wait_text("before")
        for page in (alice, bob):
            page.forget()
        emulator.kill()
        emulator.restart()
        for page in (alice, bob):
            _wait_until_back(page)
        alice.send(named("bob"), "after")
        bob.wait_text("after")
        assert bob.texts_received() == ["after"]
        assert bob.seen("KICKED_OUT") == []
        assert _texts(bob, named("alice")) == ["before", "after"]


def test_message_missed_while_away_arrives_once(
    enter: Enter, browser: Browser, emulator: Emulator, named: Name
) -> None:
    cable = browser.cable(emulator.port)
    alice, bob = enter(named("alice")), enter(named("bob"), port=cable.port)
    alice.send(named("bob"), "before")
    bob.wait_text("before")
    cable.mute()
    alice.send(named("bob"), "missed")
    cable.cut()
    bob.wait_text("missed")
    alice.send(named("bob"), "after")
    bob.wait_text("after")
    assert bob.texts_received() == ["before", "missed", "after"]
    assert _texts(bob, named("alice")) == ["before", "missed", "after"]
    assert bob.conversations()[named("alice")]["unreadCount"] == 3


def test_waiting_request_is_repeated_and_carried_out_once(
    enter: Enter, browser: Browser, emulator: Emulator, named: Name
) -> None:
    cable = browser.cable(emulator.port)
    alice, bob = enter(named("alice"), port=cable.port), enter(named("bob"))
    cable.mute()
    waiting = alice.run("begin", "send", "Text", named("bob"), {"text": "once"})
    come = bob.wait_text("once")
    cable.cut()
    assert alice.run("finish", waiting)["ID"] == come["ID"]
    alice.send(named("bob"), "twice")
    bob.wait_text("twice")
    assert bob.texts_received() == ["once", "twice"]
    assert _texts(enter(named("bob")), named("alice")) == ["once", "twice"]


def test_recall_and_reading_missed_while_away_are_told_once(
    enter: Enter, browser: Browser, emulator: Emulator, named: Name, sdk: str
) -> None:
    cable = browser.cable(emulator.port)
    alice, bob = enter(named("alice")), enter(named("bob"), port=cable.port)
    oops, kept = (alice.send(named("bob"), text)["ID"] for text in ("oops", "kept"))
    bob.wait_text("kept")
    asked = bob.send(named("alice"), "have you seen this?")["ID"]
    alice.wait_text("have you seen this?")
    cable.mute()
    alice.run("setMessageRead", {"conversationID": "C2C" + named("bob")})
    alice.run("onMessages", "revokeMessage", oops)
    cable.cut()
    bob.wait("MESSAGE_REVOKED", {"ID": oops})
    alice.send(named("bob"), "after")
    bob.wait_text("after")
    assert [message["ID"] for message in bob.seen("MESSAGE_REVOKED")] == [oops]
    # The fresh conversation list tells how far the peer has read, so that no event need say it.
    assert [m["ID"] for m in bob.history(named("alice"))["messageList"] if m["isPeerRead"]] == [asked]
    assert len(bob.seen("MESSAGE_READ_BY_PEER")) <= 1
    # 2.27.6 takes a recalled message off the number that it was just given without it.
    assert bob.conversations()[named("alice")]["unreadCount"] == (1 if sdk == SDKS[1] else 2)
    assert [m["isRevoked"] for m in bob.history(named("alice"))["messageList"]] == [True, False, False, False]
    assert kept != oops


def _texts(page: Page, peer: str) -> list[str]:
    return [message["payload"]["text"] for message in page.history(peer)["messageList"]]
