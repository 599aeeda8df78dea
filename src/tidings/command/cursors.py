"""Where a page of groups, members or readers goes on, as its request says it."""

from tidings.decimals import MAX_DIGITS, decimal
from tidings.errors import BAD_SERVICE_REQUEST


def after_cursor(cursor: str | int, name: str = "Next") -> int:
    """Return the position that the member `name` of a request gives; 0 if it is empty: from the beginning.

    Raises 10004 for what no answer gave.
    """
    text = str(cursor)
    after = decimal(text or "0")
    if after is None:
        raise BAD_SERVICE_REQUEST(detail=f"{name} {text[:MAX_DIGITS]!r} is none that an answer gave")
    return after
