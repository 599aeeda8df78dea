import asyncio
from collections.abc import Callable

import pytest

from sdks.python.tests.support.scripted import (
    Asked,
    Json,
    ScriptedServer,
    arrival,
    kick,
    message,
    read_by_peer,
    scripted_server,
)
from sdks.python.tests.support.stepped import NOW, SmallestChance, SteppedClock
from tidings_client import (
    Chat,
    ConnectionLost,
    ConnectionRestored,
    ConversationChanged,
    Event,
    Gap,
    KickedOut,
    KickedOutError,
    KickReason,
    Lost,
    MessageReceived,
    NotConnectedError,
    ReadByPeer,
    TidingsError,
    TimedOutError,
    connect,
    make_usersig,
)

APP = 1400000001
LOGIN, SYNC, SEND = "im_open_status.wslogin", "openim.getmsg", "openim.sendmsg"
HELLO = "im_open_status.wshello"


async def told(chat: Chat, count: int) -> list[Event]:
    """Return so many events, without the news about conversations."""
    found: list[Event] = []
    async with asyncio.timeout(20):
        async for event in chat.events():
            if not isinstance(event, ConversationChanged):
                found.append(event)
            if len(found) == count:
                break
    return found


def texts(events: list[Event]) -> list[str]:
    return [event.message.text for event in events if isinstance(event, MessageReceived)]


async def test_login_says_who_asks_and_then_only_the_ticket(chat: Chat, server: ScriptedServer) -> None:
    await chat.mark_read("bob")
    first, later = server.all_of(LOGIN)[0].head, server.all_of("openim.msgreaded")[0].head
    assert (first["identifier"], first["usersig"], first["status_instid"]) == ("alice", "sig", 0)
    assert "a2" not in first
    assert (later["a2"], later["tinyid"], later["status_instid"]) == ("ticket-1", "1001", 77)
    assert "usersig" not in later
    assert first["sdkappid"] == later["sdkappid"] == APP


@pytest.mark.usefixtures("chat")
async def test_client_introduces_itself_at_connect(server: ScriptedServer) -> None:
    query = server.queries[0]
    assert (query["sdkappid"], query["platform"]) == (str(APP), "7")
    assert len(query["instanceid"]) == 32
    assert query["device"] in {"android", "iphone", "windows", "mac", "linux"}


async def test_refused_login_is_raised_with_the_servers_code(server: ScriptedServer) -> None:
    server.refuse(LOGIN, 70009)
    with pytest.raises(TidingsError) as caught:
        async with connect(server.url, APP, "alice", "sig"):
            pass
    assert caught.value.code == 70009


async def test_leaving_logs_out_and_closes(server: ScriptedServer) -> None:
    async with connect(server.url, APP, "alice", "sig") as chat:
        pass
    await server.until(lambda: bool(server.close_codes))
    assert server.asked[-1].servcmd == "im_open_status.wslogout"
    with pytest.raises(NotConnectedError, match="closed"):
        await chat.send("bob", "too late")


async def test_lost_connection_comes_back_with_the_ticket(chat: Chat, server: ScriptedServer) -> None:
    server.drop()
    lost, restored = await told(chat, 2)
    assert isinstance(lost, ConnectionLost)
    assert restored == ConnectionRestored()
    again = server.all_of(LOGIN)[1].head
    assert (again["a2"], again["status_instid"]) == ("ticket-1", 77)
    assert server.queries[0]["instanceid"] == server.queries[1]["instanceid"]
    assert server.queries[0]["random"] != server.queries[1]["random"]


async def test_what_was_missed_is_told_once_in_order_before_the_connection_counts_as_restored(
    chat: Chat, server: ScriptedServer
) -> None:
    server.log.append(arrival(1, "one"))
    await server.push(arrival(1, "one"))
    assert texts(await told(chat, 1)) == ["one"]
    server.log += [arrival(2, "two"), read_by_peer(3, 77), arrival(4, "four")]
    server.page_size = 2
    server.drop()
    events = await told(chat, 5)
    assert texts(events) == ["two", "four"]
    assert events[2] == ReadByPeer("bob", 77, 3)
    assert events[4] == ConnectionRestored()
    assert [asked.body["Cookie"] for asked in server.all_of(SYNC)] == ["", "1", "3"]


