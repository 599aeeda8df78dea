"""What an app hears: what it has switched on, save for what one call forbids (the rest: tests/flow)."""

import pytest

from tests.support.stores import NOW, OTHER_APP, message
from tests.unit.view.callbacks.test_c2c import ALICE, BOB
from tests.unit.webhook.conftest import MakeApp
from tidings.clock import SteppedClock
from tidings.domain.callbacks import Caller
from tidings.domain.devices import Platform
from tidings.domain.happenings import MessageAsked, MessageSent, MessageUnsent
from tidings.ids import UserId
from tidings.webhook.listeners import Desk, to_wanted

AFTER, BEFORE = "C2C.CallbackAfterSendMsg", "C2C.CallbackBeforeSendMsg"


def test_only_what_is_switched_on_is_wanted() -> None:
    assert to_wanted("", (), is_admin=True) == frozenset()
    assert to_wanted(AFTER, (), is_admin=True) == {MessageSent, MessageUnsent}


@pytest.mark.parametrize(
    ("forbidden", "wanted"),
    [
        (("ForbidBeforeSendMsgCallback",), {MessageSent, MessageUnsent}),
        (("ForbidAfterSendMsgCallback",), {MessageAsked}),
        (("Nonsense",), {MessageAsked, MessageSent, MessageUnsent}),
    ],
)
def test_a_call_may_forbid_callbacks(forbidden: tuple[str, ...], wanted: set[type]) -> None:
    assert to_wanted(f"{AFTER},{BEFORE}", forbidden, is_admin=True) == wanted


def _desk(clock: SteppedClock) -> Desk:
    return Desk(None, None, None, clock)  # type: ignore[arg-type]


def _caller(platform: Platform | None, *, is_admin: bool) -> Caller:
    return Caller(UserId("alice"), "openim/sendmsg", "192.0.2.7", platform, is_admin=is_admin)


def test_nobody_listens_for_an_app_that_wants_nothing(clock: SteppedClock, make_app: MakeApp) -> None:
    assert _desk(clock).of(make_app(), _caller(Platform.WEB, is_admin=False)) is None


@pytest.mark.parametrize(
    ("platform", "is_admin", "word"),
    [
        (Platform.WEB, False, "Web"),
        (Platform.WINDOWS, False, "Windows"),
        (Platform.LINUX, False, "Unknown"),
        (None, False, "Unknown"),
        (None, True, "RESTAPI"),
    ],
)
def test_a_letter_says_where_it_came_from(
    clock: SteppedClock, make_app: MakeApp, platform: Platform | None, word: str, *, is_admin: bool
) -> None:
    listener = _desk(clock).of(make_app(callbacks=AFTER), _caller(platform, is_admin=is_admin))
    assert listener is not None
    listener.note(MessageSent(message(ALICE, BOB), is_online_only=False))
    assert listener.has_noted
    (rider,) = listener.take()
    (letter,) = rider(None)
    assert f"ClientIP=192.0.2.7&OptPlatform={word}" in letter.query
    assert (letter.command, letter.created_at, letter.counted) == (AFTER, NOW, BOB.number)
    assert letter.app != OTHER_APP
    assert listener.take() == []


def test_nothing_is_told_of_an_outcome_that_is_none(clock: SteppedClock, make_app: MakeApp) -> None:
    listener = _desk(clock).of(make_app(callbacks=AFTER), _caller(None, is_admin=True))
    assert listener is not None
    listener.note_outcome(lambda _: None)
    (rider,) = listener.take()
    assert rider(5) == []
