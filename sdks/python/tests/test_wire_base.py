import msgspec

from tidings_client.wire_base import Down, Up


class Ask(Up, frozen=True):
    given: int
    left: int = 0


class Answer(Down, frozen=True):
    known: int = 0


def test_what_keeps_its_default_is_not_sent() -> None:
    assert msgspec.json.encode(Ask(1)) == b'{"given":1}'


def test_what_is_not_known_is_passed_over() -> None:
    assert msgspec.json.decode(b'{"known":1,"new":2}', type=Answer) == Answer(1)
