"""Hostile bytes at the gateway and in request bodies: read, or refused by the documented error, and nothing else."""

import json
from typing import Any

import msgspec
from hypothesis import given
from hypothesis import strategies as st

import tidings.command  # noqa: F401 - fills the command table
from tests.support.catalogue import Node, commands
from tidings.command.registry import COMMANDS, Command
from tidings.errors import BAD_ELEMENT, BAD_MESSAGE_BODY, BAD_PUSH_INFO, MESSAGE_BODY_NO_ARRAY, TidingsError
from tidings.wire import frames
from tidings.wire.elements import check_body
from tidings.wire.envelope import Request
from tidings.wire.push_info import check_push_info

# What a gateway takes for "this is no frame": it closes the socket with 4002.
NO_FRAME = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
BODY_FAULTS = {BAD_ELEMENT, BAD_MESSAGE_BODY, MESSAGE_BODY_NO_ARRAY}
FRAME = b'{"head":{"servcmd":"openim.sendmsg","seq":7,"a2":"t","identifier":"alice"},"body":{"a":["b",1.5,null]}}'
BODY = b'[{"MsgType":"TIMTextElem","MsgContent":{"Text":"hi \xe2\x98\x83","Own":[1,{"a":null}]}}]'
PUSH = b'{"PushFlag":0,"Desc":"d","AndroidInfo":{"Sound":"s","OPPOPrivateTitleParameters":{"a":1}},"BadgeAddNum":1}'

scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text()
json_values = st.recursive(scalars, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=20)
nestings = st.tuples(st.sampled_from([b"[", b'{"a":', b"[{", b'[{"a":[']), st.integers(1, 100_000)).map(
    lambda step: step[0] * step[1]
)
every_command = st.sampled_from(sorted(COMMANDS, key=str)).map(COMMANDS.__getitem__)


def encode(value: object) -> bytes:
    """Write any value as JSON would have it, with what no strict writer writes: NaN, half surrogates."""
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")


@st.composite
def bent(draw: st.DrawFn, genuine: bytes) -> bytes:
    """Return genuine bytes with a piece changed."""
    at = draw(st.integers(0, len(genuine)))
    length = draw(st.integers(0, 5))
    piece = draw(
        st.binary(max_size=5) | st.sampled_from([b'"', b"\\", b"\\u", b"[", b"}", b"\xff", b"\x00", b"9" * 5000])
    )
    return genuine[:at] + piece + genuine[at + length :]


def frame_is_read_or_none(payload: bytes) -> None:
    """Expect a frame whose answer can be written, or one of the errors that close a socket."""
    try:
        frame = frames.decode(payload)
    except NO_FRAME:
        return
    name = frame.head.servcmd
    answer = json.loads(frames.answer(frames.escape(name), frame.head.seq, b"{}"))
    assert (answer["head"]["servcmd"], answer["head"]["seq"]) == (name, frame.head.seq)
    frames.close(4002, name)


def body_is_kept_or_refused(raw: bytes) -> None:
    """Expect the same bytes, which any reader of JSON takes, or one of the three faults of MsgBody."""
    try:
        kept = check_body(raw)
    except TidingsError as error:
        assert error.fault in BODY_FAULTS  # noqa: PT017 - most bodies, but not all, are refused
        return
    assert kept == raw
    json.loads(kept.decode("utf-8"))


def push_is_kept_or_refused(raw: bytes) -> None:
    """Expect the same bytes, which any reader of JSON takes, or 90043."""
    try:
        kept = check_push_info(raw)
    except TidingsError as error:
        assert error.fault is BAD_PUSH_INFO  # noqa: PT017 - most, but not all, are refused
        return
    json.loads(kept.decode("utf-8"))


def request_is_read_or_refused(command: Command, raw: bytes) -> None:
    """Expect the command's request, or one of the faults it declares."""
    try:
        assert isinstance(command.read(raw), Request)
    except TidingsError as error:
        assert error.fault in {command.bad_request, *command.bad_fields.values()}  # noqa: PT017 - as above


