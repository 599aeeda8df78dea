"""What the bits of permission groups allow (spec/groups.md, section 10)."""

from functools import lru_cache

from tidings.domain.group.kinds import Action

_PROFILE = frozenset({Action.CHANGE_PROFILE, Action.CHANGE_OPTIONS, Action.PIN})
_MUTE = frozenset({Action.MUTE, Action.MUTE_ALL})
# What has no bit and is every member's.
ALWAYS = frozenset({Action.SET_ATTRIBUTES})
COMMUNITY_BITS: tuple[frozenset[Action], ...] = (
    _PROFILE,
    frozenset({Action.KICK, Action.APPROVE, Action.CHANGE_MEMBER}),
    frozenset({Action.MANAGE_PERMISSIONS, Action.MANAGE_TOPIC_PERMISSIONS}),
    frozenset({Action.MANAGE_PERMISSION_MEMBERS}),
    frozenset({Action.MANAGE_TOPICS}),
    _MUTE,
    frozenset({Action.SPEAK}),
    frozenset({Action.MENTION_ALL}),
    frozenset({Action.READ_PAST}),
    frozenset({Action.RECALL}),
    frozenset({Action.BAN}),
)
# What the community's bits allow in every topic: who manages topics changes each of them.
COMMUNITY_BITS_IN_TOPICS: tuple[frozenset[Action], ...] = (
    frozenset(),
    frozenset(),
    frozenset({Action.MANAGE_TOPIC_PERMISSIONS}),
    frozenset(),
    _PROFILE,
    *COMMUNITY_BITS[5:10],
    frozenset(),
)
TOPIC_BITS: tuple[frozenset[Action], ...] = (
    _PROFILE,
    frozenset({Action.MANAGE_TOPIC_PERMISSIONS}),
    _MUTE,
    frozenset({Action.SPEAK}),
    frozenset({Action.READ_PAST}),
    frozenset({Action.RECALL}),
    frozenset({Action.MENTION_ALL}),
)


@lru_cache(maxsize=4096)
def community_actions(bits: int) -> frozenset[Action]:
    """Return what a set of permissions allows in the community itself; bits without a meaning allow nothing."""
    return ALWAYS | _named(bits, COMMUNITY_BITS)


@lru_cache(maxsize=4096)
def topic_actions(community: int, topic: int) -> frozenset[Action]:
    """Return what sets of permissions of the community and of a topic allow in the topic."""
    return ALWAYS | _named(community, COMMUNITY_BITS_IN_TOPICS) | _named(topic, TOPIC_BITS)


def _named(bits: int, names: tuple[frozenset[Action], ...]) -> frozenset[Action]:
    return frozenset().union(*(actions for place, actions in enumerate(names) if bits >> place & 1))
