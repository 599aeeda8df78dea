"""What relations mean for sending."""

import pytest

from tests.support.stage import Stage
from tests.unit.domain.test_friends import add
from tidings.domain import barriers as module
from tidings.domain.accounts import Account
from tidings.domain.barriers import Barriers
from tidings.domain.messages import Flag
from tidings.errors import TidingsError
from tidings.ids import AccountNumber


def passes(stage: Stage, sender: Account, receiver: Account) -> int:
    return stage.rules.relations.barriers.flags(sender, receiver, stage.app.settings)


def code(stage: Stage, sender: Account, receiver: Account) -> int:
    try:
        passes(stage, sender, receiver)
    except TidingsError as error:
        return error.code
    return 0


async def test_a_blocked_senders_message_is_kept_from_the_receiver_or_refused(stage: Stage) -> None:
    them, blocks = stage.them, stage.rules.relations.blocks
    assert passes(stage, them.bob, them.alice) == 0
    await blocks.block(them.alice, [them.bob])
    assert passes(stage, them.bob, them.alice) == Flag.DELETED_BY_RECEIVER
    assert (passes(stage, them.alice, them.bob), passes(stage, them.carol, them.alice)) == (0, 0)
    stage.change(blocked_messages="refuse")
    assert code(stage, them.bob, them.alice) == 20007
    await blocks.unblock(them.alice, [them.bob])
    assert passes(stage, them.bob, them.alice) == 0


async def test_where_only_friends_may_write_each_case_has_its_code(stage: Stage) -> None:
    them = stage.them
    stage.change(friends_only=True)
    assert code(stage, them.alice, them.bob) == 20009
    await add(stage, them.alice, them.bob, is_both=False)
    assert (code(stage, them.alice, them.bob), code(stage, them.bob, them.alice)) == (20010, 20011)
    await add(stage, them.bob, them.alice)
    assert (code(stage, them.alice, them.bob), code(stage, them.alice, them.alice)) == (0, 0)
    await stage.rules.relations.friends.delete(them.bob, [them.alice], is_both=True)
    assert code(stage, them.alice, them.bob) == 20009


class Counting:
    """A store that counts what it is asked."""

    def __init__(self, stage: Stage) -> None:
        self.stage, self.asked = stage, 0

    async def blockers(self) -> list[AccountNumber]:
        return await self.stage.store.relation_lists.blockers()

    def standing(self, account: AccountNumber, other: AccountNumber) -> module.Standing:
        self.asked += 1
        return self.stage.store.relation_lists.standing(account, other)


async def test_an_ordinary_send_asks_the_store_nothing_and_a_pair_is_asked_once(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    them = stage.them
    await stage.rules.relations.blocks.block(them.alice, [them.bob])
    store = Counting(stage)
    barriers = Barriers(store)
    await barriers.remember()
    for _ in range(3):
        barriers.flags(them.alice, them.bob, stage.app.settings)
    assert store.asked == 0
    for _ in range(3):
        assert barriers.flags(them.bob, them.alice, stage.app.settings)
    assert store.asked == 1
    monkeypatch.setattr(module, "PAIRS_KEPT", 1)
    barriers.flags(them.carol, them.alice, stage.app.settings)
    assert barriers.flags(them.bob, them.alice, stage.app.settings)
    barriers.forget(them.alice.number)
    assert barriers.flags(them.bob, them.alice, stage.app.settings) == 0