def to_json(node: Node) -> st.SearchStrategy[Any]:
    """Return what nearly fits a place of the catalogue: the right kind mostly, any kind at times."""
    kinds: dict[str, st.SearchStrategy[Any]] = {
        "string": st.text(max_size=40) | st.sampled_from(["alice", "bob", "1_2_3", ""]),
        "int": st.integers(-(2**70), 2**70) | st.integers(0, 5),
        "number": st.floats() | st.integers(),
        "bool": st.booleans(),
    }
    found: list[st.SearchStrategy[Any]] = [kinds[kind] for kind in sorted(node.kinds & kinds.keys())]
    if "object" in node.kinds:
        found.append(st.fixed_dictionaries({}, optional={name: to_json(each) for name, each in node.members.items()}))
    if "array" in node.kinds:
        found.append(st.lists(to_json(node.item) if node.item is not None else json_values, max_size=4))
    return st.one_of(*found, scalars)


@st.composite
def nearly_requests(draw: st.DrawFn) -> tuple[Command, bytes]:
    """Return a command and a body that has its members, with values of nearly the right kind."""
    command = draw(every_command)
    shape = commands()[command.door.value, command.name].request
    return command, encode(draw(st.fixed_dictionaries({}, optional={n: to_json(m) for n, m in shape.members.items()})))


@given(st.binary(max_size=500))
def test_any_bytes_are_a_frame_or_none(payload: bytes) -> None:
    frame_is_read_or_none(payload)


@given(bent(FRAME))
def test_a_bent_frame_is_one_or_none(payload: bytes) -> None:
    frame_is_read_or_none(payload)


@given(json_values | st.fixed_dictionaries({"head": json_values}, optional={"body": json_values}))
def test_any_json_is_a_frame_or_none(value: object) -> None:
    frame_is_read_or_none(encode(value))


@given(
    st.fixed_dictionaries(
        {"servcmd": st.text(), "seq": st.integers() | scalars},
        optional={"identifier": st.text(), "a2": scalars, "tinyid": scalars, "status_instid": scalars},
    )
)
def test_any_head_is_read_or_none(head: dict[str, Any]) -> None:
    frame_is_read_or_none(encode({"head": head, "body": {}}))


@given(nestings, st.sampled_from([b"", b'{"head":', b'{"head":{"servcmd":"a","seq":1},"body":']))
def test_any_nesting_is_a_frame_or_none(nesting: bytes, start: bytes) -> None:
    frame_is_read_or_none(start + nesting)


@given(st.text())
def test_a_text_of_any_kind_is_a_farewell_that_can_be_read(reason: str) -> None:
    text = frames.close(4002, reason.encode("utf-8", "replace").decode())[4:]
    text.decode("utf-8")
    assert len(text) <= frames.MAX_REASON_BYTES


@given(st.binary(max_size=500) | bent(BODY) | json_values.map(encode) | nestings)
def test_any_body_is_kept_as_it_came_or_refused(raw: bytes) -> None:
    body_is_kept_or_refused(raw)
    body_is_kept_or_refused(b'[{"MsgType":"TIMCustomElem","MsgContent":{"Own":%b}}]' % raw)


@given(st.binary(max_size=500) | bent(PUSH) | json_values.map(encode) | nestings)
def test_any_push_settings_are_kept_as_they_came_or_refused(raw: bytes) -> None:
    push_is_kept_or_refused(raw)
    push_is_kept_or_refused(b'{"Own":%b}' % raw)


@given(every_command, st.binary(max_size=500) | json_values.map(encode) | nestings)
def test_any_bytes_are_a_request_or_refused(command: Command, raw: bytes) -> None:
    request_is_read_or_refused(command, raw)
    request_is_read_or_refused(command, b'{"To_Account":%b}' % raw)
    request_is_read_or_refused(command, b'{"To_Account":"%b"}' % raw)


@given(nearly_requests())
def test_any_members_are_a_request_or_refused(case: tuple[Command, bytes]) -> None:
    request_is_read_or_refused(*case)
