"""sns: friend requests, as users read, answer, see and delete them (spec/client/sns.yaml)."""

from enum import Enum
from typing import Annotated

import msgspec
from msgspec import Meta, field

from tidings.command.call import Call
from tidings.command.drafts import Natural
from tidings.command.registry import Door, command
from tidings.command.relations import (
    DisplayResponse,
    RowsResponse,
    check_bytes,
    find,
    known,
    owner_of,
    refusals,
    screen,
    to_rows,
    with_refused,
)
from tidings.domain.callbacks import ask
from tidings.domain.friend_requests import Answer, Reply
from tidings.domain.happenings import AnswerAsked, AnswersAsked
from tidings.domain.relation_lists import RequestQuery, RequestRow
from tidings.errors import BAD_RELATION_REQUEST
from tidings.ids import UserId
from tidings.wire.envelope import Request, Response

PAGE = 100
REMARK_BYTES, GROUP_BYTES = 96, 30
AGREE, AGREE_AND_ADD, REJECT = (f"Response_Action_{reply.value}" for reply in Reply)


class Which(Enum):
    """Requests of others, to others, or both."""

    RECEIVED = "Pendency_Type_ComeIn"
    SENT = "Pendency_Type_SendOut"
    BOTH = "Pendency_Type_Both"

    @property
    def received(self) -> bool:
        """Say whether those of others are meant."""
        return self is not Which.SENT

    @property
    def sent(self) -> bool:
        """Say whether those to others are meant."""
        return self is not Which.RECEIVED


class Action(Enum):
    """What becomes of a request."""

    AGREE = AGREE
    AGREE_AND_ADD = AGREE_AND_ADD
    REJECT = REJECT


class GetRequest(Request, frozen=True, kw_only=True):
    """Which requests, and from where on."""

    from_account: UserId = field(name="From_Account", default=UserId(""))
    kind: Which = field(name="PendencyType", default=Which.BOTH)
    start: Natural = field(name="StartTime", default=0)
    limit: Annotated[int, Meta(ge=1)] = field(name="MaxLimited", default=PAGE)
    sequence: Natural = field(name="LastSequence", default=0)


class RequestDown(msgspec.Struct):
    """A friend request; name and picture are the other side's."""

    to_account: str = field(name="To_Account")
    nick: str = field(name="Nick")
    face_url: str = field(name="Image")
    source: str = field(name="AddSource")
    wording: str = field(name="AddWording")
    time: int = field(name="AddTime")
    kind: str = field(name="PendencyType")


class GetResponse(Response, kw_only=True):
    """A page of requests, newest first."""

    requests: list[RequestDown] = field(name="PendencyItem")
    unread: int = field(name="UnreadPendencyCount")
    start: int = field(name="StartTime")
    sequence: int = field(name="CurrentSequence")


class AnswerItem(msgspec.Struct, frozen=True):
    """Who asked, and what is answered."""

    to_account: UserId = field(name="To_Account")
    action: Action = field(name="ResponseAction")
    remark: str = field(name="Remark", default="")
    group: str = field(name="TagName", default="")


class AnswerRequest(Request, frozen=True, kw_only=True):
    """Answers."""

    from_account: UserId = field(name="From_Account")
    items: list[AnswerItem] = field(name="ResponseFriendItem")


class ReportRequest(Request, frozen=True, kw_only=True):
    """Up to when requests were seen, unix seconds."""

    from_account: UserId = field(name="From_Account")
    until: Natural = field(name="LatestPendencyTimeStamp")


class DropRequest(Request, frozen=True, kw_only=True):
    """Requests to delete."""

    from_account: UserId = field(name="From_Account")
    to_accounts: list[UserId] = field(name="To_Account")
    kind: Which = field(name="PendencyType", default=Which.BOTH)


@command("sns/pendency_get", Door.SOCKET, BAD_RELATION_REQUEST)
async def get_page(call: Call, request: GetRequest) -> GetResponse:
    """Return a page of one's friend requests."""
    owner = await owner_of(call, Door.SOCKET, request.from_account)
    limit = min(request.limit, PAGE)
    query = RequestQuery(request.kind.received, request.kind.sent, request.start, limit + 1)
    lists = call.rules.relations.lists
    rows = await lists.requests(owner.number, query)
    counts = await lists.counts(owner.number)
    page = rows[:limit]
    return GetResponse(
        requests=[_to_down(row) for row in page],
        unread=await lists.unread_requests(owner.number),
        start=page[-1].place if len(rows) > limit else 0,
        sequence=counts.requests_sequence,
    )


@command("sns/friend_response", Door.SOCKET, BAD_RELATION_REQUEST)
async def answer(call: Call, request: AnswerRequest) -> RowsResponse:
    """Answer friend requests."""
    owner = await owner_of(call, Door.SOCKET, request.from_account)
    names = [item.to_account for item in request.items]
    found = await find(call, names)
    for item in request.items:
        check_bytes("Remark", item.remark, REMARK_BYTES)
        check_bytes("TagName", item.group, GROUP_BYTES)
    last = {item.to_account: item for item in request.items}
    answers = []
    for asker in known(names, found):
        item = last[asker.user_id]
        reply = Reply[item.action.name]
        answers.append(Answer(asker, reply, screen(call, item.remark), screen(call, item.group)))
    asked = tuple(AnswerAsked(each.asker.user_id, each.remark, each.group, each.reply.value) for each in answers)
    refused = refusals(await ask(AnswersAsked, owner, asked))
    allowed = [each for each in answers if each.asker.user_id not in refused]
    results = await call.rules.relations.requests.answer(call.app, owner, allowed) if allowed else []
    return to_rows(names, found, with_refused([each.asker for each in answers], results, refused))


@command("sns/pendency_report", Door.SOCKET, BAD_RELATION_REQUEST)
async def report(call: Call, request: ReportRequest) -> DisplayResponse:
    """Mark friend requests as seen."""
    owner = await owner_of(call, Door.SOCKET, request.from_account)
    await call.rules.relations.requests.report(owner, request.until)
    return DisplayResponse()


@command("sns/pendency_delete", Door.SOCKET, BAD_RELATION_REQUEST)
async def drop(call: Call, request: DropRequest) -> RowsResponse:
    """Delete friend requests."""
    owner = await owner_of(call, Door.SOCKET, request.from_account)
    found = await find(call, request.to_accounts)
    others = known(request.to_accounts, found)
    results = await call.rules.relations.requests.delete(
        owner, others, received=request.kind.received, sent=request.kind.sent
    )
    return to_rows(request.to_accounts, found, results)


def _to_down(row: RequestRow) -> RequestDown:
    asked = row.request
    kind = Which.SENT if row.is_own else Which.RECEIVED
    return RequestDown(row.person.user_id, row.nick, row.face_url, asked.source, asked.wording, asked.time, kind.value)
