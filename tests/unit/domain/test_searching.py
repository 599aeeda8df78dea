"""What fits a search, and how far back it reaches."""

from dataclasses import replace

import pytest

from tests.support.stage import Stage
from tests.support.stores import NOW, message, put
from tidings.domain.searching import SearchQuery, Sought
from tidings.ids import AccountNumber

DAY_S = 86_400


@pytest.mark.parametrize(
    ("sought", "texts", "fits"),
    [
        (Sought(("one",)), ["ONE two"], True),
        (Sought(("one", "six")), ["one", "two"], True),
        (Sought(("one", "six"), needs_all=True), ["one", "two"], False),
        (Sought(("one", "two"), needs_all=True), ["one", "two"], True),
        (Sought(("onetwo",)), ["one", "two"], False),
        (Sought(types=frozenset(["TIMTextElem"])), [], True),
        (Sought(("one",), types=frozenset(["TIMFaceElem"])), ["one"], False),
    ],
)
def test_message_fits_by_its_texts_and_types(sought: Sought, texts: list[str], *, fits: bool) -> None:
    assert sought.fits(["TIMTextElem"], texts) is fits


async def test_search_reaches_back_as_far_as_history_and_counts_as_far_as_the_setting_says(stage: Stage) -> None:
    stage.change(history_days=2, searched_messages=20)
    them = stage.them
    body = b'[{"MsgType":"TIMTextElem","MsgContent":{"Text":"Word"}}]'
    for time in (NOW - 2 * DAY_S - 1, *range(NOW - 30, NOW)):
        await put(stage.store, message(them.bob, them.alice, time, body=body))
    query = SearchQuery(AccountNumber(them.alice.number), Sought(("WORD",)), 100, 0)
    found = await stage.rules.searching.in_conversation(stage.app, replace(query, peer=them.bob.number))
    assert (len(found.messages), found.total, found.is_complete) == (30, 20, True)
    page = await stage.rules.searching.in_all(stage.app, query)
    assert [each.count for each in page.conversations] == [2]
