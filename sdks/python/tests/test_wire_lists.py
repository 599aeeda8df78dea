import msgspec

from tidings_client import wire_lists as up


def test_what_a_request_must_say_is_not_left_out() -> None:
    name, low = up.Name(peer="bob", kind=1), up.LowName(group="g", kind=2)
    asks = up.Delete(names=[low], clears=0), up.Mark(name=name, kind=2, custom="")
    assert [msgspec.json.encode(ask) for ask in asks] == [
        b'{"ContactItem":[{"Type":2,"ToGroupid":"g"}],"ClearRamble":0}',
        b'{"ContactItem":{"Type":1,"To_Account":"bob"},"OptType":2,"CustomMark":""}',
    ]


def test_rows_that_say_nothing_are_successes() -> None:
    assert msgspec.json.decode(b'{"ResultItem":[{}]}', type=up.Results).rows == [up.Failure(0, "")]
