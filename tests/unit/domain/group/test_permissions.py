"""Bits of permission groups as spec/groups.md, section 10 has them."""

import pytest

from tidings.domain.group.kinds import Action
from tidings.domain.group.permissions import ALWAYS, community_actions, topic_actions

COMMUNITY = [
    Action.CHANGE_PROFILE,
    Action.KICK,
    Action.MANAGE_PERMISSIONS,
    Action.MANAGE_PERMISSION_MEMBERS,
    Action.MANAGE_TOPICS,
    Action.MUTE,
    Action.SPEAK,
    Action.MENTION_ALL,
    Action.READ_PAST,
    Action.RECALL,
    Action.BAN,
]
TOPIC = [
    Action.CHANGE_PROFILE,
    Action.MANAGE_TOPIC_PERMISSIONS,
    Action.MUTE,
    Action.SPEAK,
    Action.READ_PAST,
    Action.RECALL,
    Action.MENTION_ALL,
]


@pytest.mark.parametrize(("bit", "action"), list(enumerate(COMMUNITY)))
def test_each_bit_of_a_community_allows_one_thing(bit: int, action: Action) -> None:
    assert action in community_actions(1 << bit)
    assert action not in community_actions(((1 << 62) - 1) ^ (1 << bit))


@pytest.mark.parametrize(("bit", "action"), list(enumerate(TOPIC)))
def test_each_bit_of_a_topic_allows_one_thing_there(bit: int, action: Action) -> None:
    assert action in topic_actions(0, 1 << bit)
    assert action not in topic_actions(0, ((1 << 62) - 1) ^ (1 << bit))


def test_what_has_no_bit_is_everybodys() -> None:
    assert community_actions(0) == topic_actions(0, 0) == ALWAYS == {Action.SET_ATTRIBUTES}
    assert community_actions(1 << 40) == ALWAYS


@pytest.mark.parametrize(
    ("bit", "action"),
    [
        (4, Action.CHANGE_PROFILE),
        (5, Action.MUTE_ALL),
        (6, Action.SPEAK),
        (7, Action.MENTION_ALL),
        (8, Action.READ_PAST),
        (9, Action.RECALL),
    ],
)
def test_some_bits_of_the_community_hold_in_all_its_topics(bit: int, action: Action) -> None:
    assert action in topic_actions(1 << bit, 0)


@pytest.mark.parametrize("bit", [0, 1, 3, 10])
def test_the_others_mean_nothing_in_topics(bit: int) -> None:
    assert topic_actions(1 << bit, 0) == ALWAYS
