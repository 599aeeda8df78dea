"""The gateway's sockets: opening, both kinds of frames, silence, restarts (web-sdk-wire.md, sections 2 to 4)."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from tests.support.clients import PATIENCE_S, GatewayClient, text_body
from tests.support.server import APP, NOW, SeededChance, Site, running_server
from tests.support.sockets import bare_socket, next_frame
from tidings.app import Server, World
from tidings.clock import SteppedClock
from tidings.settings import ServerSettings
from tidings.store.sqlite.store import open_file
from tidings.vault import KEY_SIZE, Vault

HEARTBEAT = '{"head": {"servcmd": "heartbeat.alive", "seq": 1}}'
FRAMINGS = pytest.mark.parametrize("path", ["info", "binfo", "im/info", "im/binfo"])


@FRAMINGS
async def test_the_path_decides_the_kind_of_frames_both_ways(site: Site, bob: GatewayClient, path: str) -> None:
    alice = await site.login("alice", path=path)
    await alice.send_message("bob", "naïve ☃")
    assert [message["MsgBody"] for message in await bob.messages()] == [text_body("naïve ☃")]
    await bob.send_message("alice", "same to you 🕘")
    assert [message["MsgBody"] for message in await alice.messages()] == [text_body("same to you 🕘")]


@FRAMINGS
async def test_frames_of_every_length_come_through(site: Site, bob: GatewayClient, path: str) -> None:
    """WebSocket writes a length in one of three ways; the limits between them are 126 and 65536 bytes."""
    await site.change(message_bytes=131072)
    alice = await site.login("alice", path=path)
    for size in (1, 30, 600, 65_000, 66_000, 100_000):
        await bob.send_message("alice", "a" * size)
    assert [len(m["MsgBody"][0]["MsgContent"]["Text"]) for m in await alice.messages()] == [
        1,
        30,
        600,
        65_000,
        66_000,
        100_000,
    ]


@FRAMINGS
async def test_a_heartbeat_is_answered_before_and_after_the_login(site: Site, path: str) -> None:
    device = await site.open(path=path)
    await device.call("heartbeat.alive")
    await device.login("alice", site.usersig("alice"))
    await device.call("heartbeat.alive")


async def test_the_kind_of_a_clients_own_frames_does_not_matter(site: Site) -> None:
    async with bare_socket(site, "binfo") as socket:
        await socket.send(HEARTBEAT, text=True)
        assert (await next_frame(socket))["head"]["seq"] == 1


@pytest.mark.parametrize(
    "target",
    [
        "/",
        "/info",
        "/binfo?instanceid=1",
        "/info?sdkappid=",
        "/info?sdkappid=x",
        "/info?sdkappid=-1",
        "/info?sdkappid=1.5",
        "/info?sdkappid=٣",
        f"/info?sdkappid={'9' * 20}",
        f"/somewhere?sdkappid={APP}",
        f"/v4/openim/sendmsg?sdkappid={APP}",
    ],
)
async def test_a_socket_without_a_gateway_path_or_an_app_is_not_opened(site: Site, target: str) -> None:
    with pytest.raises(InvalidStatus) as caught:
        await connect(f"ws://{site.address}{target}", compression=None, open_timeout=PATIENCE_S)
    assert caught.value.response.status_code == 404
    await (await site.open()).call("heartbeat.alive")


async def test_answers_carry_command_and_number_of_their_request(alice: GatewayClient) -> None:
    waiting = [alice.begin("openim.getmsg", seq=5), alice.begin("recentcontact.page_get", seq=5)]
    waiting += [alice.begin("openim.getmsg", seq=number) for number in (0, 6, (1 << 32) - 1, -1)]
    assert all(answer["ErrorCode"] == 0 for answer in await asyncio.gather(*waiting))


async def test_two_requests_with_one_number_are_both_answered(alice: GatewayClient) -> None:
    for _ in range(2):
        await alice.call("im_open_status.wshello", seq=7)


async def test_many_requests_at_once_are_all_answered(alice: GatewayClient, bob: GatewayClient) -> None:
    bodies = [{"To_Account": "bob", "MsgRandom": number, "MsgBody": text_body(str(number))} for number in range(200)]
    answers = await asyncio.gather(*(alice.begin("openim.sendmsg", body) for body in bodies))
    assert all(answer["ErrorCode"] == 0 for answer in answers)
    assert [message["MsgRandom"] for message in await bob.messages()] == list(range(200))


async def test_a_message_may_come_in_several_frames(site: Site, alice: GatewayClient, bob: GatewayClient) -> None:
    body = {"To_Account": "bob", "MsgRandom": 5, "MsgBody": text_body("in parts ☃")}
    frame = {"head": {**alice.head, "servcmd": "openim.sendmsg", "seq": 1}, "body": body}
    payload = json.dumps(frame, ensure_ascii=False).encode()
    half = payload.index("☃".encode()) + 1  # within a character
    async with bare_socket(site) as socket:
        await socket.send([payload[:half], b"", payload[half : half + 1], payload[half + 1 :]], text=True)
        assert (await next_frame(socket))["body"]["ErrorCode"] == 0
    assert [message["MsgBody"] for message in await bob.messages()] == [text_body("in parts ☃")]


async def test_control_frames_between_the_parts_are_served(site: Site) -> None:
    async with bare_socket(site) as socket:

        async def parts() -> AsyncIterator[str]:
            yield HEARTBEAT[:20]
            await (await socket.ping())
            yield HEARTBEAT[20:]

        await socket.send(parts())
        assert (await next_frame(socket))["body"]["ErrorCode"] == 0


async def test_a_clients_ping_is_answered(alice: GatewayClient) -> None:
    async with asyncio.timeout(PATIENCE_S):
        await (await alice.socket.ping(b"still there?"))


async def test_a_clients_farewell_is_answered(site: Site, alice: GatewayClient) -> None:
    async with asyncio.timeout(PATIENCE_S):
        await alice.socket.close(4000, "logged out")
    assert alice.socket.close_code == 1000
    await site.settled()
    assert site.server.hub.accounts == 0


# --- silence ---


async def test_a_web_page_may_be_silent_for_60_seconds(site: Site, alice: GatewayClient) -> None:
    site.sweep_after(59)
    await alice.call("heartbeat.alive")
    site.sweep_after(59)
    await alice.call("heartbeat.alive")
    site.sweep_after(61)
    code, reason = await alice.closed()
    assert (code, "60 s" in reason) == (4004, True)


async def test_who_is_not_logged_in_may_be_silent_for_60_seconds(site: Site) -> None:
    device = await site.open("android")
    site.sweep_after(61)
    assert (await device.closed())[0] == 4004


@pytest.mark.parametrize("device", ["android", "iphone", "ipad", "windows", "mac", "linux"])
async def test_other_devices_may_be_silent_for_400_seconds(site: Site, device: str) -> None:
    alice = await site.login("alice", device)
    site.sweep_after(399)
    await alice.call("heartbeat.alive")
    site.sweep_after(401)
    assert (await alice.closed())[0] == 4004


# --- restarts and farewells ---


@asynccontextmanager
async def _server(folder: Path, clock: SteppedClock, chance: SeededChance) -> AsyncIterator[Server]:
    vault = Vault.from_key(b"k" * KEY_SIZE)
    store = open_file(folder, vault, is_synced=False)
    server = Server(ServerSettings(port=0, drain_seconds=0.5), store, vault, World(clock, chance))
    await server.start()
    try:
        yield server
    finally:
        await server.stop()


async def test_a_ticket_and_what_was_sent_outlive_a_restart_of_the_server(tmp_path: Path) -> None:
    clock, chance = SteppedClock(float(NOW)), SeededChance()
    async with _server(tmp_path, clock, chance) as server:
        first = await Site(server, clock, chance, APP, "").beside(APP)
        alice, bob = await first.login("alice"), await first.login("bob", "android", path="binfo")
        before = await alice.send_message("bob", "before")
        cookie = (await bob.call("openim.getmsg"))["Cookie"]
    assert [await device.closed() for device in (alice, bob)] == [(1012, "the server restarts: connect again")] * 2
    clock.step(60)
    async with _server(tmp_path, clock, chance) as server:
        second = Site(server, clock, chance, APP, first.key)
        again, phone = await second.open(), await second.open("android", path="binfo")
        again.head = dict(alice.head)
        repeat = {name: before[name] for name in ("To_Account", "MsgSeq", "MsgRandom", "MsgBody")}
        assert (await again.call("openim.sendmsg", repeat))["MsgKey"] == before["MsgKey"]
        for device, old in ((again, alice), (phone, bob)):
            head = dict(old.head)
            await device.resume(old)
            assert device.head == head
        await again.send_message("bob", "after")
        assert [message["MsgBody"] for message in await phone.messages()] == [text_body("after")]
        missed = await phone.call("openim.getmsg", {"Cookie": cookie})
        assert [message["MsgBody"] for message in missed["MsgList"]] == [text_body("after")]
        history = await phone.call("openim.getroammsg", {"Peer_Account": "alice"})
        assert [message["MsgBody"] for message in history["MsgList"]] == [text_body("before"), text_body("after")]
        for device in (again, phone):
            await device.close()


async def test_a_stop_answers_what_is_under_way_before_it_says_farewell() -> None:
    async with running_server() as site:
        alice, gateway = await site.login("alice"), site.server.gateway
        taken = gateway.requests
        bodies = [{"To_Account": "bob", "MsgRandom": number, "MsgBody": text_body()} for number in range(20)]
        waiting = [alice.begin("openim.sendmsg", body) for body in bodies]
        async with asyncio.timeout(PATIENCE_S):
            while gateway.requests < taken + len(bodies):  # noqa: ASYNC110 - the server tells nobody of it
                await asyncio.sleep(0)
        await site.server.stop()
        assert all(answer["ErrorCode"] == 0 for answer in await asyncio.gather(*waiting))
        assert (await alice.closed())[0] == 1012


async def test_who_reads_nothing_is_cut_off_and_finds_everything_later() -> None:
    settings = ServerSettings(port=0, store="memory", drain_seconds=0.5, outbox_bytes=65_536)
    async with running_server(settings=settings) as site:
        await site.change(message_bytes=131072)
        bob = await site.login("bob")
        cookie = (await bob.call("openim.getmsg"))["Cookie"]
        bob.socket.transport.pause_reading()
        alice = await site.login("alice")
        sent = 0
        while site.server.gateway.slow_readers == 0:
            await alice.send_message("bob", "a" * 100_000)
            sent += 1
            assert sent < 1000, "nothing bounds what waits for a reader"
        await site.server.store.messages.settle()
        again = await site.open()
        await again.resume(bob)
        bob.socket.transport.resume_reading()
        texts = []
        flag = 0
        while flag != 2:
            answer = await again.call("openim.getmsg", {"Cookie": cookie})
            texts += answer["MsgList"]
            cookie, flag = answer["Cookie"], answer["SyncFlag"]
        assert len(texts) == sent
