"""Owners: one at a time, for the group and for its members, whoever asks and whatever fails."""

import asyncio

import pytest

from tests.support.groups import ADMIN, found, found_community, make_topic, place, say
from tests.support.joining import told
from tests.support.stage import Stage
from tidings.domain.accounts import Account
from tidings.domain.group.groups import NOBODY, Group
from tidings.domain.group.kinds import Kind, Role
from tidings.domain.group.topics import By
from tidings.errors import TidingsError


def by(stage: Stage, group: Group, account: Account) -> By:
    member = place(stage, group, account)
    return By(member, member.user_id)


async def code(stage: Stage, group: Group, asks: By, account: Account) -> int:
    with pytest.raises(TidingsError) as refused:
        await stage.rules.groups.ownership.hand_over(group, asks, account)
    return refused.value.code


def stored_roles(stage: Stage, group: Group) -> dict[str, Role]:
    numbers = [account.number for account in (stage.them.alice, stage.them.bob, stage.them.carol)]
    return {m.user_id: m.role for m in stage.store.groups.find_members(group.number, numbers).values()}


@pytest.mark.parametrize("kind", [Kind.WORK, Kind.PUBLIC, Kind.MEETING, Kind.COMMUNITY])
async def test_a_new_owner_takes_the_place_of_the_old_one(stage: Stage, kind: Kind) -> None:
    them = stage.them
    group = await found(stage, kind, them.bob)
    await say(stage, group, them.bob)
    before, seq = group.info_seq, group.last_seq
    await stage.rules.groups.ownership.hand_over(group, by(stage, group, them.alice), them.bob)
    assert (group.owner, place(stage, group, them.bob).role) == (them.bob.number, Role.OWNER)
    assert place(stage, group, them.alice).role is Role.MEMBER
    stored = stage.store.groups.find_group(group.app, group.group_id)
    assert stored is not None
    assert (stored.owner, stored.info_seq, group.info_seq) == (them.bob.number, before + 1, before + 1)
    assert stored_roles(stage, group) == {"alice": Role.MEMBER, "bob": Role.OWNER}
    ((_, message, _),) = stage.rooms.messages[1:]
    assert b'"OpType":6' in message.body
    assert b'"MsgGroupNewInfo":{"Owner_Account":"bob"}' in message.body
    assert (message.seq, told(stage)) == (seq + 1, [])


async def test_a_group_without_an_owner_gets_one_from_app_servers(stage: Stage) -> None:
    them = stage.them
    group = await found(stage, Kind.WORK, them.bob)
    await stage.rules.groups.joining.quit(group, place(stage, group, them.alice))
    assert group.owner == NOBODY
    await stage.rules.groups.ownership.hand_over(group, ADMIN, them.bob)
    assert (group.owner, stored_roles(stage, group)) == (them.bob.number, {"bob": Role.OWNER})
    assert stage.rooms.messages == []  # nobody has used the group yet


async def test_to_hand_over_to_the_owner_changes_nothing(stage: Stage) -> None:
    group = await found(stage)
    before = group.info_seq
    await stage.rules.groups.ownership.hand_over(group, ADMIN, stage.them.alice)
    assert (group.info_seq, stage.rooms.messages) == (before, [])


async def test_only_the_owner_hands_over_and_only_to_members(stage: Stage) -> None:
    them = stage.them
    group = await found(stage, admins=(them.bob,))
    assert await code(stage, group, by(stage, group, them.bob), them.bob) == 10007
    assert await code(stage, group, by(stage, group, them.alice), them.carol) == 10007
    assert await code(stage, group, ADMIN, them.carol) == 10007
    assert await code(stage, await found(stage, Kind.LIVE), ADMIN, them.alice) == 10007
    topic = await make_topic(stage, await found_community(stage, them.bob))
    assert await code(stage, topic, ADMIN, them.bob) == 10007
    assert stored_roles(stage, group) == {"alice": Role.OWNER, "bob": Role.ADMIN}


async def test_of_two_who_are_to_own_it_the_first_keeps_it(stage: Stage) -> None:
    them, ownership = stage.them, stage.rules.groups.ownership
    group = await found(stage, Kind.PUBLIC, them.bob, them.carol)
    alice = by(stage, group, them.alice)
    outcome = await asyncio.gather(
        *(ownership.hand_over(group, alice, account) for account in (them.bob, them.carol)), return_exceptions=True
    )
    assert [getattr(each, "code", 0) for each in outcome] == [0, 10007]
    assert stored_roles(stage, group) == {"alice": Role.MEMBER, "bob": Role.OWNER, "carol": Role.MEMBER}
