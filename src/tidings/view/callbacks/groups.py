"""Callbacks of groups and topics (spec/webhooks.yaml)."""

from collections.abc import Iterable

from msgspec import UNSET

from tidings.domain.group.groups import Group, community_of
from tidings.domain.group.happenings import (
    GroupAsked,
    GroupAttributesChanged,
    GroupEnded,
    GroupFilled,
    GroupMade,
    GroupProfileChanged,
    InvitationAsked,
    JoinAsked,
    MemberChanged,
    MembersCame,
    MembersWent,
    OwnerChanged,
    PresenceInRoomChanged,
    TopicAsked,
    TopicEnded,
    TopicMade,
    TopicProfileChanged,
)
from tidings.domain.group.kinds import Kind
from tidings.view.callbacks.telling import Telling
from tidings.wire.callbacks.callback import MemberItem
from tidings.wire.callbacks.group import (
    GroupAfterChangeGroupOwner,
    GroupAfterCreateGroup,
    GroupAfterCreateGroupUserDefinedDataList,
    GroupAfterCreateTopic,
    GroupAfterGroupAttrChanged,
    GroupAfterGroupAttrChangedGroupAttr,
    GroupAfterGroupDestroyed,
    GroupAfterGroupFull,
    GroupAfterGroupInfoChanged,
    GroupAfterMemberExit,
    GroupAfterMemberFieldChanged,
    GroupAfterNewMemberJoin,
    GroupAfterTopicDestroyed,
    GroupAfterTopicInfoChanged,
    GroupBeforeApplyJoinGroup,
    GroupBeforeCreateGroup,
    GroupBeforeCreateTopic,
    GroupBeforeInviteJoinGroup,
    GroupOnMemberStateChange,
)

COMMUNITY = Kind.COMMUNITY.value


def to_items(names: Iterable[str]) -> list[MemberItem]:
    """Return accounts as lists of callbacks have them."""
    return [MemberItem(name) for name in names]


def to_names(group: Group) -> tuple[str, str, str]:
    """Return ID and type of a group and the ID of its topic: a topic has those of its community, and its own."""
    if group.parent:
        return community_of(group.group_id), COMMUNITY, group.group_id
    return group.group_id, group.kind.value, ""


def render_asked(happening: GroupAsked, telling: Telling) -> GroupBeforeCreateGroup:
    """Return Group.CallbackBeforeCreateGroup."""
    return GroupBeforeCreateGroup(
        operator_account=telling.operator,
        owner_account=happening.owner_id,
        type=happening.kind.value,
        name=happening.name,
        create_group_num=happening.count,
        member_list=to_items(happening.members),
        event_time=telling.event_time,
    )


def render_made(happening: GroupMade, telling: Telling) -> GroupAfterCreateGroup:
    """Return Group.CallbackAfterCreateGroup."""
    group = happening.group
    return GroupAfterCreateGroup(
        group_id=group.group_id,
        operator_account=telling.operator,
        owner_account=happening.owner_id,
        type=group.kind.value,
        name=group.name,
        member_list=to_items(happening.members),
        user_defined_data_list=[
            GroupAfterCreateGroupUserDefinedDataList(key=key, value=value) for key, value in group.custom.items()
        ],
        event_time=telling.event_time,
    )


def render_ended(happening: GroupEnded, telling: Telling) -> GroupAfterGroupDestroyed:
    """Return Group.CallbackAfterGroupDestroyed; the list of members, which may be long, is left out."""
    group = happening.group
    return GroupAfterGroupDestroyed(
        group_id=group.group_id,
        type=group.kind.value,
        owner_account=happening.owner_id,
        name=group.name,
        event_time=telling.event_time,
    )


def render_join_asked(happening: JoinAsked, telling: Telling) -> GroupBeforeApplyJoinGroup:
    """Return Group.CallbackBeforeApplyJoinGroup."""
    return GroupBeforeApplyJoinGroup(
        group_id=happening.group.group_id,
        type=happening.group.kind.value,
        requestor_account=happening.account.user_id,
        event_time=telling.event_time,
    )


def render_invitation_asked(happening: InvitationAsked, telling: Telling) -> GroupBeforeInviteJoinGroup:
    """Return Group.CallbackBeforeInviteJoinGroup."""
    return GroupBeforeInviteJoinGroup(
        group_id=happening.group.group_id,
        type=happening.group.kind.value,
        operator_account=telling.operator,
        destination_members=to_items(happening.user_ids),
        event_time=telling.event_time,
    )


def render_came(happening: MembersCame, telling: Telling) -> GroupAfterNewMemberJoin:
    """Return Group.CallbackAfterNewMemberJoin."""
    return GroupAfterNewMemberJoin(
        group_id=happening.group.group_id,
        type=happening.group.kind.value,
        join_type="Apply" if happening.is_application else "Invited",
        operator_account=happening.operator_id,
        new_member_list=to_items(member.user_id for member in happening.members),
        event_time=telling.event_time,
    )


