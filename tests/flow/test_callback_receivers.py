"""Apps' servers that are slow, dead, lying, huge or elsewhere: none stops a message, unless the app wants it."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from tests.support.clients import Json, text_body
from tests.support.receiver import FINE, Answering, Receiver, Sent, answer, receiving
from tests.support.server import Site, running_server
from tidings.webhook.circuits import FAILURES, REST_S
from tidings.webhook.courier import DAY_S, FIRST_REST_S, LONGEST_REST_S
from tidings.webhook.poster import ANSWER_BYTES

BEFORE, AFTER = "C2C.CallbackBeforeSendMsg", "C2C.CallbackAfterSendMsg"
REFUSE = {"callback_failure": "refuse"}


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    async with receiving() as receiver:
        yield receiver


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with running_server() as site:
        yield site


async def _switch_on(site: Site, url: str, *callbacks: str, **more: object) -> None:
    more = {"callback_private": True, **more}
    await site.change(callback_url=url, callbacks=",".join(callbacks), **more)


async def _send(site: Site, random: int = 1, code: int = 0) -> Json:
    body = {"From_Account": "alice", "To_Account": "bob", "MsgRandom": random, "MsgBody": text_body()}
    return await site.rest().call("openim/sendmsg", body, code)


def _redirect(_: Sent) -> bytes:
    return answer(FINE, "302 Found", "location: http://127.0.0.1:9/elsewhere\r\n")


LYING: dict[str, Answering] = {
    "no success": lambda _: answer(FINE, "500 Internal Server Error"),
    "elsewhere": _redirect,
    "no JSON": lambda _: answer(b"<html>"),
    "no object": lambda _: answer([]),
    "a wrong type": lambda _: answer({"ErrorCode": "0"}),
    "nothing": lambda _: answer(b""),
    "too much": lambda _: answer(b'{"ErrorInfo":"' + b"x" * ANSWER_BYTES + b'"}'),
    "no HTTP": lambda _: b"hello\r\n\r\n",
    "hanging up": lambda _: b"",
    "a body that is none": lambda _: answer({**FINE, "MsgBody": [{"MsgType": 1}]}),
}


@pytest.mark.parametrize("answering", [pytest.param(value, id=name) for name, value in LYING.items()])
async def test_a_server_that_answers_anything_else_is_as_good_as_none(
    site: Site, receiver: Receiver, answering: Answering
) -> None:
    receiver.answering = answering
    await _switch_on(site, receiver.url, BEFORE, callback_seconds=0.3, **REFUSE)
    assert "could not be asked" in (await _send(site, 1, 80003))["ErrorInfo"]
    await _switch_on(site, receiver.url, BEFORE, callback_seconds=0.3)
    await _send(site, 2)
    assert len(receiver.sent) == 2


async def test_nobody_there_is_a_failure(site: Site) -> None:
    await _switch_on(site, "http://127.0.0.1:9/im", BEFORE, **REFUSE)
    await _send(site, 1, 80003)


async def test_a_name_that_does_not_exist_is_a_failure(site: Site) -> None:
    await _switch_on(site, "http://nobody.invalid/im", BEFORE, **REFUSE)
    await _send(site, 1, 80003)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "169.254.169.254", "10.0.0.1"])
async def test_an_address_that_is_not_public_is_not_even_tried(site: Site, receiver: Receiver, host: str) -> None:
    url = receiver.url.replace("127.0.0.1", host)
    await _switch_on(site, url, BEFORE, callback_private=False, **REFUSE)
    assert "is not public" in (await _send(site, 1, 80003))["ErrorInfo"]
    assert receiver.connections == 0


async def test_a_slow_server_is_waited_for_no_longer_than_the_app_says(site: Site, receiver: Receiver) -> None:
    async def hang(_: Sent) -> bytes:
        await asyncio.Event().wait()
        return b""

    receiver.answering = hang
    await _switch_on(site, receiver.url, BEFORE, callback_seconds=0.1, **REFUSE)
    assert "no answer within 0.1 s" in (await _send(site, 1, 80003))["ErrorInfo"]


async def test_a_server_that_fails_again_and_again_is_bypassed_until_it_has_rested(
    site: Site, receiver: Receiver
) -> None:
    receiver.answering = LYING["no success"]
    await _switch_on(site, receiver.url, BEFORE, **REFUSE)
    for random in range(FAILURES):
        await _send(site, random, 80003)
    assert "left alone" in (await _send(site, 100, 80003))["ErrorInfo"]
    assert len(receiver.sent) == FAILURES
    assert site.server.poster.circuits.open == 1
    receiver.say()
    site.clock.step(REST_S)
    await _send(site, 101)
    assert (len(receiver.sent), site.server.poster.circuits.open) == (FAILURES + 1, 0)


async def test_one_app_s_slow_server_keeps_no_other_app_waiting(site: Site, receiver: Receiver) -> None:
    gate = asyncio.Event()

    async def wait(sent: Sent) -> bytes:
        if sent.query["SdkAppid"] == str(site.app):
            await gate.wait()
        return answer(FINE)

    receiver.answering = wait
    other = await site.beside()
    for each in (site, other):
        await _switch_on(each, receiver.url, BEFORE, AFTER, callback_seconds=20)
    slow = [asyncio.create_task(_send(site, random)) for random in range(70)]
    await receiver.wait(BEFORE, 64)
    await _send(other)
    await receiver.wait(AFTER)
    assert receiver.sent[-1].query["SdkAppid"] == str(other.app)
    gate.set()
    await asyncio.gather(*slow)
    await receiver.wait(AFTER, 71)


async def test_what_is_told_after_a_failure_waits_and_keeps_its_order(site: Site, receiver: Receiver) -> None:
    receiver.answering = LYING["no success"]
    await _switch_on(site, receiver.url, AFTER)
    for random in (1, 2, 3):
        await _send(site, random)
    await receiver.wait(AFTER)
    await site.server.courier.idle()
    receiver.say()
    receiver.sent.clear()
    site.clock.step(FIRST_REST_S * 4)
    await site.server.courier.work()
    assert [body["MsgRandom"] for body in await receiver.wait(AFTER, 3)] == [1, 2, 3]


async def test_conversations_do_not_wait_for_each_other(site: Site, receiver: Receiver) -> None:
    gate = asyncio.Event()

    async def wait(sent: Sent) -> bytes:
        if sent.body["To_Account"] == "bob":
            await gate.wait()
        return answer(FINE)

    receiver.answering = wait
    await _switch_on(site, receiver.url, AFTER, callback_seconds=20)
    await _send(site, 1)
    await receiver.wait(AFTER)
    body = {"From_Account": "alice", "To_Account": "carol", "MsgRandom": 2, "MsgBody": text_body()}
    await site.rest().call("openim/sendmsg", body)
    assert len(await receiver.wait(AFTER, 2)) == 2
    gate.set()


async def test_after_a_day_it_is_a_dead_letter_that_can_be_sent_again(site: Site, receiver: Receiver) -> None:
    receiver.answering = LYING["no success"]
    await _switch_on(site, receiver.url, AFTER)
    await _send(site)
    await receiver.wait(AFTER)
    await site.server.courier.idle()
    letters = site.server.store.letters
    assert await letters.dead(site.app, 0, 10) == []
    site.clock.step(DAY_S)
    await site.server.courier.work()
    await site.server.courier.idle()
    (dead,) = await letters.dead(site.app, 0, 10)
    assert (dead.command, "HTTP 500" in dead.reason, await letters.waiting(site.app, 10, [])) == (AFTER, True, [])
    receiver.say()
    receiver.sent.clear()
    site.clock.step(LONGEST_REST_S)
    assert await letters.revive(site.app, [dead.number], site.clock.now()) == 1
    await site.server.courier.work()
    await receiver.wait(AFTER)
    assert await letters.dead(site.app, 0, 10) == []
