"""Requests and answers about permission groups have the fields of the catalogue."""

import pytest

from sdks.python.tests.test_wire import members_of
from tests.support import catalogue
from tidings_client import wire_permission_groups as ask
from tidings_client.wire_base import Down, Up
from tidings_client.wire_group_asks import Members, OneGroup

SERVICE = "million_group_open_http_svc"
FORMS: list[tuple[str, type[Up], type[Down] | None]] = [
    ("create_permission_group", ask.Create, ask.Created),
    ("modify_permission_group", ask.Change, None),
    ("destroy_permission_group", ask.Some, ask.Ended),
    ("get_permission_group", ask.Some, ask.Page),
    ("get_permission_group", ask.AskPage, ask.Page),
    ("get_joined_permission_group_list", OneGroup, ask.Groups),
    ("add_topic_permission_group", ask.ChangeTopics, ask.Topics),
    ("set_topic_permission_group", ask.ChangeTopics, ask.Topics),
    ("delete_topic_permission_group", ask.SomeTopics, ask.Topics),
    ("get_topic_permission_group", ask.SomeTopics, ask.ShownTopics),
    ("add_permission_group_member", ask.ChangeMembers, ask.ChangedMembers),
    ("delete_permission_group_member", ask.ChangeMembers, ask.ChangedMembers),
]
UP = [(command, up) for command, up, _ in FORMS] + [("get_permission_group_member_list", ask.AskMembers)]
DOWN = [(command, down) for command, _, down in FORMS if down is not None]


@pytest.mark.parametrize(("command", "form"), UP)
def test_request_has_the_fields_of_the_catalogue(command: str, form: type[Up]) -> None:
    entry = catalogue.commands()[catalogue.SOCKET, f"{SERVICE}/{command}"]
    sent = {path for path, _, _ in members_of(form, entry.request, command)}
    assert {f"{command}.{name}" for name, node in entry.request.members.items() if node.is_required} <= sent


@pytest.mark.parametrize(("command", "form"), DOWN)
def test_answer_is_read_by_the_fields_of_the_catalogue(command: str, form: type[Down]) -> None:
    entry = catalogue.commands()[catalogue.SOCKET, f"{SERVICE}/{command}"]
    for path, each, node in members_of(form, entry.response, command):
        assert node.is_required or not each.required, f"{path} may be absent"


def test_page_of_members_says_where_to_go_on() -> None:
    entry = catalogue.commands()[catalogue.SOCKET, f"{SERVICE}/get_permission_group_member_list"]
    assert all(entry.response.members[name].is_required for name in ("MemberList", "Next"))
    assert {"members", "next"} == set(Members.__struct_fields__)
