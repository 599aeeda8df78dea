from base64 import b64encode

from sdks.python.tests.support.scripted import Json, ScriptedServer
from tidings_client import Chat, Presence, UserStatus
from tidings_client.presence import SUBSCRIBE, USERS_A_CALL

GET = "im_open_status.ws_get_user_status"


async def test_status_of_each_user_that_exists(chat: Chat, server: ScriptedServer) -> None:
    busy = b64encode(b"busy").decode()
    rows = [{"To_Account": "bob", "Status": 1, "CustomStatus": busy}]
    server.scripts[GET] = lambda _asked: {
        "UserStatusList": rows,
        "ErrorList": [{"To_Account": "x", "ErrorCode": 70107}],
    }
    assert await chat.status("bob", "x") == {"bob": UserStatus("bob", Presence.ONLINE, "busy")}


async def test_many_users_are_asked_for_in_portions(chat: Chat, server: ScriptedServer) -> None:
    users = [f"u{number}" for number in range(USERS_A_CALL + 1)]
    await chat.status(*users)
    assert [len(asked.body["To_Account"]) for asked in server.all_of(GET)] == [USERS_A_CALL, 1]


async def test_subscriptions_are_renewed_after_a_drop_but_for_who_was_refused(
    chat: Chat, server: ScriptedServer
) -> None:
    def refuse_carol(_asked: object) -> Json:
        return {"ErrorList": [{"To_Account": "carol", "ErrorCode": 70107}]}

    server.scripts[SUBSCRIBE] = refuse_carol
    assert await chat.subscribe_status("bob", "carol", "dave") == {"carol": 70107}
    await chat.unsubscribe_status("dave")
    server.drop()
    assert (await server.asked_for(SUBSCRIBE, 2)).body == {"To_Account": ["bob"]}


async def test_who_watches_nobody_any_more_renews_nothing(chat: Chat, server: ScriptedServer) -> None:
    await chat.subscribe_status("bob")
    await chat.unsubscribe_status()
    assert server.all_of("im_open_status.ws_status_unsubscribe")[0].body == {"To_Account": []}
    server.drop()
    await chat.mark_read("bob")
    assert len(server.all_of(SUBSCRIBE)) == 1


async def test_own_status_is_set_and_cleared(chat: Chat, server: ScriptedServer) -> None:
    await chat.set_status("busy")
    await chat.set_status("")
    bodies = [asked.body for asked in server.all_of("im_open_status.ws_set_custom_status")]
    assert bodies == [{"CustomStatus": "busy"}, {"CustomStatus": ""}]
