"""Callbacks of friends, blocklists, follows, profiles and logins (spec/webhooks.yaml)."""

from msgspec import UNSET

from tidings.domain.devices import Platform
from tidings.domain.happenings import (
    AnswersAsked,
    FriendsAsked,
    FriendsMade,
    FriendsParted,
    ProfileSet,
    StatusChanged,
    UsersBlocked,
    UsersFollowed,
    UsersUnblocked,
    UsersUnfollowed,
)
from tidings.view.callbacks.telling import Telling
from tidings.wire.callbacks.follow import (
    FollowAfterFollowAdd,
    FollowAfterFollowAddFollowList,
    FollowAfterFollowDelete,
)
from tidings.wire.callbacks.profile import ProfilePortraitSet, ProfilePortraitSetProfileItem
from tidings.wire.callbacks.sns import (
    SnsBlackListAdd,
    SnsBlackListAddPairList,
    SnsBlackListDelete,
    SnsBlackListDeletePairList,
    SnsFriendAdd,
    SnsFriendAddPairList,
    SnsFriendDelete,
    SnsFriendDeletePairList,
    SnsPrevFriendAdd,
    SnsPrevFriendAddFriendItem,
    SnsPrevFriendResponse,
    SnsPrevFriendResponseResponseFriendItem,
)
from tidings.wire.callbacks.state import StateChange, StateChangeInfo, StateChangeKickedDevice

# How this callback names platforms.
PLATFORMS = {Platform.IPHONE: "iOS", Platform.WINDOWS: "Windows"}
REASONS = {
    "Register": "Login",
    "Unregister": "Logout",
    "LinkClose": "Disconnect",
    "TimeOut": "Disconnect",
}


def render_friends_asked(happening: FriendsAsked, telling: Telling) -> SnsPrevFriendAdd:
    """Return Sns.CallbackPrevFriendAdd."""
    return SnsPrevFriendAdd(
        requester_account=telling.operator,
        from_account=happening.owner.user_id,
        friend_item=[
            SnsPrevFriendAddFriendItem(
                to_account=each.user_id,
                remark=each.remark,
                group_name=each.group,
                add_source=each.source,
                add_wording=each.wording,
            )
            for each in happening.friends
        ],
        add_type="Add_Type_Both" if happening.is_both else "Add_Type_Single",
        force_add_flags=0,
        event_time=telling.event_time,
    )


def render_answers_asked(happening: AnswersAsked, telling: Telling) -> SnsPrevFriendResponse:
    """Return Sns.CallbackPrevFriendResponse."""
    return SnsPrevFriendResponse(
        requester_account=telling.operator,
        from_account=happening.owner.user_id,
        response_friend_item=[
            SnsPrevFriendResponseResponseFriendItem(
                to_account=each.user_id,
                remark=each.remark,
                tag_name=each.group,
                response_action=f"Response_Action_{each.reply}",
            )
            for each in happening.answers
        ],
        event_time=telling.event_time,
    )


def render_made(happening: FriendsMade, telling: Telling) -> SnsFriendAdd:
    """Return Sns.CallbackFriendAdd."""
    return SnsFriendAdd(
        pair_list=[
            SnsFriendAddPairList(
                from_account=pair.owner_id, to_account=pair.other_id, initiator_account=pair.initiator_id
            )
            for pair in happening.pairs
        ],
        client_cmd=telling.command.rpartition("/")[2],
        admin_account=telling.operator if telling.is_admin else "",
        force_flag=int(any(pair.is_forced for pair in happening.pairs)),
    )


def render_parted(happening: FriendsParted, _: Telling) -> SnsFriendDelete:
    """Return Sns.CallbackFriendDelete."""
    pairs = happening.pairs
    return SnsFriendDelete(
        pair_list=[SnsFriendDeletePairList(from_account=each.owner_id, to_account=each.other_id) for each in pairs]
    )


def render_blocked(happening: UsersBlocked, _: Telling) -> SnsBlackListAdd:
    """Return Sns.CallbackBlackListAdd."""
    pairs = happening.pairs
    return SnsBlackListAdd(
        pair_list=[SnsBlackListAddPairList(from_account=each.owner_id, to_account=each.other_id) for each in pairs]
    )


def render_unblocked(happening: UsersUnblocked, _: Telling) -> SnsBlackListDelete:
    """Return Sns.CallbackBlackListDelete."""
    pairs = happening.pairs
    return SnsBlackListDelete(
        pair_list=[SnsBlackListDeletePairList(from_account=each.owner_id, to_account=each.other_id) for each in pairs]
    )


def render_followed(happening: UsersFollowed, telling: Telling) -> FollowAfterFollowAdd:
    """Return Follow.CallbackAfterFollowAdd."""
    return FollowAfterFollowAdd(
        from_account=happening.owner.user_id,
        follow_list=[FollowAfterFollowAddFollowList(to_account=name) for name in happening.user_ids],
        event_time=telling.event_time,
    )


def render_unfollowed(happening: UsersUnfollowed, telling: Telling) -> FollowAfterFollowDelete:
    """Return Follow.CallbackAfterFollowDelete."""
    names = list[str](happening.user_ids)
    return FollowAfterFollowDelete(
        from_account=happening.owner.user_id, to_account=names, event_time=telling.event_time
    )


def render_profile(happening: ProfileSet, telling: Telling) -> ProfilePortraitSet:
    """Return Profile.CallbackPortraitSet."""
    return ProfilePortraitSet(
        operator_account=telling.operator,
        from_account=happening.owner.user_id,
        event_time=telling.event_time,
        profile_item=[ProfilePortraitSetProfileItem(tag=tag, value=value) for tag, value in happening.values.items()],
    )


def render_status(happening: StatusChanged, telling: Telling) -> StateChange:
    """Return State.StateChange."""
    kicked = [StateChangeKickedDevice(platform=PLATFORMS.get(each, each.value)) for each in happening.kicked]
    return StateChange(
        info=StateChangeInfo(
            action=REASONS[happening.cause], to_account=happening.account.user_id, reason=happening.cause
        ),
        kicked_device=kicked or UNSET,
        event_time=telling.event_time,
    )
