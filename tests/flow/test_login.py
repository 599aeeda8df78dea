"""Logging in and out, the UserSig's end, the app (spec/client/im_open_status.yaml; spec/auth.md)."""

from tests.support.clients import LOGIN, GatewayClient
from tests.support.server import NOW, Site, running_server
from tests.support.usersigs import bent
from tidings.settings import ServerSettings

LOGIN_COMMAND = "im_open_status.wslogin"
HELLO = "im_open_status.wshello"
LOGOUT = "im_open_status.wslogout"


async def _refused(site: Site, code: int, user_id: str, user_sig: str) -> None:
    device = await site.open()
    await device.call(LOGIN_COMMAND, LOGIN, code, identifier=user_id, usersig=user_sig)
    await device.call(HELLO, code=70002)


async def test_a_login_is_answered_with_all_that_a_client_needs(site: Site) -> None:
    await site.change(hello_seconds=90, purchase_bits="101")
    answer = await (await site.open()).login("alice", site.usersig("alice"))
    assert len(answer["A2Key"]) > 20
    assert int(answer["TinyId"]) > 1 << 57
    assert 0 < answer["InstId"] < 1 << 32
    assert (answer["HelloInterval"], answer["TimeStamp"]) == (90, NOW)
    assert (answer["CustomStatus"], answer["PurchaseBits"]) == ("", "101")


async def test_the_tiny_id_belongs_to_the_account_and_the_ticket_to_the_login(site: Site) -> None:
    first, second = await site.login("alice"), await site.login("alice")
    other = await site.login("bob")
    assert first.head["tinyid"] == second.head["tinyid"] != other.head["tinyid"]
    assert len({device.ticket for device in (first, second, other)}) == 3
    assert first.head["status_instid"] != second.head["status_instid"]


async def test_a_wrong_usersig_has_its_own_code(site: Site) -> None:
    fine = site.usersig("alice")
    other = await site.beside()
    await _refused(site, 70002, "alice", "")
    await _refused(site, 70003, "alice", "nonsense")
    await _refused(site, 70003, "alice", fine[:-4])
    await _refused(site, 70009, "alice", site.usersig("alice", key="0" * 64))
    await _refused(site, 70013, "alice", site.usersig("bob"))
    await _refused(site, 70014, "alice", other.usersig("alice"))
    await _refused(site, 70001, "alice", site.usersig("alice", at=NOW - 100, expire=99))
    await _refused(site, 70009, "alice", bent(fine, expire=10**9))


async def test_a_login_without_a_name_or_with_an_impossible_one_is_refused(site: Site) -> None:
    device = await site.open()
    await device.call(LOGIN_COMMAND, LOGIN, 70002)
    for name in ("n" * 33, "ä"):
        await device.call(LOGIN_COMMAND, LOGIN, 70402, identifier=name, usersig=site.usersig("alice"))


async def test_a_refused_login_may_be_tried_again_on_the_same_socket(site: Site) -> None:
    device = await site.open()
    await device.call(LOGIN_COMMAND, LOGIN, 70009, identifier="alice", usersig=site.usersig("alice", key="f" * 64))
    await device.login("alice", site.usersig("alice"))
    await device.call(HELLO)


async def test_too_many_failed_logins_are_told_to_wait_and_a_valid_one_passes() -> None:
    async with running_server(settings=ServerSettings(port=0, store="memory", failed_logins=2)) as site:
        wrong = site.usersig("alice", key="f" * 64)
        for code in (70009, 70009, 70050):
            await _refused(site, code, "alice", wrong)
        await _refused(site, 70009, "bob", site.usersig("bob", key="f" * 64))
        await site.login("alice")
        site.clock.step(60)
        await _refused(site, 70009, "alice", wrong)


async def test_an_app_that_does_not_exist_is_told_as_such(site: Site) -> None:
    device = await GatewayClient.open(f"ws://{site.address}/info?sdkappid=99&instanceid=1")
    await device.call(LOGIN_COMMAND, LOGIN, 70020, identifier="alice", usersig=site.usersig("alice"))
    await device.close()


async def test_a_socket_that_is_logged_in_may_log_in_as_somebody_else(
    site: Site, alice: GatewayClient, bob: GatewayClient
) -> None:
    await bob.call("im_open_status.ws_status_subscribe", {"To_Account": ["alice"]})
    await alice.login("carol", site.usersig("carol"))
    users = [user for event in await bob.events() for user in event["UserStatusList"]]
    assert [(user["To_Account"], user["Status"]) for user in users] == [("alice", 3)]
    await bob.send_message("alice")
    assert await alice.messages() == []
    await bob.send_message("carol")
    assert len(await alice.messages()) == 1


