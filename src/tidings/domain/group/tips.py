"""What a group tells its members about itself, as values (spec/groups.md, section 8)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum

from tidings.domain.group.groups import NOBODY, SYSTEM, Group, Member
from tidings.domain.group.messages import GroupMessage
from tidings.domain.messages import Flag
from tidings.ids import Chance, UserId


class TipKind(IntEnum):
    """What happened; the values are those of the wire."""

    JOINED = 1
    QUIT = 2
    KICKED = 3
    ADMIN_SET = 4
    ADMIN_TAKEN = 5
    PROFILE = 6
    MEMBER = 7
    TOPIC = 8
    BANNED = 10
    UNBANNED = 11
    PINNED = 16
    UNPINNED = 17


@dataclass(frozen=True, slots=True)
class Tip:
    """Something that happened in a group.

    `operator_id` did it, `concerned` are those it happened to. `changes` are changed profile
    fields by the domain's names; `mutes` are members and for how many seconds they are muted.
    `online_count` is how many are in a live room.
    """

    kind: TipKind
    operator_id: UserId
    concerned: tuple[Member, ...] = ()
    changes: Mapping[str, object] = field(default_factory=dict)
    mutes: Mapping[UserId, int] = field(default_factory=dict)
    member_count: int = 0
    online_count: int | None = None


Render = Callable[[Tip], bytes]
"""Gives a tip its wire form."""


def to_message(group: Group, tip: Tip, render: Render, chance: Chance, now: int) -> GroupMessage:
    """Return a tip as the message that the group tells it by."""
    return GroupMessage(
        group.number,
        NOBODY,
        SYSTEM,
        now,
        chance.uint32(),
        now,
        render(tip),
        flags=Flag.NO_UNREAD,
        is_tip=True,
    )
