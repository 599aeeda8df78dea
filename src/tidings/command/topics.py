"""million_group_open_http_svc: topics of communities (spec/rest, spec/client)."""

from typing import Annotated, Literal

from msgspec import Meta, field

from tidings.command.call import Call
from tidings.command.drafts import Uint32, party
from tidings.command.group_history import own_place
from tidings.command.registry import Door, command
from tidings.domain.callbacks import ask, check
from tidings.domain.group.groups import Group
from tidings.domain.group.happenings import TopicAsked
from tidings.domain.group.topics import CUSTOM, By, NewTopic, Topic
from tidings.errors import BAD_SERVICE_REQUEST, OWN_GROUP_CODES, REFUSED_BY_APP, TOPIC_GONE
from tidings.ids import GroupId, UserId
from tidings.view.topics import to_own_topic_row, to_topic_result, to_topic_row
from tidings.wire.envelope import Done, Request, Response
from tidings.wire.topics import OwnTopicDown, OwnTopicRow, TopicDown, TopicResult, TopicRow

SERVICE = "million_group_open_http_svc"
TOPICS_AT_ONCE = 50
TEXT_BYTES = {"TopicName": 100, "Introduction": 400, "Notification": 400, "FaceUrl": 500, "CustomString": 3000}
Switch = Literal["On", "Off"]
Name = Annotated[str, Meta(min_length=1)]
Bits = Annotated[int, Meta(ge=0, le=(1 << 63) - 1)]


class TopicRequest(Request, frozen=True, kw_only=True):
    """A new topic."""

    group_id: GroupId = field(name="GroupId")
    name: Name = field(name="TopicName")
    topic_id: GroupId | None = field(name="TopicId", default=None)
    custom: str = field(name="CustomString", default="")
    face_url: str = field(name="FaceUrl", default="")
    notification: str = field(name="Notification", default="")
    introduction: str = field(name="Introduction", default="")


class CreateTopicRequest(TopicRequest, frozen=True, kw_only=True):
    """A new topic, made by anybody."""

    creator: UserId | None = field(name="From_Account", default=None)
    default_permission: Bits = field(name="DefaultPermission", default=0)


class CreateOwnTopicRequest(TopicRequest, frozen=True, kw_only=True):
    """A new topic, made by the caller."""

    default_permission: Bits = field(name="DefaultPermission", default=0)


class ImportTopicRequest(TopicRequest, frozen=True, kw_only=True):
    """A topic of another system."""

    kind: str = field(name="Type", default="Community")
    creator: UserId | None = field(name="From_Account", default=None)
    created_at: Uint32 | None = field(name="CreateTime", default=None)


class TopicResponse(Response, kw_only=True):
    """The new topic."""

    topic_id: str = field(name="TopicId")


class GetTopicRequest(Request, frozen=True, kw_only=True):
    """Topics, and what an account is there."""

    group_id: GroupId = field(name="GroupId")
    account: UserId = field(name="From_Account")
    topic_ids: list[GroupId] | None = field(name="TopicIdList", default=None)
    filter: list[str] | None = field(name="ResponseFilter", default=None)


class GetOwnTopicRequest(Request, frozen=True, kw_only=True):
    """Topics, and what the caller is there."""

    group_id: GroupId = field(name="GroupId")
    topic_ids: list[GroupId] | None = field(name="TopicIdList", default=None)


class GetTopicResponse(Response, kw_only=True):
    """Topics, each with a code of its own."""

    topics: list[TopicRow] = field(name="TopicAndSelfInfo")


class GetOwnTopicResponse(Response, kw_only=True):
    """Topics, each with a code of its own."""

    topics: list[OwnTopicRow] = field(name="TopicAndSelfInfo")


class ModifyTopicRequest(Request, frozen=True, kw_only=True):
    """A topic's new profile; what is None stays as it is."""

    group_id: GroupId = field(name="GroupId")
    topic_id: GroupId = field(name="TopicId")
    by: UserId | None = field(name="From_Account", default=None)
    name: Name | None = field(name="TopicName", default=None)
    face_url: str | None = field(name="FaceUrl", default=None)
    notification: str | None = field(name="Notification", default=None)
    introduction: str | None = field(name="Introduction", default=None)
    custom: str | None = field(name="CustomString", default=None)
    mute_all: Switch | None = field(name="MuteAllMember", default=None)


