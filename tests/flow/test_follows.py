"""Following over both doors (spec/*/follow.yaml)."""

from typing import Any

import pytest

from tests.support.clients import GatewayClient, Json, RestClient
from tests.support.server import NOW, Site

FOLLOWERS, FOLLOWED, MUTUAL = 1, 2, 3


class Door:
    """Calls follow commands as a user, by either door."""

    def __init__(self, rest: RestClient, device: GatewayClient, door: str) -> None:
        self.rest, self.device, self.door, self.user = rest, device, door, device.user_id

    async def call(self, name: str, code: int = 0, **body: Any) -> Json:
        full = {"From_Account": self.user, **body}
        if self.door == "rest":
            return await self.rest.call(f"follow/{name}", full, code)
        return await self.device.call(f"follow.{name}", full, code)

    async def add(self, *names: str) -> list[int]:
        answer = await self.call("follow_add", FollowItem=[{"To_Account": name} for name in names])
        assert [row["To_Account"] for row in answer["ResultItem"]] == list(names)
        return [row["ResultCode"] for row in answer["ResultItem"]]

    async def delete(self, *names: str) -> list[int]:
        answer = await self.call("follow_delete", To_Account=list(names))
        assert [row["To_Account"] for row in answer["ResultItem"]] == list(names)
        return [row["ResultCode"] for row in answer["ResultItem"]]

    async def listed(self, kind: int) -> list[str]:
        answer = await self.call("follow_get", FollowType=kind, StartCursor="", WantNum=100)
        assert answer["NextCursor"] == ""
        return [row["To_Account"] for row in answer["FollowItem"]]

    async def counts(self, *names: str) -> list[tuple[int, int, int]]:
        answer = await self.call("follow_get_info", To_Account=list(names))
        members = ("FollowerCount", "FollowingCount", "MutualFollowingCount")
        return [(row[members[0]], row[members[1]], row[members[2]]) for row in answer["FollowInfo"]]

    async def check(self, *names: str) -> list[tuple[int, int]]:
        answer = await self.call("follow_check", To_Account=list(names))
        return [(row["ResultCode"], row["FollowType"]) for row in answer["ResultItem"]]


@pytest.fixture(params=["rest", "socket"])
def mine(request: pytest.FixtureRequest, rest: RestClient, alice: GatewayClient) -> Door:
    return Door(rest, alice, request.param)


@pytest.fixture
def bobs(rest: RestClient, bob: GatewayClient) -> Door:
    return Door(rest, bob, "socket")


async def told(device: GatewayClient) -> list[tuple[str, list[tuple[int, int]]]]:
    rows = [row for event in await device.events() for row in event.get("FollowChangeList", [])]
    assert all(row["FollowTime"] == NOW for row in rows)
    return [(row["From_Account"], [(d["IsAdd"], d["FollowType"]) for d in row["FollowDiffList"]]) for row in rows]


async def test_following_back_makes_a_pair_mutual_and_leaving_ends_it(
    site: Site, mine: Door, bobs: Door, alice: GatewayClient, bob: GatewayClient
) -> None:
    phone = await site.login("alice", "android")
    assert await mine.add("bob", "carol") == [0, 0]
    for device in (alice, phone):
        assert await told(device) == [("bob", [(1, FOLLOWED)]), ("carol", [(1, FOLLOWED)])]
    assert await told(bob) == [("alice", [(1, FOLLOWERS)])]
    assert await mine.check("bob", "carol", "nobody", "alice") == [(0, 2), (0, 2), (30003, 0), (0, 0)]
    assert await bobs.check("alice", "carol") == [(0, 1), (0, 0)]

    assert await bobs.add("alice") == [0]
    assert await told(alice) == [("bob", [(1, FOLLOWERS), (1, MUTUAL)])]
    assert await told(bob) == [("alice", [(1, FOLLOWED), (1, MUTUAL)])]
    assert await mine.check("bob", "carol") == [(0, 3), (0, 2)]
    assert [await mine.listed(kind) for kind in (1, 2, 3)] == [["bob"], ["carol", "bob"], ["bob"]]
    assert await bobs.counts("alice", "bob", "carol", "nobody") == [(1, 2, 1), (1, 1, 1), (1, 0, 0), (0, 0, 0)]

    assert await mine.delete("bob") == [0]
    assert await told(phone) == [("bob", [(1, FOLLOWERS), (1, MUTUAL)]), ("bob", [(0, FOLLOWED), (0, MUTUAL)])]
    assert await told(bob) == [("alice", [(0, FOLLOWERS), (0, MUTUAL)])]
    assert [await mine.listed(kind) for kind in (1, 2, 3)] == [["bob"], ["carol"], []]
    assert await bobs.counts("alice", "bob") == [(1, 1, 0), (0, 1, 0)]


