"""The kinds of groups, and what each allows, as one table (spec/groups.md, sections 1 and 2)."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """A kind of group; the value is the old name, which the REST API answers with."""

    WORK = "Private"
    PUBLIC = "Public"
    MEETING = "ChatRoom"
    LIVE = "AVChatRoom"
    COMMUNITY = "Community"
    TOPIC = "Topic"


class Role(StrEnum):
    """What a member is in a group."""

    OWNER = "Owner"
    ADMIN = "Admin"
    MEMBER = "Member"


class ApplyOption(StrEnum):
    """What becomes of an application to join."""

    FREE = "FreeAccess"
    ASK = "NeedPermission"
    NEVER = "DisableApply"


class InviteOption(StrEnum):
    """What becomes of an invitation by a member."""

    FREE = "FreeAccess"
    ASK = "NeedPermission"
    NEVER = "DisableInvite"


class Receive(StrEnum):
    """What a member gets of the group's messages."""

    NOTIFY = "AcceptAndNotify"
    QUIET = "AcceptNotNotify"
    NOTHING = "Discard"


class Action(StrEnum):
    """What somebody may want to do in a group."""

    CHANGE_PROFILE = "change the profile"
    CHANGE_OPTIONS = "change how one joins"
    SET_ADMIN = "appoint admins"
    DISBAND = "disband the group"
    KICK = "remove members"
    MUTE = "mute members"
    CHANGE_MEMBER = "change cards and fields of members"
    MUTE_ALL = "mute everybody"
    BAN = "ban members"
    CHANGE_OWNER = "hand the group over"
    APPROVE = "decide on applications"
    SET_ATTRIBUTES = "change attributes and counters"
    PIN = "pin messages"
    RECALL = "recall others' messages"
    MENTION_ALL = "mention everybody"
    MANAGE_TOPICS = "make and end topics"
    MANAGE_PERMISSIONS = "make, change and end permission groups"
    MANAGE_PERMISSION_MEMBERS = "choose members of permission groups"
    MANAGE_TOPIC_PERMISSIONS = "change permissions in topics"
    SPEAK = "speak"
    READ_PAST = "read what was before joining"


_NOBODY: frozenset[Role] = frozenset()
_OWNER = frozenset({Role.OWNER})
_LEADERS = frozenset({Role.OWNER, Role.ADMIN})
_ALL = frozenset(Role)


@dataclass(frozen=True, slots=True)
class Traits:
    """What a kind of group is like; `rights` names who may do what, besides app admins."""

    rights: dict[Action, frozenset[Role]]
    apply_default: ApplyOption
    invite_default: InviteOption
    receive_default: Receive = Receive.NOTIFY
    may_choose_apply: bool = False
    may_choose_invite: bool = True
    has_admins: bool = True
    keeps_members: bool = True
    keeps_messages: bool = True
    keeps_member_tips: bool = True
    tells_member_tips: bool = True
    counts_unread: bool = True
    shows_past: bool = False
    may_owner_quit: bool = False
    is_hidden_until_used: bool = False
    is_found_by_id: bool = True
    takes_targets: bool = True
    takes_receipts: bool = True
    takes_extensions: bool = True
    takes_counters: bool = True
    has_clearing: bool = True


_PUBLIC_RIGHTS = {
    Action.CHANGE_PROFILE: _LEADERS,
    Action.CHANGE_OPTIONS: _LEADERS,
    Action.SET_ADMIN: _OWNER,
    Action.DISBAND: _OWNER,
    Action.KICK: _LEADERS,
    Action.MUTE: _LEADERS,
    Action.CHANGE_MEMBER: _LEADERS,
    Action.MUTE_ALL: _LEADERS,
    Action.BAN: _LEADERS,
    Action.CHANGE_OWNER: _OWNER,
    Action.APPROVE: _LEADERS,
    Action.SET_ATTRIBUTES: _ALL,
    Action.PIN: _LEADERS,
    Action.RECALL: _LEADERS,
    Action.MENTION_ALL: _ALL,
    Action.MANAGE_TOPICS: _NOBODY,
    Action.MANAGE_PERMISSIONS: _NOBODY,
    Action.MANAGE_PERMISSION_MEMBERS: _NOBODY,
    Action.MANAGE_TOPIC_PERMISSIONS: _NOBODY,
    Action.SPEAK: _ALL,
    Action.READ_PAST: _ALL,
}

