"""Extensions of messages of groups and reactions to them (spec/rest and spec/client openim_msg_ext_http_svc.yaml)."""

from typing import Annotated

from msgspec import Meta, Struct, field

from tidings.command.call import Call
from tidings.command.drafts import Natural
from tidings.command.group_history import NO_TOPIC, own_place
from tidings.command.openim_msg_ext_http_svc import (
    MESSAGES_AT_ONCE,
    USER_PAGE,
    PairsResponse,
    PairUp,
    ReactingResponse,
    UpdateResponse,
    check_reaction,
    checked_pairs,
    to_outcomes,
    to_page,
)
from tidings.command.registry import Door, command
from tidings.domain.extensions import Operation, Update
from tidings.domain.group.groups import Group
from tidings.domain.group.rights import Actor
from tidings.domain.reactions import SHOWN
from tidings.errors import BAD_SERVICE_REQUEST
from tidings.ids import NO_INSTANCE, GroupId, InstanceId, UserId
from tidings.wire.envelope import Done, Request, Response
from tidings.wire.extensions import ReactionDown


class GroupUpdateRequest(Request, frozen=True, kw_only=True):
    """Sets, deletes or clears extensions of a message."""

    group_id: GroupId = field(name="GroupId")
    seq: Natural = field(name="MsgSeq")
    operation: Operation = field(name="OperateType")
    pairs: list[PairUp] = field(name="ExtensionList", default_factory=list)


class OwnGroupUpdateRequest(GroupUpdateRequest, frozen=True, kw_only=True):
    """The same of a message in a topic, too."""

    topic_id: GroupId = field(name="TopicId", default=NO_TOPIC)


class GroupPairsRequest(Request, frozen=True, kw_only=True):
    """Asks for the extensions of a message, from a count of changes on."""

    group_id: GroupId = field(name="GroupId")
    seq: Natural = field(name="MsgSeq")
    start: Natural = field(name="StartSeq", default=0)


class OwnGroupPairsRequest(GroupPairsRequest, frozen=True, kw_only=True):
    """The same of a message in a topic, too."""

    topic_id: GroupId = field(name="TopicId", default=NO_TOPIC)


class GroupReactRequest(Request, frozen=True, kw_only=True):
    """Adds one's own reaction to a message."""

    group_id: GroupId = field(name="GroupId")
    seq: Natural = field(name="MsgSeq")
    reaction: str = field(name="Reaction")
    topic_id: GroupId = field(name="TopicId", default=NO_TOPIC)
    accounts: list[UserId] = field(name="Add_Account", default_factory=list)


class GroupUnreactRequest(Request, frozen=True, kw_only=True):
    """Takes one's own reaction to a message away."""

    group_id: GroupId = field(name="GroupId")
    seq: Natural = field(name="MsgSeq")
    reaction: str = field(name="Reaction")
    topic_id: GroupId = field(name="TopicId", default=NO_TOPIC)
    accounts: list[UserId] = field(name="Del_Account", default_factory=list)


class GroupReactionsRequest(Request, frozen=True, kw_only=True):
    """Asks for the reactions to some messages, and the first users of each."""

    group_id: GroupId = field(name="GroupId")
    seqs: list[Natural] = field(name="MsgSeqList")
    topic_id: GroupId = field(name="TopicId", default=NO_TOPIC)
    count: Natural = field(name="Count", default=SHOWN)


class GroupMessageReactions(Struct):
    """The reactions to one message."""

    seq: int = field(name="MsgSeq")
    reactions: list[ReactionDown] = field(name="MsgReactionSummary")


class GroupReactionsResponse(Response, kw_only=True):
    """The reactions to each message."""

    results: list[GroupMessageReactions] = field(name="Results")


class GroupReactingRequest(Request, frozen=True, kw_only=True):
    """Asks who reacted so, page by page."""

    group_id: GroupId = field(name="GroupId")
    seq: Natural = field(name="MsgSeq")
    reaction: str = field(name="Reaction")
    topic_id: GroupId = field(name="TopicId", default=NO_TOPIC)
    count: Annotated[int, Meta(ge=1)] = field(name="Count", default=USER_PAGE)
    next: Natural = field(name="NextSeq", default=0)


