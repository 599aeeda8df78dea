"""An app's forbidden words, made ready to look for all of them at once."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple, Protocol

import re2
from ahocorasick_rs import BytesAhoCorasick

from tidings.domain.folding import Places, fold
from tidings.errors import TEXT_REFUSED

MASK = "*"


class WordKind(IntEnum):
    """What a word is."""

    WORD = 1
    EXPRESSION = 2


class Effect(IntEnum):
    """What a hit does; AS_SET: what the app's setting `word_filter` says."""

    AS_SET = 0
    REPLACE = 1
    REFUSE = 2


class Match(Protocol):
    """Where an expression was found."""

    def start(self) -> int:
        """Return where it begins."""
        ...

    def end(self) -> int:
        """Return where it has ended."""
        ...


class Expression(Protocol):
    """A compiled expression."""

    def finditer(self, text: str) -> Iterator[Match]:
        """Find it wherever it is."""
        ...


@dataclass(frozen=True, slots=True)
class Word:
    """A forbidden word, or an expression that finds some.

    `replacement` stands in its place where the effect is REPLACE. `number` and `changed_at` (unix
    seconds) are given by the store.
    """

    text: str
    kind: WordKind = WordKind.WORD
    effect: Effect = Effect.AS_SET
    replacement: str = ""
    number: int = 0
    changed_at: int = 0

    @property
    def key(self) -> tuple[WordKind, str]:
        """Return what tells it from the app's other words."""
        return self.kind, fold(self.text) if self.kind is WordKind.WORD else self.text


class Hit(NamedTuple):
    """Where a word stands in a text."""

    start: int
    end: int
    word: Word


class WordFilter:
    """Words of one app; nothing changes in it once it is made.

    Plain words are found in one pass over the text, however many they are, and each expression in
    one of its own, in a time that grows with the text alone.
    """

    def __init__(self, words: Sequence[Word]) -> None:
        """Make it ready; takes about 10 microseconds a word and lets other threads run."""
        self._lists = [[word for word in words if word.kind is WordKind.WORD]]
        self._automata = [_automaton(each) for each in self._lists]
        self._expressions = [(compiled(w.text), w) for w in words if w.kind is WordKind.EXPRESSION]
        self.fresh = 0

    def __bool__(self) -> bool:
        """Say whether there is anything to look for."""
        return bool(self._expressions) or any(self._lists)

    def joined_by(self, words: Sequence[Word]) -> "WordFilter":
        """Return a filter of these words, too, made quickly: they are looked for in a second pass.

        `fresh` says how many there are in the second one.
        """
        other = WordFilter(())
        fresh = [*(self._lists[1] if len(self._lists) > 1 else ()), *(w for w in words if w.kind is WordKind.WORD)]
        other._lists = [self._lists[0], fresh]
        other._automata = [self._automata[0], _automaton(fresh)]
        added = [(compiled(word.text), word) for word in words if word.kind is WordKind.EXPRESSION]
        other._expressions = self._expressions + added
        other.fresh = len(fresh)
        return other

    def screen(self, text: str, *, masks: bool) -> str:
        """Return a text as it may pass; raises 80001 if it may not.

        `masks`: words without an effect of their own are masked, letter by letter, not refused.
        """
        hits = list(self._hits(text))
        if not hits:
            return text
        if any(_refuses(hit.word, masks=masks) for hit in hits):
            raise TEXT_REFUSED()
        return _replaced(text, hits)

    def _hits(self, text: str) -> Iterator[Hit]:
        folded = fold(text)
        encoded = folded.encode()
        places: Places | None = None
        for automaton, words in zip(self._automata, self._lists, strict=True):
            for index, start, end in automaton.find_matches_as_indexes(encoded, overlapping=True):
                places = places or Places(text, folded, encoded)
                yield Hit(*places.span(start, end), words[index])
        for expression, word in self._expressions:
            for found in expression.finditer(text):
                if found.end() > found.start():
                    yield Hit(found.start(), found.end(), word)


def compiled(expression: str) -> Expression:
    """Compile an expression; raises ValueError with what is wrong with it.

    Matching takes a time that grows with the text alone, so no expression can hold the server up;
    what would need more (look-around, references to groups) is refused.
    """
    options = re2.Options()
    options.case_sensitive = False
    options.log_errors = False
    options.max_mem = 1 << 20
    try:
        made: Expression = re2.compile(expression, options)
    except re2.error as error:
        detail = error.args[0]
        raise ValueError(detail.decode(errors="replace") if isinstance(detail, bytes) else str(detail)) from error
    return made


def _automaton(words: Sequence[Word]) -> BytesAhoCorasick:
    return BytesAhoCorasick([fold(word.text).encode() for word in words])


def _refuses(word: Word, *, masks: bool) -> bool:
    return word.effect is Effect.REFUSE or (word.effect is Effect.AS_SET and not masks)


def _replaced(text: str, hits: list[Hit]) -> str:
    """Return a text with hits replaced, the leftmost and longest first; what is masked is masked whole."""
    hits.sort(key=lambda hit: (hit.start, -hit.end))
    parts: list[str] = []
    reached = 0
    for start, end, word in hits:
        if end > reached:
            begin = max(start, reached)
            parts += (text[reached:begin], word.replacement if word.effect is Effect.REPLACE else MASK * (end - begin))
            reached = end
    return "".join([*parts, text[reached:]])
