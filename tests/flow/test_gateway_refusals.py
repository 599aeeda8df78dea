"""What is wrong with a user's request has the code that the catalogue gives (spec/client/openim.yaml).

Each row names a command, what is changed in a request that is otherwise fine, and the code. ABSENT
leaves a field out. The client checks that the catalogue lists the code for the command.
"""

from typing import Any

import pytest

from tests.support.clients import GatewayClient, Json, text_body
from tests.support.server import NOW

ABSENT = object()
Row = tuple[str, str, Any, int]
SEND, HISTORY, SYNC = "openim.sendmsg", "openim.getroammsg", "openim.getmsg"
RECALL, MODIFY, DELETE = "openim.msgwithdraw", "openim.modify_c2c_msg", "openim.delete_c2c_msg_ramble"
RECEIPT, TIMES, MUTES = (
    "openim.c2c_msg_read_receipt",
    "openim.get_peer_read_time",
    "openim.get_c2c_peer_mute_notifications",
)
READ, READ_ALL, LIST = "openim.msgreaded", "openim.read_all_unread_msg", "recentcontact.page_get"
STATUS, WATCH, LEAVE = (
    f"im_open_status.ws_{name}" for name in ("get_user_status", "status_subscribe", "status_unsubscribe")
)
CUSTOM, PROFILE = "im_open_status.ws_set_custom_status", "profile.portrait_get_all"

NAME = {"From_Account": "alice", "To_Account": "bob", "MsgSeq": 1, "MsgRandom": 1}
FINE: dict[str, Json] = {
    SEND: {"From_Account": "alice", "To_Account": "bob", "MsgSeq": 2, "MsgRandom": 2, "MsgBody": text_body()},
    HISTORY: {"Peer_Account": "bob", "MaxCnt": 5, "LastMsgTime": 0, "MsgKey": ""},
    SYNC: {"Cookie": "0", "SyncFlag": 0},
    RECALL: {"MsgInfo": {**NAME, "MsgTimeStamp": NOW}},
    MODIFY: {**NAME, "MsgTime": NOW, "MsgVersion": 0, "MsgBody": text_body("new")},
    DELETE: {"From_Account": "alice", "To_Account": "bob", "MsgKeyList": [f"1_1_{NOW}"]},
    RECEIPT: {"Peer_Account": "bob", "C2CMsgInfo": [{"MsgSeq": 1, "MsgRandom": 1, "MsgTime": NOW}]},
    TIMES: {"To_Account": ["bob"]},
    MUTES: {"Peer_Account": ["bob"]},
    READ: {"C2CMsgReaded": {"Cookie": "", "C2CMsgReadedItem": [{"To_Account": "bob", "LastedMsgTime": NOW}]}},
    READ_ALL: {"C2CReadAllMsg": 1, "GroupReadInfo": []},
    LIST: {"TimeStamp": 0, "StartIndex": 0, "TopTimeStamp": 0, "TopStartIndex": 0},
    STATUS: {"To_Account": ["bob"]},
    WATCH: {"To_Account": ["bob"]},
    LEAVE: {"To_Account": ["bob"]},
    CUSTOM: {"CustomStatus": "busy"},
    PROFILE: {"UserItem": [{"To_Account": "bob"}]},
}

NO_STRING: tuple[Any, ...] = (5, 1.5, True, None, [], {})
NO_INT: tuple[Any, ...] = ("1", 1.5, True, [], {})
NO_UINT32: tuple[Any, ...] = (*NO_INT, -1, 1 << 32, 10**30)
NO_NATURAL: tuple[Any, ...] = (*NO_INT, None, -1, 1 << 53, 10**30)
NO_NAMES: tuple[Any, ...] = ("bob", 5, {}, [5], [None], [["bob"]])
TOO_MANY = ["bob"] * 501


def _each(command: str, field: str, code: int, *values: Any) -> list[Row]:
    """Return a row for each of these values."""
    return [(command, field, value, code) for value in values]


