"""What is asked and told about the list of conversations, in its wire form."""

from msgspec import UNSET, UnsetType, field

from tidings_client.wire_base import Down, Up


class Name(Up, frozen=True):
    """A conversation, as requests name it: with a user (kind 1), or of a group (2)."""

    kind: int = field(name="Type")
    peer: str = field(name="To_Account", default="")
    group: str = field(name="ToGroupId", default="")


class LowName(Up, frozen=True):
    """The same, as two commands spell it."""

    kind: int = field(name="Type")
    peer: str = field(name="To_Account", default="")
    group: str = field(name="ToGroupid", default="")


class Pin(Up, frozen=True):
    """recentcontact.top: 1 pin, 2 unpin."""

    kind: int = field(name="OperationType")
    names: list[Name] = field(name="RecentContactItem")


class Delete(Up, frozen=True):
    """recentcontact.batch_delete."""

    names: list[LowName] = field(name="ContactItem")
    clears: int = field(name="ClearRamble")


class Failure(Down, frozen=True):
    """A row of an answer: what became of one conversation."""

    code: int = field(name="ResultCode", default=0)
    info: str = field(name="ResultInfo", default="")


class Results(Down, frozen=True):
    """What became of each conversation."""

    rows: list[Failure] = field(name="ResultItem", default_factory=list)


class Mark(Up, frozen=True):
    """New marks of a conversation."""

    name: Name = field(name="ContactItem")
    kind: int = field(name="OptType")
    set_bits: list[int] = field(name="SetMark", default_factory=list)
    clear_bits: list[int] = field(name="ClearMark", default_factory=list)
    custom: str | UnsetType = field(name="CustomMark", default=UNSET)


class SetMarks(Up, frozen=True):
    """recentcontact.mark_contact."""

    marks: list[Mark] = field(name="MarkItem")


class NewGroup(Up, frozen=True):
    """A group to create."""

    name: str = field(name="GroupName")
    names: list[Name] = field(name="ContactItem")


class CreateGroup(Up, frozen=True):
    """recentcontact.create_contact_group."""

    groups: list[NewGroup] = field(name="GroupContactItem")


class CreatedGroup(Down, frozen=True):
    """What became of each conversation that was to be in a new group."""

    rows: list[Failure] = field(name="ResultItem", default_factory=list)


class CreatedGroups(Down, frozen=True):
    """What became of a new group."""

    groups: list[CreatedGroup] = field(name="GroupResultItem", default_factory=list)


class DeleteGroup(Up, frozen=True):
    """recentcontact.del_contact_group."""

    names: list[str] = field(name="GroupName")


class Move(Up, frozen=True):
    """A conversation to put into a group (1) or take out (2)."""

    kind: int = field(name="ContactOptType")
    name: Name = field(name="ContactItem")


class Update(Up, frozen=True):
    """Rename a group (1), or change who is in it (2)."""

    kind: int = field(name="UpdateGroupType")
    name: str = field(name="OldGroupName")
    new_name: str = field(name="NewGroupName", default="")
    moves: list[Move] = field(name="ContactUpdateItem", default_factory=list)


class UpdateGroup(Up, frozen=True):
    """recentcontact.update_contact_group."""

    update: Update = field(name="UpdateGroup")
    kind: int = field(name="UpdateType")


class UpdatedGroup(Down, frozen=True):
    """What became of each conversation."""

    rows: list[Failure] = field(name="ContactResultItem", default_factory=list)


class Updated(Down, frozen=True):
    """What became of a change of a group."""

    result: UpdatedGroup = field(name="UpdateGroupResult")


class Start(Up, frozen=True):
    """recentcontact.get_contact_group."""

    start: int = field(name="StartIndex")


class GroupName(Down, frozen=True):
    """A group of conversations."""

    number: int = field(name="GroupId")
    name: str = field(name="GroupName")


class MarkedRow(Down, frozen=True):
    """A conversation's marks and groups."""

    peer: str = field(name="To_Account", default="")
    group: str = field(name="ToGroupId", default="")
    bits: str = field(name="StandardMark", default="")
    custom: str = field(name="CustomMark", default="")
    groups: list[int] = field(name="ContactGroupId", default_factory=list)


class Marked(Down, frozen=True):
    """A page of conversations with marks or groups, and all groups."""

    rows: list[MarkedRow] = field(name="ContactItem", default_factory=list)
    groups: list[GroupName] = field(name="GroupItem", default_factory=list)
    complete: int = field(name="CompleteFlag", default=1)
    next_start: int = field(name="NextStartIndex", default=0)


class SetMutes(Up, frozen=True):
    """openim.set_c2c_peer_mute_notifications."""

    peers: list[str] = field(name="Peer_Account")
    option: int = field(name="Mute_Notifications")


class MuteFailure(Down, frozen=True):
    """A user for whom nothing was set."""

    peer: str = field(name="Peer_Account")
    code: int = field(name="ErrorCode")


class MutesSet(Down, frozen=True):
    """For whom nothing was set."""

    failures: list[MuteFailure] = field(name="ErrorList", default_factory=list)


class Quiet(Up, frozen=True):
    """im_msg_db_logic.ws_set_do_not_disturb."""

    option: int = field(name="Level")
    start: int = field(name="StartTime")
    end: int = field(name="EndTime")
    is_repeated: int = field(name="IsRepeated")


class QuietNow(Down, frozen=True):
    """When nobody's messages are announced."""

    option: int = field(name="Level", default=0)
    start: int = field(name="StartTime", default=0)
    end: int = field(name="EndTime", default=0)
    is_repeated: int = field(name="IsRepeated", default=0)
