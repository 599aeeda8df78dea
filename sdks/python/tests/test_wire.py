"""The bodies that the client sends and reads are those of the catalogue."""

import json
from collections.abc import Iterator
from typing import get_args

import msgspec
import pytest

from tests.support import catalogue
from tidings_client import wire

UP = {
    "im_open_status.wslogin": wire.LogIn,
    "im_open_status.wslogout": wire.LogOut,
    "im_open_status.ws_get_user_status": wire.Users,
    "im_open_status.ws_set_custom_status": wire.SetStatus,
    "im_open_status.ws_status_subscribe": wire.Users,
    "im_open_status.ws_status_unsubscribe": wire.Users,
    "openim.c2c_msg_read_receipt": wire.GiveReceipts,
    "openim.delete_c2c_msg_ramble": wire.Delete,
    "openim.get_peer_read_time": wire.Users,
    "openim.getmsg": wire.Sync,
    "openim.getroammsg": wire.Roam,
    "openim.modify_c2c_msg": wire.Modify,
    "openim.msgreaded": wire.ReportRead,
    "openim.msgwithdraw": wire.Recall,
    "openim.read_all_unread_msg": wire.ReportAllRead,
    "openim.sendmsg": wire.Send,
    "openim.ws_msg_push_ack": wire.Ack,
    "recentcontact.page_get": wire.ListConversations,
}
DOWN: dict[str, type[wire.Down]] = {
    "im_open_status.wslogin": wire.LoggedIn,
    "im_open_status.ws_get_user_status": wire.Statuses,
    "im_open_status.ws_status_subscribe": wire.Subscribed,
    "openim.get_peer_read_time": wire.ReadTimes,
    "openim.getmsg": wire.Synced,
    "openim.getroammsg": wire.Roamed,
    "openim.modify_c2c_msg": wire.Modified,
    "openim.sendmsg": wire.Sent,
    "recentcontact.page_get": wire.ConversationPage,
}


def members_of(
    kind: type, node: catalogue.Node, path: str
) -> Iterator[tuple[str, msgspec.structs.FieldInfo, catalogue.Node]]:
    """Yield path, field and place in the catalogue of each field of a struct, inner structs too."""
    for each in msgspec.structs.fields(kind):
        here = f"{path}.{each.encode_name}"
        assert each.encode_name in node.members, f"{here} is not in the catalogue"
        found = node.members[each.encode_name]
        yield here, each, found
        for inner in (each.type, *get_args(each.type)):
            if isinstance(inner, type) and issubclass(inner, wire.Up | wire.Down) and "event" not in found.kinds:
                at = found.item if found.item is not None else found
                if "event" not in at.kinds:
                    yield from members_of(inner, at, here)


@pytest.mark.parametrize("command", UP)
def test_request_has_the_fields_of_the_catalogue(command: str) -> None:
    entry = catalogue.commands()[catalogue.SOCKET, command.replace(".", "/")]
    sent = {path for path, _, _ in members_of(UP[command], entry.request, command)}
    needed = {f"{command}.{name}" for name, node in entry.request.members.items() if node.is_required}
    assert needed <= sent


@pytest.mark.parametrize("command", DOWN)
def test_answer_is_read_by_the_fields_of_the_catalogue(command: str) -> None:
    entry = catalogue.commands()[catalogue.SOCKET, command.replace(".", "/")]
    for path, each, node in members_of(DOWN[command], entry.response, command):
        assert node.is_required or not each.required, f"{path} may be absent"
    (example,) = (text for kind, text in entry.examples if kind == "response")
    assert msgspec.json.decode(example, type=DOWN[command])


def test_every_field_of_an_event_is_in_some_push() -> None:
    known = {name for entry in catalogue.pushes() for name in entry.shape.members}
    assert {each.encode_name for each in msgspec.structs.fields(wire.WireEvent)} <= known


@pytest.mark.parametrize("entry", catalogue.pushes(), ids=lambda entry: entry.name)
def test_example_of_every_push_can_be_read(entry: catalogue.PushEntry) -> None:
    kind = wire.Overload if entry.servcmd == "OverLoadPush.notify2" else wire.Push
    assert msgspec.json.decode(entry.example, type=kind) is not None


def test_what_keeps_its_default_is_left_out() -> None:
    body = wire.Modify(from_account="a", to_account="b", seq=1, random=2, time=3, version=0)
    assert "MsgBody" not in json.loads(msgspec.json.encode(body))
