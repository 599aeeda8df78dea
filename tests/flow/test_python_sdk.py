"""The Python SDK against the whole server: a conversation, and what a lost connection does to it (nothing)."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from typing import TypeVar, Unpack

import pytest

from sdks.python.tests.support.line import Line, line_to
from sdks.python.tests.support.stepped import SmallestChance
from tests.support.clients import PATIENCE_S
from tests.support.server import Site
from tidings_client import (
    Chat,
    ConnectionRestored,
    Event,
    Gap,
    KickedOut,
    KickedOutError,
    KickReason,
    Lost,
    MessageModified,
    MessageRecalled,
    MessageReceived,
    Presence,
    PresenceChanged,
    ReadByPeer,
    ReadElsewhere,
    ReadReceipt,
    connect,
)
from tidings_client.setup import ConnectOptions

E = TypeVar("E", bound=Event)


def enter(
    site: Site, user: str, line: Line | None = None, **options: Unpack[ConnectOptions]
) -> AbstractAsyncContextManager[Chat]:
    """Return a login of a user, who waits as briefly as may be between attempts to connect."""
    options = {"chance": SmallestChance(site.chance.uint32()), **options}
    return connect(line.url if line else f"ws://{site.address}", site.app, user, site.usersig(user), **options)


@pytest.fixture
async def line(site: Site) -> AsyncIterator[Line]:
    """Return the line that bob's client uses."""
    async with line_to(site.server.host, site.server.port) as line:
        yield line


@pytest.fixture
async def ann(site: Site) -> AsyncIterator[Chat]:
    """Return alice's chat."""
    async with enter(site, "alice") as chat:
        yield chat


@pytest.fixture
async def ben(site: Site, line: Line) -> AsyncIterator[Chat]:
    """Return bob's chat, over the line."""
    async with enter(site, "bob", line) as chat:
        yield chat


async def told(chat: Chat, kind: type[E], count: int = 1) -> list[E]:
    """Return the next events of a kind; what came in between stays for others."""
    found: list[E] = []
    async with asyncio.timeout(PATIENCE_S):
        async for event in chat.events(kind):
            assert isinstance(event, kind)
            found.append(event)
            if len(found) == count:
                break
    return found


def texts(events: list[MessageReceived]) -> list[str]:
    return [event.message.text for event in events]


async def test_two_users_talk(site: Site, ann: Chat, ben: Chat) -> None:
    sent = await ann.send("bob", "hello", custom_data="c", need_receipt=True)
    (event,) = await told(ben, MessageReceived)
    got = event.message
    assert (got.id, got.key, got.text, got.custom_data, got.sender) == (sent.id, sent.key, "hello", "c", "alice")
    site.clock.step(1)
    await ben.send("alice", "hi")
    assert texts(await told(ann, MessageReceived)) == ["hi"]
    pages = [[(message.text, message.is_own) for message in page] async for page in ann.history("bob")]
    assert pages == [[("hello", True), ("hi", False)]]
    (row,) = await ann.conversations()
    assert (row.peer, row.unread, row.last_text, row.last_sender) == ("bob", 1, "hi", "bob")
    assert await ben.unread() == {"alice": 1}


async def test_reading_is_told_to_the_other_side_and_to_other_devices(site: Site, ann: Chat, ben: Chat) -> None:
    sent = await ann.send("bob", "hello", need_receipt=True)
    (event,) = await told(ben, MessageReceived)
    async with enter(site, "bob", device="ipad") as tablet:
        await ben.mark_read("alice", event.message)
        assert [(each.peer, each.time) for each in await told(ann, ReadByPeer)] == [("bob", sent.time)]
        assert [each.peer for each in await told(tablet, ReadElsewhere)] == ["alice"]
    assert await ben.unread() == {}
    assert await ann.peer_read_time("bob") == sent.time
    await ben.send_receipt(event.message)
    assert [each.keys for each in await told(ann, ReadReceipt)] == [(sent.key,)]


async def test_messages_are_changed_recalled_and_deleted(ann: Chat, ben: Chat) -> None:
    sent = await ann.send("bob", "helo")
    better = await ann.modify(sent, "hello")
    (changed,) = await told(ben, MessageModified)
    assert (changed.key, changed.version) == (sent.key, better.version)
    await ann.recall(better)
    (recalled,) = await told(ben, MessageRecalled)
    assert (recalled.key, recalled.by) == (sent.key, "alice")
    ((message,),) = [page async for page in ben.history("alice")]
    assert message.is_recalled
    await ben.delete(message)
    assert [page async for page in ben.history("alice")] == []


async def test_presence_is_asked_for_and_told(ann: Chat, ben: Chat) -> None:
    assert (await ann.status("bob", "carol"))["carol"].presence is Presence.OFFLINE
    assert await ann.subscribe_status("bob") == {}
    await ben.set_status("busy")
    (changed,) = await told(ann, PresenceChanged)
    assert (changed.user, changed.presence, changed.custom_status) == ("bob", Presence.ONLINE, "busy")


