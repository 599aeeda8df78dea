"""Friends and blocklists as a user keeps them, against the whole server."""

from collections.abc import AsyncIterator

import pytest

from tests.flow.test_python_sdk import enter
from tests.support.server import NOW, Site, running_server
from tidings_client import AllowType, FriendGroup, Relation, RelationsChanged
from tidings_client.mailbox import Stream


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with running_server() as site:
        yield site


async def heard(told: Stream) -> RelationsChanged:
    """Return the next change of relations."""
    event = await anext(told)
    assert isinstance(event, RelationsChanged)
    return event


async def test_friends_are_added_changed_checked_and_deleted(site: Site) -> None:
    async with enter(site, "alice") as alice, enter(site, "bob") as bob:
        told = bob.events(RelationsChanged)
        assert await alice.friends.add("bob", wording="hi", remark="Bobby", group="Choir") == 0
        assert (await heard(told)).added == ("alice",)
        [friend] = await alice.friends.all()
        assert (friend.user, friend.remark, friend.groups, friend.wording) == ("bob", "Bobby", ("Choir",), "hi")
        assert await alice.friends.update("bob", remark="Bob", groups=["Choir", "Team"]) == {}
        assert await alice.friends.update("carol", remark="x") == {"carol": 30001}
        assert (await alice.friends.all())[0].groups == ("Choir", "Team")
        assert await alice.friends.check("bob", "carol", "nobody") == {"bob": Relation.BOTH, "carol": Relation.NONE}
        assert await alice.friends.delete("bob", "carol") == {"carol": 31704}
        assert (await heard(told)).deleted == ("alice",)
        assert await bob.friends.all() == []


async def test_requests_are_seen_answered_refused_and_deleted(site: Site) -> None:
    async with enter(site, "alice") as alice, enter(site, "bob") as bob:
        await bob.change_profile(allow_type=AllowType.NEED_CONFIRM)
        told = bob.events(RelationsChanged)
        for _ in range(2):
            assert await alice.friends.add("bob", wording="please") == 30539
            [asked] = (await heard(told)).requests
            assert (asked.user, asked.wording, asked.is_own) == ("alice", "please", False)
            assert await bob.friends.refuse("alice") == {}
            assert (await heard(told)).ended_requests == ("alice",)
        await alice.friends.add("bob")
        [own] = await alice.friends.requests()
        assert (own.user, own.is_own) == ("bob", True)
        assert await bob.friends.unread_requests() == 1
        await bob.friends.mark_requests_seen(int(NOW) + 10)
        assert await bob.friends.unread_requests() == 0
        assert await bob.friends.accept("alice", remark="boss", group="Work") == {}
        assert [friend.remark for friend in await bob.friends.all()] == ["boss"]
        assert await bob.friends.delete_requests("alice") == {"alice": 31804}


async def test_groups_hold_friends(site: Site) -> None:
    async with enter(site, "alice") as alice:
        for name in ("bob", "carol"):
            await alice.friends.add(name)
        assert await alice.friends.add_group("Choir", "bob", "dave") == {"dave": 30003}
        assert await alice.friends.change_group("Choir", new_name="Crew", add=["carol"], remove=["bob"]) == {}
        assert await alice.friends.groups() == [FriendGroup("Crew", ("carol",))]
        await alice.friends.delete_groups("Crew")
        assert await alice.friends.groups() == []


async def test_who_is_blocked_is_no_friend_and_not_heard(site: Site) -> None:
    async with enter(site, "alice") as alice, enter(site, "bob") as bob:
        await alice.friends.add("bob")
        assert await alice.friends.block("bob") == {}
        assert (await alice.friends.blocked(), await alice.friends.all()) == (["bob"], [])
        await bob.send("alice", "unheard")
        assert [page async for page in alice.history("bob")] == []
        assert await alice.friends.unblock("bob") == {}
        assert await alice.friends.unblock("bob") == {"bob": 30001}
