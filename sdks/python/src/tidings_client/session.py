"""The life of a login: connected, lost, found again, ended. It outlives its sockets."""

import asyncio
import contextlib
import logging
from collections.abc import Callable, Coroutine, Iterable
from typing import Any

import msgspec

from tidings_client import wire
from tidings_client.address import Address
from tidings_client.backoff import Backoff
from tidings_client.connection import AGAIN, Connection
from tidings_client.decode import find_kick, to_changes, to_events, to_message
from tidings_client.errors import (
    FINAL,
    LOGIN_DISPLACED,
    LOGIN_OVER,
    USERSIG_ENDED,
    USERSIG_VOID,
    KickedOutError,
    NotConnectedError,
    TidingsError,
)
from tidings_client.events import ConnectionLost, ConnectionRestored, Event, KickedOut, KickReason, MessageReceived
from tidings_client.frames import PUSH, Frame
from tidings_client.group_events import GroupEvent
from tidings_client.group_feed import GroupFeed
from tidings_client.inbox import Inbox
from tidings_client.login import Login
from tidings_client.mailbox import Mailbox
from tidings_client.pulse import Beat, Pulse
from tidings_client.setup import Setup
from tidings_client.traffic import LOGIN, Traffic

log = logging.getLogger("tidings_client")

TICK_S = 1.0
HELD_S = 10.0
LOG_OUT_S = 2.0
SYNC_ENDED = 2
KICK = "im_open_status.stat_forceoffline"
LOG_IN_AGAIN = "StatSvc.KickOther"
OVERLOAD = "OverLoadPush.notify2"
_KICKS = {1: KickReason.SAME_DEVICE, 2: KickReason.OTHER_DEVICE, 3: KickReason.BY_SERVER}
_WHY = {
    KickReason.SAME_DEVICE: "too many devices of this kind are logged in as this user; the latest login stays",
    KickReason.OTHER_DEVICE: "this user has logged in on another kind of device",
    KickReason.BY_SERVER: "the app's server has ended this login",
}


