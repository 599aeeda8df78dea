"""im_msg_audit_mgr: an app's own words and expressions, and what each does (spec/rest/im_msg_audit_mgr.yaml)."""

from datetime import UTC, datetime
from typing import Annotated

import msgspec
from msgspec import Meta, field

from tidings.command.call import Call
from tidings.command.registry import Door, command
from tidings.domain.word_filter import MASK, Effect, Word, WordKind, compiled
from tidings.domain.words import WordQuery
from tidings.errors import AUDIT_OTHER_APP, BAD_AUDIT_REQUEST, TOO_MANY_AUDIT_WORDS, TOO_MANY_WORDS, TidingsError
from tidings.wire.envelope import Request, Response

MAX_WORDS = 10
MAX_PAGE = 100
MAX_WORD_BYTES = 200
RATE = 200
REQUEST_BYTES = 8
ALL = 0
Natural = Annotated[int, Meta(ge=0, lt=1 << 53)]


class NewWord(msgspec.Struct, frozen=True):
    """A word to add."""

    text: str = field(name="Keyword")
    kind: int = field(name="WordType")
    effect: int = field(name="FilterType")
    replacement: str = field(name="ReplacedContent", default="")


class OldWord(msgspec.Struct, frozen=True):
    """A word to remove: by its number, or else by its text and kind."""

    number: Natural = field(name="Id", default=0)
    text: str = field(name="Keyword", default="")
    kind: int | None = field(name="WordType", default=None)


class AddRequest(Request, frozen=True, kw_only=True):
    """Words to add."""

    sdk_app_id: int = field(name="SdkAppId")
    words: list[NewWord] = field(name="LocalAuditWords")


class DeleteRequest(Request, frozen=True, kw_only=True):
    """Words to remove."""

    sdk_app_id: int = field(name="SdkAppId")
    words: list[OldWord] = field(name="LocalAuditWords")


class ListRequest(Request, frozen=True, kw_only=True):
    """Which words are asked for."""

    sdk_app_id: int = field(name="SdkAppId")
    offset: Natural = field(name="Offset")
    limit: Annotated[int, Meta(ge=1, le=MAX_PAGE)] = field(name="Limit")
    effect: int = field(name="FilterType", default=ALL)
    contains: str = field(name="Keyword", default="")


class Answer(Response, kw_only=True):
    """The number of the call, for those who look for it in logs."""

    request_id: str = field(name="RequestId")


class WordRow(msgspec.Struct):
    """A word as it is kept."""

    number: int = field(name="Id")
    text: str = field(name="Keyword")
    kind: int = field(name="WordType")
    effect: int = field(name="FilterType")
    replacement: str = field(name="ReplacedContent")
    changed_at: str = field(name="UpdateTime")


class ListResponse(Answer, kw_only=True):
    """A page of words; the counts are of all pages."""

    words: list[WordRow] = field(name="LocalAuditWords")
    total: int = field(name="TotalCount")
    total_expressions: int = field(name="TotalRegCount")
    fitting: int = field(name="CurCount")
    fitting_expressions: int = field(name="CurRegCount")


@command("im_msg_audit_mgr/add_local_audit_keywords", Door.REST, BAD_AUDIT_REQUEST, rate=RATE)
async def add(call: Call, request: AddRequest) -> Answer:
    """Add words and expressions; one that is there already takes over what is said of it now."""
    _check(call, request.sdk_app_id, len(request.words))
    now = int(call.rules.clock.now())
    words = {word.key: word for word in [_to_word(new, now) for new in request.words]}
    try:
        await call.rules.words.add(call.app, list(words.values()), replaces=True)
    except TidingsError as error:
        if error.fault is TOO_MANY_WORDS:  # a code that this command does not have
            raise TOO_MANY_AUDIT_WORDS(detail=error.info) from error
        raise
    return Answer(request_id=_request_id(call))


