import pytest

from tidings.decimals import MAX_DIGITS, decimal


@pytest.mark.parametrize(("text", "number"), [("0", 0), ("17", 17), ("007", 7), ("9" * MAX_DIGITS, 10**MAX_DIGITS - 1)])
def test_digits_are_a_number(text: str, number: int) -> None:
    assert decimal(text) == number


@pytest.mark.parametrize("text", ["", "-1", "+1", " 1", "1 ", "1.0", "1_0", "²", "٣", "x", "9" * (MAX_DIGITS + 1)])
def test_any_other_text_is_none(text: str) -> None:
    assert decimal(text) is None


def test_the_caller_says_how_many_digits_there_may_be() -> None:
    assert (decimal("123", digits=3), decimal("1234", digits=3)) == (123, None)
