"""Permission groups of communities, in the wire form of requests and answers.

The catalogue has it in spec/client/million_group_open_http_svc.yaml.
"""

from msgspec import UNSET, UnsetType, field

from tidings_client.wire_base import Down, Up
from tidings_client.wire_group_asks import OneGroup, OneMember


class Create(OneGroup, frozen=True):
    """create_permission_group."""

    name: str = field(name="PermissionGroupName")
    permission: int = field(name="Permission")
    permission_id: str | UnsetType = field(name="PermissionGroupId", default=UNSET)
    custom: str | UnsetType = field(name="CustomString", default=UNSET)


class Created(Down, frozen=True):
    """The new permission group."""

    permission_id: str = field(name="PermissionGroupId")


class One(OneGroup, frozen=True):
    """A permission group, by name."""

    permission_id: str = field(name="PermissionGroupId")


class Change(One, frozen=True):
    """modify_permission_group; what is not said stays as it is."""

    name: str | UnsetType = field(name="PermissionGroupName", default=UNSET)
    permission: int | UnsetType = field(name="Permission", default=UNSET)
    custom: str | UnsetType = field(name="CustomString", default=UNSET)


class Some(OneGroup, frozen=True):
    """destroy_permission_group, and get_permission_group by IDs."""

    permission_ids: list[str] = field(name="PermissionGroupIdList")


class AskPage(OneGroup, frozen=True):
    """get_permission_group, a page of all."""

    next: str = field(name="Next", default="")


class GroupDown(Down, frozen=True):
    """A permission group, or by `code` why there is nothing of it."""

    permission_id: str = field(name="PermissionGroupId")
    code: int = field(name="ErrorCode", default=0)
    name: str = field(name="PermissionGroupName", default="")
    permission: int = field(name="Permission", default=0)
    custom: str = field(name="CustomString", default="")
    member_count: int = field(name="MemberNum", default=0)


class Groups(Down, frozen=True):
    """get_joined_permission_group_list."""

    rows: list[GroupDown] = field(name="PermissionGroupInfoList", default_factory=list)


class Page(Groups, frozen=True):
    """get_permission_group; `next` is empty at the end."""

    next: str = field(name="Next", default="")


class EndedRow(Down, frozen=True):
    """What became of one permission group."""

    permission_id: str = field(name="PermissionGroupId")
    code: int = field(name="ErrorCode", default=0)


class Ended(Down, frozen=True):
    """What became of each permission group."""

    rows: list[EndedRow] = field(name="PermissionGroupResultList", default_factory=list)


class TopicBits(Up, frozen=True):
    """Permissions in a topic."""

    topic: str = field(name="TopicId")
    permission: int = field(name="Permission")


class ChangeTopics(One, frozen=True):
    """add_topic_permission_group and set_topic_permission_group."""

    topics: list[TopicBits] = field(name="TopicPermissionList")


class SomeTopics(One, frozen=True):
    """delete_topic_permission_group, and get_topic_permission_group, which without topics asks for all."""

    topics: list[str] | UnsetType = field(name="TopicIdList", default=UNSET)


class TopicRow(Down, frozen=True):
    """What became of one topic."""

    topic: str = field(name="TopicId")
    code: int = field(name="ErrorCode", default=0)


class Topics(Down, frozen=True):
    """What became of each topic."""

    rows: list[TopicRow] = field(name="TopicPermissionResultList", default_factory=list)


class TopicBitsRow(TopicRow, frozen=True):
    """Permissions in a topic, or by `code` why there are none."""

    permission: int = field(name="Permission", default=0)


class ShownTopics(Down, frozen=True):
    """get_topic_permission_group."""

    rows: list[TopicBitsRow] = field(name="TopicPermissionResultList", default_factory=list)


class ChangeMembers(One, frozen=True):
    """add_permission_group_member and delete_permission_group_member."""

    members: list[OneMember] = field(name="MemberList")


class MemberRow(Down, frozen=True):
    """What became of one account."""

    account: str = field(name="Member_Account")
    result: int = field(name="Result")


class ChangedMembers(Down, frozen=True):
    """What became of each account."""

    rows: list[MemberRow] = field(name="MemberList", default_factory=list)


class AskMembers(One, frozen=True):
    """get_permission_group_member_list, a page."""

    limit: int = field(name="Limit")
    next: str = field(name="Next", default="")
