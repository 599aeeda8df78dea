"""Tokens of messages and of what is sought."""

from tidings.domain.searching import Sought
from tidings.ids import AccountNumber
from tidings.store.sqlite.tokens import to_expression, to_tokens

CONVERSATION = 3 << 32 | 5


def test_a_message_has_its_place_and_its_letters_alone_and_in_pairs() -> None:
    tokens = to_tokens(CONVERSATION, 5, ["TIMTextElem"], ["你好", "Ab"]).split()
    assert len(tokens) == len(set(tokens))
    assert set(tokens) == {
        *("a3", "a5", f"c{CONVERSATION}", "s5", "tTIMTextElem"),
        *("1你", "1好", "2你好", "1a", "1b", "2ab"),
    }


def test_letters_that_the_tokenizer_would_split_at_are_moved() -> None:
    tokens = to_tokens(CONVERSATION, 5, ["T.x"], ['a" b'])
    assert all(letter.isalnum() or ord(letter) > 127 for letter in tokens.replace(" ", ""))


def test_an_expression_asks_for_the_tokens_that_such_a_message_has() -> None:
    sought = Sought(("abc", "d"), types=frozenset(["T"]), senders=frozenset([AccountNumber(5)]))
    assert to_expression(sought, "a3") == '("a3") AND (("2ab" AND "2bc") OR ("1d")) AND ("tT") AND ("s5")'
    assert to_expression(Sought(("d",)), "c9") == '("c9") AND (("1d"))'
