"""Members get roles, are muted, named and hear what they want, against a real server."""

import asyncio

import pytest

from sdks.python.tests.support.real import PATIENCE_S, Scene, heard, set_scene, texts, told
from tidings_client import (
    FOR_EVER,
    Chat,
    ConnectionRestored,
    Event,
    GroupMessageReceived,
    GroupNotice,
    GroupReceiveOptionChanged,
    GroupRole,
    GroupTip,
    GroupTipReceived,
    GroupType,
    NoticeKind,
    ReceiveOption,
    TidingsError,
    TipKind,
)

GEAR = "@TGS#_hikers@TOPIC#_gear"


async def tips(chat: Chat, count: int = 1) -> list[GroupTip]:
    """Return the next tips."""
    return [event.message.tip for event in await told(chat, GroupTipReceived, count) if event.message.tip]


async def test_owner_makes_admins_and_hands_over() -> None:
    async with set_scene() as scene:
        groups = scene.alice.groups
        await groups.set_role(scene.group, "bob", GroupRole.ADMIN)
        found = await groups.member_profiles(scene.group, "bob", "carol", "dave")
        assert {user: each.role for user, each in found.items()} == {"bob": GroupRole.ADMIN, "carol": GroupRole.MEMBER}
        await groups.set_role(scene.group, "bob", GroupRole.MEMBER)
        await groups.hand_over(scene.group, "bob")
        assert [tip.kind for tip in await tips(scene.bob, 3)] == [
            TipKind.ADMIN_SET,
            TipKind.ADMIN_TAKEN,
            TipKind.PROFILE,
        ]
        notices = [event.kind for event in await told(scene.bob, GroupNotice, 2)]
        assert notices == [NoticeKind.MADE_ADMIN, NoticeKind.ADMIN_NO_MORE]
        shown = await groups.profile(scene.group)
        assert (shown.owner, shown.role) == ("bob", GroupRole.MEMBER)
        with pytest.raises(TidingsError) as caught:
            await groups.hand_over(scene.group, "alice")
        assert caught.value.code == 10007


@pytest.mark.parametrize("seconds", [60, FOR_EVER])
async def test_muted_member_is_silent_until_the_mute_is_lifted(seconds: int) -> None:
    async with set_scene() as scene:
        await scene.alice.groups.mute_member(scene.group, "bob", seconds=seconds)
        assert [tip.mutes for tip in await tips(scene.bob)] == [{"bob": seconds}]
        with pytest.raises(TidingsError) as caught:
            await scene.bob.groups.send(scene.group, "hm")
        assert caught.value.code == 10017
        await scene.alice.groups.mute_member(scene.group, "bob", seconds=0)
        await scene.bob.groups.send(scene.group, "thanks")


async def hikers(scene: Scene) -> str:
    """Make a community with bob and carol in it, and a topic; returns the community."""
    community = await scene.alice.groups.create(
        GroupType.COMMUNITY, "hikers", group="@TGS#_hikers", members=["bob", "carol"], has_topics=True
    )
    await scene.alice.groups.topics.create(community, "gear", topic=GEAR)
    return community


async def test_mute_in_a_topic_holds_there_only() -> None:
    async with set_scene() as scene:
        community = await hikers(scene)
        await scene.alice.groups.mute_member(GEAR, "bob", seconds=60)
        with pytest.raises(TidingsError) as caught:
            await scene.bob.groups.send(GEAR, "hm")
        assert caught.value.code == 10017
        await scene.bob.groups.send(community, "but here")


async def test_member_has_a_name_card_of_its_own_or_of_an_admins_making() -> None:
    async with set_scene() as scene:
        await scene.bob.groups.set_name_card(scene.group, "Bobby")
        await scene.alice.groups.set_name_card(scene.group, "Caroline", "carol")
        found = await scene.alice.groups.member_profiles(scene.group, "bob", "carol")
        assert [each.name_card for each in found.values()] == ["Bobby", "Caroline"]
        await scene.bob.groups.send(scene.group, "hi")
        assert [each.name_card for each in await heard(scene.alice)] == ["Bobby"]