def _message() -> list[Row]:
    rows = _each(SEND, "To_Account", 90003, ABSENT, *NO_STRING)
    rows += _each(SEND, "From_Account", 90008, *NO_STRING, "bob", "ghost")
    rows += _each(SEND, "MsgRandom", 90005, ABSENT, None, *NO_UINT32)
    rows += _each(SEND, "MsgSeq", 90004, *NO_UINT32)
    rows += _each(SEND, "MsgClientTime", 90001, *NO_UINT32)
    rows += _each(SEND, "MsgLifeTime", 90044, *NO_INT)
    rows += _each(SEND, "MsgBody", 90007, None, "hi", {}, 5)
    rows += _each(SEND, "MsgBody", 90002, ABSENT, [], [5], [{}], [{"MsgType": "TIMTextElem"}])
    for content in ({}, {"Text": 5}, {"text": "hi"}):
        rows += _each(SEND, "MsgBody", 90010, [{"MsgType": "TIMTextElem", "MsgContent": content}])
    rows += _each(SEND, "OfflinePushInfo", 90043, "x", [], {"PushFlag": 2}, {"Ext": "e" * 3073})
    rows += [(SEND, name, value, 90001) for name in ("SendMsgControl", "ForbidCallbackControl") for value in NO_NAMES]
    for name in ("OnlineOnlyFlag", "IsNeedReadReceipt", "SupportMessageExtension", "IsRelayMsg"):
        rows += _each(SEND, name, 90001, None, *NO_INT)
    for name in ("CloudCustomData", "From_AccountNick", "From_AccountHeadurl"):
        rows += _each(SEND, name, 90001, *NO_STRING)
    return rows + _each(SEND, "MsgLifeTime", 90026, -1) + _each(SEND, "To_Account", 20003, "ghost", "")


def _history() -> list[Row]:
    rows = _each(HISTORY, "Peer_Account", 90001, ABSENT, *NO_STRING)
    rows += _each(HISTORY, "MaxCnt", 90001, None, 0, -1, *NO_INT)
    rows += _each(HISTORY, "LastMsgTime", 90001, *NO_NATURAL)
    rows += _each(HISTORY, "MsgKey", 90001, *NO_STRING)
    rows += [
        (HISTORY, "MsgKey", value, 90054) for value in ("x", "1_2", "1_2_3_4", "-1_2_3", f"1_2_{1 << 32}", "1_2_٣")
    ]
    rows += _each(SYNC, "Cookie", 90001, *NO_STRING)
    rows += _each(SYNC, "SyncFlag", 90001, *NO_INT)
    rows += [(HISTORY, "Peer_Account", "ghost", 20003)]
    return rows


def _changes() -> list[Row]:
    rows = _each(RECALL, "MsgInfo", 90001, ABSENT, None, [], "x", {}, NAME)
    rows += _each(RECALL, "MsgInfo.MsgSeq", 90001, ABSENT, *NO_UINT32)
    rows += _each(RECALL, "MsgInfo.From_Account", 90008, "bob", "ghost")
    rows += [(RECALL, "MsgInfo.To_Account", "ghost", 20003), (RECALL, "MsgInfo.To_Account", "carol", 20022)]
    rows += [
        (MODIFY, name, value, code)
        for name, code in (("From_Account", 90008), ("To_Account", 90003))
        for value in (ABSENT, *NO_STRING)
    ]
    rows += _each(MODIFY, "MsgRandom", 90005, ABSENT, None, *NO_UINT32)
    rows += [(MODIFY, name, value, 90001) for name in ("MsgSeq", "MsgTime") for value in (ABSENT, None, *NO_UINT32)]
    rows += _each(MODIFY, "MsgVersion", 90001, *NO_INT)
    rows += _each(MODIFY, "MsgBody", 90007, "hi", {}, 5)
    rows += _each(MODIFY, "MsgBody", 90002, [], [5], [{}])
    rows += [(MODIFY, "CloudCustomData", value, 90001) for value in NO_STRING if value is not None]
    rows += [(MODIFY, "CloudCustomData", "c" * 12_289, 80002), (MODIFY, "MsgBody", text_body("t" * 12_289), 80002)]
    rows += [(MODIFY, "To_Account", "ghost", 20003), (MODIFY, "From_Account", "carol", 90008)]
    rows += [(MODIFY, "MsgSeq", 9, 20026), (MODIFY, "MsgTime", NOW + 1, 20026), (MODIFY, "To_Account", "carol", 20026)]
    rows += _each(DELETE, "MsgKeyList", 90001, ABSENT, *NO_NAMES[:4], [f"1_1_{NOW}"] * 31)
    rows += [(DELETE, "MsgKeyList", ["x"], 90054), (DELETE, "From_Account", "bob", 90008)]
    return [*rows, (DELETE, "To_Account", "ghost", 20003)]