async def test_logging_in_again_with_the_ticket_goes_on_with_the_same_login(alice: GatewayClient) -> None:
    before = dict(alice.head)
    await alice.resume(alice)
    assert alice.head == before
    await alice.call(HELLO)


# --- the UserSig's end ---


async def test_after_the_usersigs_end_a_frame_is_answered_70001(site: Site) -> None:
    device = await site.login("alice", expire=100)
    site.clock.step(100)
    await device.call(HELLO)
    site.clock.step(1)
    await device.call(HELLO, code=70001)
    await device.call("openim.getmsg", code=70001)
    await device.call("heartbeat.alive")


async def test_after_the_usersigs_end_nothing_is_delivered_and_watchers_are_told(
    site: Site, bob: GatewayClient
) -> None:
    await bob.call("im_open_status.ws_status_subscribe", {"To_Account": ["alice"]})
    device = await site.login("alice", "iphone", expire=100)
    await bob.events()
    site.clock.step(101)
    site.server.gateway.sweep()
    users = [user for event in await bob.events() for user in event["UserStatusList"]]
    assert [(user["To_Account"], user["Status"]) for user in users] == [("alice", 3)]
    await bob.send_message("alice")
    assert await device.events() == []
    await device.call(HELLO, code=70001)


async def test_a_fresh_usersig_logs_in_again_after_the_end_of_the_old_one(site: Site) -> None:
    device = await site.login("alice", expire=100)
    site.clock.step(101)
    await device.call(HELLO, code=70001)
    await device.login("alice", site.usersig("alice"))
    await device.call(HELLO)


# --- logging out ---


async def test_logging_out_voids_the_ticket(site: Site, alice: GatewayClient) -> None:
    await alice.call(LOGOUT, {"wslogout_type": 0})
    await alice.call(HELLO, code=70001)
    await (await site.open()).call(LOGIN_COMMAND, LOGIN, 70001, a2=alice.ticket)


async def test_logging_out_ends_delivery_at_once(alice: GatewayClient, bob: GatewayClient) -> None:
    await alice.call(LOGOUT)
    await bob.send_message("alice")
    assert await alice.events() == []


async def test_logging_out_leaves_the_other_devices_alone(site: Site, alice: GatewayClient, bob: GatewayClient) -> None:
    other = await site.login("alice", "iphone")
    await alice.call(LOGOUT)
    await other.events()
    await bob.send_message("alice")
    assert len(await other.messages()) == 1


async def test_logging_out_without_a_login_is_answered_all_the_same(site: Site, alice: GatewayClient) -> None:
    await (await site.open()).call(LOGOUT)
    await alice.call(LOGOUT)
    await alice.call(LOGOUT, {"wslogout_type": 1})


async def test_a_log_out_repeated_on_a_new_socket_voids_the_ticket(site: Site, alice: GatewayClient) -> None:
    await alice.close()
    again = await site.open()
    await again.call(LOGOUT, a2=alice.ticket)
    await again.call(LOGIN_COMMAND, LOGIN, 70001, a2=alice.ticket)


async def test_after_logging_out_the_socket_may_log_in_anew(site: Site, alice: GatewayClient) -> None:
    ticket = alice.ticket
    await alice.call(LOGOUT)
    await alice.login("alice", site.usersig("alice"))
    assert alice.ticket != ticket


# --- the app ---


async def test_a_disabled_app_ends_its_sessions_use(site: Site, alice: GatewayClient, bob: GatewayClient) -> None:
    apps = site.server.store.apps
    await apps.set_enabled(site.app, is_enabled=False)
    await site.server.refresh()
    for command in (HELLO, "openim.sendmsg", "heartbeat.alive", LOGOUT):
        await alice.call(command, code=60016)
    await (await site.open()).call(LOGIN_COMMAND, LOGIN, 60016, identifier="alice", usersig=site.usersig("alice"))
    await apps.set_enabled(site.app, is_enabled=True)
    await site.server.refresh()
    await alice.send_message("bob")
    assert len(await bob.messages()) == 1


async def test_when_a_key_is_removed_who_is_logged_in_stays(site: Site, alice: GatewayClient) -> None:
    apps = site.server.store.apps
    await apps.add_key(site.app, "secret", "e" * 64, NOW)
    await apps.remove_key(site.app, (await apps.keys(site.app))[0].number)
    await site.server.refresh()
    await alice.call(HELLO)
    await _refused(site, 70009, "alice", site.usersig("alice"))
    await (await site.open()).login("alice", site.usersig("alice", key="e" * 64))