async def test_pushes_during_the_catching_up_wait_and_are_not_told_twice(chat: Chat, server: ScriptedServer) -> None:
    server.log.append(arrival(1, "one"))
    await server.push(arrival(1, "one"))
    await told(chat, 1)
    released = asyncio.Event()
    usual = server.sync

    def sync_after_pushes(asked: Asked) -> Json:
        if released.is_set():
            return usual(asked)
        released.set()
        server.log += [arrival(2, "two"), arrival(3, "three")]
        pushes = [arrival(3, "three"), arrival(4, "four")]
        pushing = asyncio.ensure_future(server.push(*pushes))
        keep.append(pushing)
        return usual(asked) | {"SyncFlag": 1}

    keep: list[asyncio.Future[None]] = []
    server.scripts[SYNC] = sync_after_pushes
    server.drop()
    assert texts(await told(chat, 5)) == ["two", "three", "four"]


async def test_a_gap_is_said_aloud(chat: Chat, server: ScriptedServer) -> None:
    await server.push(arrival(1))
    await told(chat, 1)
    server.log, server.log_start = [arrival(90, "much later")], 80
    server.drop()
    events = await told(chat, 4)
    assert events[1] == Gap(Lost.LOG_TOO_SHORT)
    assert texts(events) == ["much later"]


async def test_a_new_login_goes_on_where_an_earlier_one_stopped(server: ScriptedServer) -> None:
    server.log += [arrival(1, "old"), arrival(2, "new")]
    async with connect(server.url, APP, "alice", "sig", after=1) as chat:
        assert texts(await told(chat, 1)) == ["new"]
        assert chat.position == 2


async def test_waiting_send_is_repeated_on_the_new_socket_as_the_same_message(
    chat: Chat, server: ScriptedServer
) -> None:
    server.say_nothing_to(SEND)
    sending = asyncio.ensure_future(chat.send("bob", "hi"))
    await server.asked_for(SEND)
    del server.scripts[SEND]
    server.drop()
    sent = await sending
    first, second = server.all_of(SEND)
    assert first.body == second.body
    assert first.head["seq"] == second.head["seq"]
    assert sent.key == f"{sent.seq}_{sent.random}_{int(NOW)}"


async def test_sends_made_without_a_connection_go_out_in_their_order(chat: Chat, server: ScriptedServer) -> None:
    server.say_nothing_to(LOGIN)
    server.drop()
    await server.asked_for(LOGIN, 2)
    sends = [asyncio.ensure_future(chat.send("bob", f"{number}")) for number in range(5)]
    await asyncio.sleep(0)
    assert not server.all_of(SEND)
    del server.scripts[LOGIN]
    server.drop()
    await asyncio.gather(*sends)
    assert [asked.body["MsgBody"][0]["MsgContent"]["Text"] for asked in server.all_of(SEND)] == list("01234")


async def test_own_message_is_no_news_when_the_log_brings_it(chat: Chat, server: ScriptedServer) -> None:
    server.log.append(arrival(1))
    await server.push(arrival(1))
    await told(chat, 1)
    sent = await chat.send("bob", "mine")
    own = {"MsgSeq": sent.seq, "MsgRandom": sent.random, "MsgClientTime": sent.client_time, "TinyId": "1001"}
    elsewhere = {"IsSyncMsg": 1, "TinyId": "1001", "MsgSeq": 5}
    server.log += [arrival(2, "mine", IsSyncMsg=1, **own), arrival(3, "from my phone", **elsewhere)]
    server.drop()
    events = await told(chat, 3)
    assert texts(events) == ["from my phone"]
    assert isinstance(events[1], MessageReceived)
    assert events[1].message.is_own
    assert events[1].message.peer == "bob"


@pytest.mark.parametrize(
    ("kind", "reason"),
    [(1, KickReason.SAME_DEVICE), (2, KickReason.OTHER_DEVICE), (3, KickReason.BY_SERVER)],
)
async def test_who_is_kicked_out_stays_out(chat: Chat, server: ScriptedServer, kind: int, reason: KickReason) -> None:
    server.say_nothing_to(SEND)
    waiting = asyncio.ensure_future(chat.send("bob", "hi"))
    await server.asked_for(SEND)
    await server.push(kick(kind), servcmd="im_open_status.stat_forceoffline")
    (event,) = [event async for event in chat.events()]
    assert isinstance(event, KickedOut)
    assert event.reason is reason
    with pytest.raises(KickedOutError):
        await waiting
    with pytest.raises(KickedOutError):
        await chat.send("bob", "again")
    await server.until(lambda: bool(server.close_codes))
    assert len(server.all_of(LOGIN)) == 1


