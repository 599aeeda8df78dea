"""The ticket that stands for a login, and requests repeated with it (spec/client/web-sdk-wire.md, sections 5 and 8)."""

import asyncio
from collections.abc import Callable

import pytest

from tests.support.clients import LOGIN, GatewayClient, RestClient, text_body
from tests.support.server import NOW, Site

LOGIN_COMMAND = "im_open_status.wslogin"
HELLO = "im_open_status.wshello"


async def test_a_ticket_outlives_its_socket(site: Site, alice: GatewayClient) -> None:
    before = dict(alice.head)
    await alice.close()
    again = await site.open()
    await again.resume(alice)
    assert again.head == before
    await again.send_message("bob")


async def test_a_ticket_does_not_outlive_its_usersig(site: Site) -> None:
    device = await site.login("alice", expire=100)
    again = await site.open()
    site.clock.step(100)
    await again.resume(device)
    site.clock.step(1)
    await (await site.open()).call(LOGIN_COMMAND, LOGIN, 70001, a2=device.ticket)


@pytest.mark.parametrize(
    "change", [lambda t: t[:-1], lambda t: "A" + t[1:], lambda t: t + "A", lambda _: "x", lambda t: t * 9]
)
async def test_a_forged_ticket_is_answered_70001(
    site: Site, alice: GatewayClient, change: Callable[[str], str]
) -> None:
    ticket = change(alice.ticket)
    if ticket == alice.ticket:
        ticket = "B" + ticket[1:]
    device = await site.open()
    await device.call(LOGIN_COMMAND, LOGIN, 70001, a2=ticket)
    await device.call(HELLO, code=70001, a2=ticket)


async def test_a_frame_with_a_known_ticket_is_served_before_its_socket_has_logged_in(
    site: Site, alice: GatewayClient, bob: GatewayClient
) -> None:
    """A client repeats what was not answered on its new socket, before it logs in there."""
    await alice.close()
    again = await site.open()
    again.head = dict(alice.head)
    await again.send_message("bob", "repeated")
    assert [message["MsgBody"] for message in await bob.messages()] == [text_body("repeated")]
    assert await again.events() == []


async def test_a_repeated_request_on_a_new_socket_is_answered_as_the_first_time(
    site: Site, alice: GatewayClient, bob: GatewayClient
) -> None:
    body = {"To_Account": "bob", "MsgSeq": 1, "MsgRandom": 2, "MsgClientTime": NOW, "MsgBody": text_body()}
    first = await alice.call("openim.sendmsg", body, seq=77)
    site.clock.step(30)
    await alice.close()
    again = await site.open()
    again.head = dict(alice.head)
    assert await again.call("openim.sendmsg", body, seq=77) == first
    await again.resume(alice)
    assert await again.call("openim.sendmsg", body, seq=78) == first
    assert len(await bob.messages()) == 1


async def test_a_frame_may_carry_name_and_usersig_in_place_of_a_login(site: Site, bob: GatewayClient) -> None:
    device = await site.open()
    device.head = {"identifier": "alice", "usersig": site.usersig("alice")}
    await device.send_message("bob")
    assert len(await bob.messages()) == 1
    device.head["usersig"] = site.usersig("carol")
    await device.call(HELLO, code=70013)
    device.head = {"identifier": "n" * 33, "usersig": site.usersig("alice")}
    await device.call(HELLO, code=20001)


async def test_a_frame_without_a_ticket_or_usersig_is_answered_70002(site: Site) -> None:
    device = await site.open()
    for command in ("openim.sendmsg", "openim.getmsg", HELLO, "recentcontact.page_get", "sns.friend_get"):
        await device.call(command, code=70002)


async def test_a_new_socket_of_a_login_takes_the_place_of_the_old_one(
    site: Site, alice: GatewayClient, bob: GatewayClient
) -> None:
    again = await site.open()
    await again.resume(alice)
    code, reason = await alice.closed()
    assert (code, bool(reason)) == (4005, True)
    await bob.send_message("alice")
    assert len(await again.messages()) == 1
    await site.settled()
    answer = await site.rest().call("openim/query_online_status", {"To_Account": ["alice"]})
    assert answer["QueryResult"][0]["Status"] == "Online"


async def test_who_closes_while_his_login_is_on_its_way_is_not_online(site: Site, rest: RestClient) -> None:
    device = await site.open("iphone")
    device.head = {"identifier": "alice", "usersig": site.usersig("alice")}
    answer = device.begin(LOGIN_COMMAND, LOGIN)
    await asyncio.sleep(0)  # lets the frame leave
    await device.close()
    with pytest.raises(ConnectionResetError):
        await answer
    await site.settled()
    found = await rest.call("openim/query_online_status", {"To_Account": ["alice"]})
    assert found["QueryResult"][0]["Status"] == "PushOnline", "the login happened, and its socket is gone"
    assert site.server.hub.accounts == 0
