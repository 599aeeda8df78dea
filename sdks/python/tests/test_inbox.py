"""Each thing is told once, in the order of the account's log."""

import pytest

from tidings_client.elements import Text
from tidings_client.events import Event, Gap, Lost, MessageModified, MessageRecalled, MessageReceived, ReadByPeer
from tidings_client.inbox import REMEMBERED, Inbox
from tidings_client.messages import Message


def arrived(position: int, *, number: int | None = None, is_own: bool = False) -> MessageReceived:
    number = position if number is None else number
    sender, receiver = ("alice", "bob") if is_own else ("bob", "alice")
    elements = (Text(text="hi"),)
    found = Message(f"id-{number}", f"key-{number}", sender, receiver, is_own, 7, elements, seq=number)
    return MessageReceived(found, position)


def read(position: int) -> ReadByPeer:
    return ReadByPeer("bob", 7, position)


def recalled(position: int, key: str = "key-1") -> MessageRecalled:
    return MessageRecalled("id-1", key, "bob", "alice", "alice", position=position)


def modified(position: int, version: int) -> MessageModified:
    return MessageModified("id-1", "key-1", "bob", "alice", version, (), position=position)


@pytest.fixture
def inbox() -> Inbox:
    """Return an inbox that has begun at position 10."""
    inbox = Inbox()
    inbox.take_page([], "10", has_gap=False)
    return inbox


def test_what_several_events_tell_of_one_position_is_all_told_and_once(inbox: Inbox) -> None:
    both = [read(11), ReadByPeer("carol", 7, 11)]
    assert inbox.take_push(both) == both
    assert inbox.take_push(both) == []
    assert inbox.take_page(both, "11", has_gap=False) == []


def test_fresh_client_knows_no_position_until_the_server_names_one() -> None:
    inbox = Inbox()
    assert (inbox.position, inbox.cookie) == (None, "")
    assert inbox.take_page([], "0", has_gap=False) == []
    assert (inbox.position, inbox.cookie) == (0, "0")


def test_same_position_is_told_once(inbox: Inbox) -> None:
    assert inbox.take_push([arrived(11)]) == [arrived(11)]
    assert inbox.take_push([arrived(11), read(12)]) == [read(12)]
    assert inbox.take_page([arrived(11), read(12), arrived(13)], "13", has_gap=False) == [arrived(13)]
    assert inbox.position == 13


def test_page_is_told_in_the_order_of_the_log(inbox: Inbox) -> None:
    assert inbox.take_page([arrived(11), arrived(13), read(12)], "13", has_gap=False) == [
        arrived(11),
        read(12),
        arrived(13),
    ]


def test_pushes_wait_while_missed_events_are_fetched(inbox: Inbox) -> None:
    inbox.hold()
    assert inbox.take_push([arrived(13), arrived(14)]) == []
    assert inbox.position == 10
    assert inbox.take_page([arrived(11), arrived(13)], "13", has_gap=False) == [arrived(11), arrived(13)]
    assert inbox.release() == [arrived(14)]


def test_what_is_kept_nowhere_does_not_wait_and_is_told_once(inbox: Inbox) -> None:
    inbox.hold()
    passing = arrived(0, number=1)
    assert inbox.take_push([passing]) == [passing]
    assert inbox.take_push([passing]) == []


def test_push_between_login_and_the_first_position_is_news() -> None:
    inbox = Inbox()
    inbox.hold()
    inbox.take_push([arrived(9), arrived(10)])
    assert inbox.take_page([], "10", has_gap=False) == []
    assert inbox.release() == [arrived(9), arrived(10)]
    assert inbox.position == 10


def test_gap_is_told_to_who_had_a_position(inbox: Inbox) -> None:
    missing: list[Event] = [Gap(Lost.LOG_TOO_SHORT)]
    assert inbox.take_page([arrived(90)], "90", has_gap=True) == [*missing, arrived(90)]
    assert Inbox().take_page([], "90", has_gap=True) == []
    assert Inbox(after=3).take_page([], "90", has_gap=True) == missing


def test_log_that_began_anew_is_followed_from_its_start(inbox: Inbox) -> None:
    assert inbox.take_page([], "2", has_gap=True) == [Gap(Lost.LOG_TOO_SHORT)]
    assert inbox.cookie == "2"
    assert inbox.take_push([arrived(3)]) == [arrived(3)]


def test_own_deeds_are_no_news(inbox: Inbox) -> None:
    inbox.does((MessageReceived, "id-1", 1))
    inbox.does((MessageRecalled, "key-1", 0))
    inbox.does((MessageModified, "key-1", 1))
    own = arrived(11, number=1, is_own=True)
    logged = [own, modified(12, 1), modified(13, 2), recalled(14), recalled(15, "key-2")]
    assert inbox.take_page(logged, "15", has_gap=False) == [modified(13, 2), recalled(15, "key-2")]


def test_deed_of_unknown_fate_is_news_when_the_log_brings_it(inbox: Inbox) -> None:
    deed = (MessageReceived, "id-1", 1)
    inbox.does(deed)
    inbox.gave_up(deed)
    own = arrived(11, number=1, is_own=True)
    assert inbox.take_push([own]) == [own]


def test_memory_is_bounded_and_still_refuses_the_oldest() -> None:
    inbox = Inbox(after=0)
    many = [arrived(position) for position in range(1, 2 * REMEMBERED)]
    assert inbox.take_push(many) == many
    assert inbox.take_push(many) == []
    assert len(inbox._above) <= REMEMBERED + 1  # noqa: SLF001 - nothing else shows it