def render_went(happening: MembersWent, telling: Telling) -> GroupAfterMemberExit:
    """Return Group.CallbackAfterMemberExit."""
    return GroupAfterMemberExit(
        group_id=happening.group.group_id,
        type=happening.group.kind.value,
        exit_type="Quit" if happening.is_own_wish else "Kicked",
        operator_account=telling.operator,
        exit_member_list=to_items(member.user_id for member in happening.members),
        event_time=telling.event_time,
    )


def render_filled(happening: GroupFilled, telling: Telling) -> GroupAfterGroupFull:
    """Return Group.CallbackAfterGroupFull."""
    return GroupAfterGroupFull(group_id=happening.group.group_id, event_time=telling.event_time)


def render_profile(happening: GroupProfileChanged, telling: Telling) -> GroupAfterGroupInfoChanged:
    """Return Group.CallbackAfterGroupInfoChanged."""
    body = GroupAfterGroupInfoChanged(
        group_id=happening.group.group_id,
        type=happening.group.kind.value,
        operator_account=telling.operator,
        event_time=telling.event_time,
    )
    for name, value in happening.changes.items():
        setattr(body, name, value)
    return body


def render_topic_profile(happening: TopicProfileChanged, telling: Telling) -> GroupAfterTopicInfoChanged:
    """Return Group.CallbackAfterTopicInfoChanged."""
    group_id, kind, topic_id = to_names(happening.group)
    body = GroupAfterTopicInfoChanged(
        group_id=group_id, type=kind, operator_account=telling.operator, topic_id=topic_id
    )
    for name, value in happening.changes.items():
        setattr(body, name, value)
    return body


def render_attributes(happening: GroupAttributesChanged, telling: Telling) -> GroupAfterGroupAttrChanged:
    """Return Group.CallbackAfterGroupAttrChanged."""
    return GroupAfterGroupAttrChanged(
        group_id=happening.group.group_id,
        type=happening.group.kind.value,
        operator_account=telling.operator,
        option_type=happening.change.name.lower(),
        group_attr=[
            GroupAfterGroupAttrChangedGroupAttr(key=key, value=value) for key, value in happening.values.items()
        ],
        event_time=telling.event_time,
    )


def render_owner(happening: OwnerChanged, telling: Telling) -> GroupAfterChangeGroupOwner:
    """Return Group.CallbackAfterChangeGroupOwner."""
    return GroupAfterChangeGroupOwner(
        group_id=happening.group.group_id,
        type=happening.group.kind.value,
        operator_account=telling.operator,
        old_owner_account=happening.before,
        new_owner_account=happening.after,
        event_time=telling.event_time,
    )


def render_member(happening: MemberChanged, telling: Telling) -> GroupAfterMemberFieldChanged:
    """Return Group.CallbackAfterMemberFieldChanged, with both names that receivers know the member by."""
    return GroupAfterMemberFieldChanged(
        group_id=happening.group.group_id,
        type=happening.group.kind.value,
        operator_account=telling.operator,
        modified_account=happening.member,
        member_account=happening.member,
        role=UNSET if happening.role is None else happening.role,
        name_card=UNSET if happening.name_card is None else happening.name_card,
        event_time=telling.event_time,
    )


def render_topic_asked(happening: TopicAsked, telling: Telling) -> GroupBeforeCreateTopic:
    """Return Group.CallbackBeforeCreateTopic."""
    return GroupBeforeCreateTopic(operator_account=telling.operator, type=COMMUNITY, name=happening.name)


def render_topic_made(happening: TopicMade, telling: Telling) -> GroupAfterCreateTopic:
    """Return Group.CallbackAfterCreateTopic; a topic's owner is who makes it."""
    return GroupAfterCreateTopic(
        group_id=happening.group.group_id,
        topic_id=happening.topic.group_id,
        operator_account=telling.operator,
        owner_account=telling.operator,
        type=COMMUNITY,
        name=happening.topic.name,
        user_defined_data_list=[],
    )


def render_topic_ended(happening: TopicEnded, _: Telling) -> GroupAfterTopicDestroyed:
    """Return Group.CallbackAfterTopicDestroyed."""
    return GroupAfterTopicDestroyed(
        group_id=happening.group.group_id, type=COMMUNITY, topic_id_list=[happening.topic_id]
    )


def render_presence(happening: PresenceInRoomChanged, telling: Telling) -> GroupOnMemberStateChange:
    """Return Group.CallbackOnMemberStateChange."""
    cause = "HeartbeatInterrupt" if happening.is_lost else "Join" if happening.is_in else "Quit"
    return GroupOnMemberStateChange(
        group_id=happening.group.group_id,
        event_type="Online" if happening.is_in else "Offline",
        event_cause=cause,
        member_list=to_items([happening.user_id]),
        event_time=telling.event_time,
    )
