from sdks.python.tests.support.scripted import Asked, Json, ScriptedServer
from tidings_client import Chat, FollowCounts, FollowEntry, FollowType, Profile
from tidings_client.follows import CHANGED_A_CALL, CHECKED_A_CALL


def rows(asked: Asked) -> Json:
    """Answer a row for each user; u0 is refused."""
    names = asked.body.get("To_Account") or [item["To_Account"] for item in asked.body["FollowItem"]]
    found = [{"To_Account": name, "ResultCode": 30003 * (name == "u0"), "FollowType": 2} for name in names]
    return {"ResultItem": found}


async def test_users_are_followed_in_portions(chat: Chat, server: ScriptedServer) -> None:
    names = [f"u{number}" for number in range(CHANGED_A_CALL + 1)]
    for command, change in (("follow_add", chat.follow), ("follow_delete", chat.unfollow)):
        server.scripts[f"follow.{command}"] = rows
        assert await change(*names) == {"u0": 30003}
        asked = [each.body for each in server.all_of(f"follow.{command}")]
        assert [body["From_Account"] for body in asked] == ["alice", "alice"]
        assert [len(body.get("To_Account") or body["FollowItem"]) for body in asked] == [CHANGED_A_CALL, 1]


async def test_types_leave_out_who_does_not_exist(chat: Chat, server: ScriptedServer) -> None:
    server.scripts["follow.follow_check"] = rows
    names = [f"u{number}" for number in range(CHECKED_A_CALL + 1)]
    assert await chat.follow_types(*names) == dict.fromkeys(names[1:], FollowType.FOLLOWED)
    assert len(server.all_of("follow.follow_check")) == 2


async def test_counts_leave_out_who_does_not_exist(chat: Chat, server: ScriptedServer) -> None:
    found = [{"To_Account": "bob", "FollowerCount": 3, "FollowingCount": 2, "MutualFollowingCount": 1}]
    gone = [{"To_Account": "nobody", "ResultCode": 30003}]
    server.scripts["follow.follow_get_info"] = lambda _asked: {"FollowInfo": found + gone}
    assert await chat.follow_counts("bob", "nobody") == {"bob": FollowCounts(3, 2, 1)}


async def test_a_list_goes_on_where_the_last_page_ended(chat: Chat, server: ScriptedServer) -> None:
    def answer(asked: Asked) -> Json:
        start = asked.body["StartCursor"]
        nick = [{"Tag": "Tag_Profile_IM_Nick", "Value": "N"}]
        return {
            "FollowItem": [{"To_Account": f"u{start}", "FollowTime": 4, "ProfileItem": nick}],
            "NextCursor": "" if start else "9",
        }

    server.scripts["follow.follow_get"] = answer
    pages = [page async for page in chat.followers(page_size=5000)]
    assert pages == [[FollowEntry(user, 4, Profile(user, nick="N"))] for user in ("u", "u9")]
    asked = [each.body for each in server.all_of("follow.follow_get")]
    assert [(body["FollowType"], body["StartCursor"], body["WantNum"]) for body in asked] == [
        (1, "", 1000),
        (1, "9", 1000),
    ]


async def test_a_cursor_that_stands_still_ends_the_list(chat: Chat, server: ScriptedServer) -> None:
    server.scripts["follow.follow_get"] = lambda _asked: {"FollowItem": [{"To_Account": "bob"}], "NextCursor": "9"}
    assert len([page async for page in chat.followed()]) == 2
    assert len([page async for page in chat.mutual_follows()]) == 2