def _reading() -> list[Row]:
    item = {"MsgSeq": 1, "MsgRandom": 1, "MsgTime": NOW}
    rows = _each(RECEIPT, "C2CMsgInfo", 90001, ABSENT, None, {}, [5], [{}], [item] * 31)
    rows += _each(RECEIPT, "Peer_Account", 90001, ABSENT, *NO_STRING)
    rows += [(RECEIPT, "Peer_Account", "ghost", 20003)]
    rows += _each(READ, "C2CMsgReaded", 90001, ABSENT, None, [], {}, {"C2CMsgReadedItem": {}})
    one = "C2CMsgReaded.C2CMsgReadedItem"
    rows += [(READ, one, [{"To_Account": "bob", "LastedMsgTime": value}], 90001) for value in NO_NATURAL]
    rows += _each(READ, one, 90001, [5], [{}], [{"To_Account": 5}])
    rows += [(READ, one, [{"To_Account": "ghost"}], 20003)]
    rows += _each(READ_ALL, "C2CReadAllMsg", 90001, None, *NO_INT)
    rows += _each(READ_ALL, "GroupReadInfo", 90001, {}, [5], [{"GroupId": 5, "MsgSeq": 1}])
    rows += _each(TIMES, "To_Account", 90003, ABSENT, *NO_NAMES)
    rows += [(TIMES, "To_Account", TOO_MANY, 90011), (MUTES, "Peer_Account", TOO_MANY, 90011)]
    rows += _each(MUTES, "Peer_Account", 90001, *NO_NAMES)
    return rows + [(LIST, name, value, 50002) for name in FINE[LIST] for value in NO_NATURAL]


def _presence() -> list[Row]:
    rows: list[Row] = [(c, "To_Account", value, 20001) for c in (STATUS, WATCH, LEAVE) for value in NO_NAMES]
    rows += [(command, "To_Account", TOO_MANY, 90011) for command in (STATUS, WATCH, LEAVE)]
    rows += _each(CUSTOM, "CustomStatus", 20001, *NO_STRING)
    rows += [(CUSTOM, "CustomStatus", "é" * 51, 70402)]
    return rows + _each(PROFILE, "UserItem", 40001, ABSENT, None, {}, ["bob"], [{}])


def _table() -> dict[tuple[str, str], list[Row]]:
    """Return the rows by command and field."""
    found: dict[tuple[str, str], list[Row]] = {}
    for row in (*_message(), *_history(), *_changes(), *_reading(), *_presence()):
        found.setdefault(row[:2], []).append(row)
    return found


TABLE = _table()


def _changed(body: Json, path: str, value: object) -> Json:
    """Return a body with the member at `path` replaced, or left out for ABSENT."""
    name, _, rest = path.partition(".")
    if rest:
        return {**body, name: _changed(body[name], rest, value)}
    return {key: old for key, old in body.items() if key != name} | ({} if value is ABSENT else {name: value})


@pytest.fixture
async def sent(alice: GatewayClient, bob: GatewayClient) -> None:
    """Have a message of each side, both under the numbers 1 and 1."""
    for device, to in ((alice, "bob"), (bob, "alice")):
        await device.call(SEND, {"To_Account": to, "MsgSeq": 1, "MsgRandom": 1, "MsgBody": text_body(to)})
        await device.events()


@pytest.mark.usefixtures("sent")
@pytest.mark.parametrize(("command", "field"), TABLE)
async def test_each_wrong_value_of_a_field_has_its_code(
    alice: GatewayClient, bob: GatewayClient, command: str, field: str
) -> None:
    await bob.events()
    for _, path, value, code in TABLE[command, field]:
        await alice.call(command, _changed(FINE[command], path, value), code)
    assert await bob.events() == []


@pytest.mark.usefixtures("sent")
@pytest.mark.parametrize("command", FINE)
async def test_the_request_that_the_tables_start_from_is_fine(alice: GatewayClient, command: str) -> None:
    await alice.call(command, FINE[command])
