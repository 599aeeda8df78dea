"""The load: one logged-in user on one socket, as cheap as Python allows."""

import asyncio
import json
import re
import time
from collections.abc import Callable
from typing import Any

from bench.frames import PING, PONG, TEXT, UPGRADE, split_frames, to_frame
from bench.target import Target

# A text begins with its sender's number, its own number and the moment it was sent (ns).
MARK = re.compile(rb"b:(\d+):(\d+):(\d+);")
REFUSED = re.compile(rb'"ErrorCode": ?[1-9]').search
WANTS_ACK = re.compile(rb'"NeedAck": ?1').search
SESSION_DATA = re.compile(rb'"SessionData": ?"([^"]*)"')
ANSWER_S = 30
OnText = Callable[[int, int], None]
OnAck = Callable[[], None]


class LoadClient(asyncio.Protocol):
    """User `u<number>` of a target: sends texts and reports what comes back."""

    def __init__(self, target: Target, number: int) -> None:
        """Prepare; `open` connects."""
        self.number = number
        self.sent = self.acked = self.tiny_id = 0
        self.on_text: OnText = lambda _sender, _sent_ns: None
        self.on_ack: OnAck = lambda: None
        self._target = target
        self._seq = 1000
        self._buffer = b""
        self._out: list[bytes] = []
        self._waiting: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self._identity = f'"identifier":"u{number}","usersig":"{target.sign(f"u{number}")}","status_instid":0'
        self._loop = asyncio.get_running_loop()
        self._is_open: asyncio.Future[None] = self._loop.create_future()

    async def open(self) -> None:
        """Connect, shake hands and log in."""
        self._transport, _ = await self._loop.create_connection(lambda: self, "127.0.0.1", self._target.port)
        path = (
            f"/info?sdkappid={self._target.sdk_app_id}&instanceid={self.number:032x}&random=0.5"
            "&platform=7&host=unknown&version=-1&sdkversion=3.6.6"
        )
        self._transport.write(UPGRADE % path.encode())
        await asyncio.wait_for(self._is_open, ANSWER_S)
        body = '{"State":"Online","is_web_uniapp":0,"InstType":0,"CustomInfo":""}'
        answer = await self.call("im_open_status.wslogin", body)
        self.tiny_id = int(answer["TinyId"])
        self._identity = f'"a2":"{answer["A2Key"]}","tinyid":"{answer["TinyId"]}","status_instid":{answer["InstId"]}'

    async def call(self, command: str, body: str) -> dict[str, Any]:
        """Send a request and return the answer's body; raises RuntimeError if it is refused."""
        frame = self._request(command, body)
        future = self._waiting[self._seq] = self._loop.create_future()
        self._transport.write(frame)
        answer: dict[str, Any] = await asyncio.wait_for(future, ANSWER_S)
        if answer.get("ErrorCode"):
            raise RuntimeError(f"{command}: {answer}")
        return answer

    def send(self, to: int, size: int) -> None:
        """Send a text of `size` bytes; what one loop turn sends leaves in one write."""
        if not self._out:
            self._loop.call_soon(self._flush)
        text = f"b:{self.number}:{self.sent}:{time.perf_counter_ns()};".ljust(size, "x")
        self.sent += 1
        body = (
            f'{{"From_Account":"u{self.number}","To_Account":"u{to}","MsgSeq":{self.sent},"MsgRandom":{self.sent},'
            f'"MsgClientTime":{int(time.time())},'
            f'"MsgBody":[{{"MsgType":"TIMTextElem","MsgContent":{{"Text":"{text}"}}}}]}}'
        )
        self._out.append(self._request("openim.sendmsg", body))

    def send_group(self, group: str, size: int) -> None:
        """Send a text of `size` bytes to a group; its answer is not looked at."""
        text = f"b:{self.number}:{self.sent}:{time.perf_counter_ns()};".ljust(size, "x")
        self.sent += 1
        body = (
            f'{{"GroupId":"{group}","Random":{self.sent},"MsgClientTime":{int(time.time())},'
            f'"MsgBody":[{{"MsgType":"TIMTextElem","MsgContent":{{"Text":"{text}"}}}}]}}'
        )
        self._transport.write(self._request("group_open_http_svc.send_group_msg", body))

    def close(self) -> None:
        """Drop the connection."""
        self._transport.abort()

    def data_received(self, data: bytes) -> None:
        """Take what came; called by the event loop."""
        buffer = self._buffer + data
        if not self._is_open.done():
            head = buffer.find(b"\r\n\r\n")
            if head < 0:
                self._buffer = buffer
                return
            buffer = buffer[head + 4 :]
            self._is_open.set_result(None)
        frames, self._buffer = split_frames(buffer)
        for kind, payload in frames:
            if kind == TEXT:
                self._take(payload)
            elif kind == PING:
                self._transport.write(to_frame(payload, PONG))

    def _take(self, payload: bytes) -> None:
        if marks := MARK.findall(payload):
            if WANTS_ACK(payload):
                self._acknowledge(payload)
            for sender, _, sent_ns in marks:
                self.on_text(int(sender), int(sent_ns))
        elif b"openim.sendmsg" in payload:
            if REFUSED(payload):
                raise RuntimeError(f"a message was refused: {payload[:400]!r}")
            self.acked += 1
            self.on_ack()
        elif b"im_open_push.msg_push" not in payload:
            document = json.loads(payload)
            if future := self._waiting.pop(document["head"].get("seq"), None):
                future.set_result(document["body"])

    def _acknowledge(self, payload: bytes) -> None:
        if found := SESSION_DATA.search(payload):
            body = f'{{"SessionData":"{found[1].decode()}"}}'
            self._transport.write(self._request("openim.ws_msg_push_ack", body))

    def _request(self, command: str, body: str) -> bytes:
        self._seq += 1
        head = (
            f'{{"head":{{"ver":"v4","platform":7,"websdkappid":537048168,"websdkversion":"1.7.3",'
            f'"sdkappid":{self._target.sdk_app_id},"contenttype":"json","reqtime":{int(time.time())},{self._identity},'
            f'"sdkability":75689843,"sdkability_ext":"","cappid":0,"cs":0,"servcmd":"{command}","seq":{self._seq}}},"body":'
        )
        return to_frame(f"{head}{body}}}".encode())

    def _flush(self) -> None:
        self._transport.write(b"".join(self._out))
        self._out.clear()


async def open_clients(target: Target, first: int, end: int, at_once: int = 20) -> list[LoadClient]:
    """Log the users u<first> to u<end - 1> in, `at_once` in flight."""
    gate = asyncio.Semaphore(at_once)

    async def one(number: int) -> LoadClient:
        client = LoadClient(target, number)
        async with gate:
            await client.open()
        return client

    return await asyncio.gather(*(one(number) for number in range(first, end)))
