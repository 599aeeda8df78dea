"""The table of kinds: complete, and as spec/groups.md has it."""

import pytest

from tidings.domain.group.kinds import GROUP_KINDS, TRAITS, Action, Kind, Role, find_kind

OWNER, LEADERS = {Role.OWNER}, {Role.OWNER, Role.ADMIN}
ALL = set(Role)
NONE: set[Role] = set()
# Rows of spec/groups.md, section 2: Work, Public, Meeting, AVChatRoom, Community.
RIGHTS = {
    Action.CHANGE_PROFILE: (ALL, LEADERS, LEADERS, LEADERS, LEADERS),
    Action.SET_ADMIN: (NONE, OWNER, OWNER, NONE, OWNER),
    Action.DISBAND: (NONE, OWNER, OWNER, OWNER, OWNER),
    Action.KICK: (OWNER, LEADERS, LEADERS, NONE, LEADERS),
    Action.MUTE: (NONE, LEADERS, LEADERS, LEADERS, LEADERS),
    Action.CHANGE_MEMBER: (LEADERS, LEADERS, LEADERS, LEADERS, LEADERS),
    Action.MUTE_ALL: (NONE, LEADERS, LEADERS, LEADERS, LEADERS),
    Action.BAN: (OWNER, LEADERS, LEADERS, LEADERS, NONE),
    Action.CHANGE_OWNER: (OWNER, OWNER, OWNER, NONE, OWNER),
    Action.MENTION_ALL: (ALL, ALL, ALL, NONE, NONE),
}
TRUTHS = {
    "keeps_members": (1, 1, 1, 0, 1),
    "keeps_messages": (1, 1, 1, 0, 1),
    "counts_unread": (1, 1, 0, 0, 1),
    "shows_past": (0, 0, 1, 0, 1),
    "may_owner_quit": (1, 0, 0, 0, 0),
    "is_hidden_until_used": (1, 0, 0, 0, 0),
    "is_found_by_id": (0, 1, 1, 1, 1),
    "takes_targets": (1, 1, 1, 0, 0),
    "takes_receipts": (1, 1, 1, 0, 0),
    "takes_extensions": (1, 1, 1, 0, 0),
    "takes_counters": (1, 1, 1, 1, 0),
    "keeps_member_tips": (1, 1, 0, 0, 1),
    "tells_member_tips": (1, 1, 0, 1, 1),
}


@pytest.mark.parametrize("action", RIGHTS, ids=lambda action: action.value)
def test_rights_are_those_of_the_matrix(action: Action) -> None:
    assert tuple(set(TRAITS[kind].rights[action]) for kind in GROUP_KINDS) == RIGHTS[action]


@pytest.mark.parametrize("name", TRUTHS)
def test_traits_are_those_of_the_matrix(name: str) -> None:
    assert tuple(int(getattr(TRAITS[kind], name)) for kind in GROUP_KINDS) == TRUTHS[name]


def test_every_kind_answers_for_every_action() -> None:
    assert all(set(traits.rights) == set(Action) for traits in TRAITS.values())
    assert set(TRAITS) == set(Kind)


def test_old_and_new_names_are_known_and_no_others() -> None:
    assert [find_kind(name) for name in ("Work", "Private", "Meeting", "ChatRoom")] == [
        Kind.WORK,
        Kind.WORK,
        Kind.MEETING,
        Kind.MEETING,
    ]
    assert [find_kind(name) for name in ("Topic", "BChatRoom", "public", "")] == [None] * 4
