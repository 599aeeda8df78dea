"""What all callbacks have, and what is answered."""

import msgspec

from tidings.wire.callbacks.callback import Answer
from tidings.wire.callbacks.state import StateChange
from tidings.wire.envelope import is_present


def test_an_empty_answer_lets_everything_be() -> None:
    answer = msgspec.json.decode(b"{}", type=Answer)
    assert (answer.code, answer.refused, answer.custom_data) == (0, [], None)
    assert not is_present(answer.body)


def test_a_rewritten_body_is_kept_as_it_came() -> None:
    answer = msgspec.json.decode(b'{"MsgBody": [ {"MsgType":"X"} ]}', type=Answer)
    assert bytes(answer.body) == b'[ {"MsgType":"X"} ]'


def test_a_body_says_which_callback_it_is() -> None:
    assert StateChange.__struct_encode_fields__[0] == "CallbackCommand"
