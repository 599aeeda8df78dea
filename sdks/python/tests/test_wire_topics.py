"""Requests and answers about topics have the fields of the catalogue."""

import pytest

from sdks.python.tests.test_wire import members_of
from tests.support import catalogue
from tidings_client import wire_topics as ask
from tidings_client.wire_base import Down, Up

SERVICE = "million_group_open_http_svc"
UP: dict[str, type[Up]] = {
    "create_topic": ask.Profile,
    "modify_topic": ask.Change,
    "get_topic": ask.Some,
    "destroy_topic": ask.Some,
}
DOWN: dict[str, type[Down]] = {"create_topic": ask.Created, "get_topic": ask.Topics, "destroy_topic": ask.Ended}


@pytest.mark.parametrize("command", UP)
def test_request_has_the_fields_of_the_catalogue(command: str) -> None:
    entry = catalogue.commands()[catalogue.SOCKET, f"{SERVICE}/{command}"]
    sent = {path for path, _, _ in members_of(UP[command], entry.request, command)}
    assert {f"{command}.{name}" for name, node in entry.request.members.items() if node.is_required} <= sent


@pytest.mark.parametrize("command", DOWN)
def test_answer_is_read_by_the_fields_of_the_catalogue(command: str) -> None:
    entry = catalogue.commands()[catalogue.SOCKET, f"{SERVICE}/{command}"]
    for path, each, node in members_of(DOWN[command], entry.response, command):
        assert node.is_required or not each.required, f"{path} may be absent"
