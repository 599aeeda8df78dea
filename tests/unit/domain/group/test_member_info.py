"""What members are: changed as asked, all of it or nothing, told to those it concerns."""

import asyncio
from dataclasses import replace

import pytest

from tests.support.groups import ADMIN, found, found_community, make_topic, place, say, set_receive
from tests.support.joining import notices, told
from tests.support.live_rooms import open_room
from tests.support.stage import Stage
from tests.support.stores import NOW
from tidings.domain.group import directory
from tidings.domain.group.groups import Group, Member
from tidings.domain.group.kinds import Kind, Receive, Role
from tidings.domain.group.member_info import NewInfo
from tidings.domain.group.topics import By
from tidings.errors import TidingsError

FIELDS = "desk:members:own,floor:members:own,seat:members:own"


async def change(stage: Stage, group: Group, name: str, by: str = "", **asked: object) -> None:
    """Change what a member is, as another one or as an app server."""
    actor = place(stage, group, getattr(stage.them, by)) if by else None
    who = ADMIN if actor is None else By(actor, actor.user_id)
    await stage.rules.groups.member_info.change(stage.app, group, who, getattr(stage.them, name), NewInfo(**asked))  # type: ignore[arg-type]


async def code(stage: Stage, group: Group, name: str, by: str = "", **asked: object) -> int:
    with pytest.raises(TidingsError) as refused:
        await change(stage, group, name, by, **asked)
    return refused.value.code


def bob_of(stage: Stage, group: Group) -> tuple[Member, Member]:
    """Return what bob is in memory, and in the store."""
    number = stage.them.bob.number
    return place(stage, group, stage.them.bob), stage.store.groups.find_members(group.number, [number])[number]


async def test_everything_is_changed_together(stage: Stage) -> None:
    group = await found(stage, Kind.PUBLIC, stage.them.bob)
    stage.change(member_fields=FIELDS)
    asked = NewInfo(Role.ADMIN, Receive.QUIET, "Bobby", {"desk": "7"}, 60)
    await stage.rules.groups.member_info.change(stage.app, group, ADMIN, stage.them.bob, asked)
    held, stored = bob_of(stage, group)
    for member in (held, stored):
        assert (member.role, member.receive, member.name_card) == (Role.ADMIN, Receive.QUIET, "Bobby")
        assert (member.custom, member.muted_until) == ({"desk": "7"}, NOW + 60)
    assert told(stage) == [("bob", 9), ("bob", 20), ("bob", 17)]
    assert [message.body[:11] for _, message, _ in stage.rooms.messages] == [b'{"OpType":4', b'{"OpType":7']
    assert stage.rooms.inside[group.number][held.account] is Receive.QUIET


async def test_one_thing_that_may_not_be_spoils_all_of_it(stage: Stage) -> None:
    group = await found(stage, Kind.PUBLIC, stage.them.bob, admins=(stage.them.carol,))
    before = replace(bob_of(stage, group)[1])
    assert await code(stage, group, "bob", "carol", name_card="x", mute_s=60, role=Role.ADMIN) == 10007
    assert await code(stage, group, "bob", name_card="x" * 51, mute_s=60) == 10004
    assert bob_of(stage, group) == (before, before)
    assert (told(stage), stage.rooms.messages) == ([], [])


async def test_what_is_as_asked_already_is_told_to_nobody(stage: Stage) -> None:
    group = await found(stage, Kind.PUBLIC, stage.them.bob)
    await change(stage, group, "bob")
    await change(stage, group, "bob", role=Role.MEMBER, receive=Receive.NOTIFY, name_card="", custom={}, mute_s=0)
    assert (told(stage), stage.rooms.messages) == ([], [])


async def test_an_admin_who_is_none_any_more_has_lost_its_rights(stage: Stage) -> None:
    group = await found(stage, Kind.PUBLIC, stage.them.carol, admins=(stage.them.bob,))
    await change(stage, group, "carol", "bob", mute_s=60)
    told(stage)
    await change(stage, group, "bob", "alice", role=Role.MEMBER)
    assert told(stage) == [("bob", 10)]
    assert stage.rooms.messages[-1][1].body.startswith(b'{"OpType":5')
    assert await code(stage, group, "carol", "bob", mute_s=0) == 10007


async def test_the_owner_is_made_nothing_less(stage: Stage) -> None:
    group = await found(stage)
    assert await code(stage, group, "alice", role=Role.MEMBER) == 10004
    assert await code(stage, group, "alice", "alice", role=Role.MEMBER) == 10007
    assert await code(stage, group, "alice", "alice", mute_s=60) == 10007


async def test_the_receive_option_is_told_with_what_it_is_and_is_kept(stage: Stage) -> None:
    group = await found(stage, Kind.PUBLIC, stage.them.bob)
    await set_receive(stage, group, stage.them.bob, Receive.NOTHING)
    ((name, notice),) = notices(stage)
    assert (name, notice.kind, notice.group, notice.receive) == ("bob", 20, group.group_id, "Discard")
    assert (group.number, Receive.NOTHING) in stage.store.groups.memberships(stage.them.bob.number)


async def test_fields_are_changed_one_by_one_and_taken_away(stage: Stage) -> None:
    group = await found(stage, Kind.PUBLIC, stage.them.bob)
    stage.change(member_fields=FIELDS)
    await change(stage, group, "bob", "bob", custom={"desk": "7", "floor": "2"})
    await change(stage, group, "bob", "bob", custom={"desk": "8", "floor": "", "seat": "é" * 32})
    assert [member.custom for member in bob_of(stage, group)] == [{"desk": "8", "seat": "é" * 32}] * 2


