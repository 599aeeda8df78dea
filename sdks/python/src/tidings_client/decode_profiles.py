"""From the wire's profiles and follows to the objects of this package."""

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Any, TypeVar

from tidings_client import events
from tidings_client.events import AllowType, Event, FollowType, ForbidType, Gender, Profile
from tidings_client.wire_profiles import ProfileItem, ToldFollow, ToldProfile, Value

STANDARD, CUSTOM = "Tag_Profile_IM_", "Tag_Profile_Custom_"
# Names of this package by those of the wire; both ways.
TAGS = {
    "nick": "Nick",
    "face_url": "Image",
    "gender": "Gender",
    "birthday": "BirthDay",
    "location": "Location",
    "signature": "SelfSignature",
    "allow_type": "AllowType",
    "language": "Language",
    "message_settings": "MsgSettings",
    "forbid_type": "AdminForbidType",
    "level": "Level",
    "role": "Role",
}
_NAMES = {STANDARD + tag: name for name, tag in TAGS.items()}
_CHOICES: dict[str, type[StrEnum]] = {"gender": Gender, "allow_type": AllowType, "forbid_type": ForbidType}
C = TypeVar("C", bound=StrEnum)


def to_profile(user: str, items: Iterable[ProfileItem]) -> Profile:
    """Return a user's profile; fields that this package does not know are left out."""
    fields, custom = _split((item.tag, item.value) for item in items)
    return Profile(user, custom=custom, **fields)


def to_tags(fields: Mapping[str, Any]) -> dict[str, Value]:
    """Return fields, named as in this package, by their tags; raises TypeError for one that is unknown."""
    custom: Mapping[str, str] = fields.get("custom", {})
    unknown = fields.keys() - TAGS.keys() - {"custom"}
    if unknown:
        raise TypeError(f"profiles have no fields {sorted(unknown)}; custom ones go into `custom`")
    named = {STANDARD + TAGS[name]: value for name, value in fields.items() if name != "custom"}
    return {**named, **{CUSTOM + name: value for name, value in custom.items()}}


def to_profile_event(told: ToldProfile, at: int) -> Event:
    """Return the event of a profile that changed."""
    rows = ((each.tag, each.text if each.number is None else each.number) for each in told.fields)
    fields, custom = _split((tag, value) for tag, value in rows if value is not None)
    return events.ProfileChanged(told.user, fields, custom, at)


def to_follow_event(told: Iterable[ToldFollow], at: int) -> Event:
    """Return the event of users who follow, are followed, or no more."""
    return events.FollowsChanged(tuple(change for each in told for change in _to_changes(each)), at)


def to_follow_type(number: int) -> FollowType:
    """Return what a user is by its number; an unknown one counts as NONE."""
    return FollowType(number) if number in set(FollowType) else FollowType.NONE


def _to_changes(told: ToldFollow) -> Iterator[events.FollowChange]:
    for is_added in (True, False):
        types = tuple(to_follow_type(diff.kind) for diff in told.diffs if (diff.is_added == 1) is is_added)
        if types:
            yield events.FollowChange(told.user, types, is_added, told.time)


def _split(rows: Iterable[tuple[str, Value]]) -> tuple[dict[str, Any], dict[str, str]]:
    """Return standard fields by the names of this package, and custom ones by their own."""
    fields: dict[str, Any] = {}
    custom: dict[str, str] = {}
    for tag, value in rows:
        if tag in _NAMES:
            name = _NAMES[tag]
            fields[name] = _to_choice(_CHOICES[name], str(value)) if name in _CHOICES else value
        elif tag.startswith(CUSTOM):
            custom[tag.removeprefix(CUSTOM)] = str(value)
    return fields, custom


def _to_choice(choices: type[C], text: str) -> C:
    """Return a choice by its text; one that is unknown counts as the first."""
    return choices(text) if text in set(choices) else next(iter(choices))
