"""From the wire's friends and requests to the objects of this package."""

from collections.abc import Iterable

from tidings_client.events import Friend, FriendRequest, RelationsChanged
from tidings_client.wire_relations import FriendDown, RequestDown, ToldRelation, ToldRequest, Value

IM, CUSTOM = "Tag_SNS_IM_", "Tag_SNS_Custom_"
SENT = "Pendency_Type_SendOut"


def to_friend(down: FriendDown) -> Friend:
    """Return a friend with its fields."""
    fields: dict[str, Value] = {item.tag: item.value for item in down.items}
    groups = fields.get(f"{IM}Group", [])
    return Friend(
        down.user,
        _text(fields, "Remark"),
        tuple(groups) if isinstance(groups, list) else (),
        _text(fields, "AddSource"),
        _text(fields, "AddWording"),
        int(str(fields.get(f"{IM}AddTime", 0))),
        {tag.removeprefix(CUSTOM): value for tag, value in _scalars(fields) if tag.startswith(CUSTOM)},
    )


def to_request(down: RequestDown) -> FriendRequest:
    """Return a friend request."""
    r = down
    return FriendRequest(r.user, r.nick, r.face_url, r.source, r.wording, r.time, is_own=r.kind == SENT)


def to_relations_event(told: Iterable[ToldRelation], at: int, me: str) -> RelationsChanged:
    """Return the event of relations that changed."""
    parts = list(told)
    return RelationsChanged(
        tuple(user for part in parts for user in part.added),
        tuple(user for part in parts for user in part.deleted),
        tuple(_to_told(request, part.asker == me) for part in parts for request in part.requests),
        tuple(user for part in parts for user in part.ended),
        tuple(user for part in parts for user in part.blocked),
        tuple(user for part in parts for user in part.unblocked),
        tuple(update.user for part in parts for update in part.updates),
        tuple((group.old_name, group.name) for part in parts for group in part.groups),
        max((part.read_until for part in parts), default=0),
        at,
    )


def _to_told(told: ToldRequest, is_own: bool) -> FriendRequest:
    return FriendRequest(told.user, told.nick, told.face_url, told.source, told.wording, told.time, is_own=is_own)


def _text(fields: dict[str, Value], name: str) -> str:
    value = fields.get(IM + name, "")
    return value if isinstance(value, str) else ""


def _scalars(fields: dict[str, Value]) -> list[tuple[str, str | int]]:
    return [(tag, value) for tag, value in fields.items() if not isinstance(value, list)]
