"""Pages in headless Chromium, driven over a Node process's stdin and stdout (driver.mjs)."""

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
C2C = "C2C"  # a conversation's name in the clients is this and the other user's
GROUP = "GROUP"  # or this and the group's


class RefusedError(Exception):
    """What a client's promise was rejected with."""

    def __init__(self, code: int, text: str) -> None:
        super().__init__(f"{code}: {text}")
        self.code, self.text = code, text


@dataclass(frozen=True, slots=True)
class Browser:
    """The driver's process; one command at a time."""

    process: subprocess.Popen[str]

    def order(self, command: str, **details: object) -> Any:
        """Send a command of driver.mjs and return its result."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps({"command": command, **details}) + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        assert "failure" not in answer, answer["failure"]
        return answer["result"]

    def cable(self, port: int) -> "Cable":
        """Return a cable to a port of this machine."""
        made = self.order("cable", port=port)
        return Cable(self, made["cable"], made["port"])


@dataclass(frozen=True, slots=True)
class Cable:
    """What lies between a page and a server, and can fail."""

    browser: Browser
    number: int
    port: int

    def mute(self) -> None:
        """Let nothing down any more, as when a network dies one way."""
        self.browser.order("mute", cable=self.number)

    def cut(self) -> None:
        """Break its connections; later ones pass."""
        self.browser.order("cut", cable=self.number)


@dataclass(slots=True)
class Page:
    """A client in a browser profile of its own: a device, for the server."""

    browser: Browser
    number: int
    expected_errors: list[str] = field(default_factory=list)

    def run(self, name: str, *args: object) -> Any:
        """Call harness.js, or the client itself. Raises RefusedError when the client's promise is rejected."""
        answer = self.browser.order("run", page=self.number, name=name, args=args)
        if "refused" in answer:
            raise RefusedError(answer["refused"]["code"], answer["refused"]["text"])
        return answer["result"]

    def expect_error(self, *texts: str) -> None:
        """Say what the console may show as an error; whatever else it shows fails the test."""
        self.expected_errors.extend(texts)

    def login(self, user_id: str, user_sig: str) -> None:
        """Log in and wait until the client is ready."""
        self.run("login", {"userID": user_id, "userSig": user_sig})
        self.wait("SDK_READY")

    def send(self, to: str, text: str, **options: object) -> Any:
        """Send a text; returns the client's message."""
        return self.run("send", "Text", to, {"text": text}, {}, options)

    def send_group(self, to: str, text: str, **options: object) -> Any:
        """Send a text into a group; returns the client's message."""
        return self.run("send", "Text", to, {"text": text}, {"conversationType": "GROUP"}, options)

    def wait(self, event: str, like: object = None) -> Any:
        """Return what the newest such event carried, as far as it has the members of `like`."""
        return self.run("wait", event, like or {})

    def wait_text(self, text: str) -> Any:
        """Wait for a text message to come in."""
        return self.wait("MESSAGE_RECEIVED", {"payload": {"text": text}})

    def seen(self, event: str, like: object = None) -> list[Any]:
        """Return what all such events carried so far."""
        found: list[Any] = self.run("seen", event, like or {})
        return found

    def texts_received(self) -> list[str]:
        """Return the texts of all messages that came in, in order."""
        return [message["payload"]["text"] for message in self.seen("MESSAGE_RECEIVED")]

    def forget(self) -> None:
        """Look only at events from here on."""
        self.run("forget")

    def history(self, peer: str, after: str = "") -> Any:
        """Return a page of a conversation: messageList, nextReqMessageID, isCompleted."""
        return self.run("getMessageList", {"conversationID": C2C + peer, "nextReqMessageID": after})

    def group_history(self, group: str, after: str = "") -> Any:
        """Return a page of a group's history: messageList, nextReqMessageID, isCompleted."""
        return self.run("getMessageList", {"conversationID": GROUP + group, "nextReqMessageID": after})

    def conversations(self) -> dict[str, Any]:
        """Return the conversation list, by the other user's name, in the client's order."""
        return {each["conversationID"].removeprefix(C2C): each for each in self.run("conversations")}

    def close(self) -> None:
        """Close it. Fails on an error in its console that was not expected, or a request to another machine."""
        kept = self.browser.order("close", page=self.number)
        unexpected = [e for e in kept["errors"] if not any(text in e for text in self.expected_errors)]
        assert not unexpected, f"in the page's console: {unexpected}"
        assert not kept["calls"], f"the page called other machines: {kept['calls']}"


@contextmanager
def running_browser(folder: Path, chromium: str, node: str) -> Iterator[Browser]:
    """Run the driver, and Chromium under it; `folder` holds what package-lock.json names."""
    argv = [node, str(HERE / "driver.mjs"), str(folder), chromium]
    with subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield Browser(process)
        assert process.stdin is not None
        process.stdin.close()  # it ends with its input
        assert process.wait() == 0
