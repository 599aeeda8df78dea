"""Who is connected, and how they are told: encoded once for all, each in its own kind of frames."""

import json
from dataclasses import dataclass, field

import pytest

from tests.support.catalogue import check_push
from tests.support.clients import Json
from tidings.delivery import hub as module
from tidings.delivery.hub import Hub
from tidings.domain.devices import KickReason, Platform, Session
from tidings.domain.events import AllReadElsewhere, StatusChanged
from tidings.domain.messages import Message
from tidings.ids import NO_INSTANCE, AccountNumber, InstanceId, Position, UserId
from tidings.wire.frames import BINARY, KICK, TEXT

ALICE, BOB = AccountNumber(1), AccountNumber(2)
BODY = b'[{"MsgType":"TIMTextElem","MsgContent":{"Text":"hi"}}]'
EVENT = AllReadElsewhere(40)


@dataclass(slots=True)
class Line:
    """A connection that keeps the frames it was given; `session` is the login behind it."""

    session: Session
    opcode: int = TEXT
    frames: list[bytes] = field(default_factory=list)
    is_dismissed: bool = False

    def put(self, frame: bytes) -> None:
        self.frames.append(frame)

    def dismiss(self, farewell: bytes) -> None:
        self.is_dismissed = True
        self.put(farewell)

    @property
    def pushes(self) -> list[Json]:
        """What came down, each a push of the catalogue; every frame is of 126 to 65535 bytes here or shorter."""
        found = []
        for frame in self.frames:
            assert frame[0] == self.opcode
            content = json.loads(frame[4:] if frame[1] == 126 else frame[2:])
            check_push(content["body"], content["head"]["servcmd"])
            found.append(content)
        return found

    @property
    def events(self) -> list[Json]:
        return [event for push in self.pushes for event in push["body"]["EventArray"]]


def _message(sender: AccountNumber = ALICE, receiver: AccountNumber = BOB) -> Message:
    names = {ALICE: UserId("alice"), BOB: UserId("bob")}
    return Message(sender, receiver, names[sender], names[receiver], 30, 1, 2, 29, BODY, "", 0, position=Position(7))


@pytest.fixture
def hub() -> Hub:
    return Hub()


def _connect(hub: Hub, account: AccountNumber, instance: int, opcode: int = TEXT) -> Line:
    session = Session(account, InstanceId(instance), f"device{instance}", Platform.WEB, 0.0, 0, 100)
    line = Line(session, opcode)
    hub.add(session, line)
    return line


def test_who_is_connected_is_known_in_the_order_of_logging_in(hub: Hub) -> None:
    first, second = _connect(hub, ALICE, 1), _connect(hub, ALICE, 2)
    _connect(hub, BOB, 3)
    assert hub.online(ALICE) == [first.session, second.session]
    assert hub.accounts == 2
    hub.remove(first.session, first)
    assert hub.online(ALICE) == [second.session]
    hub.remove(second.session, second)
    assert (hub.online(ALICE), hub.accounts) == ([], 1)


def test_removing_what_is_not_there_changes_nothing(hub: Hub) -> None:
    line, gone = _connect(hub, ALICE, 1), _connect(hub, BOB, 2)
    for _ in range(2):
        hub.remove(gone.session, gone)
    hub.remove(line.session, gone)
    assert (hub.online(ALICE), hub.accounts) == ([line.session], 1)


def test_a_message_goes_to_the_receiver_and_the_senders_other_devices(hub: Hub) -> None:
    source, own, receiver = _connect(hub, ALICE, 1), _connect(hub, ALICE, 2), _connect(hub, BOB, 3)
    hub.message(_message(), source.session.instance, to_sender=True)
    (received,), (synced,) = receiver.events, own.events
    assert "IsSyncMsg" not in received["C2cMsgArray"][0]
    assert synced["C2cMsgArray"][0]["IsSyncMsg"] == 1
    assert source.frames == []
    assert hub.deliveries == 2


def test_the_senders_devices_are_told_only_on_wish(hub: Hub) -> None:
    own, receiver = _connect(hub, ALICE, 1), _connect(hub, BOB, 2)
    hub.message(_message(), NO_INSTANCE, to_sender=False)
    assert (len(own.frames), len(receiver.frames)) == (0, 1)
    hub.message(_message(), NO_INSTANCE, to_sender=True)
    assert (len(own.frames), len(receiver.frames)) == (1, 2)


