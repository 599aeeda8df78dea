"""Groups are made, shown and ended, and members come and go, against a real server."""

import asyncio

import pytest

from sdks.python.tests.support.real import PATIENCE_S, set_scene, told
from sdks.python.tests.support.scripted import ScriptedServer
from tidings_client import (
    Addition,
    ApplyOption,
    Chat,
    GroupTipReceived,
    GroupType,
    InviteOption,
    TidingsError,
    TipKind,
)


async def test_group_shows_what_it_was_made_with() -> None:
    async with set_scene() as scene:
        alice = scene.alice
        group = await alice.groups.create(
            GroupType.PUBLIC, "club", group="club", introduction="i", notification="n", max_members=9, members=["bob"]
        )
        assert group == "club"
        shown = await alice.groups.profile(group)
        assert (shown.type, shown.name, shown.introduction, shown.notification) == ("Public", "club", "i", "n")
        assert (shown.owner, shown.role, shown.member_count, shown.max_members) == ("alice", "Owner", 2, 9)
        assert (await scene.bob.groups.profile(group)).role == "Member"


async def test_group_is_changed_in_what_is_named() -> None:
    async with set_scene() as scene:
        groups = scene.alice.groups
        await groups.change(scene.group, name="crew", notification="n", apply_option=ApplyOption.FREE)
        await groups.change(scene.group, introduction="i", is_all_muted=True, invite_option=InviteOption.ASK)
        shown = await scene.bob.groups.profile(scene.group)
        assert (shown.name, shown.notification, shown.introduction, shown.is_all_muted) == ("crew", "n", "i", True)
        assert (shown.apply_option, shown.invite_option) == (ApplyOption.FREE, InviteOption.ASK)
        tips = [event.message.tip for event in await told(scene.bob, GroupTipReceived, 2)]
        assert [(tip.kind, tip.operator) for tip in tips if tip] == [(TipKind.PROFILE, "alice")] * 2
        assert [dict(tip.changes) for tip in tips if tip] == [
            {"GroupName": "crew", "GroupNotification": "n"},
            {"GroupIntroduction": "i"},
        ]
        with pytest.raises(TidingsError) as caught:
            await scene.bob.groups.send(scene.group, "hm")
        assert caught.value.code == 10017
        with pytest.raises(TidingsError) as caught:
            await scene.bob.groups.change(scene.group, name="mine")
        assert caught.value.code == 10007


async def test_custom_fields_are_changed_each_for_itself() -> None:
    async with set_scene() as scene:
        await scene.site.change(group_fields="city:anyone:admins,river:anyone:admins")
        groups = scene.alice.groups
        await groups.change(scene.group, custom={"city": "Lyon", "river": "Rhone"})
        await groups.change(scene.group, custom={"river": ""})
        assert (await scene.bob.groups.profile(scene.group)).custom == {"city": "Lyon"}
        with pytest.raises(TidingsError) as caught:
            await groups.change(scene.group, custom={"lake": "none"})
        assert caught.value.code == 10004


async def test_strangers_find_groups_by_their_ids_but_work_groups() -> None:
    async with set_scene() as scene, scene.enter("dave") as dave:
        club = await scene.alice.groups.create(GroupType.PUBLIC, "club", introduction="i", members=["bob"])
        work = await scene.alice.groups.create(GroupType.WORK, "crew", members=["bob"])
        many = [f"nowhere {number}" for number in range(60)]
        found = await dave.groups.find(*many, club, work)
        assert list(found) == [club]
        assert (found[club].name, found[club].introduction, found[club].owner) == ("club", "i", "alice")
        assert (found[club].member_count, found[club].role) == (2, "")
        assert list(await scene.bob.groups.find(work, club)) == [work, club]


async def test_group_is_joined_left_and_ended() -> None:
    async with set_scene(GroupType.MEETING) as scene:
        async with scene.enter("carol") as carol:
            await carol.groups.quit(scene.group)
            assert scene.group not in carol.groups.positions
            assert await carol.groups.join(scene.group, "let me in")
            assert [each.group for each in await carol.groups.joined()] == [scene.group]
        await scene.alice.groups.disband(scene.group)
        with pytest.raises(TidingsError) as caught:
            await scene.alice.groups.profile(scene.group)
        assert caught.value.code == 10010
        assert await scene.alice.groups.profiles(scene.group) == {}


async def test_members_are_listed_page_by_page_and_put_out() -> None:
    async with set_scene() as scene:
        groups = scene.alice.groups
        pages = [[each.user for each in page] async for page in groups.members(scene.group, page_size=2)]
        assert pages == [["alice", "bob"], ["carol"]]
        owners = [each async for page in groups.members(scene.group, "Owner") for each in page]
        assert [(each.user, each.role) for each in owners] == [("alice", "Owner")]
        await groups.remove_members(scene.group, "carol", reason="away")
        tips = [event.message.tip for event in await told(scene.bob, GroupTipReceived)]
        assert [(tip.kind, tip.operator, tip.users) for tip in tips if tip] == [(TipKind.REMOVED, "alice", ("carol",))]


async def test_communities_are_listed_and_their_members_paged() -> None:
    async with set_scene() as scene:
        community = await scene.alice.groups.create(GroupType.COMMUNITY, "town", members=["bob", "carol"])
        assert [each.type for each in await scene.alice.groups.joined()] == ["Public", "Community"]
        async with asyncio.timeout(PATIENCE_S):
            pages = [len(page) async for page in scene.alice.groups.members(community, page_size=1)]
        assert pages == [1, 1, 1]


async def test_added_accounts_are_named_with_what_became_of_each(chat: Chat, server: ScriptedServer) -> None:
    rows = [{"Member_Account": "bob", "Result": 1}, {"Member_Account": "carol", "Result": 3}]
    server.scripts["group_open_http_svc.add_group_member"] = lambda _asked: {"MemberList": rows}
    outcome = await chat.groups.add_members("g", "bob", "carol")
    assert outcome == {"bob": Addition.ADDED, "carol": Addition.WAITS}
    (asked,) = server.all_of("group_open_http_svc.add_group_member")
    assert asked.body == {"GroupId": "g", "MemberList": [{"Member_Account": "bob"}, {"Member_Account": "carol"}]}


async def test_join_that_needs_approval_says_so(chat: Chat, server: ScriptedServer) -> None:
    server.scripts["group_open_http_svc.apply_join_group"] = lambda _asked: {"JoinedStatus": "WaitAdminApproval"}
    assert not await chat.groups.join("g")
