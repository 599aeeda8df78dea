"""`tidings webhook listen` and `tidings dev --callbacks`, as developers run them."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx2

from tests.support.clients import NO_TLS, PATIENCE_S, RestClient, text_body
from tidings.webhook.targets import sign

Process = asyncio.subprocess.Process


@asynccontextmanager
async def _program(*args: str) -> AsyncIterator[Process]:
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tidings", *args, stdin=pipe, stdout=pipe, stderr=pipe
    )
    try:
        yield process
    finally:
        process.terminate()
        await process.communicate()


async def _line(stream: asyncio.StreamReader | None) -> str:
    assert stream is not None
    async with asyncio.timeout(PATIENCE_S):
        return (await stream.readline()).decode()


async def test_a_receiver_prints_checks_and_answers(tmp_path: Path) -> None:
    answers = tmp_path / "answers.json"
    answers.write_text('{"C2C.CallbackBeforeSendMsg": {"ErrorCode": 1}}', encoding="utf-8")
    options = ("--port", "0", "--json", "--token", "secret", "--answer", str(answers))
    async with _program("webhook", "listen", *options) as process:
        url = json.loads(await _line(process.stdout))["url"]
        query = f"CallbackCommand=C2C.CallbackBeforeSendMsg&RequestTime=5&Sign={sign('secret', 5)}"
        async with httpx2.AsyncClient(timeout=PATIENCE_S, verify=NO_TLS, trust_env=False) as http:
            response = await http.post(f"{url}?{query}", content=b'{"From_Account":"alice"}')
        assert (response.status_code, response.json()["ErrorCode"]) == (403, 1)  # it was signed long ago
        printed = json.loads(await _line(process.stdout))
    assert printed["body"] == {"From_Account": "alice"}
    assert "s off" in printed["fault"]


async def test_the_emulator_prints_callbacks_on_demand() -> None:
    async with _program("dev", "--json", "--port", "0", "--memory", "--callbacks") as process:
        facts = json.loads(await _line(process.stdout))
        rest = RestClient(
            facts["rest"].removeprefix("http://"), facts["sdkappid"], facts["admin"], facts["admin_usersig"]
        )
        body = {"From_Account": "alice", "To_Account": "bob", "MsgRandom": 1, "MsgBody": text_body()}
        await rest.call("openim/sendmsg", body)
        lines = [await _line(process.stderr)]
        while not lines[-1].startswith("C2C.CallbackAfterSendMsg"):
            lines.append(await _line(process.stderr))
    assert lines[0].startswith(f"C2C.CallbackBeforeSendMsg  SdkAppid={facts['sdkappid']} ClientIP=127.0.0.1")