def test_a_message_to_oneself_is_told_once_for_each_other_device(hub: Hub) -> None:
    source, other = _connect(hub, ALICE, 1), _connect(hub, ALICE, 2)
    hub.message(_message(ALICE, ALICE), source.session.instance, to_sender=True)
    assert (len(source.frames), len(other.frames)) == (0, 1)


def test_each_kind_of_frames_is_packed_once(hub: Hub) -> None:
    lines = [_connect(hub, BOB, number, opcode) for number, opcode in enumerate((TEXT, TEXT, BINARY))]
    hub.message(_message(), NO_INSTANCE, to_sender=False)
    assert all(len(line.events) == 1 for line in lines)
    assert lines[0].frames[0] is lines[1].frames[0]
    assert lines[2].frames[0][1:] == lines[0].frames[0][1:]


def test_nobody_connected_costs_nothing(hub: Hub) -> None:
    hub.message(_message(), NO_INSTANCE, to_sender=True)
    hub.event(BOB, Position(7), EVENT, NO_INSTANCE)
    hub.live([ALICE, BOB], StatusChanged(UserId("bob"), 1, ""), NO_INSTANCE)
    assert hub.deliveries == 0


def test_a_kept_event_asks_to_be_confirmed_by_its_position(hub: Hub) -> None:
    source, other = _connect(hub, ALICE, 1), _connect(hub, ALICE, 2)
    hub.event(ALICE, Position(7), EVENT, source.session.instance)
    (push,) = other.pushes
    assert (push["body"]["NeedAck"], push["body"]["SessionData"]) == (1, "7")
    assert push["body"]["EventArray"][0]["Position"] == 7
    assert source.frames == []


def test_where_an_event_came_from_counts_as_told(hub: Hub) -> None:
    source, other = _connect(hub, ALICE, 1), _connect(hub, ALICE, 2)
    hub.event(ALICE, Position(7), EVENT, source.session.instance)
    assert (source.session.told, other.session.told) == (Position(7), Position(0))


def test_what_a_device_has_confirmed_is_remembered_while_it_is_away(hub: Hub) -> None:
    line = _connect(hub, ALICE, 1)
    line.session.has_told(Position(9))
    hub.remove(line.session, line)
    assert _connect(hub, ALICE, 1).session.told == 9
    assert _connect(hub, ALICE, 2).session.told == 0


def test_of_too_many_that_are_away_the_longest_away_is_forgotten(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "AWAY_REMEMBERED", 2)
    for number in (1, 2, 3):
        line = _connect(hub, ALICE, number)
        line.session.has_told(Position(number))
        hub.remove(line.session, line)
    assert [_connect(hub, ALICE, number).session.told for number in (1, 2, 3)] == [0, 2, 3]


def test_a_live_event_goes_to_all_accounts_named_but_not_to_its_source(hub: Hub) -> None:
    source, own, watcher = _connect(hub, ALICE, 1), _connect(hub, ALICE, 2), _connect(hub, BOB, 3)
    hub.live([ALICE, BOB], StatusChanged(UserId("alice"), 1, "busy"), source.session.instance)
    assert source.frames == []
    for line in (own, watcher):
        (push,) = line.pushes
        assert push["body"]["EventArray"][0]["UserStatusList"][0]["To_Account"] == "alice"
        assert "NeedAck" not in push["body"]


def test_a_kick_is_told_to_its_login_alone_and_ends_it(hub: Hub) -> None:
    kicked, other = _connect(hub, ALICE, 1, BINARY), _connect(hub, ALICE, 2)
    away = Session(ALICE, InstanceId(3), "", Platform.ANDROID, 0.0, 0, 100)
    for session in (kicked.session, away):
        hub.kick(session, KickReason.OTHER_PLATFORM, "PC")
    (push,) = kicked.pushes
    assert push["head"]["servcmd"] == KICK
    assert kicked.session.kicked is KickReason.OTHER_PLATFORM
    assert (kicked.is_dismissed, other.is_dismissed, other.frames) == (True, False, [])
    assert hub.online(ALICE) == [other.session]
