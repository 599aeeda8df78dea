"""Requests and answers about live rooms have the fields of the catalogue."""

import pytest

from sdks.python.tests.test_wire import members_of
from tests.support import catalogue
from tidings_client import wire_live_rooms as ask
from tidings_client.wire_base import Down, Up
from tidings_client.wire_group_asks import OneGroup

UP: dict[str, type[Up]] = {
    "group_open_http_svc/apply_join_group": ask.Join,
    "group_open_http_svc/get_online_member_num": OneGroup,
    "group_open_avchatroom_http_svc/get_members": ask.AskPresent,
    "group_open_avchatroom_http_svc/modify_user_info": ask.Mark,
}
DOWN: dict[str, type[Down]] = {
    "group_open_http_svc/get_online_member_num": ask.Count,
    "group_open_avchatroom_http_svc/get_members": ask.Present,
    "group_open_avchatroom_http_svc/modify_user_info": ask.Marked,
}


@pytest.mark.parametrize("command", UP)
def test_request_has_the_fields_of_the_catalogue(command: str) -> None:
    entry = catalogue.commands()[catalogue.SOCKET, command]
    sent = {path for path, _, _ in members_of(UP[command], entry.request, command)}
    assert {f"{command}.{name}" for name, node in entry.request.members.items() if node.is_required} <= sent


@pytest.mark.parametrize("command", DOWN)
def test_answer_is_read_by_the_fields_of_the_catalogue(command: str) -> None:
    entry = catalogue.commands()[catalogue.SOCKET, command]
    for path, each, node in members_of(DOWN[command], entry.response, command):
        assert node.is_required or not each.required, f"{path} may be absent"
