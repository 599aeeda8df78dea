"""Groups and members as answers show them: all, or what was asked for."""

import msgspec

from tests.support.groups import found, found_community, place
from tests.support.stage import Stage
from tidings.domain.group.kinds import Kind
from tidings.ids import UserId
from tidings.view.group_profiles import to_joined, to_member_down, to_own_group, to_profile, to_self_down
from tidings.wire.groups import FellowDown, GroupDown, MemberDown, ResponseFilter

ALICE = UserId("alice")


async def test_a_profile_has_everything_or_what_is_wanted(stage: Stage) -> None:
    group = await found(stage, Kind.WORK)
    group.custom = {"a": "1", "b": "2"}
    whole = to_profile(GroupDown, group, ALICE)
    assert (whole.kind, whole.owner, whole.next_seq, whole.mute_all) == ("Private", "alice", 1, "Off")
    assert [field.key for field in whole.custom or ()] == ["a", "b"]
    part = msgspec.to_builtins(to_profile(GroupDown, group, ALICE, ["Name", "ShutUpAllMember"], ["b"]))
    assert part == {
        "GroupId": group.group_id,
        "ErrorCode": 0,
        "ErrorInfo": "",
        "Name": "team",
        "MuteAllMember": "Off",
        "ShutUpAllMember": "Off",
        "AppDefinedData": [{"Key": "b", "Value": "2"}],
    }


async def test_a_filter_that_names_nothing_of_a_kind_shows_nothing_of_it(stage: Stage) -> None:
    group = await found(stage)
    shown = msgspec.to_builtins(to_own_group(group, ALICE, ResponseFilter(member=["Role"]), {}))
    assert shown == {"GroupId": group.group_id, "ErrorCode": 0, "ErrorInfo": "", "AppDefinedData": []}


async def test_fellows_see_names_and_app_servers_do_not(stage: Stage) -> None:
    group = await found(stage, Kind.PUBLIC, stage.them.bob)
    bob = place(stage, group, stage.them.bob)
    assert to_member_down(FellowDown, bob, 0.0).nick == "Bob"
    assert "NickName" not in msgspec.to_builtins(to_member_down(MemberDown, bob, 0.0))


async def test_a_muting_that_is_over_shows_as_none(stage: Stage) -> None:
    member = place(stage, await found(stage), stage.them.alice)
    member.muted_until = 100
    shown = [to_member_down(MemberDown, member, now, ["ShutUpUntil"]) for now in (99.0, 100.0)]
    assert [(each.mute_until, each.shut_up_until) for each in shown] == [(100, 100), (0, 0)]


async def test_a_joined_group_has_ones_place_on_wish(stage: Stage) -> None:
    group = await found(stage)
    alice = place(stage, group, stage.them.alice)
    bare = msgspec.to_builtins(to_joined(group, alice, ALICE, None, None))
    assert bare == {"GroupId": group.group_id}
    role = msgspec.to_builtins(to_joined(group, alice, ALICE, None, ["Role"]))
    assert role["SelfInfo"] == {"Role": "Owner"}
    assert to_self_down(alice).role == "Owner"


async def test_clients_are_told_of_topics_whatever_they_ask_for(stage: Stage) -> None:
    wanted = ResponseFilter(group=["Name"])
    for group, shown in ((await found_community(stage), 1), (await found(stage, Kind.COMMUNITY), msgspec.UNSET)):
        assert to_own_group(group, ALICE, wanted, {}).has_topics == shown


async def test_custom_fields_are_those_that_may_be_seen(stage: Stage) -> None:
    group = await found(stage)
    group.custom = {"a": "1", "b": "2"}
    for wanted in (None, ResponseFilter(group_custom=["a", "b"])):
        shown = msgspec.to_builtins(to_own_group(group, ALICE, wanted, {"b": "2"}))
        assert shown["AppDefinedData"] == [{"Key": "b", "Value": "2"}]
    alice = place(stage, group, stage.them.alice)
    alice.custom = {"c": "3"}
    assert to_member_down(FellowDown, alice, 0.0, values={}).custom == []