TRAITS: dict[Kind, Traits] = {
    Kind.WORK: Traits(
        rights={
            **_PUBLIC_RIGHTS,
            Action.CHANGE_PROFILE: _ALL,
            Action.CHANGE_OPTIONS: _OWNER,
            Action.SET_ADMIN: _NOBODY,
            Action.DISBAND: _NOBODY,
            Action.KICK: _OWNER,
            Action.MUTE: _NOBODY,
            Action.MUTE_ALL: _NOBODY,
            Action.BAN: _OWNER,
            Action.APPROVE: _OWNER,
        },
        apply_default=ApplyOption.NEVER,
        invite_default=InviteOption.FREE,
        has_admins=False,
        may_owner_quit=True,
        is_hidden_until_used=True,
        is_found_by_id=False,
    ),
    Kind.PUBLIC: Traits(
        rights=_PUBLIC_RIGHTS,
        apply_default=ApplyOption.ASK,
        invite_default=InviteOption.NEVER,
        may_choose_apply=True,
    ),
    Kind.MEETING: Traits(
        rights=_PUBLIC_RIGHTS,
        apply_default=ApplyOption.FREE,
        invite_default=InviteOption.NEVER,
        receive_default=Receive.QUIET,
        keeps_member_tips=False,
        tells_member_tips=False,
        counts_unread=False,
        shows_past=True,
    ),
    Kind.LIVE: Traits(
        rights={
            **_PUBLIC_RIGHTS,
            Action.SET_ADMIN: _NOBODY,
            Action.KICK: _NOBODY,
            Action.CHANGE_OWNER: _NOBODY,
            Action.APPROVE: _NOBODY,
            Action.MENTION_ALL: _NOBODY,
        },
        apply_default=ApplyOption.FREE,
        invite_default=InviteOption.NEVER,
        receive_default=Receive.QUIET,
        may_choose_invite=False,
        keeps_members=False,
        keeps_messages=False,
        keeps_member_tips=False,
        counts_unread=False,
        takes_targets=False,
        takes_receipts=False,
        takes_extensions=False,
    ),
    Kind.COMMUNITY: Traits(
        rights={
            **_PUBLIC_RIGHTS,
            Action.BAN: _NOBODY,
            Action.MENTION_ALL: _NOBODY,
            Action.MANAGE_TOPICS: _LEADERS,
            Action.MANAGE_PERMISSIONS: _LEADERS,
            Action.MANAGE_PERMISSION_MEMBERS: _LEADERS,
            Action.MANAGE_TOPIC_PERMISSIONS: _LEADERS,
        },
        apply_default=ApplyOption.FREE,
        invite_default=InviteOption.FREE,
        may_choose_apply=True,
        shows_past=True,
        takes_targets=False,
        takes_receipts=False,
        takes_extensions=False,
        takes_counters=False,
        has_clearing=False,
    ),
}
TRAITS[Kind.TOPIC] = TRAITS[Kind.COMMUNITY]

_NEW_NAMES = {"Work": Kind.WORK, "Meeting": Kind.MEETING}
GROUP_KINDS = (Kind.WORK, Kind.PUBLIC, Kind.MEETING, Kind.LIVE, Kind.COMMUNITY)


def find_kind(name: str) -> Kind | None:
    """Return the kind of a name, old or new; None if there is no such kind."""
    known = _NEW_NAMES.get(name)
    if known is None and name in GROUP_KINDS:
        known = Kind(name)
    return known
