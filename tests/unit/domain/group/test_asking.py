"""Asking to come into groups: who is let in at once, who waits and for whom, and who is refused."""

import asyncio
from collections.abc import Awaitable

import pytest

from tests.support.groups import found, place
from tests.support.joining import notices, told
from tests.support.stage import Stage
from tidings.domain.accounts import Account
from tidings.domain.group.asking import Bounds, Verdict
from tidings.domain.group.groups import Group
from tidings.domain.group.joining import Joined
from tidings.domain.group.kinds import TRAITS, ApplyOption, InviteOption, Kind
from tidings.errors import TidingsError

MANY = Bounds(1000)
CONSENT = Bounds(1000, wants_consent=True)
KINDS = [Kind.WORK, Kind.PUBLIC, Kind.MEETING, Kind.LIVE, Kind.COMMUNITY]
ROLES = ("alice", "bob", "carol")  # owner, admin, member
NO = 10007


def agree(key: str) -> Verdict:
    return Verdict(is_agreed=True, key=key)


def refuse(key: str) -> Verdict:
    return Verdict(is_agreed=False, key=key)


async def code(call: Awaitable[object]) -> int:
    with pytest.raises(TidingsError) as refused:
        await call
    return refused.value.code


async def outcome(call: Awaitable[Joined | dict[object, Joined]]) -> int:
    """Return the wire's number of what became of one account, or the code of the refusal."""
    try:
        result = await call
    except TidingsError as error:
        return error.code
    return result.value if isinstance(result, Joined) else next(iter(result.values())).value


async def newcomer(stage: Stage) -> Account:
    return await stage.rules.accounts.ensure(stage.app.sdk_app_id, "dave")  # type: ignore[arg-type]


async def make(stage: Stage, kind: Kind, **options: object) -> Group:
    """Return a group of alice's with an admin, bob, where there are admins, and a member, carol."""
    admins = (stage.them.bob,) if TRAITS[kind].has_admins else ()
    others = (stage.them.carol,) if admins else (stage.them.bob, stage.them.carol)
    keeps = TRAITS[kind].keeps_members
    group = await found(stage, kind, *(others if keeps else ()), admins=admins if keeps else ())
    for name, value in options.items():
        setattr(group, name, value)
    return group


# What becomes of an application, by the group's option (spec/groups.md, sections 2 and 3).
APPLY = {ApplyOption.FREE: Joined.ADDED, ApplyOption.ASK: Joined.WAITS, ApplyOption.NEVER: NO}


@pytest.mark.parametrize("option", list(ApplyOption))
@pytest.mark.parametrize("kind", KINDS)
async def test_the_option_decides_on_applications(stage: Stage, kind: Kind, option: ApplyOption) -> None:
    group = await make(stage, kind, apply_option=option)
    dave = await newcomer(stage)
    assert await outcome(stage.rules.groups.asking.apply(group, dave, "", 1000)) == APPLY[option]


@pytest.mark.parametrize(
    ("kind", "becomes"),
    [(Kind.WORK, NO), (Kind.PUBLIC, 3), (Kind.MEETING, 1), (Kind.LIVE, 1), (Kind.COMMUNITY, 1)],
)
async def test_each_kind_has_its_way_in(stage: Stage, kind: Kind, becomes: int) -> None:
    group = await make(stage, kind)
    assert await outcome(stage.rules.groups.asking.apply(group, await newcomer(stage), "", 1000)) == becomes


# What becomes of an invitation by owner, admin and member.
INVITE = {InviteOption.FREE: (1, 1, 1), InviteOption.ASK: (1, 1, 3), InviteOption.NEVER: (NO, NO, NO)}


@pytest.mark.parametrize("role", range(3))
@pytest.mark.parametrize("option", list(InviteOption))
@pytest.mark.parametrize("kind", [Kind.WORK, Kind.PUBLIC, Kind.MEETING, Kind.COMMUNITY])
async def test_option_and_role_decide_on_invitations(stage: Stage, kind: Kind, option: InviteOption, role: int) -> None:
    group = await make(stage, kind, invite_option=option)
    inviter = place(stage, group, getattr(stage.them, ROLES[role]))
    expected = INVITE[option][role]
    if kind is Kind.COMMUNITY and option is not InviteOption.NEVER:
        expected = 1
    elif kind is Kind.WORK and option is InviteOption.ASK and role == 1:
        expected = 3  # there are no admins
    dave = await newcomer(stage)
    assert await outcome(stage.rules.groups.asking.invite(group, inviter, [dave], MANY)) == expected  # type: ignore[arg-type]


