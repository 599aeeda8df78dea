"""Two apps on one server whose users have the same names never see each other, by either door."""

from tests.support.clients import LOGIN, GatewayClient, Json, RestClient, text_body
from tests.support.server import NOW, Site


async def _neighbours(site: Site) -> tuple[Site, Site]:
    return site, await site.beside()


async def _devices(sites: tuple[Site, Site], name: str) -> tuple[GatewayClient, GatewayClient]:
    return await sites[0].login(name), await sites[1].login(name)


async def _history(rest: RestClient, operator: str = "bob", peer: str = "alice") -> list[Json]:
    body = {"Operator_Account": operator, "Peer_Account": peer, "MaxCnt": 100, "MinTime": 0, "MaxTime": NOW + 1000}
    found: list[Json] = (await rest.call("openim/admin_getroammsg", body))["MsgList"]
    return found


async def _view(device: GatewayClient, peer: str) -> list[object]:
    """Return all that a device can see of a conversation and of its account."""
    synced = await device.call("openim.getmsg", {"Cookie": "0"})
    return [
        (await device.call("openim.getroammsg", {"Peer_Account": peer}))["MsgList"],
        (await device.call("recentcontact.page_get"))["SessionItem"],
        synced["MsgList"],
        synced["EventArray"],
        synced["C2CPairUnreadCount"],
        (await device.call("openim.get_peer_read_time", {"To_Account": [peer]}))["ReadTime"],
    ]


NOTHING: list[object] = [[], [], [], [], [], [0]]


async def test_namesakes_are_different_accounts(site: Site) -> None:
    one, other = await _devices(await _neighbours(site), "alice")
    assert one.head["tinyid"] != other.head["tinyid"]


async def test_what_happens_in_one_app_is_not_told_in_the_other(site: Site) -> None:
    sites = await _neighbours(site)
    alice, _ = await _devices(sites, "alice")
    bob, stranger = await _devices(sites, "bob")
    watched = await sites[1].login("alice", "android")
    await stranger.call("im_open_status.ws_status_subscribe", {"To_Account": ["alice"]})
    for device in (stranger, watched):
        await device.events()
    sent = await alice.send_message("bob")
    name = {key: sent[key] for key in ("To_Account", "MsgSeq", "MsgRandom")}
    await bob.call("openim.msgreaded", {"C2CMsgReaded": {"C2CMsgReadedItem": [{"To_Account": "alice"}]}})
    await bob.call("openim.read_all_unread_msg", {"C2CReadAllMsg": 1})
    await alice.call("openim.msgwithdraw", {"MsgInfo": {"From_Account": "alice", "MsgTimeStamp": NOW, **name}})
    await alice.call("im_open_status.ws_set_custom_status", {"CustomStatus": "busy"})
    await sites[0].rest().call("openim/sendmsg", {"To_Account": "bob", "MsgRandom": 1, "MsgBody": text_body()})
    await alice.call("im_open_status.wslogout")
    await sites[0].rest().call("im_open_login_svc/kick", {"UserID": "bob"})
    assert await stranger.events() == await watched.events() == []
    assert await _view(stranger, "alice") == await _view(watched, "bob") == NOTHING
    await stranger.call("im_open_status.wshello")


async def test_both_apps_may_use_the_same_numbers_at_the_same_time(site: Site) -> None:
    sites = await _neighbours(site)
    body = {"To_Account": "bob", "MsgSeq": 1, "MsgRandom": 1, "MsgClientTime": NOW}
    for index, alice in enumerate(await _devices(sites, "alice")):
        for _ in range(2):
            await alice.call("openim.sendmsg", {**body, "MsgBody": text_body(str(index))})
    for index, each in enumerate(sites):
        found = await _history(each.rest())
        assert [message["MsgBody"] for message in found] == [text_body(str(index))]


