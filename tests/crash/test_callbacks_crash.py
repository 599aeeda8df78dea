"""A server that is killed while it asks and tells an app's server: nothing that is stored stays untold."""

import asyncio
from pathlib import Path

import httpx2

from tests.crash.server import Address, Server
from tests.support.clients import PATIENCE_S, Json, RestClient, text_body
from tests.support.receiver import FINE, Receiver, Sent, answer, receiving

BEFORE, AFTER = "C2C.CallbackBeforeSendMsg", "C2C.CallbackAfterSendMsg"
ROUNDS, SENT_A_ROUND = 4, 40
EACH_REFUSED, EACH_FAILED = 7, 5


def _is_refused(random: int) -> bool:
    return random % EACH_REFUSED == 0


class Judge:
    """Refuses some messages, and fails to hear of some the first time."""

    def __init__(self) -> None:
        self._failed: set[int] = set()

    def __call__(self, sent: Sent) -> bytes:
        """Return what goes back."""
        random = sent.body["MsgRandom"]
        if sent.command == BEFORE:
            return answer({**FINE, "ErrorCode": int(_is_refused(random))})
        if random % EACH_FAILED == 0 and random not in self._failed:
            self._failed.add(random)
            return answer({}, "500 Internal Server Error")
        return answer(FINE)


def _rest(address: Address) -> RestClient:
    return RestClient(f"127.0.0.1:{address.port}", address.sdk_app_id, address.admin, address.admin_usersig)


async def _send(rest: RestClient, randoms: range, acknowledged: set[int]) -> None:
    """Send until the server is gone."""
    for random in randoms:
        body = {"From_Account": "alice", "To_Account": "bob", "MsgRandom": random, "MsgBody": text_body()}
        try:
            code = 20006 if _is_refused(random) else 0
            await rest.call("openim/sendmsg", body, code)
        except httpx2.HTTPError:
            return
        if not code:
            acknowledged.add(random)


async def _killed_round(server: Server, receiver: Receiver, first: int, acknowledged: set[int]) -> None:
    address = await server.start()
    assert address is not None
    told = len(receiver.of(BEFORE))
    sending = asyncio.create_task(_send(_rest(address), range(first, first + SENT_A_ROUND), acknowledged))
    # Killed once half of it was asked about: some letters are under way, some wait, some are being written.
    async with asyncio.timeout(PATIENCE_S):
        while len(receiver.of(BEFORE)) < told + SENT_A_ROUND // 2:
            receiver.news.clear()
            await receiver.news.wait()
    server.kill()
    await server.ended()
    await sending


async def _stored(rest: RestClient) -> list[int]:
    """Return the numbers of all stored messages, in their order."""
    asked: Json = {"Operator_Account": "bob", "Peer_Account": "alice", "MaxCnt": 100}
    asked |= {"MinTime": 0, "MaxTime": 4_000_000_000}
    found: list[Json] = []
    while True:
        page = await rest.call("openim/admin_getroammsg", asked)
        found = page["MsgList"] + found
        if page["Complete"]:
            break
        asked |= {"MaxTime": page["LastMsgTime"], "LastMsgKey": page["LastMsgKey"]}
    return [each["MsgRandom"] for each in found]


async def test_every_stored_message_is_told_and_no_refused_one_is_stored(tmp_path: Path) -> None:
    async with receiving() as receiver:
        receiver.answering = Judge()
        settings = (f"callback_url={receiver.url}", "callback_private=true", f"callbacks={BEFORE},{AFTER}")
        server = Server(tmp_path, options=tuple(part for each in settings for part in ("--set", each)))
        acknowledged: set[int] = set()
        for number in range(ROUNDS):
            await _killed_round(server, receiver, 1 + number * SENT_A_ROUND, acknowledged)
        address = await server.start()
        assert address is not None
        stored = set(await _stored(_rest(address)))
        async with asyncio.timeout(PATIENCE_S):
            while not stored <= {body["MsgRandom"] for body in receiver.of(AFTER)}:
                receiver.news.clear()
                await receiver.news.wait()
        server.kill()
        await server.ended()
    assert acknowledged <= stored
    assert not {random for random in stored if _is_refused(random)}
    told = [body["MsgRandom"] for body in receiver.of(AFTER)]
    assert set(told) == stored
    first_told = list(dict.fromkeys(told))
    assert first_told == sorted(first_told)  # one after another was sent, so that is their order
