"""The Python SDK's profiles and follows against the whole server, on two users' devices."""

import asyncio

from tests.flow.test_python_sdk import enter
from tests.support.clients import PATIENCE_S, RestClient
from tests.support.server import NOW, Site
from tidings_client import (
    AllowType,
    FollowCounts,
    FollowEntry,
    FollowsChanged,
    FollowType,
    Gender,
    MessageReceived,
    Profile,
    ProfileChanged,
)
from tidings_client.mailbox import Stream

FIELDS = "City:string:rw:rw,Note:string:-:rw"


async def changes(stream: Stream, count: int) -> list[tuple[str, tuple[FollowType, ...], bool]]:
    """Return what so many events tell of follows."""
    found = [event for event in [await anext(stream) for _ in range(count)] if isinstance(event, FollowsChanged)]
    assert all(each.time == NOW for event in found for each in event.changes)
    return [(each.user, each.types, each.is_added) for event in found for each in event.changes]


async def test_a_profile_is_changed_read_and_told(site: Site, rest: RestClient) -> None:
    await site.change(profile_fields=FIELDS)
    async with enter(site, "alice") as phone, enter(site, "alice", device="android") as desk, enter(site, "bob") as bob:
        streams = [phone.events(ProfileChanged), desk.events(ProfileChanged)]
        heard = bob.events(MessageReceived)
        assert await phone.profile() == Profile("alice")
        await phone.change_profile(nick="Al", gender=Gender.FEMALE, birthday=19990131, custom={"City": "Lyon"})
        note = [{"Tag": "Tag_Profile_Custom_Note", "Value": "x"}, {"Tag": "Tag_Profile_IM_Level", "Value": 2}]
        await rest.call("profile/portrait_set", {"From_Account": "alice", "ProfileItem": note})
        await desk.change_profile(allow_type=AllowType.DENY_ANY, custom={"City": ""})
        expected = Profile("alice", nick="Al", gender=Gender.FEMALE, birthday=19990131, level=2)
        found = (await bob.profiles("alice", "nobody"))["alice"]
        assert (found.nick, found.gender, found.level, found.custom) == ("Al", Gender.FEMALE, expected.level, {})
        assert (found.allow_type, found.birthday) == (AllowType.DENY_ANY, expected.birthday)
        for stream in streams:
            async with asyncio.timeout(PATIENCE_S):
                told = [await anext(stream) for _ in range(3)]
            assert [(e.fields, e.custom) for e in told if isinstance(e, ProfileChanged)] == [
                ({"nick": "Al", "gender": Gender.FEMALE, "birthday": 19990131}, {"City": "Lyon"}),
                ({"level": 2}, {}),
                ({"allow_type": AllowType.DENY_ANY}, {"City": ""}),
            ]
        await phone.send("bob", "hi")
        async with asyncio.timeout(PATIENCE_S):
            event = await anext(heard)
        assert isinstance(event, MessageReceived)
        assert event.message.sender_nick == "Al"


async def test_follows_are_made_listed_counted_and_told(site: Site) -> None:
    async with enter(site, "alice") as alice, enter(site, "bob") as bob:
        own, theirs = alice.events(FollowsChanged), bob.events(FollowsChanged)
        assert await alice.follow("bob", "carol", "nobody") == {"nobody": 30003}
        assert await bob.follow("alice") == {}
        entry = FollowEntry("bob", NOW, Profile("bob"))
        assert (
            [page async for page in alice.mutual_follows()] == [[entry]] == [page async for page in alice.followers()]
        )
        pages = [page async for page in alice.followed(page_size=1)]
        assert [each.user for page in pages for each in page] == ["carol", "bob"]
        types = {"bob": FollowType.MUTUAL, "carol": FollowType.FOLLOWED, "alice": FollowType.NONE}
        assert await alice.follow_types("bob", "carol", "alice", "nobody") == types
        assert await bob.follow_counts("alice", "nobody") == {"alice": FollowCounts(1, 2, 1)}
        assert await alice.unfollow("bob", "nobody") == {"nobody": 30003}
        assert await bob.follow_counts("alice") == {"alice": FollowCounts(1, 1, 0)}
        follower, followed, mutual = FollowType.FOLLOWER, FollowType.FOLLOWED, FollowType.MUTUAL
        async with asyncio.timeout(PATIENCE_S):
            assert await changes(own, 3) == [
                ("bob", (followed,), True),
                ("carol", (followed,), True),
                ("bob", (follower, mutual), True),
                ("bob", (followed, mutual), False),
            ]
            assert await changes(theirs, 3) == [
                ("alice", (follower,), True),
                ("alice", (followed, mutual), True),
                ("alice", (follower, mutual), False),
            ]
