"""What is measured: Tidings or the bare ceiling, each started fresh in a folder of its own."""

import json
import sys
import time
import urllib.parse
import urllib.request
from pathlib import Path
from typing import Any

from bench.process import ServerProcess
from tidings.domain.usersig import make

IMPORT_BATCH = 100
CEILING = str(Path(__file__).with_name("ceiling.py"))


class Target:
    """A running server, and what a client has to know about it."""

    def __init__(self, name: str, folder: Path) -> None:
        """Start the server `tidings` or `ceiling`, with its data in `folder`."""
        folder.mkdir(parents=True, exist_ok=True)
        data = str(folder / "data")
        argv = {
            "tidings": [sys.executable, "-m", "tidings", "dev", "--json", "--port", "0", "--data", data, "--no-limits"],
            "ceiling": [sys.executable, CEILING, data],
        }[name]
        self.name = name
        self.process = ServerProcess(argv, folder / "server.log")
        facts = self.process.facts
        self.sdk_app_id: int = facts["sdkappid"]
        self._key: str = facts["key"]
        self.port: int = urllib.parse.urlsplit(facts["gateway"]).port or 0
        self.rest_port: int = urllib.parse.urlsplit(facts["rest"]).port or 0
        self.query = urllib.parse.urlencode(
            {
                "sdkappid": self.sdk_app_id,
                "identifier": facts["admin"],
                "usersig": facts["admin_usersig"],
                "random": 1,
                "contenttype": "json",
            }
        )

    def sign(self, user: str) -> str:
        """Return a UserSig for a user."""
        return make(self.sdk_app_id, self._key, user, now=time.time(), expire=86400)

    def post(self, command: str, body: dict[str, Any]) -> dict[str, Any]:
        """Make one REST call as the admin; raises RuntimeError if it is refused."""
        url = f"http://127.0.0.1:{self.rest_port}/v4/{command}?{self.query}"
        with urllib.request.urlopen(url, json.dumps(body).encode(), timeout=30) as answer:
            document: dict[str, Any] = json.load(answer)
        if document["ErrorCode"]:
            raise RuntimeError(f"{command}: {document}")
        return document

    def import_users(self, first: int, end: int) -> None:
        """Import the accounts u<first> to u<end - 1>."""
        for start in range(first, end, IMPORT_BATCH):
            users = [{"UserID": f"u{n}"} for n in range(start, min(start + IMPORT_BATCH, end))]
            self.post("im_open_login_svc/multiaccount_import", {"AccountList": users})

    def stop(self) -> None:
        """End the server."""
        self.process.stop()
