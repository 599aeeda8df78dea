"""Whole numbers that came as text: cursors, header fields, parts of names."""

MAX_DIGITS = 18
"""Any number of so many digits fits the 64 signed bits of the stores."""


def decimal(text: str, digits: int = MAX_DIGITS) -> int | None:
    """Return the number that ASCII digits alone write, with at most `digits` of them; None for any other text."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= digits else None
