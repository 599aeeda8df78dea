"""What clients ask at the start, and what is said where there is nothing yet."""

import pytest

from tests.support.stage import Stage
from tidings.command.registry import COMMANDS, Door

EMPTY = {
    "group_open_http_svc/get_joined_group_list": ("GroupIdList", []),
    "million_group_open_http_svc/get_joined_group_list": ("TotalCount", 0),
    "group_open_http_svc/batch_get_group_notify": ("NotifyRspList", []),
    "sns/pendency_get": ("PendencyItem", []),
    "sns/black_list_get": ("BlackListItem", []),
}


@pytest.mark.parametrize("name", EMPTY)
async def test_an_empty_answer_has_its_end_mark_and_no_rows(stage: Stage, name: str) -> None:
    member, nothing = EMPTY[name]
    assert (await stage.run(Door.SOCKET, name, {}))[member] == nothing


async def test_feature_bits_are_the_apps_setting(stage: Stage) -> None:
    stage.change(purchase_bits="5")
    answer = await stage.run(Door.SOCKET, "im_sdk_config_mgr/fetch_imsdk_purchase_bitsv2", {})
    assert "5" in answer.values()


def test_what_comes_before_the_login_is_open() -> None:
    for name in ("im_sdk_config_mgr/fetch_config", "imopenstat/tim_web_report_v2"):
        assert COMMANDS[Door.SOCKET, name].is_open
    assert not COMMANDS[Door.SOCKET, "openim/authkey"].is_open


@pytest.mark.parametrize("name", ["imopenstat/tim_web_report_v2", "openim/authkey", "im_sdk_config_mgr/fetch_config"])
async def test_what_older_clients_want_is_answered(stage: Stage, name: str) -> None:
    assert (await stage.run(Door.SOCKET, name, {"anything": 1}))["ErrorCode"] == 0
