import pytest

from tests.web.browser import Page
from tests.web.conftest import Enter, Name
from tests.web.emulator import Emulator, running_emulator


def _kicked_as(page: Page) -> str:
    kind: str = page.wait("KICKED_OUT")["type"]
    page.wait("SDK_NOT_READY")
    return kind


def test_page_beyond_the_limit_ends_the_oldest(enter: Enter, named: Name) -> None:
    with running_emulator("--set", "web_instances=2") as emulator:
        first, second, third = (enter(named("alice"), emulator) for _ in range(3))
        assert _kicked_as(first) == "multipleAccount"
        bob = enter(named("bob"), emulator)
        bob.send(named("alice"), "who is there?")
        for page in (second, third):
            page.wait_text("who is there?")
            assert page.seen("KICKED_OUT") == []
        assert first.seen("MESSAGE_RECEIVED") == []


@pytest.mark.parametrize("device", ["android", "windows"])
def test_login_on_another_kind_of_device_ends_the_page(enter: Enter, named: Name, device: str) -> None:
    with running_emulator("--set", "login_policy=single") as emulator:
        page = enter(named("alice"), emulator)
        emulator.login_on(device, named("alice"))
        assert _kicked_as(page) == "multipleDevice"


def test_kick_by_the_app_ends_the_page_until_it_logs_in_anew(enter: Enter, emulator: Emulator, named: Name) -> None:
    page, bob = enter(named("alice")), enter(named("bob"))
    emulator.rest("im_open_login_svc/kick", {"UserID": named("alice")})
    assert _kicked_as(page) == "REST_API_Kick"
    page.forget()
    page.login(named("alice"), emulator.usersig(named("alice"), later_s=1))  # a kick voids what its second signed
    bob.send(named("alice"), "welcome back")
    page.wait_text("welcome back")
