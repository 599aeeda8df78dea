"""Attributes and counters of groups, against a real server."""

import pytest

from sdks.python.tests.support.real import set_scene, told
from tidings_client import AttributeChange, GroupAttributesChanged, GroupCountersChanged, TidingsError


async def test_attributes_are_written_told_and_read() -> None:
    async with set_scene() as scene:
        groups = scene.alice.groups
        await groups.set_attributes(scene.group, {"a": "1", "b": "2"})
        await groups.change_attributes(scene.group, {"b": "3"})
        await groups.delete_attributes(scene.group, "a")
        found = await scene.bob.groups.attributes(scene.group)
        assert {key: each.value for key, each in found.items()} == {"b": "3"}
        await groups.clear_attributes(scene.group)
        events = await told(scene.bob, GroupAttributesChanged, 4)
        assert [event.change for event in events] == [
            AttributeChange.SET,
            AttributeChange.MODIFIED,
            AttributeChange.DELETED,
            AttributeChange.CLEARED,
        ]
        assert {key: each.value for key, each in events[1].changed.items()} == {"b": "3"}
        assert await groups.attributes(scene.group) == {}


async def test_write_that_comes_too_late_is_refused() -> None:
    async with set_scene() as scene:
        groups = scene.alice.groups
        first = await groups.set_attributes(scene.group, {"a": "1"})
        seen = await groups.attributes(scene.group)
        assert await groups.change_attributes(scene.group, {"a": "2"}, seen) > first
        for late in (
            groups.change_attributes(scene.group, {"a": "3"}, seen),
            groups.delete_attributes(scene.group, "a", seen=seen),
            groups.set_attributes(scene.group, {"c": "3"}, seen_seq=first),
            groups.clear_attributes(scene.group, seen_seq=first),
        ):
            scene.site.clock.step(1)  # a group's attributes are written a few times a second only
            with pytest.raises(TidingsError) as caught:
                await late
            assert caught.value.code == 10056
        assert {key: each.value for key, each in (await groups.attributes(scene.group)).items()} == {"a": "2"}


async def test_counters_are_counted_told_and_read() -> None:
    async with set_scene() as scene:
        groups = scene.alice.groups
        assert await groups.set_counters(scene.group, {"likes": 3, "views": 9}) == {"likes": 3, "views": 9}
        assert await groups.increase_counters(scene.group, {"likes": 2}) == {"likes": 5}
        assert await groups.decrease_counters(scene.group, {"views": 4}) == {"views": 5}
        assert await scene.bob.groups.counters(scene.group) == {"likes": 5, "views": 5}
        assert await scene.bob.groups.counters(scene.group, "likes") == {"likes": 5}
        told_of = [dict(event.counters) for event in await told(scene.bob, GroupCountersChanged, 3)]
        assert told_of == [{"likes": 3, "views": 9}, {"likes": 5}, {"views": 5}]
