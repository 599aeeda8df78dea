"""What is wrong with a request of openim by REST has the code that the catalogue gives (spec/rest/openim.yaml).

Each row names a command, what is changed in a request that is otherwise fine, and the code. ABSENT
leaves a field out. The client checks that the catalogue lists the code for the command.
"""

import json
from typing import Any

import pytest

from tests.support.clients import Json, RestClient, text_body
from tests.support.server import NOW

ABSENT = object()
Row = tuple[str, str, Any, int]
SEND, BATCH, IMPORT = "sendmsg", "batchsendmsg", "importmsg"
HISTORY, RECALL, READ, UNREAD = "admin_getroammsg", "admin_msgwithdraw", "admin_set_msg_read", "get_c2c_unread_msg_num"
STATUS, STATE = "query_online_status", "querystate"

FINE: dict[str, Json] = {
    SEND: {"From_Account": "alice", "To_Account": "bob", "MsgRandom": 1, "MsgSeq": 2, "MsgBody": text_body()},
    BATCH: {"From_Account": "alice", "To_Account": ["bob"], "MsgRandom": 1, "MsgSeq": 2, "MsgBody": text_body()},
    IMPORT: {
        "SyncFromOldSystem": 2,
        "From_Account": "alice",
        "To_Account": "bob",
        "MsgRandom": 1,
        "MsgSeq": 2,
        "MsgTimeStamp": NOW - 50,
        "MsgBody": text_body(),
    },
    HISTORY: {"Operator_Account": "bob", "Peer_Account": "alice", "MaxCnt": 10, "MinTime": 0, "MaxTime": NOW},
    RECALL: {"From_Account": "alice", "To_Account": "bob", "MsgKey": f"1_1_{NOW}"},
    READ: {"Report_Account": "bob", "Peer_Account": "alice", "MsgReadTime": NOW},
    UNREAD: {"To_Account": "bob", "Peer_Account": ["alice"]},
    STATUS: {"To_Account": ["bob"], "IsNeedDetail": 1},
    STATE: {"To_Account": ["bob"]},
}

NO_STRING: tuple[Any, ...] = (5, 1.5, True, None, [], {}, ["bob"])
NO_UINT32: tuple[Any, ...] = ("1", 1.5, -1, 1 << 32, 10**30, True, [], {})
NO_INT: tuple[Any, ...] = ("1", 1.5, True, [], {})
NO_TIME: tuple[Any, ...] = (-1, 1.5, True, [], "", "x", "-1", "٣", "9" * 30, 10**30)
NO_STRING_LIST: tuple[Any, ...] = ("NoUnread", 5, {}, [5], [["x"]])
NO_NAME_LIST: tuple[Any, ...] = ("bob", 5, None, {}, [5], [None], [["bob"]])
NO_UNREAD_PEERS: tuple[Any, ...] = ("alice", 5, {}, [5])


def _elements(kind: str, **content: Any) -> list[Json]:
    return [{"MsgType": kind, "MsgContent": content}]


BAD_BODIES: list[tuple[Any, int]] = [
    (ABSENT, 90002),
    (None, 90007),
    ("hi", 90007),
    ({}, 90007),
    (text_body()[0], 90007),
    ([], 90002),
    ([5], 90002),
    (["hi"], 90002),
    ([{}], 90002),
    ([{"MsgContent": {"Text": "hi"}}], 90002),
    ([{"MsgType": "TIMTextElem"}], 90002),
    ([{"MsgType": 5, "MsgContent": {"Text": "hi"}}], 90002),
    (_elements("TIMNoElem"), 90010),
    (_elements("TIMGroupTipElem"), 90010),
    (_elements("TIMTextElem"), 90010),
    (_elements("TIMTextElem", Text=5), 90010),
    ([{"MsgType": "TIMTextElem", "MsgContent": "hi"}], 90010),
    (text_body() + _elements("TIMTextElem", text="hi"), 90010),
    (_elements("TIMLocationElem", Latitude="29", Longitude=1), 90010),
    (_elements("TIMLocationElem", Desc="x"), 90010),
    (_elements("TIMFaceElem", Index="1"), 90010),
    (_elements("TIMCustomElem", Data=5), 90010),
    (_elements("TIMCustomElem", Data="a") * 2, 90010),
    (_elements("TIMSoundElem", UUID="u"), 90010),
    (_elements("TIMSoundElem", Url="u"), 90010),
    (_elements("TIMImageElem", UUID="u", ImageInfoArray={}), 90010),
    (_elements("TIMImageElem", UUID="u", ImageInfoArray=[{"Type": 1}]), 90010),
    (_elements("TIMFileElem", Url="u", UUID=1), 90010),
    (_elements("TIMVideoFileElem", ThumbUrl="u"), 90010),
    (_elements("TIMRelayElem", MsgList={}), 90010),
]
BAD_PUSH: tuple[Any, ...] = (
    "x",
    5,
    [],
    {"PushFlag": "0"},
    {"PushFlag": 2},
    {"Desc": 5},
    {"Desc": "d" * 3000, "Ext": "e" * 73},
    {"AndroidInfo": []},
    {"AndroidInfo": {"PushStyle": "x"}},
    {"ApnsInfo": {"BadgeMode": 3}},
    {"BadgeAddNum": 100},
    {"BadgeSetNum": -1},
)