async def test_nobody_is_invited_into_a_live_room(stage: Stage) -> None:
    group = await make(stage, Kind.LIVE, invite_option=InviteOption.FREE)
    asking = stage.rules.groups.asking
    assert await asking.apply(group, stage.them.carol, "", 1000) is Joined.ADDED
    assert await asking.apply(group, stage.them.carol, "", 1000) is Joined.WAS_IN
    carol = place(stage, group, stage.them.carol)
    assert await code(asking.invite(group, carol, [stage.them.bob], MANY)) == NO


@pytest.mark.parametrize("is_agreed", [True, False])
async def test_owner_and_admins_decide_on_applications_and_the_first_answer_counts(
    stage: Stage, *, is_agreed: bool
) -> None:
    them, asking = stage.them, stage.rules.groups.asking
    group = await found(stage, Kind.PUBLIC, admins=(them.bob,))
    assert await asking.apply(group, them.carol, "let me in", 1000) is Joined.WAITS
    (first, asked), (second, _) = notices(stage)
    assert ([first, second], asked.kind, asked.operator_id, asked.wording) == (
        ["alice", "bob"],
        1,
        "carol",
        "let me in",
    )
    verdict = Verdict(is_agreed, asked.key, "because")
    bob, alice = place(stage, group, them.bob), place(stage, group, them.alice)
    await asking.decide(group, bob, (them.carol, None), verdict, MANY)
    ((name, answer),) = notices(stage)
    assert (name, answer.kind, answer.operator_id, answer.wording) == ("carol", 2 if is_agreed else 3, "bob", "because")
    assert (stage.rules.groups.directory.member(group, them.carol.number) is not None) is is_agreed
    assert await code(asking.decide(group, alice, (them.carol, None), verdict, MANY)) == 10024


async def test_answers_need_the_right_and_the_key(stage: Stage) -> None:
    them, asking = stage.them, stage.rules.groups.asking
    group = await found(stage, Kind.PUBLIC, them.bob)
    await asking.apply(group, them.carol, "", 1000)
    key = notices(stage)[0][1].key
    alice, bob = place(stage, group, them.alice), place(stage, group, them.bob)
    assert await code(asking.decide(group, bob, (them.carol, None), agree(key), MANY)) == NO
    assert await code(asking.decide(group, alice, (them.carol, None), agree(key + "0"), MANY)) == 10004
    assert await code(asking.decide(group, alice, (them.bob, None), agree(key), MANY)) == 10024
    assert stage.rules.groups.directory.member(group, them.carol.number) is None


async def test_who_asks_again_before_an_answer_changes_the_words_only(stage: Stage) -> None:
    them, asking = stage.them, stage.rules.groups.asking
    group = await found(stage)
    await asking.apply(group, them.bob, "please", 1000)
    await asking.apply(group, them.bob, "pretty please", 1000)
    first, second = (notice for _, notice in notices(stage))
    assert (first.key, second.wording) == (second.key, "pretty please")
    (row,) = await asking.page(them.alice, 0, 10, is_community=False)  # type: ignore[arg-type]
    assert (row.request.wording, row.asker_id, row.account_id) == ("pretty please", "bob", "bob")
    alice = place(stage, group, them.alice)
    await asking.decide(group, alice, (them.bob, None), refuse(first.key), MANY)
    await asking.apply(group, them.bob, "and now?", 1000)
    assert notices(stage)[-1][1].key != first.key


async def test_checks_come_in_their_order(stage: Stage) -> None:
    them, groups = stage.them, stage.rules.groups
    group = await found(stage, Kind.PUBLIC, them.bob)
    group.max_members = 2
    assert await code(groups.asking.apply(group, them.bob, "", 0)) == 10013
    assert await code(groups.asking.apply(group, them.carol, "", 0)) == 10014
    group.max_members = 3
    assert await code(groups.asking.apply(group, them.carol, "", 0)) == 10037
    group.apply_option = ApplyOption.NEVER
    assert await code(groups.asking.apply(group, them.carol, "", 0)) == NO
    await groups.banning.ban(group, None, [them.bob, them.carol], them.alice.user_id, 60)
    group.apply_option = ApplyOption.FREE
    assert await code(groups.asking.apply(group, them.bob, "", 1000)) == NO
    stage.clock.step(61)
    assert await groups.asking.apply(group, them.bob, "", 1000) is Joined.ADDED


async def test_a_full_group_keeps_the_request_for_later(stage: Stage) -> None:
    them, asking = stage.them, stage.rules.groups.asking
    group = await found(stage)
    await asking.apply(group, them.bob, "", 1000)
    key = notices(stage)[0][1].key
    group.max_members = 1
    alice = place(stage, group, them.alice)
    assert await code(asking.decide(group, alice, (them.bob, None), agree(key), MANY)) == 10014
    group.max_members = 2
    await asking.decide(group, alice, (them.bob, None), agree(key), MANY)
    assert group.member_count == 2


