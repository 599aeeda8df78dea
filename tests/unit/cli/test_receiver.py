"""The receiver of callbacks for developers."""

import asyncio
import json
from pathlib import Path

import httpx2
import pytest

from tests.support.clients import NO_TLS, PATIENCE_S
from tests.support.stores import NOW
from tidings.cli.receiver import FINE, Received, Receiver, find_fault, receiving, to_line, to_text
from tidings.clock import SteppedClock
from tidings.webhook.targets import sign

SIGNED = {"RequestTime": str(NOW), "Sign": sign("secret", NOW)}


@pytest.mark.parametrize(
    ("query", "token", "late", "fault"),
    [
        ({}, "", 0, ""),
        (SIGNED, "secret", 60, ""),
        (SIGNED, "secret", 61, "RequestTime is 61 s off"),
        (SIGNED, "other", 0, "Sign was made with another token"),
        ({}, "secret", 0, "it is not signed"),
        ({"RequestTime": "x", "Sign": ""}, "secret", 0, "it is not signed"),
    ],
)
def test_a_signature_is_checked_if_there_is_a_token(query: dict[str, str], token: str, late: int, fault: str) -> None:
    assert find_fault(query, token, NOW + late) == fault


async def _post(url: str, content: bytes) -> httpx2.Response:
    async with httpx2.AsyncClient(timeout=PATIENCE_S, verify=NO_TLS, trust_env=False) as http:
        return await http.post(url, content=content)


async def test_callbacks_are_told_and_answered_by_the_file_as_it_is_now(tmp_path: Path) -> None:
    file, told = tmp_path / "answers.json", list[Received]()
    receiver = Receiver(SteppedClock(NOW), "", file, told.append)
    async with receiving(receiver, "127.0.0.1", 0) as url:
        file.write_text('{"ErrorCode": 1}', encoding="utf-8")
        one = await _post(f"{url}?CallbackCommand=State.StateChange", b'{"a":1}')
        file.write_text('{"State.StateChange": {"ErrorCode": 2}}', encoding="utf-8")
        two = await _post(f"{url}?CallbackCommand=State.StateChange", b'{"a":1}')
        three = await _post(f"{url}?CallbackCommand=Other.One", b"{}")
        assert (await _post(url, b"nonsense")).status_code == 400
    assert [each.json() for each in (one, two, three)] == [{**FINE, "ErrorCode": 1}, {**FINE, "ErrorCode": 2}, FINE]
    assert (told[0].command, told[0].body) == ("State.StateChange", {"a": 1})


async def test_a_wrong_signature_is_answered_as_a_failure() -> None:
    told = list[Received]()
    receiver = Receiver(SteppedClock(NOW), "secret", None, told.append)
    async with receiving(receiver, "127.0.0.1", 0) as url:
        assert (await _post(url, b"{}")).status_code == 403
    assert told[0].fault == "it is not signed"
    assert receiver.monotonic() <= asyncio.get_running_loop().time()


def test_a_callback_is_printed_for_people_and_for_programs() -> None:
    received = Received({"CallbackCommand": "A.B", "ClientIP": "192.0.2.7", **SIGNED}, {"x": "ü"}, "it is late")
    text = to_text(received)
    assert text.startswith('A.B  ClientIP=192.0.2.7\n  WRONG SIGNATURE: it is late\n{\n  "x": "ü"')
    assert json.loads(to_line(received))["body"] == {"x": "ü"}
