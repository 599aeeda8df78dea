"""Requests about attributes, counters and what hangs on messages have the fields of the catalogue."""

import pytest

from sdks.python.tests.test_wire import members_of
from tests.support import catalogue
from tidings_client import wire_group_values as ask
from tidings_client.wire_base import Down, Up

UP: dict[str, type[Up]] = {
    "group_open_http_svc/set_group_attr": ask.Write,
    "group_open_http_svc/modify_group_attr": ask.Write,
    "group_open_http_svc/delete_group_attr": ask.Write,
    "group_open_http_svc/clear_group_attr": ask.Write,
    "group_open_http_svc/update_group_counter": ask.ChangeCounters,
    "group_open_http_svc/get_group_counter": ask.AskCounters,
    "openim_msg_ext_http_svc/group_set_key_values": ask.ChangePairs,
    "openim_msg_ext_http_svc/group_get_key_values": ask.AskPairs,
    "openim_msg_ext_http_svc/group_reaction_add": ask.React,
    "openim_msg_ext_http_svc/group_reaction_del": ask.Unreact,
    "openim_msg_ext_http_svc/group_reaction_multi_stat": ask.AskReactions,
    "openim_msg_ext_http_svc/group_reaction_iterate": ask.AskReacting,
}
DOWN: dict[str, type[Down]] = {
    "group_open_attr_http_svc/get_group_attr": ask.Attributes,
    "group_open_http_svc/get_group_counter": ask.Counters,
    "openim_msg_ext_http_svc/group_reaction_multi_stat": ask.Reactions,
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