async def test_kick_is_learnt_from_an_answer_too(chat: Chat, server: ScriptedServer) -> None:
    server.refuse("openim.msgreaded", 1002, 2)
    with pytest.raises(KickedOutError):
        await chat.mark_read("bob")
    events = [event async for event in chat.events()]
    assert [event.reason for event in events if isinstance(event, KickedOut)] == [KickReason.OTHER_DEVICE]


async def test_kick_while_away_is_learnt_at_the_login(chat: Chat, server: ScriptedServer) -> None:
    server.refuse(LOGIN, 1002, 1)
    server.drop()
    events = [event async for event in chat.events()]
    assert [type(event) for event in events] == [ConnectionLost, KickedOut]
    assert len(server.all_of(LOGIN)) == 2


def providing(*usersigs: str) -> Callable[[], str]:
    left = iter(usersigs)
    return lambda: next(left)


async def test_provider_is_asked_again_when_the_login_is_over(server: ScriptedServer, clock: SteppedClock) -> None:
    provider = providing("first", "second")
    async with connect(server.url, APP, "alice", provider, clock=clock, chance=SmallestChance(1)) as chat:
        server.refuse(SEND, 70001, times=1)
        sent = await chat.send("bob", "hi")
        logins = [asked.head.get("usersig") for asked in server.all_of(LOGIN)]
        assert logins == ["first", "second"]
        assert [asked.body["MsgRandom"] for asked in server.all_of(SEND)] == [sent.random] * 2
        assert [asked.head["a2"] for asked in server.all_of(SEND)] == ["ticket-1", "ticket-2"]
        await server.push(arrival(1))
        assert texts(await told(chat, 1)) == ["hi"]


async def test_async_provider_is_asked_before_the_usersig_ends(server: ScriptedServer, clock: SteppedClock) -> None:
    made: list[str] = []

    async def provider() -> str:
        made.append(make_usersig(APP, "key", "alice", 600, now=int(clock.now())))
        return made[-1]

    async with connect(server.url, APP, "alice", provider, clock=clock, chance=SmallestChance(1)):
        await clock.advance(530)
        assert len(made) == 1
        await clock.advance(15)
        await server.asked_for(LOGIN, 2)
        assert len(made) == 2


async def test_end_of_a_usersig_without_a_fresh_one_ends_the_chat(server: ScriptedServer, clock: SteppedClock) -> None:
    usersig = make_usersig(APP, "key", "alice", 100, now=int(NOW))
    async with connect(server.url, APP, "alice", usersig, clock=clock, chance=SmallestChance(1)) as chat:
        server.refuse(LOGIN, 70001)
        await clock.advance(102)
        (event,) = [event async for event in chat.events()]
        assert isinstance(event, KickedOut)
        assert event.reason is KickReason.USERSIG_ENDED


async def test_provider_that_fails_is_asked_again(server: ScriptedServer, clock: SteppedClock) -> None:
    calls: list[str] = []

    def provider() -> str:
        calls.append("asked")
        if len(calls) == 2:
            raise OSError("the app's server is down")
        return "sig"

    async with connect(server.url, APP, "alice", provider, clock=clock, chance=SmallestChance(1)) as chat:
        server.refuse("openim.msgreaded", 70001, times=1)
        await chat.mark_read("bob")
        assert len(calls) == 3


async def test_login_that_will_never_be_let_in_ends_the_chat(chat: Chat, server: ScriptedServer) -> None:
    server.refuse(LOGIN, 60016)
    server.drop()
    events = [event async for event in chat.events()]
    assert isinstance(events[-1], KickedOut)
    assert events[-1].reason is KickReason.REFUSED


async def test_busy_server_is_tried_again(chat: Chat, server: ScriptedServer) -> None:
    server.refuse(LOGIN, 91000, times=3)
    server.drop()
    assert await told(chat, 2)
    assert len(server.all_of(LOGIN)) == 5


