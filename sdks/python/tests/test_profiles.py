from sdks.python.tests.support.scripted import Asked, Json, ScriptedServer
from tidings_client import Chat, Profile
from tidings_client.profiles import USERS_A_CALL


def answer(asked: Asked) -> Json:
    """Everybody but nobody has a profile."""
    rows: list[Json] = []
    for item in asked.body["UserItem"]:
        name = item["To_Account"]
        nick = [{"Tag": "Tag_Profile_IM_Nick", "Value": name.title()}]
        rows.append({"To_Account": name, "ProfileItem": nick, "ResultCode": 40003 * (name == "nobody")})
    return {"UserProfileItem": rows}


async def test_the_own_profile_is_the_default(chat: Chat, server: ScriptedServer) -> None:
    server.scripts["profile.portrait_get_all"] = answer
    assert await chat.profile() == Profile("alice", nick="Alice")
    assert await chat.profile("nobody") is None


async def test_many_profiles_are_asked_in_portions(chat: Chat, server: ScriptedServer) -> None:
    server.scripts["profile.portrait_get_all"] = answer
    names = [f"u{number}" for number in range(USERS_A_CALL + 1)]
    assert list(await chat.profiles(*names, "nobody")) == names
    assert [len(each.body["UserItem"]) for each in server.all_of("profile.portrait_get_all")] == [USERS_A_CALL, 2]


async def test_only_what_is_named_changes(chat: Chat, server: ScriptedServer) -> None:
    await chat.change_profile(nick="Al", level=0, custom={"City": ""})
    (asked,) = server.all_of("profile.portrait_set")
    assert asked.body["ProfileItem"] == [
        {"Tag": "Tag_Profile_IM_Nick", "Value": "Al"},
        {"Tag": "Tag_Profile_IM_Level", "Value": 0},
        {"Tag": "Tag_Profile_Custom_City", "Value": ""},
    ]