class Session:
    """A login and the socket it has at the time."""

    def __init__(self, address: Address, login: Login, setup: Setup) -> None:
        """Log in as `login` at `address`, once `open` is called."""
        self.login = login
        self.inbox = Inbox(setup.after)
        self.mailbox = Mailbox(setup.buffered)
        self.traffic = Traffic(address.sdkappid, login, setup, self)
        self.groups = GroupFeed(self, self.traffic, setup.groups_after)
        self.after_login: list[Callable[[], None]] = []
        self._address = address
        self._clock = setup.clock
        self._chance = setup.chance
        self._backoff = Backoff(setup.chance)
        self._pulse = Pulse(setup.clock.monotonic())
        self._connection: Connection | None = None
        self._connections: set[Connection] = set()
        self._syncing = asyncio.Lock()
        self._tasks: set[asyncio.Task[None]] = set()
        self._is_renewing = False
        self._is_over = False

    @property
    def user_id(self) -> str:
        """Who is logged in."""
        return self.login.user_id

    @property
    def server_time(self) -> float:
        """The server's time, unix seconds."""
        return self._clock.now() + self.login.clock_offset

    async def open(self) -> None:
        """Connect, log in and fetch what was missed; raises TidingsError if one of them fails."""
        self.start(self._tick())
        try:
            connection = await self._establish()
        except BaseException:
            await self.close()
            raise
        self.start(self._serve(connection))

    async def close(self) -> None:
        """Log out and close the socket; what still waits for an answer fails."""
        if self.traffic.is_live and not self._is_over:
            with contextlib.suppress(TidingsError, TimeoutError):
                async with asyncio.timeout(LOG_OUT_S):
                    await self.traffic.call_now("im_open_status.wslogout", wire.LogOut(kind=0), wire.Nothing)
        self._finish(NotConnectedError("this chat is closed; connect again"))
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, *(each.close() for each in list(self._connections)), return_exceptions=True)

    def heard(self) -> None:
        """Note a sign of life."""
        self._pulse.heard(self._clock.monotonic())

    def pushed(self, frame: Frame) -> None:
        """Take what came unasked; a late answer to a call that timed out is none of it."""
        servcmd = frame.head.servcmd
        if servcmd in (PUSH, KICK):
            self._take_push(msgspec.json.decode(frame.body, type=wire.Push))
        elif servcmd == LOG_IN_AGAIN:
            self._reconnect("the server asked to log in again")
        elif servcmd == OVERLOAD:
            notice = msgspec.json.decode(frame.body, type=wire.Overload)
            self.traffic.pause(notice.servcmd, notice.seconds)

    def login_is_over(self) -> None:
        """Make the login anew over a new socket."""
        self.login.forget_ticket()
        self._reconnect("the login has to be made anew")

    def kicked(self, kind: int, info: str) -> None:
        """End for good: whoever was kicked out and comes back by itself only kicks out the other."""
        reason = _KICKS.get(kind, KickReason.BY_SERVER)
        info = info or _WHY[reason]
        self._end(KickedOut(reason, info), KickedOutError(LOGIN_DISPLACED, f"{info}; connect again if that is wanted"))

    async def _establish(self) -> Connection:
        """Open a socket, log in, send what waits and fetch what was missed."""
        connection = await Connection.open(self._address.url(self._chance.random()), self.traffic.take)
        self._connection = connection
        self._connections.add(connection)
        self._pulse = Pulse(self._clock.monotonic())
        self.inbox.hold()
        self.groups.hold()
        self.traffic.use(connection)
        try:
            await self._log_in()
            self.traffic.go_live()
            for each in self.after_login:
                each()
            await self._catch_up()
        except BaseException:
            connection.drop(AGAIN, "the login failed")
            raise
        return connection

    async def _log_in(self) -> None:
        if self.login.has_ticket:
            try:
                return await self._log_in_once()
            except TidingsError as error:
                if error.code not in LOGIN_OVER:
                    raise
                self.login.forget_ticket()
        await self.login.prove()
        return await self._log_in_once()

    async def _log_in_once(self) -> None:
        body = wire.LogIn(state="Online", custom_info="", inst_type=0)
        answer = await self.traffic.call_now(LOGIN, body, wire.LoggedIn)
        self.login.accept(answer, self._clock.now())
        self._pulse.greet_every(answer.hello_interval, self._clock.monotonic())

    async def _catch_up(self) -> None:
        """Fetch what the account's log and its groups hold after what was told; pushes wait until that is told."""
        async with self._syncing:
            self.inbox.hold()
            self.groups.hold()
            flag = 0
            while flag != SYNC_ENDED:
                ask = wire.Sync(cookie=self.inbox.cookie, sync_flag=flag)
                page = await self.traffic.call_now("openim.getmsg", ask, wire.Synced)
                flag = page.sync_flag
                self.tell(self.inbox.take_page(self._logged(page), page.cookie, has_gap=bool(page.gap)))
            self.tell(self.inbox.release())
            await self.groups.catch_up()

    def _logged(self, page: wire.Synced) -> list[Event]:
        messages = (to_message(message, self.user_id) for message in page.messages)
        received: list[Event] = [MessageReceived(message, message.position) for message in messages]
        return received + [event for found in page.events for event in to_events(found, self.user_id)]

    async def _serve(self, connection: Connection) -> None:
        """Get a new connection whenever one is lost."""
        while True:
            since = self._clock.monotonic()
            why = await connection.gone
            self._connections.discard(connection)
            self.start(connection.close())
            if self._is_over:
                return
            self.groups.lost()
            is_announced = not self._is_renewing
            if is_announced:
                self.tell([ConnectionLost(why)])
            if self._clock.monotonic() - since >= HELD_S:
                self._backoff.reset()
            restored = await self._restore()
            if restored is None:
                return
            connection = restored
            if is_announced:
                self.tell([ConnectionRestored()])

    async def _restore(self) -> Connection | None:
        while not self._is_over:
            await self._clock.sleep(self._backoff.next())
            try:
                connection = await self._establish()
            except TidingsError as error:
                log.info("cannot connect again: %s", error)
                if error.code in FINAL:
                    self._turned_away(error)
            except Exception:
                log.exception("cannot log in again")  # the app's provider of UserSigs failed
            else:
                self._is_renewing = False
                return connection
        return None

    async def _tick(self) -> None:
        while True:
            await self._clock.sleep(TICK_S)
            self.traffic.expire()
            connection = self._connection
            if connection is None or connection.gone.done():
                continue
            for beat in self._pulse.due(self._clock.monotonic()):
                if beat is Beat.SILENCE:
                    connection.drop(AGAIN, "the server has fallen silent")
                else:
                    self.traffic.notify(beat.value, wire.Up())
            if self.traffic.is_live and self._clock.now() >= self.login.renew_at:
                self.login_is_over()

    def _take_push(self, push: wire.Push) -> None:
        kick = find_kick(push)
        if kick is not None:
            platform = kick.successor.platform if kick.successor else ""
            reason = _WHY[_KICKS.get(kick.kind, KickReason.BY_SERVER)]
            self.kicked(kick.kind, f"{reason} ({platform})" if platform else reason)
            return
        events = [event for found in push.events for event in to_events(found, self.user_id)]
        news = self.inbox.take_push(event for event in events if not _is_of_group(event))
        self.tell(news)
        self.groups.noticed(news)
        self.groups.take(event for event in events if isinstance(event, GroupEvent) and _is_of_group(event))
        if push.need_ack:
            self.traffic.notify("openim.ws_msg_push_ack", wire.Ack(session_data=push.session_data))
        if push.flag and self.traffic.is_live:
            self.start(self._catch_up_or_reconnect())

    async def _catch_up_or_reconnect(self) -> None:
        try:
            await self._catch_up()
        except TidingsError as error:
            self.reconnect(f"what was missed could not be fetched: {error}")

    def tell(self, events: Iterable[Event]) -> None:
        """Tell events to who wants them, and which conversations are others after them."""
        news = list(events)
        for event in [*news, *to_changes(news)]:
            self.mailbox.put(event)

    def reconnect(self, why: str) -> None:
        """Get a new connection: something is wrong with this one."""
        self._reconnect(why, is_renewal=False)

    def _reconnect(self, why: str, *, is_renewal: bool = True) -> None:
        self._is_renewing = is_renewal
        if self._connection is not None:
            self._connection.drop(AGAIN, why)

    def _turned_away(self, error: TidingsError) -> None:
        is_ended = error.code in LOGIN_OVER or error.code == USERSIG_VOID
        reason = KickReason.USERSIG_ENDED if is_ended else KickReason.REFUSED
        code = USERSIG_ENDED if is_ended else error.code
        self._end(
            KickedOut(reason, error.info), KickedOutError(code, f"{error.info}; connect again with a fresh UserSig")
        )

    def _end(self, event: KickedOut, error: TidingsError) -> None:
        if not self._is_over:
            self.tell([event])
            self._finish(error)

    def _finish(self, error: TidingsError) -> None:
        self._is_over = True
        self.traffic.stop_with(error)
        self.mailbox.close()
        if self._connection is not None:
            self._connection.drop(AGAIN, str(error))

    def start(self, coroutine: Coroutine[Any, Any, None]) -> None:
        """Let something go on beside, until the session ends."""
        task: asyncio.Task[None] = asyncio.get_running_loop().create_task(coroutine)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _is_of_group(event: Event) -> bool:
    """Say whether an event has its place in the sequence of a group, not in the account's log."""
    return isinstance(event, GroupEvent) and not getattr(event, "position", 0)