class ModifyOwnTopicRequest(Request, frozen=True, kw_only=True):
    """A topic's new profile; what is None stays as it is."""

    group_id: GroupId = field(name="GroupId")
    topic_id: GroupId = field(name="TopicId")
    name: Name | None = field(name="TopicName", default=None)
    face_url: str | None = field(name="FaceUrl", default=None)
    notification: str | None = field(name="Notification", default=None)
    introduction: str | None = field(name="Introduction", default=None)
    custom: str | None = field(name="CustomString", default=None)
    mute_all: Switch | None = field(name="MuteAllMember", default=None)
    shut_up_all: Switch | None = field(name="ShutUpAllMember", default=None)
    default_permission: Bits | None = field(name="DefaultPermission", default=None)


class DestroyTopicRequest(Request, frozen=True, kw_only=True):
    """Topics to end."""

    group_id: GroupId = field(name="GroupId")
    topic_ids: list[GroupId] = field(name="TopicIdList")


class DestroyTopicResponse(Response, kw_only=True):
    """What became of each topic."""

    results: list[TopicResult] = field(name="DestroyResultItem")


@command(f"{SERVICE}/create_topic", Door.REST, BAD_SERVICE_REQUEST)
async def create(call: Call, request: CreateTopicRequest) -> TopicResponse:
    """Make a topic."""
    return await _create(call, request, await _by(call, request.creator), default_permission=request.default_permission)


@command(f"{SERVICE}/create_topic", Door.SOCKET, BAD_SERVICE_REQUEST)
async def create_own(call: Call, request: CreateOwnTopicRequest) -> TopicResponse:
    """Make a topic in a community that the caller leads."""
    by = _own(call, request.group_id)
    return await _create(call, request, by, default_permission=request.default_permission)


@command("group_open_http_svc/import_topic", Door.REST, BAD_SERVICE_REQUEST)
async def import_topic(call: Call, request: ImportTopicRequest) -> TopicResponse:
    """Make a topic that another system had; nobody is told."""
    if request.kind != "Community":
        raise BAD_SERVICE_REQUEST(detail=f"Type {request.kind!r}: topics are in groups of type Community only")
    by = await _by(call, request.creator)
    return await _create(call, request, by, created_at=request.created_at, is_imported=True)


@command(f"{SERVICE}/get_topic", Door.REST, BAD_SERVICE_REQUEST)
async def show(call: Call, request: GetTopicRequest) -> GetTopicResponse:
    """Return topics, and what an account is there."""
    rules = call.rules.groups
    community = rules.directory.get(call.app.sdk_app_id, request.group_id)
    account = await party(call, request.account, BAD_SERVICE_REQUEST)
    member = rules.directory.get_member(community, account.number, account.user_id)
    found = await rules.topics.show(community, member, request.topic_ids, call.app.settings)
    now = call.rules.clock.now()
    rows = []
    for name, topic in found.items():
        if topic is None:
            error = TOPIC_GONE(topic_id=name)
            rows.append(TopicRow(code=error.code, info=error.info, topic=TopicDown(topic_id=name)))
        else:
            rows.append(to_topic_row(topic, now, request.filter))
    return GetTopicResponse(topics=rows)


@command(f"{SERVICE}/get_topic", Door.SOCKET, BAD_SERVICE_REQUEST)
async def show_own(call: Call, request: GetOwnTopicRequest) -> GetOwnTopicResponse:
    """Return topics of a community that the caller is in, and what it is there."""
    community, member = own_place(call, request.group_id)
    topic_ids = request.topic_ids or None
    found = await call.rules.groups.topics.show(community, member, topic_ids, call.app.settings)
    now = call.rules.clock.now()
    return GetOwnTopicResponse(topics=[_to_own_row(name, topic, now) for name, topic in found.items()])


@command(f"{SERVICE}/modify_topic", Door.REST, BAD_SERVICE_REQUEST)
async def change(call: Call, request: ModifyTopicRequest) -> Done:
    """Give a topic another profile."""
    topic = _topic(call, request.group_id, request.topic_id)
    await call.rules.groups.topics.change(topic, await _by(call, request.by), _changes(request, request.mute_all))
    return Done()


@command(f"{SERVICE}/modify_topic", Door.SOCKET, BAD_SERVICE_REQUEST)
async def change_own(call: Call, request: ModifyOwnTopicRequest) -> Done:
    """Give a topic of a community that the caller leads another profile."""
    topic = _topic(call, request.group_id, request.topic_id)
    changes = _changes(request, request.mute_all or request.shut_up_all)
    if request.default_permission is not None:
        changes["default_permission"] = request.default_permission
    _, member = own_place(call, request.group_id, request.topic_id)
    await call.rules.groups.topics.change(topic, By(member, member.user_id, call.instance), changes)
    return Done()


