import json
from base64 import b64encode
from collections.abc import Iterator

import msgspec
import pytest

from sdks.python.tests.support.scripted import arrival, kick, message
from tests.support import catalogue
from tidings_client import events, wire
from tidings_client.decode import find_kick, to_changes, to_events, to_message, to_presence, to_status_text
from tidings_client.events import Event, Presence
from tidings_client.group_events import GroupEvent, GroupReceiveOptionChanged, TopicsCreated


def read(raw: object, me: str = "alice") -> list[Event]:
    return list(to_events(msgspec.convert(raw, wire.WireEvent), me))


def test_message_as_the_receiver_sees_it() -> None:
    found = to_message(msgspec.convert(message(7), wire.WireMessage), "alice")
    assert (found.id, found.key) == ("1002-1759999999-9007", "507_9007_1760000000")
    assert (found.sender, found.receiver, found.is_own, found.text, found.position) == ("bob", "alice", False, "hi", 7)
    assert not found.is_online_only


def test_pushed_own_message_has_its_accounts_put_right() -> None:
    found = to_message(msgspec.convert(message(7, IsSyncMsg=1), wire.WireMessage), "alice")
    assert (found.sender, found.receiver, found.is_own, found.peer) == ("alice", "bob", True, "bob")


def test_recalled_message_says_by_whom() -> None:
    raw = message(7, MsgFlagBits=8, RevokerInfo={"Revoker_Account": "boss", "Reason": "rude"})
    found = to_message(msgspec.convert(raw, wire.WireMessage), "alice")
    assert (found.is_recalled, found.recalled_by, found.recall_reason) == (True, "boss", "rude")


def test_message_that_is_kept_nowhere() -> None:
    (event,) = read(arrival(0))
    assert isinstance(event, events.MessageReceived)
    assert event.message.is_online_only
    assert event.position == 0
    assert to_changes([event]) == []


def examples() -> Iterator[tuple[str, Event]]:
    """Yield the events that the catalogue's examples of pushes tell."""
    for entry in catalogue.pushes():
        body = json.loads(entry.example)
        raws = body.get("EventArray", [body] if "Event" in body else [])
        for raw in raws:
            yield from ((entry.name, event) for event in read(raw, "alice"))


def test_every_kind_of_event_is_told_by_some_push_of_the_catalogue() -> None:
    from_the_wire = {
        events.MessageReceived,
        events.MessageRecalled,
        events.MessageModified,
        events.ReadByPeer,
        events.ReadElsewhere,
        events.ReadReceipt,
        events.PresenceChanged,
        events.ConversationsPinned,
        events.ReceiveOptionChanged,
        events.QuietTimeChanged,
        events.ExtensionsChanged,
        events.ReactionsChanged,
        events.ProfileChanged,
        events.FollowsChanged,
        events.RelationsChanged,
    }
    told_of_groups = {type(event) for _, event in examples() if isinstance(event, GroupEvent)}
    assert {type(event) for _, event in examples()} - told_of_groups == from_the_wire
    # By the pushes of others, with another number:
    told_of_groups |= {TopicsCreated, GroupReceiveOptionChanged}
    assert {kind.__name__ for kind in told_of_groups} == {kind.__name__ for kind in GroupEvent.__subclasses__()}


def test_kick_is_found_in_a_push() -> None:
    push = msgspec.convert({"EventArray": [arrival(1), kick(2)]}, wire.Push)
    found = find_kick(push)
    assert found is not None
    assert found.kind == 2
    assert find_kick(msgspec.convert({"EventArray": [arrival(1)]}, wire.Push)) is None


def test_changed_conversations_are_named_once_each() -> None:
    news = [
        *read(arrival(1)),
        events.ReadByPeer("bob", 7, 2),
        events.ReadElsewhere(None, 7, 3),
        events.ConnectionLost(),
    ]
    assert to_changes(news) == [events.ConversationChanged("bob"), events.ConversationChanged(None)]


@pytest.mark.parametrize(
    ("number", "presence"),
    [(1, Presence.ONLINE), (2, Presence.PUSH_ONLINE), (3, Presence.OFFLINE), (9, Presence.OFFLINE)],
)
def test_presence_by_its_number(number: int, presence: Presence) -> None:
    assert to_presence(number) is presence


@pytest.mark.parametrize(
    ("wire_text", "text"),
    [(b64encode("är".encode()).decode(), "är"), ("", ""), ("no base64!", "no base64!"), ("/w==", "/w==")],
)
def test_custom_status_is_base64_or_taken_as_it_is(wire_text: str, text: str) -> None:
    assert to_status_text(wire_text) == text
