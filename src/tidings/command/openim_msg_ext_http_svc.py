"""Extensions of messages and reactions, on both doors (spec/rest and spec/client openim_msg_ext_http_svc.yaml)."""

from collections.abc import Sequence
from typing import Annotated

from msgspec import Meta, Struct, field

from tidings.command.call import Call
from tidings.command.drafts import Natural, party
from tidings.command.registry import Door, command
from tidings.domain.accounts import Account
from tidings.domain.extensions import (
    KEY_BYTES,
    PAGE,
    PAIRS_AT_ONCE,
    VALUE_BYTES,
    Operation,
    Outcome,
    Pair,
    PairBook,
    Update,
)
from tidings.domain.messages import MessageKey, parse_key
from tidings.domain.reactions import SHOWN, Wish
from tidings.errors import BAD_SERVICE_REQUEST, TidingsError
from tidings.ids import NO_INSTANCE, InstanceId, UserId
from tidings.wire.envelope import Done, Request, Response
from tidings.wire.extensions import PairDown, ReactionDown

REACTION_BYTES = 128
MESSAGES_AT_ONCE = 20
USER_PAGE = 100


class PairUp(Struct, frozen=True):
    """An extension to set or delete, and the count of changes that the caller has seen it at."""

    key: str = field(name="Key")
    value: str = field(name="Value")
    seq: Natural = field(name="Seq", default=0)


class UpdateRequest(Request, frozen=True, kw_only=True):
    """Sets, deletes or clears extensions of a message."""

    to_account: UserId = field(name="To_Account")
    key: str = field(name="MsgKey")
    operation: Operation = field(name="OperateType")
    from_account: UserId = field(name="From_Account", default=UserId(""))
    pairs: list[PairUp] = field(name="ExtensionList", default_factory=list)


class OutcomeDown(Struct):
    """What became of a pair."""

    code: int = field(name="ErrorCode")
    pair: PairDown = field(name="Extension")


class UpdateResponse(Response, kw_only=True):
    """What became of each pair."""

    outcomes: list[OutcomeDown] = field(name="ExtensionList")


class PairsRequest(Request, frozen=True, kw_only=True):
    """Asks for the extensions of a message, from a count of changes on."""

    to_account: UserId = field(name="To_Account")
    key: str = field(name="MsgKey")
    from_account: UserId = field(name="From_Account", default=UserId(""))
    start: Natural = field(name="StartSeq", default=0)


class PairsResponse(Response, kw_only=True):
    """Extensions in the order in which they changed."""

    complete: int = field(name="CompleteFlag")
    last_seq: int = field(name="LatestSeq")
    cleared_seq: int = field(name="ClearSeq")
    pairs: list[PairDown] = field(name="ExtensionList")


class ReactRequest(Request, frozen=True, kw_only=True):
    """Adds one's own reaction to a message."""

    from_account: UserId = field(name="From_Account")
    to_account: UserId = field(name="To_Account")
    key: str = field(name="MsgKey")
    reaction: str = field(name="Reaction")
    accounts: list[UserId] = field(name="Add_Account", default_factory=list)


class UnreactRequest(Request, frozen=True, kw_only=True):
    """Takes one's own reaction to a message away."""

    from_account: UserId = field(name="From_Account")
    to_account: UserId = field(name="To_Account")
    key: str = field(name="MsgKey")
    reaction: str = field(name="Reaction")
    accounts: list[UserId] = field(name="Del_Account", default_factory=list)


class ReactionsRequest(Request, frozen=True, kw_only=True):
    """Asks for the reactions to some messages, and the first users of each."""

    from_account: UserId = field(name="From_Account")
    to_account: UserId = field(name="To_Account")
    keys: list[str] = field(name="MsgKeyList")
    count: Natural = field(name="Count", default=SHOWN)


class MessageReactions(Struct):
    """The reactions to one message."""

    key: str = field(name="MsgKey")
    reactions: list[ReactionDown] = field(name="MsgReactionSummary")


class ReactionsResponse(Response, kw_only=True):
    """The reactions to each message."""

    results: list[MessageReactions] = field(name="Results")