def _parties() -> list[Row]:
    """Return what can be wrong with the two sides, by command, field, value and code."""
    rows: list[Row] = [
        (command, "From_Account", value, 90008)
        for command in (SEND, BATCH, IMPORT, RECALL)
        for value in NO_STRING
        if value is not None or command in {IMPORT, RECALL}
    ]
    rows += [(command, "From_Account", "", 90008) for command in (SEND, BATCH)]
    rows += [(command, "To_Account", value, 90003) for command in (SEND, IMPORT, RECALL, UNREAD) for value in NO_STRING]
    rows += [(command, "To_Account", ABSENT, 90003) for command in (SEND, IMPORT, RECALL, UNREAD, STATUS, STATE)]
    rows += [(command, "From_Account", ABSENT, 90008) for command in (IMPORT, RECALL)]
    rows += [(BATCH, "To_Account", value, 90001) for value in (ABSENT, [], *NO_NAME_LIST)]
    unknown = {SEND: 90048, BATCH: 90048, IMPORT: 90048, RECALL: 90008}
    rows += [(command, "From_Account", "ghost", code) for command, code in unknown.items()]
    unknown = {SEND: 90012, IMPORT: 90012, RECALL: 90003, UNREAD: 90003}
    rows += [(command, "To_Account", "ghost", code) for command, code in unknown.items()]
    rows += [(BATCH, "To_Account", ["ghost", "nobody"], 90012), (STATUS, "To_Account", ["ghost", "nobody"], 70107)]
    return [*rows, (BATCH, "To_Account", ["bob"] * 501, 90011)]


def _content() -> list[Row]:
    """Return what can be wrong with a message."""
    rows: list[Row] = []
    rows += [(command, "MsgRandom", value, 90005) for command in (SEND, IMPORT) for value in (ABSENT, None, *NO_UINT32)]
    rows += [(BATCH, "MsgRandom", value, 90001) for value in (ABSENT, None, *NO_UINT32)]
    rows += [(command, "MsgSeq", value, 90001) for command in (SEND, IMPORT) for value in NO_UINT32]
    rows += [(BATCH, "MsgSeq", value, 90004) for value in NO_UINT32]
    rows += [(SEND, "MsgTimeStamp", value, 90006) for value in NO_INT]
    rows += [(IMPORT, "MsgTimeStamp", value, 90006) for value in (ABSENT, None, *NO_UINT32)]
    rows += [(SEND, "SyncOtherMachine", value, 90031) for value in (None, *NO_INT)]
    rows += [(BATCH, "SyncOtherMachine", value, 90001) for value in (None, *NO_INT)]
    rows += [(SEND, "MsgLifeTime", value, 90044) for value in NO_INT]
    rows += [(BATCH, "MsgLifeTime", value, 90026) for value in NO_INT]
    rows += [(command, "MsgLifeTime", -1, 90026) for command in (SEND, BATCH)]
    rows += [(IMPORT, "SyncFromOldSystem", v, 90030) for v in (ABSENT, None, 0, 3, 4, 6, -1, *NO_INT)]
    rows += [(command, "MsgBody", value, code) for command in (SEND, BATCH, IMPORT) for value, code in BAD_BODIES]
    rows += [(SEND, "OfflinePushInfo", value, 90043) for value in BAD_PUSH]
    rows += [(BATCH, "OfflinePushInfo", value, 90001) for value in BAD_PUSH]
    rows += [(c, "CloudCustomData", value, 90001) for c in (SEND, BATCH, IMPORT) for value in NO_STRING]
    for name in ("SendMsgControl", "ForbidCallbackControl"):
        rows += [(command, name, value, 90001) for command in (SEND, BATCH) for value in NO_STRING_LIST]
    for name in ("OnlineOnlyFlag", "IsNeedReadReceipt", "SupportMessageExtension"):
        rows += [(command, name, value, 90001) for command in (SEND, BATCH) for value in (None, *NO_INT)]
    return rows


