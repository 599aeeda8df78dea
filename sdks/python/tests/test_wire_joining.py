"""Requests and answers about coming into groups have the fields of the catalogue."""

import pytest

from sdks.python.tests.test_wire import members_of
from tests.support import catalogue
from tidings_client import wire_joining as ask
from tidings_client.wire_base import Up

UP: dict[str, type[Up]] = {
    "group_open_http_svc/get_pendency": ask.AskRequests,
    "million_group_open_http_svc/get_pendency": ask.AskRequests,
    "group_open_http_svc/handle_apply_join_group": ask.Decide,
    "group_open_http_svc/handle_invite_join_group": ask.Consent,
    "group_open_http_svc/handle_invite_join_permission_group": ask.Approve,
    "group_open_http_svc/ban_group_member": ask.Ban,
}


@pytest.mark.parametrize("command", UP)
def test_request_has_the_fields_of_the_catalogue(command: str) -> None:
    entry = catalogue.commands()[catalogue.SOCKET, command]
    sent = {path for path, _, _ in members_of(UP[command], entry.request, command)}
    assert {f"{command}.{name}" for name, node in entry.request.members.items() if node.is_required} <= sent


@pytest.mark.parametrize("service", ["group_open_http_svc", "million_group_open_http_svc"])
def test_requests_are_read_by_the_fields_of_the_catalogue(service: str) -> None:
    entry = catalogue.commands()[catalogue.SOCKET, f"{service}/get_pendency"]
    for path, each, node in members_of(ask.Requests, entry.response, service):
        assert node.is_required or not each.required, f"{path} may be absent"