async def test_own_message_comes_to_other_devices_only(site: Site, ann: Chat) -> None:
    async with enter(site, "alice", device="ipad") as tablet:
        await ann.send("bob", "from the desk")
        (event,) = await told(tablet, MessageReceived)
        assert (event.message.is_own, event.message.peer, event.message.text) == (True, "bob", "from the desk")
        await tablet.send("bob", "from the tablet")
        assert texts(await told(ann, MessageReceived)) == ["from the tablet"]


async def test_what_was_missed_is_told_once_in_order_before_the_connection_counts_as_restored(
    ann: Chat, ben: Chat, line: Line
) -> None:
    await ann.send("bob", "0")
    assert texts(await told(ben, MessageReceived)) == ["0"]
    line.hold()
    sent = [await ann.send("bob", f"{number}") for number in range(1, 301)]
    await ann.recall(sent[-1])
    line.restore()
    stream = ben.events()
    seen: list[Event] = []
    while not (seen and isinstance(seen[-1], ConnectionRestored)):
        seen.append(await asyncio.wait_for(anext(stream), PATIENCE_S))
    assert texts([event for event in seen if isinstance(event, MessageReceived)]) == [f"{n}" for n in range(1, 301)]
    assert [event.key for event in seen if isinstance(event, MessageRecalled)] == [sent[-1].key]
    positions = [event.position for event in seen if isinstance(event, MessageReceived | MessageRecalled)]
    assert positions == sorted(set(positions))


async def test_no_cut_of_the_line_loses_or_doubles_a_message(ann: Chat, ben: Chat, line: Line) -> None:
    async def talk(chat: Chat, to: str, mark: str) -> None:
        for number in range(100):
            await chat.send(to, f"{mark}{number}")

    async def cut() -> None:
        for _ in range(8):
            await told(ben, MessageReceived, 5)
            line.cut()

    await asyncio.gather(talk(ann, "bob", "a"), talk(ben, "alice", "b"), cut())
    assert texts(await told(ann, MessageReceived, 100)) == [f"b{number}" for number in range(100)]
    assert texts(await told(ben, MessageReceived, 60)) == [f"a{number}" for number in range(40, 100)]
    histories = [
        [m.key async for page in chat.history(peer, 100) for m in page] for chat, peer in ((ann, "bob"), (ben, "alice"))
    ]
    assert histories[0] == histories[1]
    assert len(set(histories[0])) == 200


async def test_new_login_goes_on_where_an_earlier_one_stopped(site: Site, ann: Chat) -> None:
    async with enter(site, "bob") as first:
        await ann.send("bob", "one")
        await told(first, MessageReceived)
        position = first.position
    await ann.send("bob", "two")
    async with enter(site, "bob", after=position) as second:
        assert texts(await told(second, MessageReceived)) == ["two"]


async def test_position_that_the_log_does_not_know_is_a_gap_and_the_talk_goes_on(site: Site, ann: Chat) -> None:
    async with enter(site, "bob", after=1_000_000) as chat:
        assert await told(chat, Gap) == [Gap(Lost.LOG_TOO_SHORT)]
        await ann.send("bob", "still here")
        assert texts(await told(chat, MessageReceived)) == ["still here"]


async def test_kick_ends_the_chat_and_only_a_newer_usersig_lets_in_again(site: Site, ann: Chat) -> None:
    await site.rest().call("im_open_login_svc/kick", {"UserID": "alice"})
    (event,) = await told(ann, KickedOut)
    assert event.reason is KickReason.BY_SERVER
    with pytest.raises(KickedOutError):
        await ann.send("bob", "hi")
    site.clock.step(1)
    async with enter(site, "alice") as again:
        await again.send("bob", "back")


async def test_device_that_pushes_another_out_is_named(site: Site) -> None:
    await site.change(login_policy="single")
    async with enter(site, "alice", device="windows") as desk, enter(site, "alice", device="ipad"):
        (event,) = await told(desk, KickedOut)
        assert event.reason is KickReason.OTHER_DEVICE


@pytest.mark.parametrize("is_async", [False, True])
async def test_usersigs_come_from_a_function_whenever_one_is_needed(site: Site, line: Line, *, is_async: bool) -> None:
    asked: list[str] = []

    def provide() -> str:
        asked.append(site.usersig("bob"))
        return asked[-1]

    async def provide_later() -> str:
        return provide()

    provider = provide_later if is_async else provide
    async with connect(line.url, site.app, "bob", provider, chance=SmallestChance(1)) as chat:
        await site.rest().call("im_open_login_svc/kick", {"UserID": "carol"})
        line.cut()
        await told(chat, ConnectionRestored)
        await chat.send("alice", "hi")
    assert len(asked) == 1, "a drop is no reason for a new UserSig: the ticket does"
