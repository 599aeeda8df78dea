"""Groups and members in the bodies of commands (spec/rest/groups.yaml)."""

from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType, field

from tidings.ids import UserId


class Field(Struct, frozen=True):
    """A custom field of a group or of a member."""

    key: str = field(name="Key", default="")
    value: str = field(name="Value", default="")


class FirstMember(Struct, frozen=True):
    """A member that a group begins with."""

    account: UserId = field(name="Member_Account")
    role: str = field(name="Role", default="Member")
    joined_at: Annotated[int, Meta(ge=0, le=0xFFFFFFFF)] | None = field(name="JoinTime", default=None)
    name_card: str = field(name="NameCard", default="")
    custom: list[Field] = field(name="AppMemberDefinedData", default_factory=list)


class MemberShown(Struct, omit_defaults=True, kw_only=True):
    """A member as a group's profile shows it; what was not asked for is left out."""

    account: str = field(name="Member_Account")
    role: str | UnsetType = field(name="Role", default=UNSET)
    joined_at: int | UnsetType = field(name="JoinTime", default=UNSET)
    read_seq: int | UnsetType = field(name="MsgSeq", default=UNSET)
    receive: str | UnsetType = field(name="MsgFlag", default=UNSET)
    sent_at: int | UnsetType = field(name="LastSendMsgTime", default=UNSET)
    mute_until: int | UnsetType = field(name="MuteUntil", default=UNSET)
    shut_up_until: int | UnsetType = field(name="ShutUpUntil", default=UNSET)
    name_card: str | UnsetType = field(name="NameCard", default=UNSET)
    custom: list[Field] | UnsetType = field(name="AppMemberDefinedData", default=UNSET)


class MemberDown(MemberShown, kw_only=True):
    """A member as app servers see it."""

    status: str | UnsetType = field(name="OnlineStatus", default=UNSET)


class FellowDown(MemberShown, kw_only=True):
    """A member as other members see it."""

    nick: str | UnsetType = field(name="NickName", default=UNSET)
    face_url: str | UnsetType = field(name="FaceUrl", default=UNSET)


class PlaceDown(Struct, omit_defaults=True, kw_only=True):
    """What an account is in a group, as app servers see it; what was not asked for is left out."""

    role: str | UnsetType = field(name="Role", default=UNSET)
    joined_at: int | UnsetType = field(name="JoinTime", default=UNSET)
    receive: str | UnsetType = field(name="MsgFlag", default=UNSET)
    read_seq: int | UnsetType = field(name="MsgSeq", default=UNSET)


class SelfDown(Struct, kw_only=True):
    """What the caller is in a group."""

    role: str = field(name="Role")
    joined_at: int = field(name="JoinTime")
    receive: str = field(name="MsgFlag")
    read_seq: int = field(name="MsgSeq")
    name_card: str = field(name="NameCard")


class GroupShown(Struct, omit_defaults=True, kw_only=True):
    """What every view of a group may show; what was not asked for is left out."""

    group_id: str = field(name="GroupId")
    kind: str | UnsetType = field(name="Type", default=UNSET)
    name: str | UnsetType = field(name="Name", default=UNSET)
    introduction: str | UnsetType = field(name="Introduction", default=UNSET)
    notification: str | UnsetType = field(name="Notification", default=UNSET)
    face_url: str | UnsetType = field(name="FaceUrl", default=UNSET)
    owner: str | UnsetType = field(name="Owner_Account", default=UNSET)
    created_at: int | UnsetType = field(name="CreateTime", default=UNSET)
    info_seq: int | UnsetType = field(name="InfoSeq", default=UNSET)
    info_at: int | UnsetType = field(name="LastInfoTime", default=UNSET)
    last_at: int | UnsetType = field(name="LastMsgTime", default=UNSET)
    next_seq: int | UnsetType = field(name="NextMsgSeq", default=UNSET)
    member_count: int | UnsetType = field(name="MemberNum", default=UNSET)
    max_members: int | UnsetType = field(name="MaxMemberNum", default=UNSET)
    apply_option: str | UnsetType = field(name="ApplyJoinOption", default=UNSET)
    mute_all: str | UnsetType = field(name="MuteAllMember", default=UNSET)
    shut_up_all: str | UnsetType = field(name="ShutUpAllMember", default=UNSET)


class JoinedDown(GroupShown, kw_only=True):
    """A group that an account is in, as app servers see it."""

    place: PlaceDown | UnsetType = field(name="SelfInfo", default=UNSET)


class GroupProfile(GroupShown, kw_only=True):
    """A whole profile."""

    code: int | UnsetType = field(name="ErrorCode", default=UNSET)
    info: str | UnsetType = field(name="ErrorInfo", default=UNSET)
    app: int | UnsetType = field(name="Appid", default=UNSET)
    invite_option: str | UnsetType = field(name="InviteJoinOption", default=UNSET)
    has_topics: int | UnsetType = field(name="SupportTopic", default=UNSET)
    has_permissions: int | UnsetType = field(name="EnablePermission", default=UNSET)
    default_permission: int | UnsetType = field(name="DefaultPermission", default=UNSET)
    custom: list[Field] | UnsetType = field(name="AppDefinedData", default=UNSET)


class GroupDown(GroupProfile, kw_only=True):
    """A group as app servers see it."""

    members: list[MemberShown] | UnsetType = field(name="MemberList", default=UNSET)


class OwnGroupDown(GroupProfile, kw_only=True):
    """A group as somebody in it, or looking for it, sees it."""

    own: SelfDown | UnsetType = field(name="SelfInfo", default=UNSET)


class MemberResult(Struct):
    """What became of an account: 0 refused, 1 added, 2 was in, 3 waits."""

    account: str = field(name="Member_Account")
    result: int = field(name="Result")


class SelfFilter(Struct, frozen=True):
    """Which fields of groups and of the account in them an answer is to have; None: none of that kind."""

    group: list[str] | None = field(name="GroupBaseInfoFilter", default=None)
    own: list[str] | None = field(name="SelfInfoFilter", default=None)


class MemberFilter(Struct, frozen=True):
    """Which fields of groups and their members an answer is to have; None: none of that kind."""

    group: list[str] | None = field(name="GroupBaseInfoFilter", default=None)
    member: list[str] | None = field(name="MemberInfoFilter", default=None)
    group_custom: list[str] | None = field(name="AppDefinedDataFilter_Group", default=None)
    member_custom: list[str] | None = field(name="AppDefinedDataFilter_GroupMember", default=None)


class ResponseFilter(MemberFilter, frozen=True):
    """Which fields clients want to see."""

    own: list[str] | None = field(name="SelfInfoFilter", default=None)