class ReactingRequest(Request, frozen=True, kw_only=True):
    """Asks who reacted so, page by page."""

    from_account: UserId = field(name="From_Account")
    to_account: UserId = field(name="To_Account")
    key: str = field(name="MsgKey")
    reaction: str = field(name="Reaction")
    count: Annotated[int, Meta(ge=1)] = field(name="Count", default=USER_PAGE)
    next: Natural = field(name="NextSeq", default=0)


class ReactingResponse(Response, kw_only=True):
    """Users in the order in which they reacted; `next` 0 at the end."""

    user_ids: list[str] = field(name="Reaction_Account")
    next: int = field(name="NextSeq")


@command("openim_msg_ext_http_svc/set_key_values", Door.REST, BAD_SERVICE_REQUEST)
async def update(call: Call, request: UpdateRequest) -> UpdateResponse:
    """Change extensions, whoever changed them before."""
    sides = await _parties(call, request.from_account, request.to_account)
    return await _update(call, request, sides, is_checked=False, source=NO_INSTANCE)


@command("openim_msg_ext_http_svc/set_key_values", Door.SOCKET, BAD_SERVICE_REQUEST)
async def update_own(call: Call, request: UpdateRequest) -> UpdateResponse:
    """Change extensions of a message of the caller's; each pair as the caller has seen it."""
    sides = await _own_sides(call, request.from_account, request.to_account)
    return await _update(call, request, sides, is_checked=True, source=call.instance)


@command("openim_msg_ext_http_svc/get_key_values", Door.REST, BAD_SERVICE_REQUEST)
async def get_pairs(call: Call, request: PairsRequest) -> PairsResponse:
    """Return extensions of a message."""
    return await _pairs(call, request, await _parties(call, request.from_account, request.to_account))


@command("openim_msg_ext_http_svc/get_key_values", Door.SOCKET, BAD_SERVICE_REQUEST)
async def get_own_pairs(call: Call, request: PairsRequest) -> PairsResponse:
    """Return extensions of a message of the caller's."""
    return await _pairs(call, request, await _own_sides(call, request.from_account, request.to_account))


@command("openim_msg_ext_http_svc/reaction_add", Door.SOCKET, BAD_SERVICE_REQUEST)
async def react(call: Call, request: ReactRequest) -> Done:
    """Add the caller's reaction."""
    await call.rules.reactions.add(await _wish(call, request, request.accounts), call.instance)
    return Done()


@command("openim_msg_ext_http_svc/reaction_del", Door.SOCKET, BAD_SERVICE_REQUEST)
async def unreact(call: Call, request: UnreactRequest) -> Done:
    """Take the caller's reaction away."""
    await call.rules.reactions.remove(await _wish(call, request, request.accounts), call.instance)
    return Done()


@command("openim_msg_ext_http_svc/reaction_multi_stat", Door.SOCKET, BAD_SERVICE_REQUEST)
async def get_reactions(call: Call, request: ReactionsRequest) -> ReactionsResponse:
    """Return the reactions to up to 20 messages, each with its first users, at most 10."""
    if len(request.keys) > MESSAGES_AT_ONCE:
        raise BAD_SERVICE_REQUEST(detail=f"{len(request.keys)} messages in one call, at most {MESSAGES_AT_ONCE}")
    sides = await _own_sides(call, request.from_account, request.to_account)
    shown = min(request.count, SHOWN)
    results = []
    for text in request.keys:
        found = await call.rules.reactions.of(call.account, sides, _key(text), shown)
        rows = [ReactionDown(each.name, each.count, list(each.first), int(each.is_own)) for each in found]
        results.append(MessageReactions(text, rows))
    return ReactionsResponse(results=results)


@command("openim_msg_ext_http_svc/reaction_iterate", Door.SOCKET, BAD_SERVICE_REQUEST)
async def get_reacting(call: Call, request: ReactingRequest) -> ReactingResponse:
    """Return a page of those who reacted so."""
    sides = await _own_sides(call, request.from_account, request.to_account)
    limit = min(request.count, USER_PAGE)
    page = await call.rules.reactions.reacting(sides, _key(request.key), request.reaction, request.next, limit)
    return ReactingResponse(user_ids=list(page.user_ids), next=page.next)


