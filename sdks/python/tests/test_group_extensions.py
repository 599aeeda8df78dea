"""Extensions of messages of groups and reactions to them, against a real server."""

from sdks.python.tests.support.real import heard, set_scene, told
from tidings_client import GroupExtensionsChanged, GroupReactionsChanged


async def test_extensions_are_set_told_and_cleared() -> None:
    async with set_scene() as scene:
        vote = await scene.alice.groups.send(scene.group, "tea?", takes_extensions=True)
        (got,) = await heard(scene.bob)
        assert got.takes_extensions
        assert await scene.bob.groups.set_extensions(got, {"bob": "yes", "x": "1"}) == {}
        seen = await scene.alice.groups.extensions(vote)
        assert {key: each.value for key, each in seen.items()} == {"bob": "yes", "x": "1"}
        assert await scene.alice.groups.set_extensions(vote, {"x": "2"}, seen) == {}
        late = await scene.bob.groups.set_extensions(got, {"x": "3"}, {"x": seen["x"]})
        assert late["x"].value == "2"
        await scene.alice.groups.delete_extensions(vote, {"x": late["x"]})
        await scene.alice.groups.clear_extensions(vote)
        assert await scene.bob.groups.extensions(got) == {}
        events = await told(scene.alice, GroupExtensionsChanged)
        assert (events[0].group, events[0].seq, events[0].changed["bob"].value) == (scene.group, vote.seq, "yes")
        assert [event.is_cleared for event in await told(scene.bob, GroupExtensionsChanged, 3)] == [False, False, True]


async def test_reactions_are_counted_told_and_taken_back() -> None:
    async with set_scene() as scene:
        sent = await scene.alice.groups.send(scene.group, "news")
        (got,) = await heard(scene.bob)
        await scene.bob.groups.react(got, "smile")
        (event,) = await told(scene.alice, GroupReactionsChanged)
        assert [(each.name, each.count, each.users) for each in event.reactions] == [("smile", 1, ("bob",))]
        (reaction,) = (await scene.bob.groups.reactions(got))[scene.group, sent.seq]
        assert (reaction.name, reaction.is_own) == ("smile", True)
        assert [page async for page in scene.alice.groups.reacting(sent, "smile")] == [["bob"]]
        await scene.bob.groups.unreact(got, "smile")
        assert (await scene.bob.groups.reactions(got))[scene.group, sent.seq] == []
