import pytest

from tidings.command.cursors import after_cursor
from tidings.errors import TidingsError


@pytest.mark.parametrize(("cursor", "after"), [("", 0), ("0", 0), ("17", 17), (17, 17)])
def test_a_cursor_says_where_a_page_goes_on(cursor: str | int, after: int) -> None:
    assert after_cursor(cursor) == after


@pytest.mark.parametrize("cursor", ["x", "-1", -1, "²", "9" * 40, 10**40])
def test_what_no_answer_gave_is_refused_by_its_name(cursor: str | int) -> None:
    with pytest.raises(TidingsError, match=r"Cursor '[^']{1,18}' is none") as refused:
        after_cursor(cursor, "Cursor")
    assert refused.value.code == 10004
