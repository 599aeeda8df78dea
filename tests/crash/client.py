"""A device: sends, reads, remembers what it got, and catches up after each crash.

It follows the web protocol (spec/client/web-sdk-wire.md): one ticket for many sockets, and what
was not answered is sent again in the same bytes, before or after the new login. As a real client
does, it goes by positions: what stands at or before the last one it took is a repeat, and dropped.
"""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any

from bench.frames import to_frame
from tests.crash.connection import Body, Connection
from tests.crash.records import RECALLED, Acked, Changed, Delivered, Evidence, Note, ReadReport, Sent, Stored
from tests.crash.server import Address
from tidings.domain.usersig import make
from tidings.errors import ALREADY_RECALLED

WINDOW = 6
PAGE = 100
READ_ONE_IN, CHANGE_ONE_IN, RECALL_ONE_IN = 12, 8, 4
RECALLED_BEFORE = ALREADY_RECALLED.code
FLAG_RECALLED = 8
CONFIRM = "openim.ws_msg_push_ack"
# Randoms from here on belong to sends by REST, which have no client time.
REST_RANDOMS = 1 << 30
_HEAD: Body = {
    "ver": "v4",
    "platform": 7,
    "websdkappid": 537048168,
    "websdkversion": "1.7.3",
    "contenttype": "json",
    "sdkability": 75689843,
    "sdkability_ext": "",
    "cappid": 0,
    "cs": 0,
}


@dataclass(slots=True)
class Crew:
    """What all devices of a run share: the logs, chance, and who wants to hear that something happened."""

    evidence: Evidence
    chance: Random
    happened: Callable[[], None] = lambda: None
    failures: list[str] = field(default_factory=list)
    changing: list[tuple[Changed, str]] = field(default_factory=list)
    is_sending: bool = False
    resent: int = 0
    caught_up: int = 0


