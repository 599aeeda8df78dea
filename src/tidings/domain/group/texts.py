"""The texts of a group's profile: their lengths, and which of them are looked through (spec/groups.md, section 5)."""

from collections.abc import Mapping

from tidings.domain.apps import App
from tidings.domain.words import Words
from tidings.errors import BAD_SERVICE_REQUEST

TEXT_BYTES = {"name": 100, "introduction": 400, "notification": 400, "face_url": 500}
SCREENED = frozenset({"name", "introduction", "notification"})
CARD_BYTES = 50


def passed(words: Words, app: App, texts: Mapping[str, str]) -> dict[str, str]:
    """Return texts by field as they may stand in a profile, forbidden words masked where the app has them masked.

    Raises 10004 for one that is too long or an empty name, 80001 for a forbidden word.
    """
    return {field: _passed(words, app, field, text) for field, text in texts.items()}


def check_card(name_card: str) -> None:
    """Raise 10004 for a name card that is too long."""
    _check_size("name_card", name_card, CARD_BYTES)


def _passed(words: Words, app: App, field: str, text: str) -> str:
    limit = TEXT_BYTES[field]
    _check_size(field, text, limit)
    if field in SCREENED:
        text = words.screen(app, text)
        _check_size(field, text, limit)  # what stands in a word's place may be longer
    if field == "name" and not text:
        raise BAD_SERVICE_REQUEST(detail="Name is empty")
    return text


def _check_size(field: str, text: str, limit: int) -> None:
    if (size := len(text.encode())) > limit:
        name = field.title().replace("_", "")  # as it is called on the wire
        raise BAD_SERVICE_REQUEST(detail=f"{name} has {size} bytes, at most {limit} are allowed")
