"""Accounts ask to come in, are invited, let in, turned away and banned, against a real server."""

import asyncio
from typing import Unpack

import pytest

from sdks.python.tests.support.real import PATIENCE_S, Scene, set_scene, told
from sdks.python.tests.support.scripted import Asked, Json, ScriptedServer
from tidings_client import (
    Addition,
    ApplyOption,
    Chat,
    GroupNotice,
    GroupTipReceived,
    GroupType,
    InviteOption,
    JoinRequest,
    NoticeKind,
    RequestKind,
    TidingsError,
    TipKind,
)
from tidings_client.group_life import NewGroupOptions


async def club(scene: Scene, **options: Unpack[NewGroupOptions]) -> str:
    """Return a group of alice's with bob in it, and nobody else."""
    options["members"] = ["bob"]
    return await scene.alice.groups.create(GroupType.PUBLIC, "club", **options)


async def noticed(chat: Chat, kind: NoticeKind) -> GroupNotice:
    """Return the next notice of a kind."""
    async with asyncio.timeout(PATIENCE_S):
        async for event in chat.events(GroupNotice):
            assert isinstance(event, GroupNotice)
            if event.kind is kind:
                return event
    raise AssertionError


async def wanted(chat: Chat, kind: NoticeKind) -> JoinRequest:
    """Return the request that the next notice of a kind brings."""
    request = (await noticed(chat, kind)).request
    assert request is not None
    return request


async def test_applicant_waits_for_the_owner_and_is_let_in() -> None:
    async with set_scene() as scene, scene.enter("carol") as carol:
        group = await club(scene, apply_option=ApplyOption.ASK)
        assert not await carol.groups.join(group, "let me in")
        request = await wanted(scene.alice, NoticeKind.APPLIED)
        assert (request.kind, request.operator, request.user) == (RequestKind.APPLICATION, "carol", "carol")
        assert (request.group, request.group_name, request.text) == (group, "club", "let me in")
        (listed,) = await scene.alice.groups.join_requests()
        assert (listed.key, listed.kind, listed.is_open) == (request.key, RequestKind.APPLICATION, True)
        await scene.alice.groups.accept(request, "welcome")
        answer = await noticed(carol, NoticeKind.ADMITTED)
        assert (answer.group, answer.operator, answer.text) == (group, "alice", "welcome")
        assert [each.group for each in await carol.groups.joined()].count(group) == 1
        (tip,) = await told(scene.bob, GroupTipReceived)
        assert tip.message.tip is not None
        assert (tip.message.tip.kind, tip.message.tip.users) == (TipKind.JOINED, ("carol",))
        with pytest.raises(TidingsError) as caught:
            await scene.alice.groups.refuse(request)
        assert caught.value.code == 10024
        assert await scene.alice.groups.join_requests() == []
        (old,) = await scene.alice.groups.join_requests(with_answered=True)
        assert (old.is_open, old.is_answered_here) == (False, True)


async def test_applicant_is_turned_away() -> None:
    async with set_scene() as scene, scene.enter("carol") as carol:
        group = await club(scene, apply_option=ApplyOption.ASK)
        await carol.groups.join(group)
        (request,) = await scene.alice.groups.join_requests()
        await scene.alice.groups.refuse(request, "not now")
        assert (await noticed(carol, NoticeKind.TURNED_AWAY)).text == "not now"
        assert group not in [each.group for each in await carol.groups.joined()]


async def test_member_invites_and_the_owner_decides() -> None:
    async with set_scene() as scene, scene.enter("carol") as carol:
        group = await club(scene, invite_option=InviteOption.ASK)
        assert await scene.bob.groups.add_members(group, "carol") == {"carol": Addition.WAITS}
        request = await wanted(scene.alice, NoticeKind.APPROVAL_WANTED)
        assert (request.kind, request.operator, request.user) == (RequestKind.APPROVAL, "bob", "carol")
        await scene.alice.groups.accept(request)
        assert (await noticed(carol, NoticeKind.INVITED_IN)).group == group
        assert [each.kind for each in await scene.alice.groups.join_requests(with_answered=True)] == [
            RequestKind.APPROVAL
        ]


@pytest.mark.parametrize(
    ("does_follow", "kind"), [(True, NoticeKind.INVITATION_ACCEPTED), (False, NoticeKind.INVITATION_REFUSED)]
)
async def test_invited_account_answers_for_itself(*, does_follow: bool, kind: NoticeKind) -> None:
    async with set_scene() as scene, scene.enter("carol") as carol:
        await scene.site.change(invitation_consent=True)
        group = await club(scene, invite_option=InviteOption.FREE)
        assert await scene.bob.groups.add_members(group, "carol") == {"carol": Addition.WAITS}
        request = await wanted(carol, NoticeKind.INVITATION)
        assert (request.kind, request.operator, request.user) == (RequestKind.CONSENT, "bob", "carol")
        (listed,) = await carol.groups.join_requests()
        await (carol.groups.accept(listed) if does_follow else carol.groups.refuse(listed))
        assert (await noticed(scene.bob, kind)).operator == "carol"
        assert (group in [each.group for each in await carol.groups.joined()]) is does_follow


async def test_banned_member_is_out_and_stays_out() -> None:
    async with set_scene() as scene:
        await scene.alice.groups.ban_members(scene.group, "bob", seconds=60, text="spam")
        notice = await noticed(scene.bob, NoticeKind.BANNED)
        assert (notice.operator, notice.text) == ("alice", "spam")
        with pytest.raises(TidingsError) as caught:
            await scene.bob.groups.join(scene.group)
        assert caught.value.code == 10007


async def test_requests_are_fetched_page_by_page(chat: Chat, server: ScriptedServer) -> None:
    def page(asked: Asked) -> Json:
        start = asked.body["StartTime"]
        row = {"From_Account": "bob", "To_Account": "bob", "GroupId": "g", "ApplicationType": 0, "Time": 60}
        rows = [{**row, "Authentication": str(start), "Handled": handled} for handled in (0, 1)]
        return {"PendencyList": rows, "NextStartTime": 7 if start == 0 else 0}

    server.scripts["group_open_http_svc.get_pendency"] = page
    server.scripts["million_group_open_http_svc.get_pendency"] = lambda _asked: {"PendencyList": []}
    assert [each.key for each in await chat.groups.join_requests()] == ["0", "7"]
    found = await chat.groups.join_requests(with_answered=True)
    assert [(each.is_open, each.is_answered_here) for each in found] == [(True, False), (False, False)] * 2


async def test_no_more_are_banned_by_a_call_than_it_takes(chat: Chat, server: ScriptedServer) -> None:
    server.scripts["group_open_http_svc.ban_group_member"] = lambda _asked: {}
    await chat.groups.ban_members("g", *map(str, range(21)), seconds=9)
    assert [len(asked.body["Members_Account"]) for asked in server.all_of("group_open_http_svc.ban_group_member")] == [
        20,
        1,
    ]