async def test_owner_and_admins_decide_on_what_members_ask_for(stage: Stage) -> None:
    them, asking = stage.them, stage.rules.groups.asking
    group = await found(stage, Kind.PUBLIC, them.bob)
    group.invite_option = InviteOption.ASK
    alice, bob = place(stage, group, them.alice), place(stage, group, them.bob)
    assert await asking.invite(group, bob, [them.carol, them.alice], MANY) == {
        them.carol.user_id: Joined.WAITS,
        them.alice.user_id: Joined.WAS_IN,
    }
    ((name, asked),) = notices(stage)
    assert (name, asked.kind, asked.operator_id, asked.user_ids) == ("alice", 24, "bob", ("carol",))
    assert await asking.count_open(them.alice, is_community=False) == 1
    await asking.decide(group, alice, (them.carol, them.bob), agree(asked.key), MANY)
    assert told(stage) == [("carol", 7), ("bob", 2)]
    assert await asking.count_open(them.alice, is_community=False) == 0
    assert group.member_count == 3


@pytest.mark.parametrize("is_agreed", [True, False])
async def test_where_consent_is_wanted_the_invited_decide_last(stage: Stage, *, is_agreed: bool) -> None:
    them, asking = stage.them, stage.rules.groups.asking
    group = await found(stage, Kind.PUBLIC, them.bob)
    group.invite_option = InviteOption.ASK
    alice, bob = place(stage, group, them.alice), place(stage, group, them.bob)
    await asking.invite(group, bob, [them.carol], CONSENT)
    asked = notices(stage)[0][1]
    await asking.decide(group, alice, (them.carol, them.bob), agree(asked.key), CONSENT)
    ((name, wanted),) = notices(stage)
    assert (name, wanted.kind, wanted.operator_id) == ("carol", 12, "bob")
    assert asking.is_invited(group, them.carol, them.bob)
    assert await asking.count_open(them.carol, is_community=False) == 1
    await asking.consent(group, them.carol, them.bob, Verdict(is_agreed, wanted.key), CONSENT)
    assert told(stage) == ([("carol", 7), ("bob", 13)] if is_agreed else [("bob", 14)])
    assert group.member_count == 2 + is_agreed
    again = asking.consent(group, them.carol, them.bob, Verdict(is_agreed, wanted.key), CONSENT)
    assert await code(again) == 10024


async def test_of_two_who_answer_at_once_one_is_heard(stage: Stage) -> None:
    them, asking = stage.them, stage.rules.groups.asking
    group = await found(stage, Kind.PUBLIC, admins=(them.bob,))
    await asking.apply(group, them.carol, "", 1000)
    key = notices(stage)[0][1].key
    answers = [
        asking.decide(group, place(stage, group, each), (them.carol, None), Verdict(is_agreed, key), MANY)
        for each, is_agreed in ((them.alice, True), (them.bob, False))
    ]
    results = await asyncio.gather(*answers, return_exceptions=True)
    assert [result.code for result in results if isinstance(result, TidingsError)] == [10024]
    assert (group.member_count, told(stage)) == (3, [("carol", 2)])


async def test_who_comes_in_another_way_has_asked_for_nothing_any_more(stage: Stage) -> None:
    them, asking = stage.them, stage.rules.groups.asking
    group = await found(stage)
    await asking.apply(group, them.bob, "", 1000)
    await stage.rules.groups.joining.add(group, [them.bob], None)
    assert await asking.count_open(them.alice, is_community=False) == 0
    assert told(stage) == [("alice", 1), ("bob", 7)]


async def test_who_comes_too_late_for_its_turn_is_refused(stage: Stage) -> None:
    them, groups = stage.them, stage.rules.groups
    group = await found(stage, Kind.PUBLIC, admins=(them.bob,))
    await groups.asking.apply(group, them.carol, "", 1000)
    key, bob = notices(stage)[0][1].key, place(stage, group, them.bob)
    kick = groups.joining.remove(group, [bob], place(stage, group, them.alice), them.alice.user_id)
    decide = groups.asking.decide(group, bob, (them.carol, None), agree(key), MANY)
    _, refused = await asyncio.gather(kick, decide, return_exceptions=True)
    assert isinstance(refused, TidingsError)
    assert refused.code == NO
    group.apply_option = ApplyOption.FREE
    end, late = groups.life.disband(group, None), groups.asking.apply(group, them.carol, "", 1000)
    _, outcome_late = await asyncio.gather(end, late, return_exceptions=True)
    assert isinstance(outcome_late, TidingsError)
    assert outcome_late.code == 10010