async def _parties(call: Call, one: UserId, other: UserId) -> tuple[Account, Account]:
    """Return both sides of a conversation; no first one stands for the calling admin."""
    sender = await party(call, one, BAD_SERVICE_REQUEST) if one else call.account
    return sender, await party(call, other, BAD_SERVICE_REQUEST)


async def _own_sides(call: Call, one: UserId, other: UserId) -> tuple[Account, Account]:
    """Return both sides of a conversation that the caller takes part in."""
    own = call.account.user_id
    if own not in {one or own, other}:
        raise BAD_SERVICE_REQUEST(detail=f"{own!r} takes no part in the conversation of {one!r} and {other!r}")
    return await _parties(call, one, other)


def check_reaction(call: Call, reaction: str, accounts: list[UserId]) -> None:
    """Raise 10004 for a reaction of no or too many bytes, or for somebody else."""
    if accounts and accounts != [call.account.user_id]:
        raise BAD_SERVICE_REQUEST(detail=f"{call.account.user_id!r} may react for himself only")
    if not 0 < (size := len(reaction.encode())) <= REACTION_BYTES:
        raise BAD_SERVICE_REQUEST(detail=f"Reaction has {size} bytes, 1 to {REACTION_BYTES} are allowed")


async def _wish(call: Call, request: ReactRequest | UnreactRequest, accounts: list[UserId]) -> Wish:
    check_reaction(call, request.reaction, accounts)
    sides = await _own_sides(call, request.from_account, request.to_account)
    return Wish(call.account, *sides, _key(request.key), request.reaction)


async def _update(
    call: Call, request: UpdateRequest, sides: tuple[Account, Account], *, is_checked: bool, source: InstanceId
) -> UpdateResponse:
    key = _key(request.key)
    change = Update(request.operation, checked_pairs(request.operation, request.pairs), is_checked)
    return to_outcomes(await call.rules.extensions.update(*sides, key, change, source=source))


def checked_pairs(operation: Operation, asked: list[PairUp]) -> list[Pair]:
    """Return the pairs that are to change, none for a clearing; raises 10004 for what is too long or too many."""
    if operation is Operation.CLEAR:
        return []
    pairs = {each.key: Pair(each.key, each.value, each.seq) for each in asked}
    if not 0 < len(asked) <= PAIRS_AT_ONCE:
        raise BAD_SERVICE_REQUEST(detail=f"{len(asked)} pairs in one call, 1 to {PAIRS_AT_ONCE} are allowed")
    if len(pairs) != len(asked):
        raise BAD_SERVICE_REQUEST(detail="a Key stands twice in ExtensionList")
    for pair in pairs.values():
        if not 0 < (size := len(pair.key.encode())) <= KEY_BYTES:
            raise BAD_SERVICE_REQUEST(detail=f"Key {pair.key!r} has {size} bytes, 1 to {KEY_BYTES} are allowed")
        if (size := len(pair.value.encode())) > VALUE_BYTES:
            raise BAD_SERVICE_REQUEST(detail=f"the Value of {pair.key!r} has {size} bytes, at most {VALUE_BYTES}")
    return list(pairs.values())


async def _pairs(call: Call, request: PairsRequest, sides: tuple[Account, Account]) -> PairsResponse:
    return to_page(*await call.rules.extensions.page(*sides, _key(request.key), request.start))


def to_page(book: PairBook, found: list[Pair]) -> PairsResponse:
    """Return the answer with the first PAGE of the pairs that were found."""
    page = found[:PAGE]
    return PairsResponse(
        complete=int(len(page) == len(found)),
        last_seq=book.last_seq,
        cleared_seq=book.cleared_seq,
        pairs=[PairDown(pair.key, pair.value, pair.seq) for pair in page],
    )


def to_outcomes(outcomes: Sequence[Outcome]) -> UpdateResponse:
    """Return the answer that says what became of each pair."""
    pairs = [(outcome.code, outcome.pair) for outcome in outcomes]
    return UpdateResponse(
        outcomes=[OutcomeDown(code, PairDown(pair.key, pair.value, pair.seq)) for code, pair in pairs]
    )


def _key(text: str) -> MessageKey:
    """Read MsgKey; this service has no code of its own for a malformed one."""
    try:
        return parse_key(text)
    except TidingsError as error:
        raise BAD_SERVICE_REQUEST(detail=f"MsgKey: {error.info}") from error
