"""What the search index knows of a message: who, where, and which letters stand side by side.

Every letter is a token, and so is every pair of neighbours; a text that contains a keyword therefore has
all tokens of the keyword, in any language, with no dictionary. The converse does not hold, so whoever finds
a message by its tokens looks into its texts as well.
"""

from collections.abc import Iterable
from itertools import pairwise

from tidings.domain.folding import fold
from tidings.domain.searching import Sought

# FTS5's tokenizer splits at ASCII that is neither letter nor digit: such letters move to the private use area.
_PRIVATE = 0xE000
_MOVED = {code: _PRIVATE + code for code in range(128) if not chr(code).isalnum()}
_LOW = 0xFFFFFFFF


def to_tokens(conversation: int, sender: int, types: Iterable[str], texts: Iterable[str]) -> str:
    """Return the tokens of a message, each once."""
    tokens = {
        f"a{conversation >> 32}",
        f"a{conversation & _LOW}",
        f"c{conversation}",
        f"s{sender}",
        *(f"t{kind.translate(_MOVED)}" for kind in types),
    }
    for text in texts:
        letters = fold(text).translate(_MOVED)
        tokens.update(f"1{letter}" for letter in letters)
        tokens.update(f"2{one}{other}" for one, other in pairwise(letters))
    return " ".join(tokens)


def to_expression(sought: Sought, place: str) -> str:
    """Return the index's query for what is sought; `place` is `a` or `c` and the number of one or the other."""
    parts = [_quoted(place)]
    if sought.keywords:
        joint = " AND " if sought.needs_all else " OR "
        parts.append(joint.join(f"({_of_keyword(keyword)})" for keyword in sought.keywords))
    if sought.types:
        parts.append(" OR ".join(sorted(_quoted(f"t{kind.translate(_MOVED)}") for kind in sought.types)))
    if sought.senders:
        parts.append(" OR ".join(_quoted(f"s{sender}") for sender in sorted(sought.senders)))
    return " AND ".join(f"({part})" for part in parts)


def _of_keyword(keyword: str) -> str:
    """Return what a text has that contains a folded keyword: its pairs, or its letter if it is one."""
    letters = keyword.translate(_MOVED)
    if len(letters) == 1:
        return _quoted(f"1{letters}")
    return " AND ".join(dict.fromkeys(_quoted(f"2{one}{other}") for one, other in pairwise(letters)))


def _quoted(token: str) -> str:
    return f'"{token}"'
