"""Friends, and changes of relations, in their wire form (web-sdk-wire.md, section 7; spec/rest/sns.yaml)."""

from collections.abc import Collection, Mapping

from tidings.domain.events import FriendRequested, RelationsChanged
from tidings.domain.relation_book import FriendValue
from tidings.ids import Position
from tidings.wire import pushes
from tidings.wire.relations import FriendItem, FriendMod, PushedGroup, PushedItem, PushedRequest, PushedUpdate

RELATIONS = 2
ADDED, DELETED, ASKED, ENDED, BLOCKED, UNBLOCKED, REPORTED, UPDATED, GROUPED = range(1, 10)


def to_friend_items(fields: Mapping[str, FriendValue], wanted: Collection[str] | None = None) -> list[FriendItem]:
    """Return fields of an entry, all or those that are wanted."""
    return [FriendItem(tag, _plain(value)) for tag, value in fields.items() if wanted is None or tag in wanted]


def relations_changed(event: RelationsChanged, position: Position) -> pushes.RelationEvent:
    """Return the event of relations that changed; what happened first stands first."""
    mods: list[FriendMod] = []
    if event.groups:
        mods.append(FriendMod(kind=GROUPED, groups=[PushedGroup(g.name, g.old_name) for g in event.groups]))
    mods += [_asked(request) for request in event.requests]
    if event.ended_requests:
        mods.append(FriendMod(kind=ENDED, ended=[ended.user_id for ended in event.ended_requests]))
    if event.added_ids:
        mods.append(FriendMod(kind=ADDED, added=list(event.added_ids)))
    if event.deleted_ids:
        mods.append(FriendMod(kind=DELETED, deleted=list(event.deleted_ids)))
    return pushes.RelationEvent(event=RELATIONS, position=position, mods=[*mods, *_others(event)])


def _others(event: RelationsChanged) -> list[FriendMod]:
    mods = []
    if event.blocked_ids:
        mods.append(FriendMod(kind=BLOCKED, blocked=list(event.blocked_ids)))
    if event.unblocked_ids:
        mods.append(FriendMod(kind=UNBLOCKED, unblocked=list(event.unblocked_ids)))
    if event.read_until:
        mods.append(FriendMod(kind=REPORTED, read_until=event.read_until))
    if event.updates:
        updates = [
            PushedUpdate(update.user_id, [PushedItem(field.tag, _plain(field.value)) for field in update.fields])
            for update in event.updates
        ]
        mods.append(FriendMod(kind=UPDATED, updates=updates))
    return mods


def _asked(request: FriendRequested) -> FriendMod:
    r = request
    asked = PushedRequest(r.user_id, r.nick, r.face_url, r.source, r.wording, r.time)
    return FriendMod(kind=ASKED, from_account=r.asker_id, requests=[asked])


def _plain(value: FriendValue) -> int | str | list[str]:
    return list(value) if isinstance(value, tuple) else value
