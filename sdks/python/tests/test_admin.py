"""Every command of the REST door has a method, and each works against a real server."""

import inspect
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from tests.support import catalogue
from tests.support.server import ADMIN, NOW, Site, running_server
from tidings.command import registry
from tidings_client import AdminClient, Custom, ForbiddenWord, NewAccount, Text, TidingsError
from tidings_client import rest_types as rest
from tidings_client.admin import FOR_EVER

# Where a command's name is none for a method, or does not say what it is about.
OTHER_NAMES = {
    "ConfigSvc/GetIPList": "get_ip_list",
    **{f"sns/group_{name}": f"{name}_friend_group" for name in ("add", "get", "delete")},
    **{f"openim_dirty_words/{name}": f"{name}_dirty_words" for name in ("add", "get", "delete")},
    **{
        f"group_open_avchatroom_http_svc/{command}": name
        for command, name in (
            ("check_members", "check_live_members"),
            ("del_robots", "delete_robots"),
            ("get_admin_list", "get_live_admin_list"),
            ("get_members", "get_live_members"),
            ("modify_admin", "add_live_admins"),
            ("modify_user_info", "set_live_marks"),
        )
    },
}
BUILT = sorted(name for door, name in registry.COMMANDS if door.value == catalogue.REST)


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    """Return a running server with the accounts alice, bob and carol."""
    async with running_server() as site:
        yield site


@pytest.fixture
async def admin(site: Site) -> AsyncIterator[AdminClient]:
    """Return the app's admin."""
    async with AdminClient(f"http://{site.address}", site.app, ADMIN, site.usersig(ADMIN)) as admin:
        yield admin


@pytest.mark.parametrize("command", BUILT)
def test_every_built_command_has_a_method_that_says_what_it_does(command: str) -> None:
    method = getattr(AdminClient, OTHER_NAMES.get(command, command.partition("/")[2]))
    assert inspect.iscoroutinefunction(method)
    assert method.__doc__


async def test_accounts_are_made_asked_for_and_deleted(admin: AdminClient) -> None:
    await admin.account_import("dave", nick="Dave")
    assert (await admin.multiaccount_import(["erin", NewAccount("frank", "F")])).fail_accounts == []
    rows = (await admin.account_check("dave", "nobody")).result_item
    assert [(row.user_id, row.account_status) for row in rows] == [("dave", "Imported"), ("nobody", "NotImported")]
    assert [row.result_code for row in (await admin.account_delete("dave")).result_item] == [0]
    await admin.kick("erin")


async def test_words_are_forbidden_listed_and_allowed_again(admin: AdminClient) -> None:
    await admin.add_dirty_words("one", "two")
    await admin.delete_dirty_words("one")
    await admin.add_local_audit_keywords(ForbiddenWord("darn", "dear"), ForbiddenWord("x+y", is_expression=True))
    assert (await admin.get_dirty_words()).dirty_words_list == ["two", "darn"]
    rows = (await admin.get_local_audit_keywords()).local_audit_words
    assert [(row.keyword, row.word_type, row.filter_type) for row in rows] == [
        *(("two", 1, 2), ("darn", 1, 1), ("x+y", 2, 2)),
    ]
    await admin.delete_local_audit_keywords(*(row.id for row in rows))
    assert (await admin.get_local_audit_keywords()).total_count == 0


async def test_refusal_has_the_servers_code(admin: AdminClient) -> None:
    with pytest.raises(TidingsError) as caught:
        await admin.kick("nobody")
    assert caught.value.code == 70107


async def test_messages_are_sent_read_looked_at_and_taken_back(admin: AdminClient) -> None:
    sent = await admin.sendmsg("bob", [Text(text="hi"), Custom(data="x")], sender="alice", custom_data="c")
    assert (await admin.batchsendmsg(["bob", "carol"], "all", sender="alice")).error_list == []
    await admin.importmsg("alice", "bob", "old", NOW - 100)
    assert (await admin.get_c2c_unread_msg_num("bob")).all_c2c_unread_msg_num == 2
    page = await admin.admin_getroammsg("bob", "alice")
    texts = [row.msg_body[0].content["Text"] for row in page.msg_list]
    assert (page.complete, sorted(texts)) == (1, ["all", "hi", "old"])
    await admin.admin_msgwithdraw("alice", "bob", sent.msg_key)
    await admin.admin_set_msg_read("bob", "alice")
    (unread,) = (await admin.get_c2c_unread_msg_num("bob", ["alice"])).c2c_unread_msg_num_list
    assert (unread.peer_account, unread.c2c_unread_msg_num) == ("alice", 0)


async def test_same_numbers_make_one_message(admin: AdminClient) -> None:
    keys = {(await admin.sendmsg("bob", "hi", sender="alice", seq=1, random=2)).msg_key for _ in range(2)}
    assert len(keys) == 1
    assert (await admin.admin_getroammsg("bob", "alice")).msg_cnt == 1


async def test_every_option_of_sending_is_understood(admin: AdminClient) -> None:
    await admin.sendmsg(
        "bob",
        "hi",
        sender="alice",
        store_for_sender=False,
        life_time_s=60,
        respect_mute=True,
        no_moderation=True,
        no_unread=True,
        no_last_message=True,
        skip_webhooks=("before", "after"),
        need_receipt=True,
        extensible=True,
    )
    assert (await admin.get_c2c_unread_msg_num("bob")).all_c2c_unread_msg_num == 0
    assert (await admin.admin_getroammsg("alice", "bob")).msg_cnt == 0


async def test_status_of_users(admin: AdminClient, site: Site) -> None:
    await site.login("alice", "ipad")
    (row,) = (await admin.query_online_status(["alice"], by_platform=True)).query_result
    assert (row.status, [each.platform for each in row.detail]) == ("Online", ["iPad"])
    assert [each.state for each in (await admin.querystate(["alice", "bob"])).query_result] == ["Online", "Offline"]


async def test_request_may_be_given_in_full_or_raw(admin: AdminClient) -> None:
    typed = await admin.request(rest.KickRequest(user_id="alice"))
    assert typed.action_status == "OK"
    raw = await admin.call("im_open_login_svc/account_check", {"CheckItem": [{"UserID": "alice"}]})
    assert raw["ResultItem"][0]["AccountStatus"] == "Imported"


async def test_a_user_is_muted_and_speaks_again(admin: AdminClient) -> None:
    await admin.setnospeaking("alice", messages_s=60, groups_s=FOR_EVER)
    left = await admin.getnospeaking("alice")
    assert (left.c2cmsg_nospeaking_time, left.groupmsg_nospeaking_time) == (60, FOR_EVER)
    await admin.setnospeaking("alice", messages_s=0)
    assert (await admin.getnospeaking("alice")).c2cmsg_nospeaking_time == 0


async def test_figures_addresses_and_archives_of_an_app(admin: AdminClient, site: Site) -> None:
    await admin.sendmsg("bob", "hi", sender="alice")
    (row,) = (await admin.getappinfo(["UpMsgNum"])).result
    assert (row.up_msg_num, row.date) == ("1", "20251009")
    assert (await admin.get_ip_list()).ip_list == ["127.0.0.1"]
    site.clock.step(3600)
    await site.server.archive()
    (file,) = (await admin.get_history(datetime(2025, 10, 9, 16, tzinfo=UTC))).file
    assert file.gzip_size > 0
