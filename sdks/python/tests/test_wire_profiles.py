import msgspec
import pytest

from tests.support import catalogue
from tidings_client import wire_base
from tidings_client import wire_profiles as up

UP: dict[str, type[wire_base.Up]] = {
    "profile/portrait_get_all": up.GetProfiles,
    "profile/portrait_set": up.SetProfile,
    "follow/follow_add": up.Follow,
    "follow/follow_delete": up.FollowNames,
    "follow/follow_check": up.FollowNames,
    "follow/follow_get": up.GetFollows,
    "follow/follow_get_info": up.FollowNames,
}
DOWN: dict[str, type[wire_base.Down]] = {
    "profile/portrait_get_all": up.ProfileRows,
    "follow/follow_add": up.FollowRows,
    "follow/follow_delete": up.FollowRows,
    "follow/follow_check": up.FollowRows,
    "follow/follow_get": up.FollowPage,
    "follow/follow_get_info": up.CountRows,
}


@pytest.mark.parametrize("command", UP)
def test_request_has_the_fields_of_the_catalogue(command: str) -> None:
    entry = catalogue.commands()[catalogue.SOCKET, command]
    sent = {each.encode_name for each in msgspec.structs.fields(UP[command])}
    needed = {name for name, node in entry.request.members.items() if node.is_required}
    assert needed <= sent <= entry.request.members.keys()


@pytest.mark.parametrize("command", DOWN)
def test_example_of_the_catalogue_is_read_whole(command: str) -> None:
    entry = catalogue.commands()[catalogue.SOCKET, command]
    (example,) = (text for kind, text in entry.examples if kind == "response")
    found = msgspec.json.decode(example, type=DOWN[command])
    assert any(getattr(found, each.name) for each in msgspec.structs.fields(DOWN[command]))


def test_a_first_page_says_so() -> None:
    ask = up.GetFollows(owner="alice", kind=1, cursor="", count=5)
    assert msgspec.json.decode(msgspec.json.encode(ask)) == {
        "From_Account": "alice",
        "FollowType": 1,
        "StartCursor": "",
        "WantNum": 5,
    }