async def test_again_is_as_once_and_is_not_told(mine: Door, alice: GatewayClient, bob: GatewayClient) -> None:
    assert await mine.add("bob", "bob") == [0, 0]
    assert await mine.add("bob") == [0]
    assert await told(alice) == [("bob", [(1, FOLLOWED)])]
    assert await told(bob) == [("alice", [(1, FOLLOWERS)])]
    assert await mine.delete("bob", "bob", "carol") == [0, 0, 0]
    assert await told(alice) == [("bob", [(0, FOLLOWED)])]
    assert await mine.counts("alice", "bob") == [(0, 0, 0), (0, 0, 0)]


async def test_who_can_not_be_followed_has_a_code_in_a_row(mine: Door) -> None:
    assert await mine.add("nobody", "alice", "bob") == [30003, 30001, 0]
    assert await mine.delete("nobody", "bob") == [30003, 0]


async def test_limits_are_told_apart(site: Site, mine: Door, bobs: Door) -> None:
    await site.change(followed_users=1)
    assert await mine.add("bob", "carol") == [0, 32100]
    await site.change(followers=1)
    assert await bobs.add("carol") == [0]
    assert await mine.add("carol") == [32101]
    await site.change(mutual_follows=0)
    assert await bobs.add("alice") == [32102]
    assert await mine.counts("alice", "bob", "carol") == [(0, 1, 0), (1, 1, 0), (1, 0, 0)]


async def test_the_other_sides_mutual_follows_are_limited_too(site: Site, mine: Door, bobs: Door) -> None:
    assert await bobs.add("alice") == [0]
    assert await mine.add("bob") == [0]
    carol = Door(mine.rest, await site.login("carol"), "socket")
    assert await carol.add("alice") == [0]
    await site.change(mutual_follows=1)
    assert await mine.add("carol") == [32102]
    assert await mine.delete("bob") == [0]
    assert await carol.add("bob") == [0]
    await site.change(mutual_follows=2)
    assert await mine.add("carol") == [0]
    await site.change(mutual_follows=1)
    assert await bobs.add("carol") == [32103]


