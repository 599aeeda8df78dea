from collections.abc import Callable

import pytest

from tests.web.browser import Page, RefusedError
from tests.web.conftest import Enter, Name
from tests.web.emulator import Emulator

UNKNOWN_KEY = 70009


def test_login_makes_the_client_ready(enter: Enter, named: Name) -> None:
    page = enter(named("alice"))
    assert page.run("getMyProfile")["userID"] == named("alice")


def test_usersig_of_another_key_is_refused_with_code_and_words(
    opened: Callable[[int, int], Page], emulator: Emulator, named: Name
) -> None:
    page = opened(emulator.app_id, emulator.port)
    page.expect_error("_login failed")
    with pytest.raises(RefusedError) as caught:
        page.login(named("alice"), emulator.usersig(named("alice"), key="0" * 64))
    assert caught.value.code == UNKNOWN_KEY
    assert "does not verify" in caught.value.text
    page.login(named("alice"), emulator.usersig(named("alice")))


def test_logout_ends_what_login_begins_again(enter: Enter, emulator: Emulator, named: Name) -> None:
    alice, bob = enter(named("alice")), enter(named("bob"))
    bob.run("logout")
    bob.wait("SDK_NOT_READY")
    bob.forget()
    alice.send(named("bob"), "while you were out")
    bob.login(named("bob"), emulator.usersig(named("bob")))
    alice.send(named("bob"), "while you are in")
    bob.wait_text("while you are in")
    texts = [message["payload"]["text"] for message in bob.history(named("alice"))["messageList"]]
    assert texts == ["while you were out", "while you are in"]
