"""Profiles, changes of them and of follows in their wire form (web-sdk-wire.md, section 7)."""

from tidings.domain.events import FollowChange, FollowsChanged, ProfileChanged, ProfileField
from tidings.domain.profile_fields import Values
from tidings.ids import Position
from tidings.wire import pushes
from tidings.wire.profiles import ProfileItem

PROFILE, FOLLOW = 1, 27
CHANGED = 1


def to_items(values: Values) -> list[ProfileItem]:
    """Return the fields of a profile that have a value."""
    return [ProfileItem(tag, value) for tag, value in values.items()]


def profile_changed(event: ProfileChanged, position: Position) -> pushes.ProfileEvent:
    """Return the event of a profile that changed."""
    fields = [_to_field(field) for field in event.fields]
    changed = pushes.ProfileChange(CHANGED, event.user_id, fields)
    return pushes.ProfileEvent(event=PROFILE, position=position, changes=[changed])


def follows_changed(event: FollowsChanged, position: Position) -> pushes.FollowEvent:
    """Return the event of users who follow or are followed, or no more."""
    changes = [_to_change(change) for change in event.changes]
    return pushes.FollowEvent(event=FOLLOW, position=position, changes=changes)


def _to_field(field: ProfileField) -> pushes.ProfileField:
    if isinstance(field.value, int):
        return pushes.ProfileField(field.tag, number=field.value)
    return pushes.ProfileField(field.tag, text=field.value)


def _to_change(change: FollowChange) -> pushes.FollowChange:
    diffs = [pushes.FollowDiff(int(change.is_added), kind) for kind in change.types]
    return pushes.FollowChange(change.peer_id, change.time, diffs)
