import pytest

from tests.web.browser import RefusedError
from tests.web.conftest import Enter, Name
from tests.web.emulator import Emulator
from tidings.errors import RECALL_TOO_LATE

HOUR_S = 3600


def test_recall_is_told_to_every_device(enter: Enter, named: Name) -> None:
    phone, desk, bob = enter(named("alice")), enter(named("alice")), enter(named("bob"))
    sent = phone.send(named("bob"), "oops")
    phone.send(named("bob"), "I meant this")
    for page in (desk, bob):
        page.wait_text("I meant this")
    assert phone.run("onMessages", "revokeMessage", sent["ID"])["message"]["isRevoked"] is True
    for page in (desk, bob):
        assert page.wait("MESSAGE_REVOKED", {"ID": sent["ID"]})["revoker"] == named("alice")
    assert bob.conversations()[named("alice")]["unreadCount"] == 1
    for page, peer in ((enter(named("bob")), "alice"), (enter(named("alice")), "bob")):
        assert [message["isRevoked"] for message in page.history(named(peer))["messageList"]] == [True, False]


def test_recall_after_the_window_is_refused(enter: Enter, emulator: Emulator, named: Name) -> None:
    bob = enter(named("bob"))
    emulator.rest("im_open_login_svc/account_import", {"UserID": named("alice")})
    emulator.import_text(named("alice"), named("bob"), "an hour ago", age_s=HOUR_S)
    alice = enter(named("alice"))
    (message,) = alice.history(named("bob"))["messageList"]
    alice.expect_error("revokeMessage failed")
    with pytest.raises(RefusedError) as caught:
        alice.run("onMessages", "revokeMessage", message["ID"])
    assert caught.value.code == RECALL_TOO_LATE.code
    assert [kept["isRevoked"] for kept in bob.history(named("alice"))["messageList"]] == [False]


def test_change_of_a_message_is_told_to_every_device(enter: Enter, named: Name) -> None:
    phone, desk, bob = enter(named("alice")), enter(named("alice")), enter(named("bob"))
    sent = phone.send(named("bob"), "at nine")
    for page in (desk, bob):
        page.wait_text("at nine")
    phone.run("modify", sent["ID"], {"text": "at ten"})
    for page in (desk, bob):
        changed = page.wait("MESSAGE_MODIFIED", {"ID": sent["ID"]})
        assert (changed["payload"], changed["isModified"]) == ({"text": "at ten"}, True)
    (kept,) = enter(named("bob")).history(named("alice"))["messageList"]
    assert (kept["payload"], kept["version"]) == ({"text": "at ten"}, 1)


def test_deleted_message_is_gone_for_its_deleter_alone(enter: Enter, named: Name) -> None:
    alice, bob = enter(named("alice")), enter(named("bob"))
    for text in ("keep", "forget"):
        alice.send(named("bob"), text)
    come = bob.wait_text("forget")
    bob.run("onMessages", "deleteMessage", [come["ID"]])
    left = [message["payload"]["text"] for message in enter(named("bob")).history(named("alice"))["messageList"]]
    assert left == ["keep"]
    left = [message["payload"]["text"] for message in enter(named("alice")).history(named("bob"))["messageList"]]
    assert left == ["keep", "forget"]
