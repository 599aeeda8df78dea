"""Every store: extensions of messages and reactions, at one position with what is told of them."""

from functools import partial

import pytest

from tests.support.stores import NOW, People, message, put
from tidings.domain.events import ExtensionsChanged, MessageReacted
from tidings.domain.extensions import Operation, Pair, PairBook, Update, Updated, apply
from tidings.domain.messages import Message
from tidings.domain.ports import Logged
from tidings.domain.reactions import REACTIONS, Reacted, Reaction
from tidings.errors import TidingsError
from tidings.ids import Position
from tidings.store.sqlite.store import Store


async def change(store: Store, to: Message, operation: Operation, *pairs: Pair) -> Updated:
    rule = partial(apply, update=Update(operation, pairs, is_checked=False))

    def to_log(done: Updated) -> list[Logged]:
        return [Logged(to.receiver, ExtensionsChanged(to.ref, 1, (), done.book.last_seq, done.book.cleared_seq))]

    updated, _ = await store.extensions.update_pairs(to.position, NOW, rule, to_log)
    return updated


async def react(store: Store, to: Message, name: str, *, back: bool = False) -> Position | None:
    def to_log(after: Reacted) -> list[Logged]:
        return [Logged(to.sender, MessageReacted(to.ref, name, after.count, (), is_own=False))]

    act = store.reactions.unreact if back else store.reactions.react
    told = await act(to.position, name, to.receiver, NOW, to_log)
    return None if told is None else told[1]


async def test_pairs_are_paged_by_their_changes(store: Store, them: People) -> None:
    sent = message(them.alice, them.bob)
    await put(store, sent)
    await change(store, sent, Operation.SET, *(Pair(key, "1") for key in "abc"))
    await change(store, sent, Operation.SET, Pair("a", "2"))
    await change(store, sent, Operation.DELETE, Pair("b"))
    book, first = await store.extensions.pairs(sent.position, 0, 2)
    assert (book, first) == (PairBook(5, 0, {}), [Pair("c", "1", 3), Pair("a", "2", 4)])
    assert (await store.extensions.pairs(sent.position, 5, 9))[1] == [Pair("b", "", 5)]


async def test_clearing_takes_all_and_what_comes_after_counts_on(store: Store, them: People) -> None:
    sent = message(them.alice, them.bob)
    await put(store, sent)
    await change(store, sent, Operation.SET, Pair("a", "1"))
    await change(store, sent, Operation.CLEAR)
    await change(store, sent, Operation.SET, Pair("b", "1"))
    assert await store.extensions.pairs(sent.position, 0, 9) == (PairBook(3, 2, {}), [Pair("b", "1", 3)])


async def test_a_change_stands_in_the_log_and_none_does_not(store: Store, them: People) -> None:
    sent = message(them.alice, them.bob)
    await put(store, sent)
    await change(store, sent, Operation.SET, Pair("a", "1"))
    await change(store, sent, Operation.DELETE, Pair("never"))
    assert await react(store, sent, "smile")
    assert await react(store, sent, "smile", back=True)
    assert await react(store, sent, "smile", back=True) is None
    bobs = await store.conversations.log_after(them.bob.number, sent.position, 9, NOW)
    alices = await store.conversations.log_after(them.alice.number, sent.position, 9, NOW)
    assert [(len(page.entries)) for page in (bobs, alices)] == [1, 2]


async def test_a_message_takes_ten_reactions_and_each_once(store: Store, them: People) -> None:
    sent, other = message(them.alice, them.bob), message(them.alice, them.bob)
    await put(store, sent, other)
    for number in range(REACTIONS):
        await react(store, sent, str(number))
    for name, code in (("one more", 23005), ("0", 23007)):
        with pytest.raises(TidingsError) as refused:
            await react(store, sent, name)
        assert refused.value.code == code
    await react(store, other, "one more")
    assert len(await store.reactions.reactions(sent.position, them.bob.number, 1)) == REACTIONS


async def test_who_asks_sees_his_own(store: Store, them: People) -> None:
    sent = message(them.alice, them.bob)
    await put(store, sent)
    await react(store, sent, "smile")
    for viewer, is_own in ((them.bob, True), (them.alice, False)):
        found = await store.reactions.reactions(sent.position, viewer.number, 9)
        assert found == [Reaction("smile", 1, [them.bob.user_id], is_own)]


async def test_all_goes_with_the_message(store: Store, them: People) -> None:
    sent = message(them.alice, them.bob)
    await put(store, sent)
    await change(store, sent, Operation.SET, Pair("a", "1"))
    await react(store, sent, "smile")
    await store.retention.expire({them.alice.app: NOW + 1})
    assert await store.extensions.pairs(sent.position, 0, 9) == (PairBook(), [])
    assert await store.reactions.reactions(sent.position, them.bob.number, 9) == []
