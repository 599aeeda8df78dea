"""Groups and members as answers show them, field by field as asked for (spec/rest/groups.yaml)."""

from collections.abc import Collection, Mapping

import msgspec

from tidings.domain.group.groups import Group, Member
from tidings.ids import UserId
from tidings.wire.groups import Field, GroupDown, MemberDown, SelfDown

SWITCH = {True: "On", False: "Off"}


def to_fields(custom: Mapping[str, str], wanted: Collection[str] | None = None) -> list[Field]:
    """Return custom fields, all or those that are wanted."""
    return [Field(key, value) for key, value in custom.items() if wanted is None or key in wanted]


def _until(member: Member, now: float) -> int:
    return member.muted_until if member.muted_until > now else 0


def to_group_down(
    group: Group, owner: UserId, wanted: Collection[str] | None = None, custom: Collection[str] | None = None
) -> GroupDown:
    """Return a group's profile: all of it, or the fields whose wire names are wanted."""
    down = GroupDown(
        group_id=group.group_id,
        code=0,
        info="",
        kind=group.kind.value,
        name=group.name,
        app=group.app,
        introduction=group.introduction,
        notification=group.notification,
        face_url=group.face_url,
        owner=owner,
        created_at=group.created_at,
        info_seq=group.info_seq,
        info_at=group.info_at,
        last_at=group.last_at,
        next_seq=group.last_seq + 1,
        member_count=group.member_count,
        max_members=group.max_members,
        apply_option=group.apply_option.value,
        invite_option=group.invite_option.value,
        mute_all=SWITCH[group.is_muted],
        shut_up_all=SWITCH[group.is_muted],
        has_topics=int(group.has_topics),
        has_permissions=int(group.has_permissions),
        default_permission=group.default_permission,
    )
    if wanted is not None:
        _keep_only(down, {*wanted, "GroupId", "ErrorCode", "ErrorInfo"})
    if custom is not None or wanted is None:
        down.custom = to_fields(group.custom, custom)
    return down


def to_member_down(
    member: Member, now: float, wanted: Collection[str] | None = None, custom: Collection[str] | None = None
) -> MemberDown:
    """Return a member: all of it, or the fields whose wire names are wanted."""
    down = MemberDown(
        account=member.user_id,
        role=member.role.value,
        joined_at=member.joined_at,
        read_seq=member.read_seq,
        receive=member.receive.value,
        sent_at=member.sent_at,
        mute_until=_until(member, now),
        shut_up_until=_until(member, now),
        name_card=member.name_card,
        nick=member.nick,
        face_url=member.face_url,
    )
    if wanted is not None:
        _keep_only(down, {*wanted, "Member_Account"})
    if custom is not None or wanted is None:
        down.custom = to_fields(member.custom, custom)
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


def _keep_only(down: GroupDown | MemberDown, wanted: Collection[str]) -> None:
    """Unset every field of a struct whose wire name is not wanted; both spellings of muting are one."""
    old = {"ShutUpAllMember": "MuteAllMember", "ShutUpUntil": "MuteUntil"}
    names = {old.get(name, name) for name in wanted}
    for each in msgspec.structs.fields(down):
        if old.get(each.encode_name, each.encode_name) not in names:
            setattr(down, each.name, msgspec.UNSET)