@command(f"{SERVICE}/destroy_topic", Door.REST, BAD_SERVICE_REQUEST)
async def destroy(call: Call, request: DestroyTopicRequest) -> DestroyTopicResponse:
    """End topics."""
    return await _destroy(call, request, await _by(call, None))


@command(f"{SERVICE}/destroy_topic", Door.SOCKET, BAD_SERVICE_REQUEST)
async def destroy_own(call: Call, request: DestroyTopicRequest) -> DestroyTopicResponse:
    """End topics of a community that the caller leads."""
    return await _destroy(call, request, _own(call, request.group_id))


async def _create(
    call: Call,
    request: TopicRequest,
    by: By,
    *,
    default_permission: int = 0,
    created_at: int | None = None,
    is_imported: bool = False,
) -> TopicResponse:
    rules = call.rules.groups
    community = rules.directory.get(call.app.sdk_app_id, request.group_id)
    _check_texts(request.name, request.introduction, request.notification, request.face_url, request.custom)
    asked = NewTopic(
        request.name,
        request.topic_id,
        request.introduction,
        request.notification,
        request.face_url,
        request.custom,
        default_permission,
        created_at,
        is_imported=is_imported,
    )
    if not is_imported:
        check(await ask(TopicAsked, request.name), REFUSED_BY_APP, OWN_GROUP_CODES)
    topic = await rules.topics.create(community, by, asked, call.app.settings)
    return TopicResponse(topic_id=topic.group_id)


async def _destroy(call: Call, request: DestroyTopicRequest, by: By) -> DestroyTopicResponse:
    if not 1 <= len(request.topic_ids) <= TOPICS_AT_ONCE:
        raise BAD_SERVICE_REQUEST(detail=f"TopicIdList has {len(request.topic_ids)} topics, 1 to {TOPICS_AT_ONCE} may")
    rules = call.rules.groups
    community = rules.directory.get(call.app.sdk_app_id, request.group_id)
    outcome = await rules.topics.destroy(community, by, request.topic_ids, call.app.settings)
    return DestroyTopicResponse(results=[to_topic_result(name, error) for name, error in outcome.items()])


def _topic(call: Call, group_id: GroupId, topic_id: GroupId) -> Group:
    rules = call.rules.groups
    community = rules.directory.get(call.app.sdk_app_id, group_id)
    if topic_id == group_id:
        raise BAD_SERVICE_REQUEST(detail="TopicId is the community's ID, not a topic's")
    return rules.topics.get(community, topic_id, call.app.settings)


def _changes(request: ModifyTopicRequest | ModifyOwnTopicRequest, mute_all: Switch | None) -> dict[str, object]:
    texts = {
        "name": request.name,
        "introduction": request.introduction,
        "notification": request.notification,
        "face_url": request.face_url,
    }
    _check_texts(*texts.values(), request.custom)
    changes: dict[str, object] = {name: text for name, text in texts.items() if text is not None}
    if request.custom is not None:
        changes["custom"] = {CUSTOM: request.custom} if request.custom else {}
    if mute_all is not None:
        changes["is_muted"] = mute_all == "On"
    return changes


def _check_texts(*texts: str | None) -> None:
    """Raise 10004 for a text that is too long; they come in the order of TEXT_BYTES."""
    for (name, limit), text in zip(TEXT_BYTES.items(), texts, strict=True):
        if text is not None and (size := len(text.encode())) > limit:
            raise BAD_SERVICE_REQUEST(detail=f"{name} has {size} bytes, at most {limit} are allowed")


def _to_own_row(name: str, topic: Topic | None, now: float) -> OwnTopicRow:
    if topic is not None:
        return to_own_topic_row(topic, now)
    error = TOPIC_GONE(topic_id=name)
    return OwnTopicRow(code=error.code, info=error.info, topic=OwnTopicDown(topic_id=name))


def _own(call: Call, group_id: GroupId) -> By:
    _, member = own_place(call, group_id)
    return By(member, member.user_id, call.instance)


async def _by(call: Call, name: UserId | None) -> By:
    """Return an app admin with all rights, acting in somebody's name."""
    account = call.account if name is None else await party(call, name, BAD_SERVICE_REQUEST)
    return By(None, account.user_id)