def _questions() -> list[Row]:
    """Return what can be wrong with the commands that send nothing."""
    rows: list[Row] = []
    rows += [(HISTORY, "Operator_Account", value, 90008) for value in (ABSENT, "", *NO_STRING)]
    rows += [(HISTORY, "Peer_Account", value, 90003) for value in (ABSENT, "", *NO_STRING)]
    rows += [(HISTORY, "MaxCnt", value, 90001) for value in (ABSENT, None, 0, -1, *NO_INT)]
    rows += [(HISTORY, name, v, 90001) for name in ("MinTime", "MaxTime") for v in (ABSENT, -1, 10**30, *NO_INT)]
    rows += [(HISTORY, "LastMsgKey", v, 90001) for v in (*NO_STRING, "x", "1_2", "1_2_x")]
    rows += [(RECALL, "MsgKey", value, 90001) for value in (ABSENT, *NO_STRING)]
    keys = ("", "x", "1_2", "1_2_3_4", "a_b_c", f"1_-2_{NOW}", f"4294967296_1_{NOW}", "9" * 60)
    rows += [(RECALL, "MsgKey", value, 90054) for value in keys]
    rows += [(READ, "Report_Account", value, 90008) for value in (ABSENT, "", *NO_STRING)]
    rows += [(READ, "Peer_Account", value, 90003) for value in (ABSENT, "", *NO_STRING)]
    rows += [(READ, "MsgReadTime", value, 90001) for value in NO_TIME]
    rows += [(UNREAD, "Peer_Account", value, 90001) for value in (*NO_UNREAD_PEERS, ["alice"] * 11)]
    for command in (STATUS, STATE):
        rows += [(command, "To_Account", value, 90003) for value in NO_NAME_LIST]
        rows += [(command, "To_Account", [], 90001)]
        rows += [(command, "To_Account", ["bob"] * 501, 90011)]
        rows += [(command, "IsNeedDetail", value, 90001) for value in (None, *NO_INT)]
    rows += [(HISTORY, "Operator_Account", "ghost", 90008), (HISTORY, "Peer_Account", "ghost", 90003)]
    rows += [(READ, "Report_Account", "ghost", 90008), (READ, "Peer_Account", "ghost", 90003)]
    return [*rows, (RECALL, "MsgKey", "1_2_3", 20022)]


ROWS = [*_parties(), *_content(), *_questions()]
FIELDS = sorted({(command, field) for command, field, _, _ in ROWS})


@pytest.mark.parametrize(("command", "field"), FIELDS)
async def test_each_wrong_value_of_a_field_has_its_code(rest: RestClient, command: str, field: str) -> None:
    for _, _, value, code in (row for row in ROWS if row[:2] == (command, field)):
        body = {**FINE[command], field: value}
        if value is ABSENT:
            del body[field]
        answer = await rest.call(f"openim/{command}", body, code)
        assert answer["ActionStatus"] == "FAIL"


@pytest.mark.parametrize("command", sorted(FINE.keys() - {RECALL}))
async def test_the_request_that_the_tables_start_from_is_fine(rest: RestClient, command: str) -> None:
    await rest.call(f"openim/{command}", FINE[command])


async def test_a_refused_send_leaves_no_trace(rest: RestClient) -> None:
    for _, field, value, _ in (row for row in ROWS if row[0] == SEND and row[2] is not ABSENT):
        await rest.post(rest.url(f"openim/{SEND}"), json.dumps({**FINE[SEND], field: value}))
    history = await rest.call(f"openim/{HISTORY}", FINE[HISTORY])
    assert history["MsgList"] == []