@command("im_msg_audit_mgr/delete_local_audit_keywords", Door.REST, BAD_AUDIT_REQUEST, rate=RATE)
async def delete(call: Call, request: DeleteRequest) -> Answer:
    """Remove words and expressions; those that are not there are passed over."""
    _check(call, request.sdk_app_id, len(request.words))
    words: list[Word] = []
    for old in request.words:
        if not old.number and not old.text:
            raise BAD_AUDIT_REQUEST(detail="a word has neither Id nor Keyword")
        kinds = list(WordKind) if old.kind is None else [_to_kind(old.kind)]
        words += [Word(old.text, kind, number=old.number) for kind in kinds]
    await call.rules.words.remove(call.app, words)
    return Answer(request_id=_request_id(call))


@command("im_msg_audit_mgr/get_local_audit_keywords", Door.REST, BAD_AUDIT_REQUEST, rate=RATE)
async def list_words(call: Call, request: ListRequest) -> ListResponse:
    """Return a page of words and expressions, oldest first."""
    _check(call, request.sdk_app_id)
    masks = call.app.settings.word_filter == "mask"
    query = WordQuery(request.contains, _effects(request.effect, masks=masks), request.offset, request.limit)
    found = await call.rules.words.page(call.app, query)
    return ListResponse(
        request_id=_request_id(call),
        words=[_to_row(word, masks=masks) for word in found.words],
        total=found.total.words,
        total_expressions=found.total.expressions,
        fitting=found.fitting.words,
        fitting_expressions=found.fitting.expressions,
    )


def _check(call: Call, sdk_app_id: int, count: int = 1) -> None:
    if sdk_app_id != call.app.sdk_app_id:
        raise AUDIT_OTHER_APP(asked=sdk_app_id, app=call.app.sdk_app_id)
    if count > MAX_WORDS:
        raise TOO_MANY_AUDIT_WORDS(detail=f"{count} words in LocalAuditWords, at most {MAX_WORDS} are allowed")
    if not count:
        raise BAD_AUDIT_REQUEST(detail="LocalAuditWords is empty")


def _to_word(new: NewWord, now: int) -> Word:
    size = len(new.text.encode())
    if not new.text.strip() or size > MAX_WORD_BYTES:
        raise BAD_AUDIT_REQUEST(detail=f"Keyword has {size} bytes, 1 to {MAX_WORD_BYTES} are allowed")
    if len(new.replacement.encode()) > MAX_WORD_BYTES:
        raise BAD_AUDIT_REQUEST(detail=f"ReplacedContent is longer than {MAX_WORD_BYTES} bytes")
    kind = _to_kind(new.kind)
    if kind is WordKind.EXPRESSION:
        try:
            compiled(new.text)
        except ValueError as error:
            raise BAD_AUDIT_REQUEST(detail=f"Keyword is no regular expression (RE2): {error}") from error
    return Word(new.text, kind, _to_effect(new.effect), new.replacement, changed_at=now)


def _to_kind(number: int) -> WordKind:
    try:
        return WordKind(number)
    except ValueError as error:
        raise BAD_AUDIT_REQUEST(detail=f"WordType is {number}, not 1 or 2") from error


def _to_effect(number: int) -> Effect:
    if number not in {Effect.REPLACE, Effect.REFUSE}:
        raise BAD_AUDIT_REQUEST(detail=f"FilterType is {number}, not 1 or 2")
    return Effect(number)


def _effects(number: int, *, masks: bool) -> tuple[Effect, ...]:
    """Return what has the effect of that number: of its own, or because the app's setting says so."""
    if number == ALL:
        return ()
    effect = _to_effect(number)
    return (effect, Effect.AS_SET) if (effect is Effect.REPLACE) == masks else (effect,)


def _to_row(word: Word, *, masks: bool) -> WordRow:
    effect, replacement = word.effect, word.replacement
    if effect is Effect.AS_SET:
        effect, replacement = (Effect.REPLACE, MASK * len(word.text)) if masks else (Effect.REFUSE, "")
    changed_at = datetime.fromtimestamp(word.changed_at, UTC).strftime("%Y-%m-%d %H:%M:%S")
    return WordRow(word.number, word.text, int(word.kind), int(effect), replacement, changed_at)


def _request_id(call: Call) -> str:
    return call.rules.chance.token(REQUEST_BYTES).hex()
