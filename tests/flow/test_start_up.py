"""What clients ask for at start (spec/client/web-sdk-wire.md, section 6)."""

from base64 import b64encode

import pytest

from tests.support.clients import GatewayClient, RestClient
from tests.support.server import Site


async def test_custom_status_comes_down_in_base64_at_login(site: Site, alice: GatewayClient) -> None:
    await alice.call("im_open_status.ws_set_custom_status", {"CustomStatus": "in a méeting"})
    answer = await (await site.open()).login("alice", site.usersig("alice"))
    assert answer["CustomStatus"] == b64encode("in a méeting".encode()).decode()


async def test_profiles_hold_nick_and_picture_and_unknown_users_are_told(
    rest: RestClient, alice: GatewayClient
) -> None:
    await rest.call("im_open_login_svc/account_import", {"UserID": "bob", "Nick": "Bob", "FaceUrl": "b.png"})
    users = [{"To_Account": name} for name in ("alice", "ghost", "bob")]
    rows = (await alice.call("profile.portrait_get_all", {"UserItem": users}))["UserProfileItem"]
    assert [(row["To_Account"], row["ResultCode"], len(row["ProfileItem"])) for row in rows] == [
        ("alice", 0, 0),
        ("ghost", 40003, 0),
        ("bob", 0, 2),
    ]
    await alice.call("profile.portrait_get_all", {"UserItem": users * 200}, 40001)
    await alice.call("profile.portrait_get_all", {}, 40001)


@pytest.mark.parametrize(
    ("command", "rows", "ends"),
    [
        ("group_open_http_svc.get_joined_group_list", "GroupIdList", {"TotalCount": 0}),
        ("million_group_open_http_svc.get_joined_group_list", "GroupIdList", {"TotalCount": 0}),
        ("group_open_http_svc.batch_get_group_notify", "NotifyRspList", {}),
        ("group_open_http_svc.get_pendency", "PendencyList", {"NextStartTime": 0}),
        ("sns.friend_get", "UserDataItem", {"CompleteFlag": 1, "NextStartIndex": 0, "FriendNum": 0}),
        ("sns.group_get", "ResultItem", {}),
        ("sns.pendency_get", "PendencyItem", {"UnreadPendencyCount": 0}),
        ("sns.black_list_get", "BlackListItem", {"StartIndex": 0}),
        ("recentcontact.get_contact_group", "GroupItem", {"CompleteFlag": 1}),
    ],
)
async def test_a_list_of_what_there_is_none_of_is_empty_and_complete(
    alice: GatewayClient, command: str, rows: str, ends: dict[str, int]
) -> None:
    answer = await alice.call(command, {"Peer_Account": ["bob"]})
    assert answer[rows] == []
    assert {name: answer[name] for name in ends} == ends


async def test_cloud_settings_change_nothing(site: Site, alice: GatewayClient) -> None:
    config = await alice.call("im_sdk_config_mgr.fetch_config", {"uint32_sdkappid": site.app})
    assert (config["int32_error_code"], config["str_json_config"]) == (0, "{}")
    assert config["uint32_expired_time"] > 60
    bits = await alice.call("im_sdk_config_mgr.fetch_imsdk_purchase_bitsv2")
    assert (bits["int32_error_code"], bits["str_purchase_bits"]) == (0, "0")


@pytest.mark.parametrize(
    "command",
    ["imopenstat.tim_web_report_v2", "openim.ws_msg_push_ack", "openim.authkey"],
)
async def test_what_needs_no_more_than_an_ok_gets_one(alice: GatewayClient, command: str) -> None:
    await alice.call(command, {"SessionData": "17"})


@pytest.mark.parametrize(
    "command", ["imopenstat.tim_web_report_v2", "heartbeat.alive", "im_sdk_config_mgr.fetch_config"]
)
async def test_statistics_heartbeats_and_settings_need_no_login(site: Site, command: str) -> None:
    await (await site.open()).call(command, identifier="")


@pytest.mark.parametrize(
    "command", ["group_open_http_svc.no_such_command", "openim.nothing", "", "openim/sendmsg", 'a"b\\c\n☃']
)
async def test_an_unknown_command_is_answered_60009_under_its_own_name(alice: GatewayClient, command: str) -> None:
    await alice.call(command, code=60009)
