"""What members are in groups, and profiles of groups, in the wire form of requests and answers (spec/client)."""

from msgspec import UNSET, UnsetType, field

from tidings_client.wire_group_asks import Field, OneGroup


class ChangeMember(OneGroup, frozen=True):
    """modify_group_member_info; what is not said stays as it is."""

    user: str = field(name="Member_Account")
    topic: str | UnsetType = field(name="TopicId", default=UNSET)
    role: str | UnsetType = field(name="Role", default=UNSET)
    receive: str | UnsetType = field(name="MsgFlag", default=UNSET)
    name_card: str | UnsetType = field(name="NameCard", default=UNSET)
    custom: list[Field] | UnsetType = field(name="AppMemberDefinedData", default=UNSET)
    mute_seconds: int | UnsetType = field(name="ShutUpTime", default=UNSET)


class AskNamed(OneGroup, frozen=True):
    """get_specified_group_member_info."""

    users: list[str] = field(name="Member_List_Account")


class HandOver(OneGroup, frozen=True):
    """change_group_owner."""

    user: str = field(name="NewOwner_Account")


class ChangeGroup(OneGroup, frozen=True):
    """modify_group_base_info; what is not said stays as it is."""

    name: str | UnsetType = field(name="Name", default=UNSET)
    introduction: str | UnsetType = field(name="Introduction", default=UNSET)
    notification: str | UnsetType = field(name="Notification", default=UNSET)
    face_url: str | UnsetType = field(name="FaceUrl", default=UNSET)
    apply_option: str | UnsetType = field(name="ApplyJoinOption", default=UNSET)
    invite_option: str | UnsetType = field(name="InviteJoinOption", default=UNSET)
    mute_all: str | UnsetType = field(name="MuteAllMember", default=UNSET)
    custom: list[Field] | UnsetType = field(name="AppDefinedData", default=UNSET)
