import msgspec

from tidings_client.wire_told import ListChange, Mute


def test_a_change_of_a_kind_to_come_is_read_and_says_nothing() -> None:
    found = msgspec.json.decode(b'{"PushType":55,"RecentContactOther":{"x":[1]}}', type=ListChange)
    assert found == ListChange(55)


def test_an_option_is_read() -> None:
    text = b'{"To_Account":"bob","MuteNotifications":2,"UpdateSeq":9}'
    assert msgspec.json.decode(text, type=Mute) == Mute("bob", 2)
