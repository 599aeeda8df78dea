"""Rules of reactions: once for each user and name, room for some, and who is told (domain/reactions.py)."""

import pytest

from tests.support.delivery import Recorder
from tests.support.stores import People, message, put
from tidings.domain.accounts import Account
from tidings.domain.events import MessageReacted
from tidings.domain.messages import Flag, Message
from tidings.domain.reactions import REACTIONS, USERS, Reaction, Reactions, Wish, check_room
from tidings.errors import TidingsError
from tidings.ids import InstanceId
from tidings.store.sqlite.store import Store

HERE = InstanceId(7)


@pytest.fixture
def reactions(store: Store, delivery: Recorder) -> Reactions:
    return Reactions(store.reactions, store.messages, delivery)


@pytest.fixture
async def sent(store: Store, them: People) -> Message:
    made = message(them.alice, them.bob)
    await put(store, made)
    return made


def wish(by: Account, them: People, to: Message, name: str = "smile") -> Wish:
    return Wish(by, them.alice, them.bob, to.key, name)


async def test_each_side_is_told_and_whether_the_reaction_is_its_own(
    reactions: Reactions, them: People, sent: Message, delivery: Recorder
) -> None:
    await reactions.add(wish(them.bob, them, sent), HERE)
    told = {account: event for account, event, _ in delivery.events}
    names = (them.bob.user_id,)
    assert told == {
        them.alice.number: MessageReacted(sent.ref, "smile", 1, names, is_own=False),
        them.bob.number: MessageReacted(sent.ref, "smile", 1, names, is_own=True),
    }


async def test_a_reaction_is_added_once_and_taken_back_in_peace(
    reactions: Reactions, them: People, sent: Message, delivery: Recorder
) -> None:
    await reactions.add(wish(them.bob, them, sent), HERE)
    with pytest.raises(TidingsError) as refused:
        await reactions.add(wish(them.bob, them, sent), HERE)
    assert refused.value.code == 23007
    for _ in range(2):
        await reactions.remove(wish(them.bob, them, sent), HERE)
    assert await reactions.of(them.bob, (them.alice, them.bob), sent.key, 10) == []
    assert len(delivery.events) == 4


async def test_reactions_are_listed_with_the_first_users(reactions: Reactions, them: People, sent: Message) -> None:
    for by, name in ((them.bob, "smile"), (them.alice, "tea"), (them.alice, "smile")):
        await reactions.add(wish(by, them, sent, name), HERE)
    bob, alice = them.bob.user_id, them.alice.user_id
    assert await reactions.of(them.bob, (them.alice, them.bob), sent.key, 1) == [
        Reaction("smile", 2, [bob], is_own=True),
        Reaction("tea", 1, [alice], is_own=False),
    ]
    first = await reactions.reacting((them.bob, them.alice), sent.key, "smile", 0, 1)
    last = await reactions.reacting((them.bob, them.alice), sent.key, "smile", first.next, 1)
    assert (first.user_ids, last.user_ids, last.next) == ([bob], [alice], 0)


async def test_what_was_recalled_takes_no_reaction(store: Store, reactions: Reactions, them: People) -> None:
    gone = message(them.alice, them.bob, flags=Flag.RECALLED)
    await put(store, gone)
    for act in (reactions.add, reactions.remove):
        with pytest.raises(TidingsError) as refused:
            await act(wish(them.bob, them, gone), HERE)
        assert refused.value.code == 23004


@pytest.mark.parametrize(
    ("names", "users", "is_new", "is_there", "code"),
    [
        (REACTIONS, 0, True, False, 23005),
        (REACTIONS, USERS - 1, False, False, 0),
        (1, USERS, False, False, 23006),
        (1, 1, False, True, 23007),
        (REACTIONS - 1, 0, True, False, 0),
    ],
)
def test_there_is_room_for_so_many(names: int, users: int, *, is_new: bool, is_there: bool, code: int) -> None:
    found = 0
    try:
        check_room(names, users, is_new=is_new, is_there=is_there)
    except TidingsError as refused:
        found = refused.code
    assert found == code
