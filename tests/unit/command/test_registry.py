"""The command table: what a handler's signature says, and how a body that does not fit is refused."""

from collections.abc import Iterator

import msgspec
import pytest
from msgspec import field

from tidings.command.call import Call
from tidings.command.registry import COMMANDS, DEPTH_REFUSED, Command, Door, command, of_door
from tidings.errors import BAD_MESSAGE_JSON, BAD_MESSAGE_RANDOM, BAD_RECEIVER, Fault, TidingsError
from tidings.wire.envelope import Done, Request, Response

NAME = "tests/only"


class Inner(msgspec.Struct):
    name: str = field(name="Name")


class Thing(Request, frozen=True, kw_only=True):
    receiver: str = field(name="To_Account")
    random: int = field(name="MsgRandom", default=0)
    items: list[Inner] = field(name="Items", default_factory=list)


@pytest.fixture
def entry() -> Iterator[Command]:
    @command(
        NAME, Door.SOCKET, BAD_MESSAGE_JSON, bad_fields={"To_Account": BAD_RECEIVER, "MsgRandom": BAD_MESSAGE_RANDOM}
    )
    async def handle(_call: Call, _request: Thing) -> Done:
        return Done()

    yield COMMANDS[Door.SOCKET, NAME]
    del COMMANDS[Door.SOCKET, NAME]


def _refused(entry: Command, body: bytes) -> TidingsError:
    with pytest.raises(TidingsError) as caught:
        entry.read(body)
    return caught.value


def test_types_are_those_of_the_handlers_signature(entry: Command) -> None:
    assert (entry.request, entry.response) == (Thing, Done)
    assert issubclass(entry.response, Response)
    assert (entry.is_open, entry.rate) == (False, None)


def test_a_body_becomes_the_request_and_unknown_members_are_passed_over(entry: Command) -> None:
    request = entry.read(b'{"To_Account":"bob","Other":[{}]}')
    assert request == Thing(receiver="bob")


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        (b'{"To_Account":5}', BAD_RECEIVER),
        (b"{}", BAD_RECEIVER),
        (b'{"To_Account":"b","MsgRandom":"1"}', BAD_MESSAGE_RANDOM),
        (b'{"To_Account":"b","MsgRandom":1e999}', BAD_MESSAGE_RANDOM),
        (b'{"To_Account":"b","Items":5}', BAD_MESSAGE_JSON),
        (b'{"To_Account":"b","Items":[{"Name":5}]}', BAD_MESSAGE_JSON),
        (b'{"To_Account":"b","Items":[{}]}', BAD_MESSAGE_JSON),
        (b"[]", BAD_MESSAGE_JSON),
        (b"null", BAD_MESSAGE_JSON),
        (b'"To_Account"', BAD_MESSAGE_JSON),
    ],
)
def test_a_member_that_does_not_fit_has_its_own_fault(entry: Command, body: bytes, fault: Fault) -> None:
    error = _refused(entry, body)
    assert error.fault is fault
    assert "Expected" in error.info or "missing" in error.info or "range" in error.info


@pytest.mark.parametrize(
    "body", [b"", b"{", b'{"To_Account":"b"}}', b'{"To_Account":"\xff"}', b"\xff", b'{"a":"\\ud800"}']
)
def test_what_is_no_json_is_told_as_such(entry: Command, body: bytes) -> None:
    error = _refused(entry, body)
    assert error.fault is BAD_MESSAGE_JSON
    assert "not valid JSON" in error.info


@pytest.mark.parametrize("body", [b'{"Other":' + b"[" * 100_000, b'{"Other":' * 100_000])
def test_what_is_nested_too_deeply_is_told_as_such(entry: Command, body: bytes) -> None:
    error = _refused(entry, body)
    assert error.fault is BAD_MESSAGE_JSON
    assert DEPTH_REFUSED in error.info


@pytest.mark.usefixtures("entry")
def test_a_name_is_taken_once_for_each_door() -> None:
    async def handle(_call: Call, _request: Thing) -> Done:
        return Done()

    with pytest.raises(ValueError, match="registered twice"):
        command(NAME, Door.SOCKET, BAD_MESSAGE_JSON)(handle)
    command(NAME, Door.REST, BAD_MESSAGE_JSON)(handle)
    del COMMANDS[Door.REST, NAME]


@pytest.mark.usefixtures("entry")
def test_each_door_spells_a_name_its_own_way() -> None:
    assert "tests.only" in of_door(Door.SOCKET, ".")
    assert NAME not in of_door(Door.REST, "/")