async def test_an_admin_rules_over_its_own_app_only(site: Site) -> None:
    sites = await _neighbours(site)
    await (await sites[0].login("alice")).send_message("bob")
    (message,) = await _history(sites[0].rest())
    stranger = sites[1].rest()
    name = {"From_Account": "alice", "To_Account": "bob", "MsgKey": message["MsgKey"]}
    await stranger.call("openim/admin_msgwithdraw", name, 20022)
    assert await _history(stranger) == []
    assert (await stranger.call("openim/get_c2c_unread_msg_num", {"To_Account": "bob"}))["AllC2CUnreadMsgNum"] == 0
    await stranger.call("openim/admin_set_msg_read", {"Report_Account": "bob", "Peer_Account": "alice"})
    status = await stranger.call("openim/query_online_status", {"To_Account": ["alice"]})
    assert [row["Status"] for row in status["QueryResult"]] == ["Offline"]
    found = await sites[0].rest().call("openim/get_c2c_unread_msg_num", {"To_Account": "bob"})
    assert found["AllC2CUnreadMsgNum"] == 1
    assert (await _history(sites[0].rest()))[0]["MsgFlagBits"] == 0


async def test_accounts_made_or_deleted_in_one_app_are_so_in_no_other(site: Site) -> None:
    sites = await _neighbours(site)
    alice, stranger = await _devices(sites, "alice")
    ours, theirs = sites[0].rest(), sites[1].rest()
    await ours.call("im_open_login_svc/account_import", {"UserID": "zoe", "Nick": "Z"})
    await ours.call("im_open_login_svc/account_import", {"UserID": "bob", "Nick": "B"})
    check = {"CheckItem": [{"UserID": "zoe"}]}
    assert (await theirs.call("im_open_login_svc/account_check", check))["ResultItem"][0][
        "AccountStatus"
    ] == "NotImported"
    await stranger.call("openim.sendmsg", {"To_Account": "zoe", "MsgRandom": 1, "MsgBody": text_body()}, 20003)
    profiles = await stranger.call("profile.portrait_get_all", {"UserItem": [{"To_Account": "bob"}]})
    assert profiles["UserProfileItem"][0]["ProfileItem"] == []
    await theirs.call("im_open_login_svc/account_delete", {"DeleteItem": [{"UserID": "alice"}, {"UserID": "bob"}]})
    await stranger.call("im_open_status.wshello", code=70001)
    await alice.send_message("bob")


async def test_tickets_and_usersigs_of_one_app_open_no_other(site: Site) -> None:
    sites = await _neighbours(site)
    alice = await sites[0].login("alice")
    device = await sites[1].open()
    for command in ("im_open_status.wslogin", "im_open_status.wshello", "openim.getmsg"):
        await device.call(command, LOGIN, 70001, a2=alice.ticket)
    await device.call("im_open_status.wslogin", LOGIN, 70014, identifier="alice", usersig=sites[0].usersig("alice"))
    await device.call("openim.getmsg", code=70014, identifier="alice", usersig=sites[0].usersig("alice"))
    query: dict[str, str | None] = {"usersig": sites[0].rest().query["usersig"]}
    await sites[1].rest().call("openim/sendmsg", {}, 70014, query=query)
    await alice.call("im_open_status.wshello")


async def test_a_foreign_ticket_logs_nobody_out(site: Site) -> None:
    sites = await _neighbours(site)
    alice = await sites[0].login("alice")
    await (await sites[1].open()).call("im_open_status.wslogout", a2=alice.ticket)
    await alice.call("im_open_status.wshello")


async def test_settings_of_one_app_hold_in_no_other(site: Site) -> None:
    sites = await _neighbours(site)
    await sites[1].change(login_policy="single", web_instances=1, recall_seconds=0, user_status=False)
    first, _ = [await sites[0].login("alice") for _ in range(2)]
    await first.call("im_open_status.wshello")
    await first.call("im_open_status.ws_get_user_status", {"To_Account": ["bob"]})
    page, _ = [await sites[1].login("alice") for _ in range(2)]
    await page.call("im_open_status.wshello", code=1002)


async def test_a_key_of_one_app_signs_for_no_other(site: Site) -> None:
    sites = await _neighbours(site)
    forged = sites[1].usersig("alice", key=sites[0].key)
    device = await sites[1].open()
    await device.call("im_open_status.wslogin", LOGIN, 70009, identifier="alice", usersig=forged)
    await (
        sites[1]
        .rest()
        .call("openim/sendmsg", {}, 70009, query={"usersig": sites[1].usersig("administrator", key=site.key)})
    )


async def test_disabling_one_app_leaves_the_other(site: Site) -> None:
    sites = await _neighbours(site)
    alice, stranger = await _devices(sites, "alice")
    await site.server.store.apps.set_enabled(sites[1].app, is_enabled=False)
    await site.server.refresh()
    await stranger.call("im_open_status.wshello", code=60016)
    await alice.call("im_open_status.wshello")
