"""What no client would send: refused in words, by an error or a close code; the server lives and nothing has changed.

A frame that is none is answered by close code 4002, one that is too big by 1009; a body that does not fit by an error.
"""

import asyncio
import json
from collections.abc import Iterator

import pytest
from websockets.asyncio.client import ClientConnection

from tests.support.catalogue import SOCKET, commands
from tests.support.clients import PATIENCE_S, GatewayClient, Json, text_body
from tests.support.server import Site
from tests.support.sockets import bare_socket, farewell, next_frame
from tidings.command.registry import COMMANDS, Door, of_door

NO_FRAME, TOO_BIG = 4002, 1009
LIMIT = 1_179_648
HEAD = '"head": {"servcmd": "heartbeat.alive", "seq": 1}'
DEEP = 100_000
SOCKET_COMMANDS = sorted(name.replace("/", ".") for door, name in COMMANDS if door is Door.SOCKET)
NEED_LOGIN = sorted(name for name, command in of_door(Door.SOCKET, ".").items() if not command.is_open)
MALFORMED = {10004, 20001, 30001, 40001, 50002, 90001, 114011}
INTERNAL = {20005, 70500, 91000}

BROKEN: dict[str, str | bytes] = {
    "nothing": b"",
    "one byte": b"\x00",
    "a word": "hello",
    "no object": "[]",
    "null": "null",
    "a number": "5",
    "half an object": '{"head": {"servcmd": "heartbeat.alive", "seq": 1}, "body": {',
    "two objects": f"{{{HEAD}}}{{{HEAD}}}",
    "a comment": f"{{{HEAD}}} // hello",
    "byte order mark": b"\xef\xbb\xbf{" + HEAD.encode() + b"}",
    "UTF-16": f"{{{HEAD}}}".encode("utf-16"),
    "broken UTF-8 in the command": b'{"head": {"servcmd": "heartbeat.alive\xff", "seq": 1}}',
    "broken UTF-8 in a name": b'{"head": {"servcmd": "heartbeat.alive", "seq": 1, "identifier": "\xc3"}}',
    "half a surrogate": b'{"head": {"servcmd": "\xed\xa0\x80", "seq": 1}}',
    "half an escaped surrogate": '{"head": {"servcmd": "\\ud800", "seq": 1}}',
    "a bare line break": '{"head": {"servcmd": "a\nb", "seq": 1}}',
    "compressed": b"COMP\x1f\x8b\x08\x00\x00\x00\x00\x00",
    "no head": '{"body": {}}',
    "head is no object": '{"head": "heartbeat.alive", "body": {}}',
    "head is null": '{"head": null}',
    "no command": '{"head": {"seq": 1}}',
    "no number": '{"head": {"servcmd": "heartbeat.alive"}}',
    "command is no string": '{"head": {"servcmd": 5, "seq": 1}}',
    "number is a string": '{"head": {"servcmd": "heartbeat.alive", "seq": "1"}}',
    "number is a fraction": '{"head": {"servcmd": "heartbeat.alive", "seq": 1.5}}',
    "number is true": '{"head": {"servcmd": "heartbeat.alive", "seq": true}}',
    "number is endless": '{"head": {"servcmd": "heartbeat.alive", "seq": %s}}' % ("9" * 5000),
    "number is infinite": '{"head": {"servcmd": "heartbeat.alive", "seq": 1e999}}',
    "no number but NaN": '{"head": {"servcmd": "heartbeat.alive", "seq": NaN}}',
    "ticket is no string": '{"head": {"servcmd": "heartbeat.alive", "seq": 1, "a2": {}}}',
    "UserSig is no string": '{"head": {"servcmd": "heartbeat.alive", "seq": 1, "usersig": 5}}',
    "name is no string": '{"head": {"servcmd": "heartbeat.alive", "seq": 1, "identifier": ["alice"]}}',
    "arrays without end": f"{{{HEAD}, " + '"body": ' + "[" * DEEP,
    "arrays with an end": f"{{{HEAD}, " + '"body": ' + "[" * DEEP + "]" * DEEP + "}",
    "objects without end": '{"a":' * (DEEP // 5),
    "deep head": '{"head": ' + '{"a":' * (DEEP // 5) + "1" + "}" * (DEEP // 5) + "}",
}

WRONG: tuple[object, ...] = (None, True, -1, 5, 1.5, 1 << 32, 10**40, "x", "9" * 40, "é" * 9000)
WRONG += ([], {}, [[]], [None], [5] * 600)


async def _lives(site: Site) -> None:
    """Expect that others are served as before."""
    async with bare_socket(site) as socket:
        await socket.send(f"{{{HEAD}}}")
        assert (await next_frame(socket))["body"]["ErrorCode"] == 0


@pytest.mark.parametrize("path", ["info", "binfo"])
@pytest.mark.parametrize("payload", BROKEN.values(), ids=BROKEN.keys())
async def test_what_is_no_frame_closes_its_socket_with_the_reason(site: Site, path: str, payload: str | bytes) -> None:
    raw = payload.encode() if isinstance(payload, str) else payload
    async with bare_socket(site, path) as socket:
        await socket.send(raw, text=path == "info")
        code, reason = await farewell(socket)
    assert code == NO_FRAME
    assert reason.startswith("not a frame of head and body: ")
    assert len(reason.encode()) <= 123
    await _lives(site)


async def test_a_frame_of_the_largest_size_is_taken_and_a_larger_one_is_not(site: Site) -> None:
    frame = f"{{{HEAD}}}"
    async with bare_socket(site) as socket:
        await socket.send(frame.ljust(LIMIT))
        assert (await next_frame(socket))["body"]["ErrorCode"] == 0
        await socket.send(frame.ljust(LIMIT + 1))
        assert (await farewell(socket))[0] == TOO_BIG
    await _lives(site)


async def test_parts_count_together(site: Site) -> None:
    frame = f"{{{HEAD}}}"
    async with bare_socket(site) as socket:
        await socket.send([frame, " " * (LIMIT - len(frame))])
        assert (await next_frame(socket))["body"]["ErrorCode"] == 0
        await socket.send([frame, " " * (LIMIT - len(frame)), " "])
        assert (await farewell(socket))[0] == TOO_BIG
    await _lives(site)


async def test_a_size_that_is_only_announced_closes_the_socket(site: Site) -> None:
    """A frame that says it has 2**63 - 1 bytes: nobody waits for them."""
    async with bare_socket(site) as socket:
        socket.transport.write(b"\x81\xff" + (2**63 - 1).to_bytes(8, "big") + b"\x00" * 4)
        async with asyncio.timeout(PATIENCE_S):
            await socket.wait_closed()
    await _lives(site)


@pytest.mark.parametrize(
    "raw",
    [
        b"\x83\x80\x00\x00\x00\x00",
        b"\x8b\x80\x00\x00\x00\x00",
        b"\xf1\x80\x00\x00\x00\x00",
        b"\x09\x80\x00\x00\x00\x00",
        b"\x89\xfe\x00\x80" + b"\x00" * 132,
    ],
    ids=["unknown opcode", "unknown control", "reserved bits", "control in parts", "long ping"],
)
async def test_bytes_that_are_no_websocket_end_the_socket(site: Site, raw: bytes) -> None:
    async with bare_socket(site) as socket:
        socket.transport.write(raw)
        async with asyncio.timeout(PATIENCE_S):
            await socket.wait_closed()
    await _lives(site)


async def test_who_vanishes_in_the_middle_of_a_frame_does_no_harm(site: Site) -> None:
    async with bare_socket(site) as socket:
        socket.transport.write(b"\x81\xfe\x10\x00\x00\x00\x00\x00{")
        socket.transport.abort()
    await _lives(site)


# --- a frame whose body does not fit ---


async def _ask(device: GatewayClient, socket: ClientConnection, command: str, body: str) -> Json:
    """Send a body as it is written, with the device's ticket, and return that of the answer."""
    head = json.dumps({**device.head, "servcmd": command, "seq": 1})
    await socket.send(f'{{"head": {head}, "body": {body}}}')
    answer: Json = (await next_frame(socket))["body"]
    return answer


async def _position(site: Site) -> int:
    """Return the place that everything which changes something moves on."""
    return await site.server.rules.reading.newest_position()


@pytest.mark.parametrize("command", SOCKET_COMMANDS)
async def test_a_body_that_is_no_object_is_refused_in_words(site: Site, alice: GatewayClient, command: str) -> None:
    async with bare_socket(site) as socket:
        for body in ("[]", "null", "5", '"x"', "true", "[{}]"):
            answer = await _ask(alice, socket, command, body)
            assert answer["ErrorCode"] in MALFORMED, (body, answer)


def _wrong(command: str) -> Iterator[Json]:
    """Return the catalogue's example request with one member at a time of every wrong kind, or missing."""
    entry = commands()[SOCKET, command.replace(".", "/")]
    fine: Json = next((json.loads(text) for kind, text in entry.examples if kind == "request"), {})
    for name in entry.request.members:
        yield {key: value for key, value in fine.items() if key != name}
        for value in WRONG:
            yield {**fine, name: value}
            yield {**fine, name: {"To_Account": value}}
            yield {**fine, name: [{"To_Account": value}]}


@pytest.mark.parametrize("command", [each for each in SOCKET_COMMANDS if each != "im_open_status.wslogout"])
async def test_members_of_wrong_kinds_change_nothing_unless_all_is_well(
    site: Site, alice: GatewayClient, caplog: pytest.LogCaptureFixture, command: str
) -> None:
    async with bare_socket(site) as socket:
        for body in _wrong(command):
            before = await _position(site)
            answer = await _ask(alice, socket, command, json.dumps(body))
            assert answer["ErrorCode"] not in INTERNAL, (body, answer)
            assert answer["ErrorCode"] == 0 or await _position(site) == before, (body, answer)
    assert [record.message for record in caplog.records if record.levelname in {"ERROR", "CRITICAL"}] == []
    await _lives(site)


@pytest.mark.parametrize("command", NEED_LOGIN)
async def test_before_the_login_a_command_is_refused_and_does_nothing(site: Site, command: str) -> None:
    before = await _position(site)
    device = await site.open()
    await device.call(command, {"To_Account": "bob", "MsgRandom": 1, "MsgBody": text_body()}, 70002)
    await device.call(command, "no object", 70002)
    assert await _position(site) == before


async def test_a_message_with_parts_that_no_client_can_read_is_refused(
    site: Site, alice: GatewayClient, bob: GatewayClient
) -> None:
    """What nobody decodes is passed on: it must be text and no deeper than any client reads."""
    body = '{"To_Account": "bob", "MsgRandom": 1, "MsgBody": [{"MsgType": "TIMTextElem", "MsgContent": %s}]}'
    async with bare_socket(site) as socket:
        for depth in (200, 400, 900):
            deep = "[" * depth + "]" * depth
            content = f'{{"Text": "hi", "Own": {deep}}}'
            assert (await _ask(alice, socket, "openim.sendmsg", body % content))["ErrorCode"] == 90002
        head = json.dumps({**alice.head, "servcmd": "openim.sendmsg", "seq": 1}).encode()
        frame = b'{"head": %b, "body": %b}' % (head, body.encode() % b'{"Text": "hi", "Own": "\xff"}')
        await socket.send(frame, text=True)
        assert (await next_frame(socket))["body"]["ErrorCode"] == 90002
    assert await bob.messages() == []
    await alice.send_message("bob", "fine")
    assert len(await bob.messages()) == 1
