from collections.abc import Callable

import pytest

from sdks.python.tests.support.stepped import NOW
from tidings_client.login import AFTER_THE_END_S, RENEW_AHEAD_S, Login
from tidings_client.usersig import make_usersig
from tidings_client.wire import LoggedIn


def answered(time: float = NOW) -> LoggedIn:
    return LoggedIn("ticket", "1001", 77, time=int(time))


def signed(expire: int) -> str:
    return make_usersig(1400000001, "key", "alice", expire, now=int(NOW))


async def test_usersig_proves_who_one_is_and_the_ticket_from_then_on() -> None:
    login = Login("alice", "sig")
    await login.prove()
    assert login.identity == {"identifier": "alice", "usersig": "sig", "status_instid": 0}
    login.accept(answered(), NOW)
    assert login.has_ticket
    assert login.identity == {"a2": "ticket", "tinyid": "1001", "status_instid": 77}
    login.forget_ticket()
    assert not login.has_ticket


async def test_provider_is_asked_each_time_one_is_needed() -> None:
    left = iter(["first", "second"])
    login = Login("alice", lambda: next(left))
    seen = []
    for _ in range(2):
        await login.prove()
        seen.append(login.identity["usersig"])
    assert seen == ["first", "second"]


@pytest.mark.parametrize("wrong", ["", None, 7, b"sig"])
async def test_provider_must_return_a_text(wrong: object) -> None:
    with pytest.raises(TypeError, match="UserSig provider returned"):
        await Login("alice", lambda: wrong).prove()  # type: ignore[arg-type, return-value]


@pytest.mark.parametrize(
    ("usersig", "renew_at"),
    [
        (lambda: signed(3600), NOW + 3600 - RENEW_AHEAD_S),
        (lambda: signed(100), NOW + 90),
        (signed(100), NOW + 100 + AFTER_THE_END_S),
        ("of an unknown form", float("inf")),
    ],
)
async def test_login_is_renewed_before_the_end_if_there_is_a_provider_and_after_it_if_not(
    usersig: str | Callable[[], str], renew_at: float
) -> None:
    login = Login("alice", usersig)
    await login.prove()
    login.accept(answered(), NOW)
    assert login.renew_at == renew_at


@pytest.mark.parametrize(
    ("server_ahead", "offset"), [(0, 0.0), (0.9, 0.0), (-1.5, 0.0), (60, 60.5), (-60, -59.5), (-NOW, 0.0)]
)
async def test_offset_of_the_clocks_ignores_fractions_of_a_second_that_the_server_never_told(
    server_ahead: float, offset: float
) -> None:
    login = Login("alice", "sig")
    await login.prove()
    login.accept(answered(NOW + server_ahead), NOW)
    assert login.clock_offset == offset
