"""Requests about members and profiles of groups have the fields of the catalogue."""

import pytest

from sdks.python.tests.test_wire import members_of
from tests.support import catalogue
from tidings_client import wire_group_members as ask
from tidings_client.wire_base import Up
from tidings_client.wire_group_asks import NamedMembers

UP: dict[str, type[Up]] = {
    "modify_group_member_info": ask.ChangeMember,
    "get_specified_group_member_info": ask.AskNamed,
    "change_group_owner": ask.HandOver,
    "modify_group_base_info": ask.ChangeGroup,
}


@pytest.mark.parametrize("command", UP)
def test_request_has_the_fields_of_the_catalogue(command: str) -> None:
    entry = catalogue.commands()[catalogue.SOCKET, f"group_open_http_svc/{command}"]
    sent = {path for path, _, _ in members_of(UP[command], entry.request, command)}
    assert {f"{command}.{name}" for name, node in entry.request.members.items() if node.is_required} <= sent


def test_members_are_read_by_the_fields_of_the_catalogue() -> None:
    entry = catalogue.commands()[catalogue.SOCKET, "group_open_http_svc/get_specified_group_member_info"]
    for path, each, node in members_of(NamedMembers, entry.response, "members"):
        assert node.is_required or not each.required, f"{path} may be absent"