async def test_fields_are_written_by_whom_the_app_says(stage: Stage) -> None:
    stage.change(member_fields="desk:members:own,rank:members:admins")
    group = await found(stage, Kind.PUBLIC, stage.them.bob, admins=(stage.them.carol,))
    assert await code(stage, group, "bob", "carol", custom={"desk": "7"}) == 10007
    assert await code(stage, group, "bob", "bob", custom={"rank": "7"}) == 10007
    await change(stage, group, "bob", "carol", custom={"rank": "7"})
    await change(stage, group, "bob", "bob", custom={"desk": "8"})
    await change(stage, group, "bob", custom={"rank": "9"})
    assert [member.custom for member in bob_of(stage, group)] == [{"desk": "8", "rank": "9"}] * 2


@pytest.mark.parametrize(
    "asked",
    [
        {"name_card": "é" * 25 + "x"},
        {"custom": {"": "v"}},
        {"custom": {"desk": "v", "undeclared": "v"}},
        {"custom": {"desk": "é" * 32 + "x"}},
    ],
)
async def test_what_does_not_fit_is_refused(stage: Stage, asked: dict[str, object]) -> None:
    group = await found(stage, Kind.PUBLIC, stage.them.bob)
    stage.change(member_fields=FIELDS)
    await change(stage, group, "bob", custom={"desk": "old"})
    assert await code(stage, group, "bob", "bob", **asked) == 10004
    assert bob_of(stage, group)[0].custom == {"desk": "old"}


async def test_topics_have_options_and_mutes_of_their_own_and_nothing_more(stage: Stage) -> None:
    community = await found_community(stage, stage.them.bob)
    topic = await make_topic(stage, community)
    stage.delivery.events.clear()
    await change(stage, topic, "bob", receive=Receive.QUIET, mute_s=60)
    ((_, notice),) = notices(stage)
    assert (notice.kind, notice.group) == (20, topic.group_id)
    assert (bob_of(stage, topic)[1].receive, bob_of(stage, topic)[1].muted_until) == (Receive.QUIET, NOW + 60)
    assert (bob_of(stage, community)[1].receive, bob_of(stage, community)[1].muted_until) == (Receive.NOTIFY, 0)
    assert await code(stage, topic, "bob", name_card="x") == 10004
    assert await code(stage, topic, "bob", role=Role.ADMIN) == 10007


async def test_of_live_rooms_only_leaders_are_kept(stage: Stage) -> None:
    group = await open_room(stage, stage.them.alice, stage.them.bob)
    await change(stage, group, "alice", "alice", name_card="host")
    await change(stage, group, "bob", "alice", mute_s=60)
    with pytest.raises(TidingsError) as refused:
        await say(stage, group, stage.them.bob)
    assert refused.value.code == 10017
    assert await code(stage, group, "bob", mute_s=0) == 10007
    assert await code(stage, group, "carol", "alice", mute_s=60) == 10007
    assert await code(stage, group, "alice", "alice", receive=Receive.NOTHING) == 10007


async def test_permission_groups_let_members_give_cards_but_appoint_nobody(stage: Stage) -> None:
    manage = 1 << 1
    community = await found_community(stage, stage.them.bob, stage.them.carol, default_permission=manage)
    await change(stage, community, "carol", "bob", name_card="c")
    assert await code(stage, community, "alice", "bob", name_card="a") == 10007
    assert await code(stage, community, "carol", "bob", mute_s=60) == 10007
    assert await code(stage, community, "carol", "bob", role=Role.ADMIN) == 10007


async def test_what_somebody_was_once_gives_no_rights(stage: Stage) -> None:
    them, rules = stage.them, stage.rules.groups
    group = await found(stage, Kind.PUBLIC, them.bob, them.carol)
    bob = place(stage, group, them.bob)
    was = replace(bob, role=Role.OWNER)
    once = By(was, bob.user_id)
    for call in (
        rules.member_info.change(stage.app, group, once, them.carol, NewInfo(role=Role.ADMIN)),
        rules.muting.mute(group, once, [them.carol], 60),
        rules.ownership.hand_over(group, once, them.carol),
        rules.joining.remove(group, [place(stage, group, them.carol)], was, bob.user_id),
        rules.banning.ban(group, was, [them.carol], bob.user_id, 60),
        rules.life.disband(group, was),
    ):
        with pytest.raises(TidingsError) as refused:
            await call
        assert refused.value.code == 10007
    carol = place(stage, group, them.carol)
    assert (carol.role, carol.muted_until, group.owner, group.is_gone) == (Role.MEMBER, 0, them.alice.number, False)


async def test_memory_that_lets_a_member_go_meanwhile_knows_what_it_is_now(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    them = stage.them
    group = await found(stage, Kind.PUBLIC, them.bob, them.carol)
    monkeypatch.setattr(directory, "MEMBERS_KEPT", 1)
    asked = NewInfo(role=Role.ADMIN, mute_s=60)
    for change, account in (
        (stage.rules.groups.member_info.change(stage.app, group, ADMIN, them.bob, asked), them.bob),
        (stage.rules.groups.ownership.hand_over(group, ADMIN, them.bob), them.bob),
    ):
        changing = asyncio.ensure_future(change)
        await asyncio.sleep(0)
        place(stage, group, them.carol)
        place(stage, group, account)
        await changing
        number = account.number
        stored = stage.store.groups.find_members(group.number, [number])[number]
        held = place(stage, group, account)
        assert (held.role, held.muted_until) == (stored.role, stored.muted_until)
    assert held.role is Role.OWNER
