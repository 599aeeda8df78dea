"""`tidings dev` as a process of its own, which tests stop, kill and start again."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any
from urllib.parse import urlencode, urlsplit

import httpx2
from websockets.sync.client import connect

from tidings.domain import usersig

PATIENCE_S = 20.0


@dataclass(slots=True)
class Emulator:
    """A running `tidings dev`."""

    argv: list[str]
    log: IO[str]
    process: subprocess.Popen[str]
    facts: dict[str, Any]

    @property
    def app_id(self) -> int:
        """The app's SDKAppID."""
        return int(self.facts["sdkappid"])

    @property
    def port(self) -> int:
        """The port it listens on."""
        port: int | None = urlsplit(self.facts["gateway"]).port
        assert port is not None
        return port

    def usersig(self, user_id: str, *, key: str = "", later_s: int = 0) -> str:
        """Return a UserSig, by the app's key unless another is given, made so many seconds from now."""
        return usersig.make(self.app_id, key or self.facts["key"], user_id, now=int(time.time()) + later_s)

    def rest(self, command: str, body: object) -> dict[str, Any]:
        """Call a REST command as the app's admin; anything but success fails."""
        query = {
            "sdkappid": self.app_id,
            "identifier": self.facts["admin"],
            "usersig": self.facts["admin_usersig"],
            "random": 1,
            "contenttype": "json",
        }
        url = f"{self.facts['rest']}/v4/{command}?{urlencode(query)}"
        answer: dict[str, Any] = httpx2.post(url, content=json.dumps(body), timeout=PATIENCE_S).json()
        assert answer["ErrorCode"] == 0, answer
        return answer

    def import_text(self, sender: str, receiver: str, text: str, *, age_s: int) -> None:
        """Import a text that was sent so many seconds ago and is not read yet."""
        numbers = {"MsgSeq": 1, "MsgRandom": 2, "MsgTimeStamp": int(time.time()) - age_s}
        people = {"From_Account": sender, "To_Account": receiver, "SyncFromOldSystem": 1}
        body = [{"MsgType": "TIMTextElem", "MsgContent": {"Text": text}}]
        self.rest("openim/importmsg", {**people, **numbers, "MsgBody": body})

    def login_on(self, device: str, user_id: str) -> None:
        """Log in on a device of that kind that is no web page, and leave at once."""
        head = {"servcmd": "im_open_status.wslogin", "seq": 1, "identifier": user_id, "usersig": self.usersig(user_id)}
        url = f"{self.facts['gateway']}/info?sdkappid={self.app_id}&instanceid={'a' * 32}&device={device}"
        with connect(url, compression=None, open_timeout=PATIENCE_S) as socket:
            socket.send(json.dumps({"head": head, "body": {"State": "Online"}}))
            answer = json.loads(socket.recv(PATIENCE_S))
        assert answer["body"]["ErrorCode"] == 0, answer

    def kill(self) -> None:
        """Kill it at once: no handler of its own gets to see that."""
        self.process.kill()
        self.process.communicate()

    def restart(self) -> None:
        """Start it again after a kill, over the same data and on the same port."""
        self.argv[self.argv.index("--port") + 1] = str(self.port)
        self.process, self.facts = _start(self.argv, self.log)


@contextmanager
def running_emulator(*options: str, data: Path | None = None) -> Iterator[Emulator]:
    """Run `tidings dev` on a free port, over a folder or in memory. Fails if it had anything to complain about."""
    where = ["--data", str(data)] if data else ["--memory"]
    argv = [sys.executable, "-m", "tidings", "dev", "--json", "--port", "0", *where, *options]
    with TemporaryFile("w+") as log:
        emulator = Emulator(argv, log, *_start(argv, log))
        try:
            yield emulator
        finally:
            emulator.process.terminate()
            emulator.process.communicate()
        assert not (complaints := _read(log)), complaints


def _start(argv: list[str], log: IO[str]) -> tuple[subprocess.Popen[str], dict[str, Any]]:
    process = subprocess.Popen(argv, stdout=subprocess.PIPE, stderr=log, text=True)
    assert process.stdout is not None
    line = process.stdout.readline()
    assert line, f"tidings dev did not come up: {_read(log)}"
    return process, json.loads(line)


def _read(log: IO[str]) -> str:
    log.seek(0)
    return log.read()
