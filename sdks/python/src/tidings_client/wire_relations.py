"""What is asked and told about friends and blocklists, in its wire form (spec/client/sns.yaml)."""

from msgspec import field

from tidings_client.wire_base import Down, Up

Value = str | int | list[str]


class NewFriendUp(Up, frozen=True):
    """A friend to add."""

    user: str = field(name="To_Account")
    source: str = field(name="AddSource")
    remark: str = field(name="Remark", default="")
    group: str = field(name="GroupName", default="")
    wording: str = field(name="AddWording", default="")


class AddFriends(Up, frozen=True):
    """sns.friend_add."""

    owner: str = field(name="From_Account")
    items: list[NewFriendUp] = field(name="AddFriendItem")
    kind: str = field(name="AddType")


class Item(Up, frozen=True):
    """A field of a friend and its value."""

    tag: str = field(name="Tag")
    value: Value = field(name="Value")


class FriendUp(Up, frozen=True):
    """A friend, and fields to set."""

    user: str = field(name="To_Account")
    items: list[Item] = field(name="SnsItem")


class UpdateFriends(Up, frozen=True):
    """sns.friend_update."""

    owner: str = field(name="From_Account")
    items: list[FriendUp] = field(name="UpdateItem")


class DeleteFriends(Up, frozen=True):
    """sns.friend_delete."""

    owner: str = field(name="From_Account")
    users: list[str] = field(name="To_Account")
    kind: str = field(name="DeleteType")


class Users(Up, frozen=True):
    """sns.black_list_add and black_list_delete."""

    owner: str = field(name="From_Account")
    users: list[str] = field(name="To_Account")


class CheckFriends(Up, frozen=True):
    """sns.friend_check."""

    owner: str = field(name="From_Account")
    users: list[str] = field(name="To_Account")
    kind: str = field(name="CheckType")


class GetFriends(Up, frozen=True):
    """sns.friend_get."""

    owner: str = field(name="From_Account")
    # Never left out: the server wants it.
    start: int = field(name="StartIndex")


class AnswerUp(Up, frozen=True):
    """Who asked, and what is answered."""

    user: str = field(name="To_Account")
    action: str = field(name="ResponseAction")
    remark: str = field(name="Remark", default="")
    group: str = field(name="TagName", default="")


class AnswerRequests(Up, frozen=True):
    """sns.friend_response."""

    owner: str = field(name="From_Account")
    items: list[AnswerUp] = field(name="ResponseFriendItem")


class GetRequests(Up, frozen=True):
    """sns.pendency_get."""

    owner: str = field(name="From_Account")
    start: int = field(name="StartTime", default=0)


class SeeRequests(Up, frozen=True):
    """sns.pendency_report."""

    owner: str = field(name="From_Account")
    until: int = field(name="LatestPendencyTimeStamp")


class DropRequests(Up, frozen=True):
    """sns.pendency_delete."""

    owner: str = field(name="From_Account")
    users: list[str] = field(name="To_Account")


class GetBlocked(Up, frozen=True):
    """sns.black_list_get."""

    owner: str = field(name="From_Account")
    start: int = field(name="StartIndex", default=0)


class GroupNames(Up, frozen=True):
    """sns.group_add and group_delete."""

    owner: str = field(name="From_Account")
    names: list[str] = field(name="GroupName")
    users: list[str] = field(name="To_Account", default_factory=list)


class GetGroups(Up, frozen=True):
    """sns.group_get."""

    owner: str = field(name="From_Account")
    need: str = field(name="NeedFriend")


class MoveUp(Up, frozen=True):
    """A friend to put into a group, or take out."""

    user: str = field(name="To_Account")
    kind: str = field(name="UpdateType")


class UpdateGroup(Up, frozen=True):
    """sns.group_update."""

    owner: str = field(name="From_Account")
    name: str = field(name="GroupOldName")
    new_name: str = field(name="GroupNewName", default="")
    moves: list[MoveUp] = field(name="UpdateGroupItem", default_factory=list)


class Row(Down, frozen=True):
    """What became of one user."""

    user: str = field(name="To_Account")
    code: int = field(name="ResultCode", default=0)
    relation: str = field(name="Relation", default="")


class Rows(Down, frozen=True):
    """A row for each user, under either name."""

    rows: list[Row] = field(name="ResultItem", default_factory=list)
    checked: list[Row] = field(name="InfoItem", default_factory=list)


class ItemDown(Down, frozen=True):
    """A field of a friend and its value."""

    tag: str = field(name="Tag")
    value: Value = field(name="Value", default="")


class FriendDown(Down, frozen=True):
    """A friend with its fields."""

    user: str = field(name="To_Account")
    items: list[ItemDown] = field(name="ValueItem", default_factory=list)


class FriendsDown(Down, frozen=True):
    """A page of friends."""

    friends: list[FriendDown] = field(name="UserDataItem", default_factory=list)
    next: int = field(name="NextStartIndex", default=0)


class RequestDown(Down, frozen=True):
    """A friend request."""

    user: str = field(name="To_Account")
    nick: str = field(name="Nick", default="")
    face_url: str = field(name="Image", default="")
    source: str = field(name="AddSource", default="")
    wording: str = field(name="AddWording", default="")
    time: int = field(name="AddTime", default=0)
    kind: str = field(name="PendencyType", default="")


class RequestsDown(Down, frozen=True):
    """A page of friend requests."""

    requests: list[RequestDown] = field(name="PendencyItem", default_factory=list)
    unread: int = field(name="UnreadPendencyCount", default=0)
    next: int = field(name="StartTime", default=0)


class BlockedDown(Down, frozen=True):
    """A page of blocked users."""

    users: list[Row] = field(name="BlackListItem", default_factory=list)
    next: int = field(name="StartIndex", default=0)


class GroupDown(Down, frozen=True):
    """A friend group."""

    name: str = field(name="GroupName")
    users: list[str] = field(name="To_Account", default_factory=list)


class GroupsDown(Down, frozen=True):
    """Friend groups."""

    groups: list[GroupDown] = field(name="ResultItem", default_factory=list)


class ToldRequest(Down, frozen=True):
    """A friend request that was made."""

    user: str = field(name="PendencyAdd_Account")
    nick: str = field(name="ProfileImNick", default="")
    face_url: str = field(name="ProfileImImage", default="")
    source: str = field(name="AddSource", default="")
    wording: str = field(name="AddWording", default="")
    time: int = field(name="AddTime", default=0)


class ToldUpdate(Down, frozen=True):
    """A friend of whom something is other now."""

    user: str = field(name="Friend_Account")


class ToldGroup(Down, frozen=True):
    """A friend group that is new, gone, or has another name."""

    name: str = field(name="GroupNewName", default="")
    old_name: str = field(name="GroupOldName", default="")


class ToldRelation(Down, frozen=True):
    """One kind of change."""

    asker: str = field(name="From_Account", default="")
    added: list[str] = field(name="FriendAdd_Account", default_factory=list)
    deleted: list[str] = field(name="FriendDel_Account", default_factory=list)
    requests: list[ToldRequest] = field(name="PendencyAdd", default_factory=list)
    ended: list[str] = field(name="FrienPencydDel_Account", default_factory=list)
    blocked: list[str] = field(name="BlackListAdd_Account", default_factory=list)
    unblocked: list[str] = field(name="BlackListDel_Account", default_factory=list)
    read_until: int = field(name="ReportTime", default=0)
    updates: list[ToldUpdate] = field(name="FriendUpInfo", default_factory=list)
    groups: list[ToldGroup] = field(name="FriendGroupMod", default_factory=list)
