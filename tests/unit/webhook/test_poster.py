"""Requests to apps' servers (those that misbehave: tests/flow/test_callback_receivers.py)."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support.receiver import Receiver, receiving
from tests.unit.cli.certificates import Files, write_certificate
from tests.unit.webhook.conftest import MakeApp
from tidings.clock import SteppedClock
from tidings.webhook.poster import CallbackError, Poster

QUERY, BODY = "CallbackCommand=State.StateChange", b'{"a":1}'


@pytest.fixture
async def poster(clock: SteppedClock) -> AsyncIterator[Poster]:
    poster = Poster(clock)
    yield poster
    await poster.close()


async def test_a_connection_is_used_again(poster: Poster, receiver: Receiver, make_app: MakeApp) -> None:
    app = make_app()
    for _ in range(3):
        assert (await poster.post(app, QUERY, BODY)).code == 0
    assert (len(receiver.sent), receiver.connections, poster.figures.answered) == (3, 1, 3)
    assert receiver.sent[0].body == {"a": 1}


async def test_another_address_is_another_connection(poster: Poster, receiver: Receiver, make_app: MakeApp) -> None:
    await poster.post(make_app(), QUERY, BODY)
    await poster.post(make_app(callback_url=f"{receiver.url}/new"), QUERY, BODY)
    assert receiver.connections == 2
    assert receiver.sent[1].target == f"/im/new?{QUERY}"


async def test_what_may_not_be_private_any_more_is_not_reached_over_an_old_connection(
    poster: Poster, receiver: Receiver, make_app: MakeApp
) -> None:
    await poster.post(make_app(), QUERY, BODY)
    with pytest.raises(CallbackError, match="is not public"):
        await poster.post(make_app(callback_private=False), QUERY, BODY)
    assert len(receiver.sent) == 1


async def test_an_app_has_a_number_of_requests_under_way_at_most(
    poster: Poster, receiver: Receiver, make_app: MakeApp
) -> None:
    gate = asyncio.Event()

    async def wait(_: object) -> bytes:
        await gate.wait()
        return b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}"

    receiver.answering = wait
    app = make_app(callback_seconds=20)
    posts = [asyncio.create_task(poster.post(app, QUERY, BODY)) for _ in range(70)]
    await receiver.wait("State.StateChange", 64)
    assert receiver.connections == 64
    gate.set()
    await asyncio.gather(*posts)
    assert receiver.connections == 64


@pytest.fixture
async def secure(tmp_path: Path) -> AsyncIterator[tuple[Receiver, Files]]:
    """Return a receiver that wants to be shown the certificate that it shows itself."""
    files = write_certificate(tmp_path)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile=files.cert)
    context.load_cert_chain(files.cert, files.key)
    context.verify_mode = ssl.CERT_REQUIRED
    async with receiving(context, is_checked=False) as receiver:
        yield receiver, files


async def test_both_sides_show_certificates(
    poster: Poster, secure: tuple[Receiver, Files], make_app: MakeApp, tmp_path: Path
) -> None:
    receiver, files = secure
    both = tmp_path / "both.pem"
    both.write_bytes(files.cert.read_bytes() + files.key.read_bytes())
    settings = {"callback_url": receiver.url.replace("127.0.0.1", "localhost"), "callback_ca": str(files.cert)}
    await poster.post(make_app(**settings, callback_client_cert=str(both)), QUERY, BODY)
    with pytest.raises(CallbackError):
        await poster.post(make_app(**settings), QUERY, BODY)
    assert len(receiver.sent) == 1


async def test_a_server_that_nobody_vouches_for_is_not_told_anything(
    poster: Poster, secure: tuple[Receiver, Files], make_app: MakeApp
) -> None:
    receiver, _ = secure
    with pytest.raises(CallbackError, match="certificate"):
        await poster.post(make_app(callback_url=receiver.url), QUERY, BODY)
    assert receiver.sent == []


async def test_a_file_that_is_not_there_is_a_failure(poster: Poster, make_app: MakeApp) -> None:
    with pytest.raises(CallbackError, match="No such file"):
        await poster.post(make_app(callback_url="https://127.0.0.1:9", callback_ca="/nowhere.pem"), QUERY, BODY)
