"""Friend requests: answered once, seen, deleted."""

import pytest

from tests.support.stage import Stage
from tests.unit.domain.test_friends import add, codes, names, told
from tidings.domain import friends as module
from tidings.domain.friend_requests import Answer, Reply
from tidings.domain.relation_lists import RequestQuery


@pytest.fixture
async def asked(stage: Stage) -> Stage:
    stage.change(allow_type="confirm")
    assert await add(stage, stage.them.alice, stage.them.bob) == [30539]
    return stage


async def reply(stage: Stage, kind: Reply) -> list[int]:
    answer = Answer(stage.them.alice, kind, "boss", "Team")
    return codes(await stage.rules.relations.requests.answer(stage.app, stage.them.bob, [answer]))


@pytest.mark.parametrize(
    ("kind", "alices", "bobs"),
    [(Reply.AGREE, ["bob"], []), (Reply.AGREE_AND_ADD, ["bob"], ["alice"]), (Reply.REJECT, [], [])],
)
async def test_an_answer_does_what_it_says_and_ends_the_request(
    asked: Stage, kind: Reply, alices: list[str], bobs: list[str]
) -> None:
    assert await reply(asked, kind) == [0]
    assert (await names(asked, asked.them.alice), await names(asked, asked.them.bob)) == (alices, bobs)
    assert await reply(asked, kind) == [30614]
    assert all(told(asked, each)[-1].ended_requests for each in (asked.them.alice, asked.them.bob))


async def test_each_side_keeps_its_own_remark_and_group(asked: Stage) -> None:
    await reply(asked, Reply.AGREE_AND_ADD)
    lists, them = asked.rules.relations.lists, asked.them
    own = (await lists.entries(them.alice.number, [them.bob.number]))[them.bob.number]
    theirs = (await lists.entries(them.bob.number, [them.alice.number]))[them.alice.number]
    assert [(each.remark, each.groups) for each in (own, theirs)] == [("r-bob", ("Choir",)), ("boss", ("Team",))]


async def test_a_list_that_is_full_by_now_leaves_the_request_open_and_nothing_half(asked: Stage) -> None:
    await add(asked, asked.them.alice, asked.them.carol, is_forced=True)
    asked.change(friends=1, allow_type="confirm")
    assert await reply(asked, Reply.AGREE_AND_ADD) == [30014]
    assert await names(asked, asked.them.bob) == []
    asked.change(allow_type="confirm")
    assert await reply(asked, Reply.AGREE_AND_ADD) == [0]


async def test_asking_again_is_one_request_and_seen_ones_count_no_more(asked: Stage) -> None:
    bob, lists = asked.them.bob, asked.rules.relations.lists
    await add(asked, asked.them.alice, bob)
    rows = await lists.requests(bob.number, RequestQuery(received=True, sent=True, before=0, limit=9))
    assert [(row.person.user_id, row.is_own, row.request.wording) for row in rows] == [("alice", False, "hi")]
    assert await lists.unread_requests(bob.number) == 1
    now = int(asked.clock.now())
    await asked.rules.relations.requests.report(bob, now - 1)
    assert await lists.unread_requests(bob.number) == 1
    await asked.rules.relations.requests.report(bob, now)
    assert (await lists.unread_requests(bob.number), told(asked, bob)[-1].read_until) == (0, now)


async def test_requests_are_deleted_by_either_side(asked: Stage) -> None:
    rules, them = asked.rules.relations.requests, asked.them
    assert codes(await rules.delete(them.alice, [them.bob], received=True, sent=False)) == [31804]
    assert codes(await rules.delete(them.alice, [them.bob], received=False, sent=True)) == [0]
    assert await reply(asked, Reply.AGREE) == [30614]


async def test_so_many_unseen_requests_wait_for_one_user(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "UNREAD_REQUESTS", 1)
    stage.change(allow_type="confirm")
    assert await add(stage, stage.them.alice, stage.them.bob) == [30539]
    assert await add(stage, stage.them.carol, stage.them.bob) == [30012]
    assert await add(stage, stage.them.alice, stage.them.bob) == [30539]
