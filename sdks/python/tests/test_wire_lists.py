import msgspec

from tidings_client import wire_lists as up


def test_what_a_request_must_say_is_not_left_out() -> None:
    name = up.Name(peer="bob", kind=1)
    asks = up.Delete(names=[name], clears=0), up.Mark(name=name, kind=2, custom="")
    assert [msgspec.json.encode(ask) for ask in asks] == [
        b'{"ContactItem":[{"To_Account":"bob","Type":1}],"ClearRamble":0}',
        b'{"ContactItem":{"To_Account":"bob","Type":1},"OptType":2,"CustomMark":""}',
    ]


def test_rows_that_say_nothing_are_successes() -> None:
    assert msgspec.json.decode(b'{"ResultItem":[{}]}', type=up.Results).rows == [up.Failure(0, "")]
