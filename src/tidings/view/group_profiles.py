"""Groups and members as answers show them, field by field as asked for (spec/rest/groups.yaml)."""

from collections.abc import Collection, Mapping
from typing import TypeVar

import msgspec

from tidings.domain.group.groups import Group, Member
from tidings.ids import UserId
from tidings.wire.groups import (
    Field,
    GroupProfile,
    GroupShown,
    JoinedDown,
    MemberFilter,
    MemberShown,
    OwnGroupDown,
    PlaceDown,
    SelfDown,
)

SWITCH = {True: "On", False: "Off"}
# Two spellings of one thing: whoever asks for one gets both.
OLD_NAMES = {"ShutUpAllMember": "MuteAllMember", "ShutUpUntil": "MuteUntil"}
Shown = TypeVar("Shown", bound=GroupShown)
Profile = TypeVar("Profile", bound=GroupProfile)
Someone = TypeVar("Someone", bound=MemberShown)
Part = TypeVar("Part", bound=msgspec.Struct)


def to_fields(custom: Mapping[str, str], wanted: Collection[str] | None = None) -> list[Field]:
    """Return custom fields, all or those that are wanted."""
    return [Field(key, value) for key, value in custom.items() if wanted is None or key in wanted]


def to_shown(shape: type[Shown], group: Group, owner: UserId, wanted: Collection[str] | None = None) -> Shown:
    """Return a group in one of its views: all of it, or the fields whose wire names are wanted."""
    switch = SWITCH[group.is_muted]
    values = {
        "kind": group.kind.value,
        "name": group.name,
        "app": group.app,
        "introduction": group.introduction,
        "notification": group.notification,
        "face_url": group.face_url,
        "owner": owner,
        "created_at": group.created_at,
        "info_seq": group.info_seq,
        "info_at": group.info_at,
        "last_at": group.last_at,
        "next_seq": group.last_seq + 1,
        "member_count": group.member_count,
        "max_members": group.max_members,
        "apply_option": group.apply_option.value,
        "invite_option": group.invite_option.value,
        "mute_all": switch,
        "shut_up_all": switch,
        "has_topics": int(group.has_topics),
        "has_permissions": int(group.has_permissions),
        "default_permission": group.default_permission,
    }
    return _fill(shape(group_id=group.group_id), values, wanted)


def to_profile(
    shape: type[Profile],
    group: Group,
    owner: UserId,
    wanted: Collection[str] | None = None,
    custom: Collection[str] | None = None,
    values: Mapping[str, str] | None = None,
) -> Profile:
    """Return a group's profile with its custom fields, or `values` of them: all of it, or the fields wanted."""
    down = to_shown(shape, group, owner, wanted)
    down.code, down.info = 0, ""
    if custom is not None or wanted is None:
        down.custom = to_fields(group.custom if values is None else values, custom)
    return down


def to_member_down(
    shape: type[Someone],
    member: Member,
    now: float,
    wanted: Collection[str] | None = None,
    custom: Collection[str] | None = None,
    values: Mapping[str, str] | None = None,
) -> Someone:
    """Return a member in one of its views: all of it, or the fields whose wire names are wanted.

    `values` are custom fields in place of all that it has.
    """
    muted_until = member.muted_until if member.is_muted(now) else 0
    shown = {
        **_place(member),
        "sent_at": member.sent_at,
        "mute_until": muted_until,
        "shut_up_until": muted_until,
        "name_card": member.name_card,
        "nick": member.nick,
        "face_url": member.face_url,
    }
    down = _fill(shape(account=member.user_id), shown, wanted)
    if custom is not None or wanted is None:
        down.custom = to_fields(member.custom if values is None else values, custom)
    return down


def to_joined(
    group: Group, member: Member, owner: UserId, wanted: Collection[str] | None, own: Collection[str] | None
) -> JoinedDown:
    """Return a group that an account is in, with what is wanted of both."""
    down = to_shown(JoinedDown, group, owner, wanted or ())
    if own is not None:
        down.place = _fill(PlaceDown(), _place(member), own)
    return down


def to_own_group(group: Group, owner: UserId, wanted: MemberFilter | None, values: Mapping[str, str]) -> OwnGroupDown:
    """Return a group as clients see it, with those custom fields: all of it, or what a filter names."""
    if wanted is None:
        return to_profile(OwnGroupDown, group, owner, values=values)
    down = to_profile(OwnGroupDown, group, owner, wanted.group or (), wanted.group_custom or (), values)
    if group.has_topics:
        down.has_topics = 1  # public clients go by it and never ask for it
    return down


def to_self_down(member: Member) -> SelfDown:
    """Return what the caller is in a group."""
    return SelfDown(
        role=member.role.value,
        joined_at=member.joined_at,
        receive=member.receive.value,
        read_seq=member.read_seq,
        name_card=member.name_card,
    )


def _place(member: Member) -> dict[str, object]:
    return {
        "role": member.role.value,
        "joined_at": member.joined_at,
        "receive": member.receive.value,
        "read_seq": member.read_seq,
    }


def _fill(down: Part, values: Mapping[str, object], wanted: Collection[str] | None) -> Part:
    """Set those fields of a struct for which there are values and whose wire names are wanted."""
    names = None if wanted is None else {OLD_NAMES.get(name, name) for name in wanted}
    for each in msgspec.structs.fields(down):
        if each.name in values and (names is None or OLD_NAMES.get(each.encode_name, each.encode_name) in names):
            setattr(down, each.name, values[each.name])
    return down
