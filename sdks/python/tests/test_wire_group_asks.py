"""Requests and answers about groups have the fields of the catalogue."""

import msgspec
import pytest

from sdks.python.tests.test_wire import members_of
from tests.support import catalogue
from tidings_client import wire_group_asks as ask
from tidings_client import wire_groups
from tidings_client.wire_base import Down, Up

SERVICE = "group_open_http_svc"
UP: dict[str, type[Up]] = {
    "create_group": ask.Create,
    "destroy_group": ask.OneGroup,
    "apply_join_group": ask.Join,
    "quit_group": ask.OneGroup,
    "delete_group_member": ask.Remove,
    "get_group_self_member_info": ask.AskProfiles,
    "get_joined_group_list": ask.AskJoined,
    "get_group_member_info": ask.AskMembers,
    "send_group_msg": ask.Send,
    "group_msg_get": ask.AskHistory,
    "group_msg_recall": ask.Recall,
    "delete_group_ramble_msg_by_seq": ask.Delete,
    "msg_read_report": ask.Read,
    "group_msg_receipt": ask.Seqs,
    "get_group_msg_receipt": ask.Seqs,
    "get_group_msg_receipt_detail": ask.AskReaders,
    "pin_message": ask.OneMessage,
    "unpin_message": ask.OneMessage,
    "get_pinned_messages": ask.OneGroup,
    "batch_get_group_notify": ask.AskAllRecalls,
}
DOWN: dict[str, type[Down]] = {
    "create_group": ask.Created,
    "apply_join_group": ask.Joined,
    "get_group_self_member_info": ask.Profiles,
    "get_joined_group_list": ask.JoinedGroups,
    "get_group_member_info": ask.Members,
    "send_group_msg": ask.Sent,
    "group_msg_get": wire_groups.PageDown,
    "group_msg_recall": ask.Recalled,
    "get_group_msg_receipt": ask.Counts,
    "get_group_msg_receipt_detail": ask.Readers,
    "get_pinned_messages": ask.Pins,
    "batch_get_group_notify": ask.AllRecalls,
}


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
    (example,) = (text for kind, text in entry.examples if kind == "response")
    assert msgspec.json.decode(example, type=DOWN[command])
