"""Texts as they are compared: letters of either case are the same."""


def fold(text: str) -> str:
    """Return a text in the form that is compared; some letters become two."""
    return text if text.isascii() and text.islower() else text.casefold()


class Places:
    """Leads from places in a folded text, in UTF-8, back to places in the text itself."""

    def __init__(self, text: str, folded: str, encoded: bytes) -> None:
        """Work on a text, the text folded, and that in UTF-8."""
        self._encoded = encoded
        # No letter becomes shorter, so texts of one length are folded letter by letter.
        self._origins = None if len(folded) == len(text) else _origins(text)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where bytes from `start` to before `end` stand in the text; half a letter counts as whole."""
        first = len(self._encoded[:start].decode())
        last = first + len(self._encoded[start:end].decode()) - 1
        if self._origins is None:
            return first, last + 1
        return self._origins[first], self._origins[last] + 1


def _origins(text: str) -> list[int]:
    """Return for each letter of the folded text which letter of the text it comes from."""
    return [place for place, letter in enumerate(text) for _ in fold(letter)]
