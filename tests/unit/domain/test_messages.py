"""Messages: their keys, their conversations, and which flags mean what."""

import pytest

from tests.support.stores import NOW, People, message
from tests.support.usersigs import raises_fault
from tidings.domain.events import MessageRef
from tidings.domain.messages import (
    HISTORY_IMPORT,
    MAX_KEY_LENGTH,
    NOT_COUNTED,
    Flag,
    MessageKey,
    parse_key,
    to_conversation,
)
from tidings.errors import BAD_MESSAGE_KEY, TidingsError
from tidings.ids import UINT32, AccountNumber

FLAGS = {name: value for name, value in vars(Flag).items() if name.isupper()}


@pytest.mark.parametrize("key", [MessageKey(5, 6, NOW), MessageKey(0, 0, 0), MessageKey(UINT32, UINT32, UINT32)])
def test_a_key_is_read_as_it_was_written(key: MessageKey) -> None:
    assert parse_key(str(key)) == key


def test_a_key_is_written_seq_random_time() -> None:
    assert str(MessageKey(5, 6, 7)) == "5_6_7"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "5_6",
        "5_6_7_8",
        "5__7",
        "a_6_7",
        "-5_6_7",
        "+5_6_7",
        "5_6_7 ",
        " 5_6_7",
        "\u0665_6_7",
        f"{UINT32 + 1}_6_7",
        "5.0_6_7",
    ],
)
def test_what_is_no_key_is_refused(text: str) -> None:
    with raises_fault(BAD_MESSAGE_KEY, repr(text)):
        parse_key(text)


def test_a_long_text_is_refused_and_not_repeated_whole() -> None:
    with pytest.raises(TidingsError) as caught:
        parse_key("0" * 10_000 + "_6_7")
    assert caught.value.code == BAD_MESSAGE_KEY.code
    assert "0" * (MAX_KEY_LENGTH + 1) not in caught.value.info


@pytest.mark.parametrize("pair", [(1, 2), (7, 7), (1, UINT32), (UINT32, UINT32 - 1)])
def test_a_conversation_is_the_same_for_both_sides(pair: tuple[int, int]) -> None:
    one, other = map(AccountNumber, pair)
    assert to_conversation(one, other) == to_conversation(other, one)


def test_no_two_pairs_share_a_conversation() -> None:
    numbers = [AccountNumber(number) for number in (1, 2, 3, UINT32 - 1, UINT32)]
    pairs = {frozenset((one, other)) for one in numbers for other in numbers}
    assert len({to_conversation(min(pair), max(pair)) for pair in pairs}) == len(pairs)


def test_a_conversation_fits_the_database() -> None:
    assert to_conversation(AccountNumber(2**31 - 1), AccountNumber(UINT32)) < 1 << 63


def test_each_flag_has_a_bit_of_its_own_and_recalled_the_one_that_clients_know() -> None:
    assert sorted(FLAGS.values()) == [1 << number for number in range(len(FLAGS))]
    assert Flag.RECALLED == 8


def test_a_history_import_is_not_counted_and_a_live_one_is() -> None:
    assert HISTORY_IMPORT & NOT_COUNTED
    assert not Flag.IMPORTED & NOT_COUNTED


async def test_a_message_says_what_clients_know_it_by(them: People) -> None:
    sent = message(them.alice, them.bob, seq=5, random=6, client_time=NOW - 1)
    assert sent.key == MessageKey(5, 6, NOW)
    assert sent.conversation == to_conversation(them.bob.number, them.alice.number)
    assert sent.ref == MessageRef(them.alice.number, them.alice.user_id, them.bob.user_id, 5, 6, NOW, NOW - 1)
