"""What other devices have changed in the list of conversations, in its wire form."""

from msgspec import field

from tidings_client.wire_base import Down


class Mute(Down, frozen=True):
    """How a user's messages are received."""

    peer: str = field(name="To_Account")
    option: int = field(name="MuteNotifications")


class ToldName(Down, frozen=True):
    """A conversation, as pushes name it."""

    peer: str = field(name="UserId", default="")
    group: str = field(name="ToGroupId", default="")


class ToldNames(Down, frozen=True):
    """Conversations that were pinned, unpinned, cleared or deleted."""

    names: list[ToldName] = field(name="RecentContactList", default_factory=list)
    clears: int = field(name="ClearRamble", default=0)


class ToldMark(Down, frozen=True):
    """New marks of a conversation."""

    name: ToldName = field(name="RecentContactItem")
    bits: str | None = field(name="StandardMark", default=None)
    custom: str | None = field(name="CustomMark", default=None)


class ToldMarks(Down, frozen=True):
    """New marks."""

    marks: list[ToldMark] = field(name="RecentContactMarkContactItem", default_factory=list)


class ToldGroup(Down, frozen=True):
    """A group of conversations."""

    name: str = field(name="GroupName")


class FilledGroup(Down, frozen=True):
    """A new group and what is in it."""

    group: ToldGroup = field(name="MsgGroupItem")
    names: list[ToldName] = field(name="MsgRecentContactItem", default_factory=list)


class ToldGroups(Down, frozen=True):
    """New groups, or groups that are gone."""

    created: list[FilledGroup] = field(name="MsgContactGroupContactItem", default_factory=list)
    deleted: list[ToldGroup] = field(name="MsgGroupItem", default_factory=list)


class ToldMove(Down, frozen=True):
    """A conversation that came into a group (1) or left it (2)."""

    kind: int = field(name="ContactOptType")
    name: ToldName = field(name="RecentContactItem")


class ToldUpdate(Down, frozen=True):
    """A group's new name (1), or who came and went (2)."""

    kind: int = field(name="UpdateGroupType")
    name: str = field(name="GroupName", default="")
    old_name: str = field(name="OldGroupName", default="")
    moves: list[ToldMove] = field(name="RecentContactUpdateGroupItem", default_factory=list)


class ToldChange(Down, frozen=True):
    """A change seen from the group."""

    update: ToldUpdate | None = field(name="MsgUpdateGroup", default=None)


class ListChange(Down, frozen=True):
    """A change of the list of conversations; the kind says which member counts."""

    kind: int = field(name="PushType")
    deleted: ToldNames | None = field(name="RecentContactDeleteItem", default=None)
    pinned: ToldNames | None = field(name="RecentContactTopItem", default=None)
    cleared: ToldNames | None = field(name="RecentContactClearItem", default=None)
    marked: ToldMarks | None = field(name="RecentContactMarkContact", default=None)
    created: ToldGroups | None = field(name="RecentContactCreateContactGroup", default=None)
    dropped: ToldGroups | None = field(name="RecentContactDelContactGroup", default=None)
    changed: ToldChange | None = field(name="RecentContactUpdateContactGroup", default=None)