async def test_attempts_get_rarer_while_the_server_is_away(clock: SteppedClock) -> None:
    class LongestChance(SmallestChance):
        def uniform(self, a: float, b: float) -> float:
            return max(a, b)

    async with scripted_server() as server:
        port = server.port
        session = connect(server.url, APP, "alice", "sig", clock=clock, chance=LongestChance(1))
        chat = await session.__aenter__()
    stream = chat.events(ConnectionRestored)
    while len([s for s in clock.slept if s != 1.0]) < 6:
        await clock.advance(1)
    assert [s for s in clock.slept if s != 1.0][:6] == [0.5, 2.0, 4.0, 8.0, 16.0, 30.0]
    async with scripted_server(port):
        while not stream.waiting:
            await clock.advance(5)
        await session.__aexit__(None, None, None)


async def test_silence_is_asked_about_and_then_ends_the_socket(
    chat: Chat, server: ScriptedServer, clock: SteppedClock
) -> None:
    server.say_nothing_to("heartbeat.alive")
    await clock.advance(10)
    await server.asked_for("heartbeat.alive")
    await clock.advance(3)
    lost, restored = await told(chat, 2)
    assert isinstance(lost, ConnectionLost)
    assert "silent" in lost.info
    assert restored == ConnectionRestored()


async def test_answered_heartbeat_keeps_the_socket(chat: Chat, server: ScriptedServer, clock: SteppedClock) -> None:
    for count in range(1, 4):
        await clock.advance(10)
        await server.asked_for("heartbeat.alive", count)
        await chat.mark_read("bob")
    assert len(server.all_of(LOGIN)) == 1


async def test_hello_is_said_as_often_as_the_server_wants(server: ScriptedServer, clock: SteppedClock) -> None:
    server.hello_interval = 5
    async with connect(server.url, APP, "alice", "sig", clock=clock):
        await clock.advance(5)
        await server.asked_for(HELLO)
        await clock.advance(5)
        await server.asked_for(HELLO, 2)


async def test_call_without_an_answer_times_out(server: ScriptedServer, clock: SteppedClock) -> None:
    server.say_nothing_to("openim.msgreaded")
    async with connect(server.url, APP, "alice", "sig", clock=clock, request_s=5) as chat:
        call = asyncio.ensure_future(chat.mark_read("bob"))
        await server.asked_for("openim.msgreaded")
        await clock.advance(6)
        with pytest.raises(TimedOutError, match=r"openim\.msgreaded within 5 s"):
            await call


@pytest.mark.usefixtures("chat")
async def test_push_that_wants_it_is_acknowledged(server: ScriptedServer) -> None:
    await server.push(arrival(1), NeedAck=1, SessionData="abc")
    assert (await server.asked_for("openim.ws_msg_push_ack")).body == {"SessionData": "abc"}


async def test_push_may_ask_to_fetch_what_was_missed(chat: Chat, server: ScriptedServer) -> None:
    await server.push(arrival(1))
    await told(chat, 1)
    server.log += [arrival(2, "two")]
    await server.push(Flag=1)
    assert texts(await told(chat, 1)) == ["two"]


@pytest.mark.usefixtures("chat")
async def test_server_may_ask_to_log_in_again(server: ScriptedServer) -> None:
    await server.push_body({}, "StatSvc.KickOther")
    again = await server.asked_for(LOGIN, 2)
    assert again.head["a2"] == "ticket-1"


async def test_overloaded_command_is_left_alone_for_a_while(
    chat: Chat, server: ScriptedServer, clock: SteppedClock
) -> None:
    await server.push_body({"OverLoadServCmd": SEND, "DelaySecs": 5}, "OverLoadPush.notify2")
    await chat.mark_read("bob")
    with pytest.raises(TidingsError) as caught:
        await chat.send("bob", "hi")
    assert caught.value.code == 60022
    await clock.advance(5)
    await chat.send("bob", "hi")


async def test_late_answer_is_not_taken_for_news(chat: Chat, server: ScriptedServer) -> None:
    await server.push_body({"SyncFlag": 2, "Cookie": "9", "MsgList": [message(8)], "EventArray": [arrival(9)]}, SYNC)
    await server.push(arrival(1, "news"))
    assert texts(await told(chat, 1)) == ["news"]


async def test_unreadable_frame_is_left_out(
    chat: Chat, server: ScriptedServer, caplog: pytest.LogCaptureFixture
) -> None:
    await server.sockets[0].send("no json")
    await server.push(arrival(1, "news"))
    assert texts(await told(chat, 1)) == ["news"]
    assert "cannot be read" in caplog.text
