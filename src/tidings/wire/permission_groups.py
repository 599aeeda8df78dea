"""Permission groups in the bodies of commands (spec/rest/groups.yaml, spec/client/million_group_open_http_svc.yaml)."""

from msgspec import UNSET, Struct, UnsetType, field

from tidings.ids import UserId


class MemberName(Struct, frozen=True):
    """An account."""

    account: UserId = field(name="Member_Account")


class PermissionResult(Struct, kw_only=True):
    """What became of one permission group."""

    code: int = field(name="ErrorCode")
    info: str = field(name="ErrorInfo")
    permission_id: str = field(name="PermissionGroupId")


class PermissionGroupDown(Struct, omit_defaults=True, kw_only=True):
    """A permission group, or where it was named and is not there, why."""

    code: int | UnsetType = field(name="ErrorCode", default=UNSET)
    permission_id: str = field(name="PermissionGroupId")
    name: str | UnsetType = field(name="PermissionGroupName", default=UNSET)
    permission: int | UnsetType = field(name="Permission", default=UNSET)
    custom: str | UnsetType = field(name="CustomString", default=UNSET)
    member_count: int | UnsetType = field(name="MemberNum", default=UNSET)


class TopicBitsDown(Struct, omit_defaults=True, kw_only=True):
    """Permissions in a topic, or why there are none."""

    code: int | UnsetType = field(name="ErrorCode", default=UNSET)
    info: str | UnsetType = field(name="ErrorInfo", default=UNSET)
    topic_id: str = field(name="TopicId")
    permission: int | UnsetType = field(name="Permission", default=UNSET)
