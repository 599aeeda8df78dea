"""message_search by the gateway: users search their own messages (spec/client/message_search.yaml)."""

from dataclasses import replace
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, field

from tidings.command.call import Call
from tidings.command.drafts import FIELD_FAULTS, Seconds, party
from tidings.command.registry import Door, command
from tidings.decimals import decimal
from tidings.domain.messages import Message
from tidings.domain.searching import SearchQuery, Sought
from tidings.errors import BAD_MESSAGE_JSON, GROUP_NOT_FOUND, PARTY_UNKNOWN
from tidings.ids import START, AccountNumber, Position, UserId
from tidings.view.messages import to_message_down
from tidings.wire.envelope import Request, Response
from tidings.wire.pushes import MessageDown

MAX_PAGE = 100
MAX_KEYWORDS = MAX_SENDERS = 5
MAX_KEYWORD_BYTES = 400
MAX_TYPES = 20
FOREVER = 1 << 62
NOBODY = frozenset([AccountNumber(0)])


class SearchRequest(Request, frozen=True, kw_only=True):
    """What is sought, in one conversation or in all."""

    keywords: list[str] = field(name="KeywordList", default_factory=list)
    match_type: Literal["or", "and"] = field(name="MatchType", default="or")
    peer_account: UserId = field(name="PeerAccount", default=UserId(""))
    group_id: str = field(name="GroupID", default="")
    types: list[str] = field(name="MsgTypeList", default_factory=list)
    senders: list[UserId] = field(name="SendUserIDList", default_factory=list)
    start_time: Seconds = field(name="StartTime", default=0)
    end_time: Seconds = field(name="EndTime", default=0)
    count: Annotated[int, Meta(ge=1)] = field(name="Count", default=MAX_PAGE)
    cursor: str = field(name="Cursor", default="")


class Finding(msgspec.Struct, kw_only=True):
    """What was found in one conversation: how much, and messages of it, oldest first."""

    user_id: str = field(name="UserID")
    count: int = field(name="Count")
    messages: list[MessageDown] = field(name="MsgList")


class SearchResponse(Response, kw_only=True):
    """What was found; `cursor` is empty after the last page."""

    total: int = field(name="TotalCount")
    found: list[Finding] = field(name="ConversationMsgs", default_factory=list)
    cursor: str = field(name="Cursor", default="")


@command("message_search/query", Door.SOCKET, BAD_MESSAGE_JSON, bad_fields=FIELD_FAULTS)
async def search(call: Call, request: SearchRequest) -> SearchResponse:
    """Search the messages that the caller would see in histories."""
    if request.group_id:
        raise GROUP_NOT_FOUND(group_id=request.group_id)
    sought = await _sought(call, request)
    limit = min(request.count, MAX_PAGE)
    before, skipped = _parse_cursor(request.cursor)
    query = SearchQuery(call.account.number, sought, limit, 0, before=before, skipped=skipped)
    if request.peer_account:
        peer = await party(call, request.peer_account, PARTY_UNKNOWN)
        return await _in_one(call, replace(query, peer=peer.number), peer.user_id)
    return await _in_all(call, query)


async def _in_one(call: Call, query: SearchQuery, peer: UserId) -> SearchResponse:
    found = await call.rules.searching.in_conversation(call.app, query)
    if not found.messages:
        return SearchResponse(total=found.total)
    down = [to_message_down(message) for message in reversed(found.messages)]
    cursor = "" if found.is_complete else f"{found.messages[-1].position}_0"
    return SearchResponse(
        total=found.total, found=[Finding(user_id=peer, count=len(down), messages=down)], cursor=cursor
    )


async def _in_all(call: Call, query: SearchQuery) -> SearchResponse:
    page = await call.rules.searching.in_all(call.app, query)
    listed = [
        Finding(user_id=_peer(call, each.newest), count=each.count, messages=[to_message_down(each.newest)])
        for each in page.conversations
    ]
    shown = query.skipped + len(listed)
    return SearchResponse(
        total=page.total, found=listed, cursor=f"{page.before}_{shown}" if listed and shown < page.total else ""
    )


async def _sought(call: Call, request: SearchRequest) -> Sought:
    """Return what the caller seeks; raises 90001 for nothing, too much, or a keyword too long."""
    _check_count("KeywordList", len(request.keywords), MAX_KEYWORDS)
    _check_count("SendUserIDList", len(request.senders), MAX_SENDERS)
    _check_count("MsgTypeList", len(request.types), MAX_TYPES)
    for keyword in request.keywords:
        size = len(keyword.encode())
        if not 0 < size <= MAX_KEYWORD_BYTES:
            raise BAD_MESSAGE_JSON(detail=f"a keyword has {size} bytes, 1 to {MAX_KEYWORD_BYTES} are allowed")
    if not (request.keywords or request.senders or request.types):
        raise BAD_MESSAGE_JSON(detail="neither KeywordList nor SendUserIDList nor MsgTypeList says what to look for")
    senders = await call.rules.accounts.find_all(call.app.sdk_app_id, request.senders)
    return Sought(
        tuple(request.keywords),
        request.match_type == "and",
        frozenset(request.types),
        # A name that nobody bears has sent nothing.
        frozenset(account.number for account in senders.values()) or (NOBODY if request.senders else frozenset()),
        request.start_time,
        request.end_time or FOREVER,
    )


def _check_count(name: str, count: int, limit: int) -> None:
    if count > limit:
        raise BAD_MESSAGE_JSON(detail=f"{count} entries in {name}, at most {limit} are allowed")


def _parse_cursor(text: str) -> tuple[Position, int]:
    if not text:
        return START, 0
    before, _, rest = text.partition("_")
    position, skipped = decimal(before), decimal(rest)
    if position is None or skipped is None:
        raise BAD_MESSAGE_JSON(detail="Cursor is none that a search has answered")
    return Position(position), skipped


def _peer(call: Call, message: Message) -> UserId:
    return message.receiver_id if message.sender == call.account.number else message.sender_id
