"""Gateway frames: read, answered, pushed, packed (web-sdk-wire.md, section 3; RFC 6455, section 5)."""

import json

import msgspec
import pytest
from websockets.frames import Close, Frame, Opcode

from tests.support.wires import unpacked
from tidings.wire import frames

SIZES = [0, 1, 125, 126, 127, 65_535, 65_536, 70_000]


def test_a_request_is_read_with_what_its_head_says() -> None:
    head = {"servcmd": "a.b", "seq": 7, "sdkappid": 5, "identifier": "alice", "usersig": "s", "a2": "t", "tinyid": "1"}
    frame = frames.decode(json.dumps({"head": {**head, "ver": "v4", "cs": 0}, "body": {"x": [1]}}))
    assert msgspec.structs.asdict(frame.head) == {**head, "status_instid": 0}
    assert bytes(frame.body) == b'{"x": [1]}'


def test_command_and_number_are_needed_and_a_body_is_not() -> None:
    frame = frames.decode(b'{"head":{"servcmd":"a.b","seq":0}}')
    assert (frame.head.servcmd, frame.head.seq, bytes(frame.body)) == ("a.b", 0, b"{}")
    for head in ({"seq": 1}, {"servcmd": "a.b"}, {}):
        with pytest.raises(msgspec.ValidationError):
            frames.decode(json.dumps({"head": head}))


@pytest.mark.parametrize("tiny_id", ["144115198244471703", 144115198244471703])
def test_a_tiny_id_may_be_text_or_number(tiny_id: str | int) -> None:
    text = json.dumps({"head": {"servcmd": "a.b", "seq": 1, "tinyid": tiny_id}})
    assert frames.decode(text).head.tinyid == tiny_id


@pytest.mark.parametrize("seq", [0, 1, -1, 2**32, 10**20])
def test_an_answer_is_known_by_command_and_number(seq: int) -> None:
    found = json.loads(frames.answer("openim.sendmsg", seq, b'{"ErrorCode":0}'))
    assert found["head"] == {"ver": "v4", "servcmd": "openim.sendmsg", "seq": seq}
    assert found["body"] == {"ErrorCode": 0}


@pytest.mark.parametrize("name", ["plain", 'a"b', "a\\b", "a\nb\x00\x1f", "☃ 🕘", ""])
def test_an_unknown_command_comes_back_under_its_own_name(name: str) -> None:
    assert json.loads(frames.answer(frames.escape(name), 1, b"{}"))["head"]["servcmd"] == name


def test_a_push_has_its_own_command() -> None:
    assert json.loads(frames.push(b"{}"))["head"]["servcmd"] == "im_open_push.msg_push"
    assert json.loads(frames.push(b"{}", frames.KICK))["head"]["servcmd"] == "im_open_status.stat_forceoffline"


@pytest.mark.parametrize(("opcode", "kind"), [(frames.TEXT, Opcode.TEXT), (frames.BINARY, Opcode.BINARY)])
@pytest.mark.parametrize("size", SIZES)
def test_a_payload_of_any_length_is_one_whole_frame(opcode: int, kind: Opcode, size: int) -> None:
    [frame] = unpacked(frames.pack(opcode, b"a" * size))
    assert (frame.opcode, frame.fin, frame.data) == (kind, True, b"a" * size)


@pytest.mark.parametrize("size", SIZES)
def test_a_length_is_written_in_its_shortest_form(size: int) -> None:
    expected = Frame(Opcode.TEXT, b"a" * size).serialize(mask=False)
    assert frames.pack(frames.TEXT, b"a" * size) == expected


@pytest.mark.parametrize("reason", ["", "bye", "x" * 123, "x" * 500, "☃" * 100, "x" * 122 + "é"])
def test_a_farewell_fits_into_a_close_frame(reason: str) -> None:
    [frame] = unpacked(frames.close(4002, reason))
    assert (frame.opcode, len(frame.data) <= 125) == (Opcode.CLOSE, True)
    close = Close.parse(frame.data)
    assert close.code == 4002
    assert reason.startswith(close.reason)
    assert len(close.reason.encode()) > min(len(reason.encode()), 123) - 3, "only a half character may be lost"
