"""Structs of groups: what was not asked for stays off the wire."""

import msgspec

from tidings.wire.groups import FirstMember, GroupDown, MemberDown, OwnGroupDown


def test_the_least_of_a_group_and_a_member_is_its_name() -> None:
    assert msgspec.json.encode(GroupDown(group_id="g")) == b'{"GroupId":"g"}'
    assert msgspec.json.encode(OwnGroupDown(group_id="g", code=10010)) == b'{"GroupId":"g","ErrorCode":10010}'
    assert msgspec.json.encode(MemberDown(account="bob")) == b'{"Member_Account":"bob"}'


def test_nought_and_empty_are_values() -> None:
    shown = msgspec.json.encode(MemberDown(account="bob", mute_until=0, name_card=""))
    assert shown == b'{"Member_Account":"bob","MuteUntil":0,"NameCard":""}'


def test_a_first_member_is_an_ordinary_one_unless_said() -> None:
    assert msgspec.json.decode(b'{"Member_Account":"bob"}', type=FirstMember).role == "Member"