@command("openim_msg_ext_http_svc/group_set_key_values", Door.REST, BAD_SERVICE_REQUEST)
async def update(call: Call, request: GroupUpdateRequest) -> UpdateResponse:
    """Change extensions, whoever changed them before."""
    group = call.rules.groups.directory.get(call.app.sdk_app_id, request.group_id)
    return await _update(call, request, (group, None), NO_INSTANCE)


@command("openim_msg_ext_http_svc/group_set_key_values", Door.SOCKET, BAD_SERVICE_REQUEST)
async def update_own(call: Call, request: OwnGroupUpdateRequest) -> UpdateResponse:
    """Change extensions of a message of a group that the caller is in; each pair as the caller has seen it."""
    return await _update(call, request, own_place(call, request.group_id, request.topic_id), call.instance)


@command("openim_msg_ext_http_svc/group_get_key_values", Door.REST, BAD_SERVICE_REQUEST)
async def get_pairs(call: Call, request: GroupPairsRequest) -> PairsResponse:
    """Return extensions of a message."""
    group = call.rules.groups.directory.get(call.app.sdk_app_id, request.group_id)
    return to_page(*await call.rules.groups.extensions.page(group, request.seq, None, request.start))


@command("openim_msg_ext_http_svc/group_get_key_values", Door.SOCKET, BAD_SERVICE_REQUEST)
async def get_own_pairs(call: Call, request: OwnGroupPairsRequest) -> PairsResponse:
    """Return extensions of a message of a group that the caller is in."""
    group, member = own_place(call, request.group_id, request.topic_id)
    return to_page(*await call.rules.groups.extensions.page(group, request.seq, member, request.start))


@command("openim_msg_ext_http_svc/group_reaction_add", Door.SOCKET, BAD_SERVICE_REQUEST)
async def react(call: Call, request: GroupReactRequest) -> Done:
    """Add the caller's reaction."""
    check_reaction(call, request.reaction, request.accounts)
    group, member = own_place(call, request.group_id, request.topic_id)
    wish = call.account, request.reaction
    await call.rules.groups.extensions.react(group, request.seq, member, *wish, call.instance)
    return Done()


@command("openim_msg_ext_http_svc/group_reaction_del", Door.SOCKET, BAD_SERVICE_REQUEST)
async def unreact(call: Call, request: GroupUnreactRequest) -> Done:
    """Take the caller's reaction away."""
    check_reaction(call, request.reaction, request.accounts)
    group, member = own_place(call, request.group_id, request.topic_id)
    wish = call.account, request.reaction
    await call.rules.groups.extensions.unreact(group, request.seq, member, *wish, call.instance)
    return Done()


@command("openim_msg_ext_http_svc/group_reaction_multi_stat", Door.SOCKET, BAD_SERVICE_REQUEST)
async def get_reactions(call: Call, request: GroupReactionsRequest) -> GroupReactionsResponse:
    """Return the reactions to up to 20 messages, each with its first users, at most 10."""
    if len(request.seqs) > MESSAGES_AT_ONCE:
        raise BAD_SERVICE_REQUEST(detail=f"{len(request.seqs)} messages in one call, at most {MESSAGES_AT_ONCE}")
    group, member = own_place(call, request.group_id, request.topic_id)
    shown = min(request.count, SHOWN)
    results = []
    for seq in request.seqs:
        found = await call.rules.groups.extensions.reactions(group, seq, member, call.account, shown)
        rows = [ReactionDown(each.name, each.count, list(each.first), int(each.is_own)) for each in found]
        results.append(GroupMessageReactions(seq, rows))
    return GroupReactionsResponse(results=results)


@command("openim_msg_ext_http_svc/group_reaction_iterate", Door.SOCKET, BAD_SERVICE_REQUEST)
async def get_reacting(call: Call, request: GroupReactingRequest) -> ReactingResponse:
    """Return a page of those who reacted so."""
    group, member = own_place(call, request.group_id, request.topic_id)
    page = request.next, min(request.count, USER_PAGE)
    found = await call.rules.groups.extensions.reacting(group, request.seq, member, request.reaction, page)
    return ReactingResponse(user_ids=list(found.user_ids), next=found.next)


async def _update(
    call: Call, request: GroupUpdateRequest, place: tuple[Group, Actor], source: InstanceId
) -> UpdateResponse:
    group, actor = place
    change = Update(request.operation, checked_pairs(request.operation, request.pairs), is_checked=actor is not None)
    return to_outcomes(await call.rules.groups.extensions.update(group, request.seq, actor, change, source))
