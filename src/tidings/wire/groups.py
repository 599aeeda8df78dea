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


class MemberDown(Struct, omit_defaults=True, kw_only=True):
    """A member as answers show it; what was not asked for is left out."""

    account: str = field(name="Member_Account")
    role: str | UnsetType = field(name="Role", default=UNSET)
    joined_at: int | UnsetType = field(name="JoinTime", default=UNSET)
    read_seq: int | UnsetType = field(name="MsgSeq", default=UNSET)
    receive: str | UnsetType = field(name="MsgFlag", default=UNSET)
    sent_at: int | UnsetType = field(name="LastSendMsgTime", default=UNSET)
    mute_until: int | UnsetType = field(name="MuteUntil", default=UNSET)
    shut_up_until: int | UnsetType = field(name="ShutUpUntil", default=UNSET)
    name_card: str | UnsetType = field(name="NameCard", default=UNSET)
    nick: str | UnsetType = field(name="NickName", default=UNSET)
    face_url: str | UnsetType = field(name="FaceUrl", default=UNSET)
    custom: list[Field] | UnsetType = field(name="AppMemberDefinedData", default=UNSET)


class SelfDown(Struct, kw_only=True):
    """What the caller is in a group."""

    role: str = field(name="Role")
    joined_at: int = field(name="JoinTime")
    receive: str = field(name="MsgFlag")
    read_seq: int = field(name="MsgSeq")
    name_card: str = field(name="NameCard", default="")


class GroupDown(Struct, omit_defaults=True, kw_only=True):
    """A group as answers show it; what was not asked for is left out."""

    group_id: str = field(name="GroupId")
    code: int | UnsetType = field(name="ErrorCode", default=UNSET)
    info: str | UnsetType = field(name="ErrorInfo", default=UNSET)
    kind: str | UnsetType = field(name="Type", default=UNSET)
    name: str | UnsetType = field(name="Name", default=UNSET)
    app: int | UnsetType = field(name="Appid", default=UNSET)
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
    invite_option: str | UnsetType = field(name="InviteJoinOption", default=UNSET)
    mute_all: str | UnsetType = field(name="MuteAllMember", default=UNSET)
    shut_up_all: str | UnsetType = field(name="ShutUpAllMember", default=UNSET)
    has_topics: int | UnsetType = field(name="SupportTopic", default=UNSET)
    has_permissions: int | UnsetType = field(name="EnablePermission", default=UNSET)
    default_permission: int | UnsetType = field(name="DefaultPermission", default=UNSET)
    custom: list[Field] | UnsetType = field(name="AppDefinedData", default=UNSET)
    members: list[MemberDown] | UnsetType = field(name="MemberList", default=UNSET)
    self_info: SelfDown | UnsetType = field(name="SelfInfo", default=UNSET)


class MemberResult(Struct):
    """What became of an account: 0 refused, 1 added, 2 was in, 3 waits."""

    account: str = field(name="Member_Account")
    result: int = field(name="Result")


class ResponseFilter(Struct, frozen=True):
    """Which fields an answer is to have; None where a kind was not filtered."""

    group: list[str] | None = field(name="GroupBaseInfoFilter", default=None)
    member: list[str] | None = field(name="MemberInfoFilter", default=None)
    group_custom: list[str] | None = field(name="AppDefinedDataFilter_Group", default=None)
    member_custom: list[str] | None = field(name="AppDefinedDataFilter_GroupMember", default=None)
    own: list[str] | None = field(name="SelfInfoFilter", default=None)