async def test_member_has_fields_that_the_app_has_declared() -> None:
    async with set_scene() as scene:
        await scene.site.change(member_fields="seat:members:own,team:members:admins")
        bob = scene.bob.groups
        await bob.set_member_fields(scene.group, {"seat": "12"})
        await scene.alice.groups.set_member_fields(scene.group, {"team": "red"}, "bob")
        assert (await bob.member_profiles(scene.group, "bob"))["bob"].custom == {"seat": "12", "team": "red"}
        await bob.set_member_fields(scene.group, {"seat": ""})
        assert (await bob.member_profiles(scene.group, "bob"))["bob"].custom == {"team": "red"}
        with pytest.raises(TidingsError) as caught:
            await bob.set_member_fields(scene.group, {"shoe": "42"})
        assert caught.value.code == 10004


async def test_what_is_said_while_nothing_is_received_is_not_told_later() -> None:
    async with set_scene() as scene:
        bob, group = scene.bob.groups, scene.group
        await bob.set_receive_option(ReceiveOption.DISCARD, group)
        assert (await bob.profile(group)).receive is ReceiveOption.DISCARD
        await scene.alice.groups.send(group, "unheard")
        await bob.send(group, "own words")
        scene.line.cut()
        await told(scene.bob, ConnectionRestored)
        await scene.alice.groups.send(group, "unheard, too")
        await bob.set_receive_option(ReceiveOption.QUIET, group)
        await scene.alice.groups.send(group, "heard")
        assert texts(await heard(scene.bob)) == ["heard"]
        pages = [texts(page) async for page in bob.history(group)]
        assert pages == [["unheard", "own words", "unheard, too", "heard"]]


async def test_other_devices_go_by_what_one_says() -> None:
    async with set_scene() as scene, scene.enter("bob", device="ipad") as tablet:
        group = scene.group
        for option in (ReceiveOption.DISCARD, ReceiveOption.NOTIFY):
            await scene.bob.groups.set_receive_option(option, group)
            await scene.alice.groups.send(group, f"after {option.name}")
        events = await next_of(tablet, GroupReceiveOptionChanged, GroupReceiveOptionChanged, GroupMessageReceived)
        options = [event.option for event in events if isinstance(event, GroupReceiveOptionChanged)]
        assert options == [ReceiveOption.DISCARD, ReceiveOption.NOTIFY]
        assert [event.message.text for event in events if isinstance(event, GroupMessageReceived)] == ["after NOTIFY"]


async def next_of(chat: Chat, *kinds: type[Event]) -> list[Event]:
    """Return the next events of some kinds, as many as are named."""
    found: list[Event] = []
    async with asyncio.timeout(PATIENCE_S):
        async for event in chat.events(*set(kinds)):
            found.append(event)
            if len(found) == len(kinds):
                break
    return found


async def test_topic_and_its_community_are_received_each_in_its_way() -> None:
    async with set_scene() as scene:
        community, bob = await hikers(scene), scene.bob.groups
        await bob.set_receive_option(ReceiveOption.DISCARD, GEAR)
        assert (await bob.topics.profiles(GEAR))[GEAR].receive is ReceiveOption.DISCARD
        await scene.alice.groups.send(GEAR, "unheard")
        await scene.alice.groups.send(community, "heard")
        assert texts(await heard(scene.bob)) == ["heard"]
        await bob.set_receive_option(ReceiveOption.NOTIFY, GEAR)
        await bob.set_receive_option(ReceiveOption.DISCARD, community)
        await scene.alice.groups.send(GEAR, "unheard with all")
        await bob.set_receive_option(ReceiveOption.NOTIFY, community)
        await scene.alice.groups.send(GEAR, "heard again")
        assert texts(await heard(scene.bob)) == ["heard again"]