class Device:
    """One device of an account, over as many sockets as it takes."""

    def __init__(self, crew: Crew, name: str, number: int, platform: str) -> None:
        """Make device `account/…` number `number` of the crew."""
        self.name, self.account = name, name.partition("/")[0]
        self._crew = crew
        self._query = f"&instanceid={number:032x}&device={platform}&platform=7&host=unknown&version=-1&sdkversion=3.6.6"
        self._seq = number * 10_000_000
        self._next_random = number << 24
        self._msg_seq = crew.chance.randrange(1, 1 << 20)
        self._ticket: Body = {}
        self._cursor: int | None = None
        self._sends: dict[int, tuple[bytes, Note]] = {}
        self._reads: dict[int, tuple[bytes, ReadReport]] = {}
        self._changes: dict[int, tuple[bytes, Changed]] = {}
        self._edited: dict[int, tuple[Note, str]] = {}
        self._changeable: list[tuple[Note, str]] = []
        self._early: list[tuple[int, Body]] | None = None
        self._connection: Connection | None = None
        self.arrived: set[tuple[str, int]] = set()
        self.peers: list[str] = []

    @property
    def is_idle(self) -> bool:
        """Say whether everything it sent and reported was answered."""
        return not self._sends and not self._reads and not self._changes

    async def connect(self, address: Address) -> None:
        """Connect, log in, catch up, and go on; raises ConnectionError if the server goes away meanwhile."""
        self._address = address
        connection = self._connection = Connection(self._take)
        await connection.open(address.port, f"/info?sdkappid={address.sdk_app_id}{self._query}")
        self._early = []
        is_early_bird = bool(self._ticket) and self._crew.chance.random() < 0.5
        if is_early_bird:
            self._repeat(connection)
        await self._log_in(connection)
        await self._catch_up()
        if not is_early_bird:
            self._repeat(connection)
        early, self._early = self._early, None
        for position, message in early:
            self._take_event(position, message)
        self._crew.happened()
        self.fill()

    def fill(self) -> None:
        """Send until WINDOW messages are under way."""
        while self._crew.is_sending and self._early is None and len(self._sends) < WINDOW:
            self._send(self._crew.chance.choice(self.peers))

    async def history(self, peer: str) -> list[Stored]:
        """Fetch the whole history with a peer, oldest first."""
        pages: list[list[Stored]] = []
        at: Body = {"LastMsgTime": 0, "MsgKey": ""}
        while True:
            answer = await self._call(
                "openim.getroammsg",
                {"Peer_Account": peer, "MaxCnt": PAGE, "WithRecalledMsg": 1, "GetDirection": 0, **at},
            )
            pages.append([_to_stored(message) for message in answer["MsgList"]])
            if answer["Complete"]:
                return [entry for page in reversed(pages) for entry in page]
            at = {"LastMsgTime": answer["LastMsgTime"], "MsgKey": answer["MsgKey"]}

    async def unread(self) -> dict[str, int]:
        """Ask for the unread numbers, by peer."""
        answer = await self._sync()
        return {item["From_Account"]: item["UnreadCount"] for item in answer["C2CPairUnreadCount"]}

    async def _log_in(self, connection: Connection) -> None:
        seq, frame = self._request(
            "im_open_status.wslogin", {"State": "Online", "is_web_uniapp": 0, "InstType": 0, "CustomInfo": ""}
        )
        answer = await connection.call(seq, frame)
        if answer["ErrorCode"]:
            self._fail(f"login: {answer}")
            raise ConnectionAbortedError("refused")
        self._ticket = {"a2": answer["A2Key"], "tinyid": answer["TinyId"], "status_instid": answer["InstId"]}
        self._crew.happened()

    async def _catch_up(self) -> None:
        """Ask for what was missed; what is pushed meanwhile waits until that is taken."""
        while True:
            answer = await self._sync()
            if answer.get("Gap"):
                self._fail(f"a gap after {self._cursor}")
            for event in answer["EventArray"]:
                self._hear(event)
            for message in answer["MsgList"]:
                self._crew.caught_up += 1
                self._take_event(message["Position"], message)
            self._cursor = max(int(answer["Cookie"]), self._cursor or 0)
            self._crew.happened()
            if answer["SyncFlag"] == 2:
                return

    async def _sync(self) -> Body:
        cookie = "" if self._cursor is None else str(self._cursor)
        return await self._call("openim.getmsg", {"Cookie": cookie, "SyncFlag": 0})

    def _take(self, command: str, seq: int, body: Body) -> None:
        """Take an answer to a send or a report, or a push."""
        if command == "im_open_push.msg_push":
            self._take_push(body)
        elif seq in self._changes and body["ErrorCode"] in {0, RECALLED_BEFORE}:
            self._take_change(seq)
        elif body.get("ErrorCode"):
            self._fail(f"{command}: {body}")
        elif seq in self._sends:
            note = self._sends.pop(seq)[1]
            self._crew.evidence.acked.append(Acked(note.sender, note.random, body["MsgKey"]))
            self._changeable.append((note, body["MsgKey"]))
            if self._crew.is_sending and not self._crew.chance.randrange(CHANGE_ONE_IN):
                self._change()
            self.fill()
        elif seq in self._reads:
            self._crew.evidence.reads.append(self._reads.pop(seq)[1])
        elif command != CONFIRM:
            self._fail(f"an answer to nothing: {command} {seq} {body}")
        self._crew.happened()

    def _take_push(self, body: Body) -> None:
        for event in body["EventArray"]:
            if "C2cMsgArray" in event:
                arrived = [(message["Position"], message) for message in event["C2cMsgArray"]]
            else:
                self._hear(event)
                arrived = [(event.get("Position", 0), {})]  # live events, like a changed status, have none
            for position, message in arrived:
                if self._early is not None:
                    self._early.append((position, message))
                else:
                    self._take_event(position, message)
        if body.get("NeedAck") and self._connection is not None:
            self._connection.write(self._request(CONFIRM, {"SessionData": body["SessionData"]})[1])

    def _deliver(self, message: Body) -> None:
        note = _to_note(message)
        entry = Delivered(self.name, message["Position"], message["MsgTimeStamp"], note)
        self._crew.evidence.delivered.append(entry)
        self.arrived.add(note.identity)
        is_talking = self._crew.is_sending and self._early is None
        if is_talking and note.sender != self.account and not self._crew.chance.randrange(READ_ONE_IN):
            # A second that is over: nothing can come into it any more, so what the report covers is certain.
            self._report(ReadReport(self.account, note.sender, entry.time - self._crew.chance.randint(1, 2)))

    def _take_event(self, position: int, message: Body) -> None:
        if position > (self._cursor or 0):
            self._cursor = position
            if message:
                self._deliver(message)

    def _send(self, peer: str) -> None:
        self._msg_seq += 1
        self._next_random += 1
        note = Note(
            self.account, peer, self._msg_seq, self._next_random, int(time.time()), f"{self.name} {self._next_random}"
        )
        self._crew.evidence.sent.append(Sent(self.name, note))
        seq, frame = self._request(
            "openim.sendmsg", {"From_Account": note.sender, **to_message(note), "MsgClientTime": note.client_time}
        )
        self._sends[seq] = (frame, note)
        self._write(frame)

    def _report(self, report: ReadReport) -> None:
        item = {"To_Account": report.peer, "LastedMsgTime": report.time, "Receipt": 1}
        seq, frame = self._request("openim.msgreaded", {"C2CMsgReaded": {"Cookie": "", "C2CMsgReadedItem": [item]}})
        self._reads[seq] = (frame, report)
        self._write(frame)

    def _change(self) -> None:
        """Edit or recall one of the messages that were answered; nobody else changes them."""
        note, key = self._changeable.pop(self._crew.chance.randrange(len(self._changeable)))
        names = {"From_Account": note.sender, "To_Account": note.receiver, "MsgSeq": note.seq, "MsgRandom": note.random}
        sent_at = int(key.rpartition("_")[2])
        if self._crew.chance.randrange(RECALL_ONE_IN):
            text = f"edit {self._seq} of {self.name}"
            body = {**names, "MsgTime": sent_at, "CloudCustomData": text}
            seq, frame = self._request("openim.modify_c2c_msg", body)
            self._edited[seq] = (note, key)
        else:
            text = RECALLED
            seq, frame = self._request("openim.msgwithdraw", {"MsgInfo": {**names, "MsgTimeStamp": sent_at}})
        change = Changed(self.name, note.identity, text)
        self._crew.changing.append((change, note.receiver))
        self._changes[seq] = (frame, change)
        self._write(frame)

    def _take_change(self, seq: int) -> None:
        self._crew.evidence.changes.append(self._changes.pop(seq)[1])
        if seq in self._edited:
            self._changeable.append(self._edited.pop(seq))

    def _hear(self, event: Body) -> None:
        """Note which changes of messages an event tells of."""
        told = [(message, message["CloudCustomData"]) for message in event.get("C2cMsgModNotifys", ())]
        for notice in event.get("C2cNotifyMsgArray", ()):
            infos = notice.get("WithdrawC2cMsgNotify", {}).get("C2cWithdrawInfoArray", ())
            told += [(info, RECALLED) for info in infos]
        for message, text in told:
            self._crew.evidence.heard.add((self.name, (message["From_Account"], message["MsgRandom"]), text))

    def _repeat(self, connection: Connection) -> None:
        """Send again what was not answered, in the same bytes and order."""
        for seq in sorted([*self._sends, *self._reads, *self._changes]):
            connection.write((self._sends.get(seq) or self._reads.get(seq) or self._changes[seq])[0])
            self._crew.resent += 1

    def _write(self, frame: bytes) -> None:
        if self._connection is not None:
            self._connection.write(frame)
        self._crew.happened()

    async def _call(self, command: str, body: Body) -> Body:
        if self._connection is None:
            raise ConnectionError("not connected")
        answer = await self._connection.call(*self._request(command, body))
        if answer["ErrorCode"]:
            self._fail(f"{command}: {answer}")
        return answer

    def _request(self, command: str, body: Body) -> tuple[int, bytes]:
        self._seq += 1
        who = self._ticket or {"identifier": self.account, "usersig": self._sign(), "status_instid": 0}
        head: Body = _HEAD | who | {"sdkappid": self._address.sdk_app_id, "servcmd": command, "seq": self._seq}
        head["reqtime"] = int(time.time())
        return self._seq, to_frame(json.dumps({"head": head, "body": body}).encode())

    def _sign(self) -> str:
        return make(self._address.sdk_app_id, self._address.key, self.account, now=time.time(), expire=86_400)

    def _fail(self, what: str) -> None:
        self._crew.failures.append(f"{self.name}: {what}")


def to_message(note: Note) -> Body:
    """Return a note as the fields of a request to send it."""
    return {
        "To_Account": note.receiver,
        "MsgSeq": note.seq,
        "MsgRandom": note.random,
        "MsgBody": [{"MsgType": "TIMTextElem", "MsgContent": {"Text": note.text}}],
    }


def _to_stored(message: Body) -> Stored:
    """Read a message of a history."""
    is_recalled = bool(message.get("MsgFlagBits", 0) & FLAG_RECALLED)
    custom_data = message.get("CloudCustomData", "")
    return Stored(message["MsgKey"], message["MsgTimeStamp"], _to_note(message), custom_data, is_recalled)


def _to_note(message: dict[str, Any]) -> Note:
    """Read a message that came down; own ones of another device come with the sides swapped."""
    sides = message["From_Account"], message["To_Account"]
    sender, receiver = sides[::-1] if message.get("IsSyncMsg") else sides
    random = message["MsgRandom"]
    client_time = 0 if random >= REST_RANDOMS else message["MsgClientTime"]
    text = message["MsgBody"][0]["MsgContent"]["Text"]
    return Note(sender, receiver, message["MsgSeq"], random, client_time, text)
