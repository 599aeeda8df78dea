"""Callbacks: what happened, in its wire form."""

from collections.abc import Callable
from typing import Any, NamedTuple

from tidings.domain import happenings
from tidings.domain.callbacks import Happening
from tidings.domain.group import happenings as in_group
from tidings.view.callbacks import c2c as c2c_view
from tidings.view.callbacks import group_messages, groups, relations
from tidings.view.callbacks.telling import Telling
from tidings.wire.callbacks import bot, c2c, follow, group, profile, sns, state
from tidings.wire.callbacks.callback import Callback


class Rendering(NamedTuple):
    """Which callback tells of a kind of happening, and how."""

    kind: type[Callback]
    render: Callable[[Any, Telling], Callback]


RENDERINGS: dict[type[Happening], Rendering] = {
    happenings.MessageAsked: Rendering(c2c.C2cBeforeSendMsg, c2c_view.render_asked),
    happenings.MessageSent: Rendering(c2c.C2cAfterSendMsg, c2c_view.render_sent),
    happenings.MessageUnsent: Rendering(c2c.C2cAfterSendMsg, c2c_view.render_unsent),
    happenings.ConversationRead: Rendering(c2c.C2cAfterMsgReport, c2c_view.render_read),
    happenings.MessageRecalled: Rendering(c2c.C2cAfterMsgWithDraw, c2c_view.render_recalled),
    happenings.MessageChanged: Rendering(c2c.C2cAfterModifyMsg, c2c_view.render_changed),
    happenings.MessagesReceipted: Rendering(c2c.C2cAfterMsgReadReceipt, c2c_view.render_receipts),
    happenings.MessageExtended: Rendering(c2c.C2cAfterC2cMsgExtension, c2c_view.render_extended),
    happenings.AllRead: Rendering(c2c.C2cAfterMsgReadAll, c2c_view.render_all_read),
    happenings.RobotAddressed: Rendering(bot.BotOnC2cMessage, c2c_view.render_robot),
    happenings.FriendsAsked: Rendering(sns.SnsPrevFriendAdd, relations.render_friends_asked),
    happenings.AnswersAsked: Rendering(sns.SnsPrevFriendResponse, relations.render_answers_asked),
    happenings.FriendsMade: Rendering(sns.SnsFriendAdd, relations.render_made),
    happenings.FriendsParted: Rendering(sns.SnsFriendDelete, relations.render_parted),
    happenings.UsersBlocked: Rendering(sns.SnsBlackListAdd, relations.render_blocked),
    happenings.UsersUnblocked: Rendering(sns.SnsBlackListDelete, relations.render_unblocked),
    happenings.UsersFollowed: Rendering(follow.FollowAfterFollowAdd, relations.render_followed),
    happenings.UsersUnfollowed: Rendering(follow.FollowAfterFollowDelete, relations.render_unfollowed),
    happenings.ProfileSet: Rendering(profile.ProfilePortraitSet, relations.render_profile),
    happenings.StatusChanged: Rendering(state.StateChange, relations.render_status),
    in_group.GroupAsked: Rendering(group.GroupBeforeCreateGroup, groups.render_asked),
    in_group.GroupMade: Rendering(group.GroupAfterCreateGroup, groups.render_made),
    in_group.GroupEnded: Rendering(group.GroupAfterGroupDestroyed, groups.render_ended),
    in_group.JoinAsked: Rendering(group.GroupBeforeApplyJoinGroup, groups.render_join_asked),
    in_group.InvitationAsked: Rendering(group.GroupBeforeInviteJoinGroup, groups.render_invitation_asked),
    in_group.MembersCame: Rendering(group.GroupAfterNewMemberJoin, groups.render_came),
    in_group.MembersWent: Rendering(group.GroupAfterMemberExit, groups.render_went),
    in_group.GroupFilled: Rendering(group.GroupAfterGroupFull, groups.render_filled),
    in_group.GroupProfileChanged: Rendering(group.GroupAfterGroupInfoChanged, groups.render_profile),
    in_group.GroupAttributesChanged: Rendering(group.GroupAfterGroupAttrChanged, groups.render_attributes),
    in_group.OwnerChanged: Rendering(group.GroupAfterChangeGroupOwner, groups.render_owner),
    in_group.MemberChanged: Rendering(group.GroupAfterMemberFieldChanged, groups.render_member),
    in_group.PresenceInRoomChanged: Rendering(group.GroupOnMemberStateChange, groups.render_presence),
    in_group.TopicAsked: Rendering(group.GroupBeforeCreateTopic, groups.render_topic_asked),
    in_group.TopicMade: Rendering(group.GroupAfterCreateTopic, groups.render_topic_made),
    in_group.TopicEnded: Rendering(group.GroupAfterTopicDestroyed, groups.render_topic_ended),
    in_group.TopicProfileChanged: Rendering(group.GroupAfterTopicInfoChanged, groups.render_topic_profile),
    in_group.GroupMessageAsked: Rendering(group.GroupBeforeSendMsg, group_messages.render_asked),
    in_group.GroupMessageSent: Rendering(group.GroupAfterSendMsg, group_messages.render_sent),
    in_group.GroupMessageUnsent: Rendering(group.GroupSendMsgException, group_messages.render_unsent),
    in_group.GroupMessagesRecalled: Rendering(group.GroupAfterRecallMsg, group_messages.render_recalled),
    in_group.GroupMessageChanged: Rendering(group.GroupAfterModifyMsg, group_messages.render_changed),
    in_group.GroupMessageExtended: Rendering(group.GroupAfterGroupMsgExtension, group_messages.render_extended),
    in_group.GroupReceipted: Rendering(group.GroupAfterReadReceipt, group_messages.render_receipts),
    in_group.GroupReceiptWanted: Rendering(group.GroupAfterReadReceipt, group_messages.render_wanted),
    in_group.RobotsMentioned: Rendering(bot.BotOnGroupMessage, group_messages.render_robots),
}
"""What can happen, and the callback that tells of it."""
