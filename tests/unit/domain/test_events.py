"""Events: each kind that is kept survives the account's log unchanged."""

from typing import get_args

import pytest

from tests.support.kept_events import LIST_EVENTS
from tests.support.stores import NOW, People, message, put
from tidings.domain.events import (
    AllReadElsewhere,
    KeptEvent,
    MessageModified,
    MessageRecalled,
    ReadByPeer,
    ReadElsewhere,
    ReceiptGiven,
)
from tidings.domain.messages import Message
from tidings.domain.ports import Logged
from tidings.ids import UserId
from tidings.store.sqlite.store import Store

BOB = UserId("bob")


def _event(kind: type[KeptEvent], about: Message) -> KeptEvent:
    made: tuple[KeptEvent, ...] = (
        MessageRecalled(about.ref, BOB, "why"),
        MessageModified(about.ref, 3, b'["\xc3\xa9"]', "c\x00"),
        ReadByPeer(BOB, NOW),
        ReadElsewhere(BOB, NOW),
        AllReadElsewhere(NOW),
        ReceiptGiven(BOB, NOW, (about.ref, about.ref)),
        *LIST_EVENTS,
    )
    return next(event for event in made if isinstance(event, kind))


@pytest.mark.parametrize("kind", get_args(KeptEvent), ids=lambda kind: kind.__name__)
async def test_a_kept_event_comes_back_from_the_log_as_it_was(
    store: Store, them: People, kind: type[KeptEvent]
) -> None:
    sent = message(them.alice, them.bob)
    await put(store, sent)
    event = _event(kind, sent)
    position = await store.messages.recall(sent, [Logged(them.alice.number, event)])
    page = await store.conversations.log_after(them.alice.number, sent.position, 9, NOW)
    assert page.entries == [(position, event)]
