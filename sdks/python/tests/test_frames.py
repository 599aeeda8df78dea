import json

import msgspec
import pytest

from tidings_client.frames import Call, decode, judge, pack


def test_request_is_one_object_of_head_and_body() -> None:
    text = pack(Call("openim.sendmsg", 7, b'{"To_Account":"bob"}'), 1400000001, {"a2": "t", "status_instid": 3}, 99)
    frame = json.loads(text)
    assert frame["body"] == {"To_Account": "bob"}
    head = {name: frame["head"][name] for name in ("servcmd", "seq", "sdkappid", "reqtime", "a2", "status_instid")}
    assert head == {
        "servcmd": "openim.sendmsg",
        "seq": 7,
        "sdkappid": 1400000001,
        "reqtime": 99,
        "a2": "t",
        "status_instid": 3,
    }
    assert (frame["head"]["platform"], frame["head"]["ver"]) == (7, "v4")


def test_body_of_a_frame_is_left_as_it_came() -> None:
    frame = decode('{"head": {"servcmd": "x.y", "seq": 7, "more": 1}, "body": {"A":  1}, "else": 0}')
    assert (frame.head.servcmd, frame.head.seq, bytes(frame.body)) == ("x.y", 7, b'{"A":  1}')


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"head": {}}', '{"head": {"servcmd": 1}}', b"\xff"])
def test_frame_without_a_command_is_refused(text: str | bytes) -> None:
    with pytest.raises(msgspec.DecodeError):
        decode(text)


def test_verdict_of_an_answer() -> None:
    assert judge(b"{}").code == 0
    verdict = judge(b'{"ErrorCode": 1002, "ErrorInfo": "out", "KickType": 2, "Other": []}')
    assert (verdict.code, verdict.info, verdict.kick_type) == (1002, "out", 2)
