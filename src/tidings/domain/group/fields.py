"""Custom fields of groups and of members, as an app declares them (spec/groups.md, section 5; spec/console.md)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from tidings.domain.group.groups import Member
from tidings.domain.group.kinds import GROUP_KINDS, Action, Kind, Role, find_kind
from tidings.domain.group.rights import Actor
from tidings.errors import BAD_SERVICE_REQUEST, GROUP_FIELD_READ_ONLY, GROUP_FIELD_UNKNOWN
from tidings.settings import SettingsError

GROUP_FIELDS, MEMBER_FIELDS = 10, 5
GROUP_VALUE_BYTES, MEMBER_VALUE_BYTES = 512, 64


class Level(StrEnum):
    """Who may read or write a field: those named, and everybody above; app admins always may.

    OWN is for members' fields: each member its own value.
    """

    APP = "app"
    OWNER = "owner"
    ADMINS = "admins"
    MEMBERS = "members"
    ANYONE = "anyone"
    OWN = "own"


@dataclass(frozen=True, slots=True)
class Access:
    """Who may read and who may write a field in groups of one kind."""

    read: Level
    write: Level


Fields = Mapping[str, Mapping[Kind, Access]]
"""The fields of an app by name, with what holds in each kind of group that has them."""


@lru_cache(maxsize=256)
def fields_of(declaration: str) -> Fields:
    """Return the fields that a setting declares; where a kind is named twice the last one counts."""
    found: dict[str, dict[Kind, Access]] = {}
    for part in declaration.split(",") if declaration else ():
        head, read, write = part.split(":")
        name, _, kinds = head.partition("/")
        access = Access(Level(read), Level(write))
        found.setdefault(name, {}).update(dict.fromkeys(_kinds(kinds), access))
    return found


def check_group_values(declaration: str, kind: Kind, actor: Actor, values: Mapping[str, str]) -> None:
    """Let an actor give fields of a group values.

    Raises 10004 for a field that the type has not and for a long value, 10007 without the right.
    """
    for key, value in values.items():
        access = _get(declaration, kind, key, "group")
        if actor is not None and not _reaches(actor, access.write):
            raise GROUP_FIELD_READ_ONLY(key=key, level=access.write.value, kind=kind.value)
        _check_size(key, value, GROUP_VALUE_BYTES)


def check_member_values(
    declaration: str, kind: Kind, actor: Actor, values: Mapping[str, str], *, is_own: bool = False
) -> None:
    """Let an actor give a member's fields values, `is_own`: its own; raises what `check_group_values` does."""
    for key, value in values.items():
        access = _get(declaration, kind, key, "member")
        may = access.write is Level.OWN and is_own
        if actor is not None and not may and not _reaches(actor, access.write):
            raise GROUP_FIELD_READ_ONLY(key=key, level=access.write.value, kind=kind.value)
        _check_size(key, value, MEMBER_VALUE_BYTES)


def readable(declaration: str, kind: Kind, reader: Member | None, values: Mapping[str, str]) -> dict[str, str]:
    """Return those of a group's or a member's values that a user may read; None: somebody who is not in the group."""
    fields = fields_of(declaration)
    found = {}
    for key, value in values.items():
        access = fields.get(key, {}).get(kind)
        if access is not None and _reaches(reader, access.read):
            found[key] = value
    return found


def shared(declaration: str, kind: Kind, values: Mapping[str, str]) -> dict[str, str]:
    """Return those of a group's values that every member may read."""
    fields = fields_of(declaration)
    all_may = (Level.MEMBERS, Level.ANYONE)
    return {
        key: value
        for key, value in values.items()
        if (access := fields.get(key, {}).get(kind)) is not None and access.read in all_may
    }


def check_declarations(before: tuple[str, str], after: tuple[str, str]) -> None:
    """Raise SettingsError if fields of groups and members, as they are declared after a change, may not be.

    There are up to 10 of groups and 5 of members, no name is in both, none has gone and none left a type: values
    may be stored. Rights may change.
    """
    for name, most, old, new in zip(
        ("group_fields", "member_fields"), (GROUP_FIELDS, MEMBER_FIELDS), before, after, strict=True
    ):
        now = fields_of(new)
        if len(now) > most:
            raise SettingsError(f"setting {name} declares {len(now)} fields, at most {most} are allowed")
        for key, kinds in fields_of(old).items():
            if kinds.keys() - now.get(key, {}).keys():
                raise SettingsError(
                    f"setting {name} must keep {key!r} for the types it had: a field that was declared is not deleted;"
                    " its rights may change"
                )
    if both := fields_of(after[0]).keys() & fields_of(after[1]).keys():
        raise SettingsError(f"settings group_fields and member_fields both declare {', '.join(sorted(both))}")


def _get(declaration: str, kind: Kind, key: str, whose: str) -> Access:
    access = fields_of(declaration).get(key, {}).get(kind)
    if access is None:
        raise GROUP_FIELD_UNKNOWN(whose=whose, key=key[:64], kind=kind.value)
    return access


def _check_size(key: str, value: str, limit: int) -> None:
    if (size := len(value.encode())) > limit:
        raise BAD_SERVICE_REQUEST(detail=f"the value of field {key!r} has {size} bytes, at most {limit} are allowed")


def _reaches(member: Member | None, level: Level) -> bool:
    """Say whether a user stands where a level begins; where permission groups decide, admins are who may change it."""
    if level is Level.ANYONE:
        return True
    if member is None:
        return False
    if level is Level.MEMBERS or member.role is Role.OWNER:
        return level not in (Level.APP, Level.OWN)
    if level is not Level.ADMINS:
        return False
    return member.role is Role.ADMIN if member.allowed is None else Action.CHANGE_PROFILE in member.allowed


def _kinds(names: str) -> Sequence[Kind]:
    found = [find_kind(name) for name in names.split("+")] if names else GROUP_KINDS
    return [kind for kind in found if kind is not None]
