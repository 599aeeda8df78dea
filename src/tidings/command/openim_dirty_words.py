"""openim_dirty_words: an app's forbidden words, by their older commands (spec/rest/openim_dirty_words.yaml)."""

from typing import ClassVar

from msgspec import field

from tidings.command.call import Call
from tidings.command.registry import Door, command
from tidings.domain.word_filter import Word, WordKind
from tidings.domain.words import MOST_WORDS, WordQuery
from tidings.errors import BAD_SERVICE_REQUEST, BODY_NOT_JSON
from tidings.wire.envelope import Done, Request, Response

MAX_WORDS = 50
MAX_WORD_BYTES = 200
RATE = 100


class WordsRequest(Request, frozen=True, kw_only=True):
    """Words to add or to remove."""

    words: list[str] = field(name="DirtyWordsList")


class ListRequest(Request, frozen=True, kw_only=True):
    """Nothing needs to be said, so it may come by GET."""

    is_gettable: ClassVar[bool] = True


class ListResponse(Response, kw_only=True):
    """Every plain word of the app."""

    words: list[str] = field(name="DirtyWordsList")


@command("openim_dirty_words/add", Door.REST, BAD_SERVICE_REQUEST, rate=RATE)
async def add(call: Call, request: WordsRequest) -> Done:
    """Forbid words from now on; those that are forbidden already stay as they are."""
    await call.rules.words.add(call.app, _words(call, request.words), replaces=False)
    return Done()


@command("openim_dirty_words/get", Door.REST, BODY_NOT_JSON, rate=RATE)
async def list_words(call: Call, _request: ListRequest) -> ListResponse:
    """Return every plain word, whichever command added it, oldest first."""
    page = await call.rules.words.page(call.app, WordQuery(limit=MOST_WORDS))
    return ListResponse(words=[word.text for word in page.words if word.kind is WordKind.WORD])


@command("openim_dirty_words/delete", Door.REST, BAD_SERVICE_REQUEST, rate=RATE)
async def delete(call: Call, request: WordsRequest) -> Done:
    """Allow words again; those that are not forbidden are passed over."""
    await call.rules.words.remove(call.app, _words(call, request.words))
    return Done()


def _words(call: Call, texts: list[str]) -> list[Word]:
    """Return words, each once; raises 10004 for too many, an empty one or one that is too long."""
    if not 0 < len(texts) <= MAX_WORDS:
        raise BAD_SERVICE_REQUEST(detail=f"{len(texts)} words in DirtyWordsList, 1 to {MAX_WORDS} are allowed")
    for text in texts:
        if not text.strip() or len(text.encode()) > MAX_WORD_BYTES:
            raise BAD_SERVICE_REQUEST(
                detail=f"a word has {len(text.encode())} bytes, 1 to {MAX_WORD_BYTES} are allowed"
            )
    now = int(call.rules.clock.now())
    words: dict[object, Word] = {}
    for text in texts:
        word = Word(text, changed_at=now)
        words.setdefault(word.key, word)
    return list(words.values())
