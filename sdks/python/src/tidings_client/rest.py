"""Calls of the REST door: who calls, over kept connections, and errors as exceptions (spec/auth.md, section 6)."""

import time
from collections.abc import Callable
from random import SystemRandom

import httpx2
import msgspec

from tidings_client.address import http_base
from tidings_client.errors import LOGIN_OVER, USERSIG_VOID, NotConnectedError, TidingsError, TimedOutError
from tidings_client.frames import Verdict, judge
from tidings_client.usersig import find_end, make_usersig

CALL_S = 10.0
SIGNED_FOR_S = 86_400
HTTP_OK = 200
# Less than servers usually wait before they close an idle connection.
KEPT_IDLE_S = 4.0


class Signer:
    """The admin's UserSig: as it was given, or made from the app's key and renewed."""

    def __init__(self, sdkappid: int, admin: str, usersig_or_key: str, now: Callable[[], float] = time.time) -> None:
        """Tell a UserSig from a key by its form; `now` returns unix seconds."""
        self._sdkappid = sdkappid
        self._admin = admin
        self._secret = usersig_or_key
        self._now = now
        self._renew_at = 0.0
        self._usersig = ""
        self.can_renew = find_end(usersig_or_key) is None

    def usersig(self) -> str:
        """Return a UserSig that holds for hours."""
        if not self.can_renew:
            return self._secret
        now = self._now()
        if now >= self._renew_at:
            self._usersig = make_usersig(self._sdkappid, self._secret, self._admin, SIGNED_FOR_S, now=int(now))
            self._renew_at = now + SIGNED_FOR_S / 2
        return self._usersig

    def forget(self) -> None:
        """Make a new one next time."""
        self._renew_at = 0.0


class RestCaller:
    """Posts commands as an app admin; connections are kept between calls."""

    def __init__(self, url: str, sdkappid: int, admin: str, usersig_or_key: str) -> None:
        """Call the server at `url`; raises ValueError if that is no server address."""
        self._base = http_base(url)
        self._fixed = {"sdkappid": str(sdkappid), "identifier": admin, "contenttype": "json"}
        self._signer = Signer(sdkappid, admin, usersig_or_key)
        self._chance = SystemRandom()
        limits = httpx2.Limits(keepalive_expiry=KEPT_IDLE_S)
        self._http = httpx2.AsyncClient(timeout=CALL_S, limits=limits)

    async def call(self, command: str, body: bytes) -> bytes:
        """Return the answer of `service/command` to a JSON object; raises TidingsError unless it is a success."""
        answer = await self._post(command, body)
        verdict = _judge(command, answer)
        is_void = verdict.code in LOGIN_OVER or verdict.code == USERSIG_VOID
        if is_void and self._signer.can_renew:
            self._signer.forget()
            answer = await self._post(command, body)
            verdict = _judge(command, answer)
        if verdict.code:
            raise TidingsError(verdict.code, verdict.info)
        return answer

    async def close(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    async def _post(self, command: str, body: bytes) -> bytes:
        query = {**self._fixed, "usersig": self._signer.usersig(), "random": str(self._chance.getrandbits(32))}
        url = f"{self._base}/v4/{command}"
        try:
            try:
                response = await self._http.post(url, params=query, content=body)
            except httpx2.RemoteProtocolError:
                # A kept connection that the server was just closing. A repeat does no harm: it is the same body.
                response = await self._http.post(url, params=query, content=body)
        except httpx2.TimeoutException as error:
            raise TimedOutError(command, CALL_S) from error
        except httpx2.TransportError as error:
            why = str(error) or type(error).__name__
            raise NotConnectedError(
                f"cannot call {self._base}: {why}; is the server running, and is the address right?"
            ) from error
        if response.status_code != HTTP_OK:
            raise NotConnectedError(
                f"{self._base} answered HTTP {response.status_code}, expected {HTTP_OK}; is it a Tidings server?"
            )
        return response.content


def _judge(command: str, answer: bytes) -> Verdict:
    try:
        return judge(answer)
    except msgspec.DecodeError as error:
        raise NotConnectedError(f"the answer to {command} is not JSON: {error}; is it a Tidings server?") from error