async def test_pages_join_newest_first_and_carry_profiles(site: Site, mine: Door, alice: GatewayClient) -> None:
    names = [f"fan{number:02}" for number in range(7)]
    accounts = [{"UserID": name, "Nick": name.title()} for name in names]
    await mine.rest.call("im_open_login_svc/multiaccount_import", {"AccountList": accounts})
    for name in names:
        fan = {"From_Account": name, "FollowItem": [{"To_Account": "alice"}]}
        await mine.rest.call("follow/follow_add", fan)
        site.clock.step(1)
    fields = {"From_Account": "fan03", "ProfileItem": [{"Tag": "Tag_Profile_IM_Level", "Value": 2}]}
    await mine.rest.call("profile/portrait_set", fields)
    found: list[Json] = []
    cursor, pages = "", 0
    while True:
        answer = await mine.call("follow_get", FollowType=FOLLOWERS, StartCursor=cursor, WantNum=3)
        found += answer["FollowItem"]
        cursor, pages = answer["NextCursor"], pages + 1
        if not cursor:
            break
    assert pages == 3
    assert [(row["To_Account"], row["FollowTime"]) for row in found] == [
        (name, NOW + number) for number, name in reversed(list(enumerate(names)))
    ]
    changed = found[3]
    items = {item["Tag"]: item["Value"] for item in changed["ProfileItem"]}
    assert items == {"Tag_Profile_IM_Nick": "Fan03", "Tag_Profile_IM_Level": 2}
    assert changed["profile_sequence"] == changed["ProfileSequence"] > 0 == found[0]["ProfileSequence"]
    assert alice.is_open


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("follow_add", {"FollowItem": []}),
        ("follow_add", {"FollowItem": [{"To_Account": "bob"}] * 21}),
        ("follow_add", {"FollowItem": ["bob"]}),
        ("follow_delete", {"To_Account": []}),
        ("follow_delete", {"To_Account": ["bob"] * 21}),
        ("follow_check", {"To_Account": ["bob"] * 101}),
        ("follow_get_info", {"To_Account": ["bob"] * 21}),
        ("follow_get", {"FollowType": 0, "StartCursor": "", "WantNum": 1}),
        ("follow_get", {"FollowType": 4, "StartCursor": "", "WantNum": 1}),
        ("follow_get", {"FollowType": 1, "StartCursor": "x", "WantNum": 1}),
        ("follow_get", {"FollowType": 1, "StartCursor": "", "WantNum": -1}),
        ("follow_get", {"FollowType": 1, "StartCursor": ""}),
    ],
)
async def test_a_bad_request_is_refused(mine: Door, name: str, body: Json) -> None:
    await mine.call(name, 30001, **body)


async def test_users_act_in_their_own_name(alice: GatewayClient, rest: RestClient) -> None:
    body = {"From_Account": "bob", "FollowItem": [{"To_Account": "carol"}]}
    await alice.call("follow.follow_add", body, 30004)
    await rest.call("follow/follow_add", {**body, "From_Account": "nobody"}, 30003)


async def test_an_app_without_following_says_so(site: Site, mine: Door) -> None:
    await site.change(follow=False)
    await mine.call("follow_add", 30005, FollowItem=[{"To_Account": "bob"}])
    for name in ("follow_delete", "follow_check", "follow_get_info"):
        await mine.call(name, 30005, To_Account=["bob"])
    await mine.call("follow_get", 30005, FollowType=1, StartCursor="", WantNum=1)


async def test_a_device_that_was_away_is_told_by_getmsg(site: Site, mine: Door, bob: GatewayClient) -> None:
    cookie = (await bob.call("openim.getmsg", {"Cookie": ""}))["Cookie"]
    await bob.close()
    await mine.add("bob")
    back = await site.login("bob")
    (event,) = (await back.call("openim.getmsg", {"Cookie": cookie}))["EventArray"]
    diff = {"IsAdd": 1, "FollowType": FOLLOWERS}
    assert event["FollowChangeList"] == [{"From_Account": "alice", "FollowTime": NOW, "FollowDiffList": [diff]}]


async def test_whoever_is_deleted_follows_nobody(site: Site, mine: Door, bobs: Door) -> None:
    await mine.add("bob", "carol")
    await bobs.add("alice", "carol")
    await mine.rest.call("im_open_login_svc/account_delete", {"DeleteItem": [{"UserID": "bob"}]})
    assert [await mine.listed(kind) for kind in (1, 2, 3)] == [[], ["carol"], []]
    await site.server.rules.erasing.work()
    assert await mine.counts("alice", "carol") == [(0, 1, 0), (1, 0, 0)]
    await mine.rest.call("im_open_login_svc/account_import", {"UserID": "bob"})
    assert await mine.check("bob") == [(0, 0)]
