"""The wire forms of searches."""

import msgspec

from tidings_client.wire_search import Search, Searched


def test_a_search_leaves_out_what_it_does_not_narrow() -> None:
    asked = msgspec.to_builtins(Search(keywords=["tea"], match_type="or", count=20))
    assert asked == {"KeywordList": ["tea"], "MatchType": "or", "Count": 20}


def test_a_page_tells_conversations_and_where_it_goes_on() -> None:
    page = msgspec.convert(
        {"ConversationMsgs": [{"UserID": "bob", "Count": 2, "MsgList": []}], "Cursor": "c"}, Searched
    )
    assert [(row.peer, row.count, row.messages) for row in page.rows] == [("bob", 2, [])]
    assert page.cursor == "c"


def test_nothing_found_is_an_empty_page() -> None:
    assert msgspec.convert({}, Searched) == Searched()
