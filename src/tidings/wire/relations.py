"""Changes of friends, requests, blocklists and friend groups, as clients are told (web-sdk-wire.md, section 7)."""

from msgspec import Struct, field


class FriendItem(Struct):
    """A field of a friend's entry: a text, a number, or names of groups."""

    tag: str = field(name="Tag")
    value: int | str | list[str] = field(name="Value")


class PushedItem(Struct):
    """A field of a friend's entry, as pushes spell it."""

    tag: str = field(name="Tag")
    value: int | str | list[str] = field(name="ValueBytes")


class PushedRequest(Struct):
    """A friend request; name and picture are the other side's."""

    user_id: str = field(name="PendencyAdd_Account")
    nick: str = field(name="ProfileImNick")
    face_url: str = field(name="ProfileImImage")
    source: str = field(name="AddSource")
    wording: str = field(name="AddWording")
    time: int = field(name="AddTime")


class PushedUpdate(Struct):
    """Fields of a friend's entry that are other now."""

    user_id: str = field(name="Friend_Account")
    items: list[PushedItem] = field(name="Sns")


class PushedGroup(Struct):
    """A friend group: new without an old name, gone without a new one."""

    name: str = field(name="GroupNewName")
    old_name: str = field(name="GroupOldName")


class FriendMod(Struct, omit_defaults=True, kw_only=True):
    """One kind of change: `kind` says which of the members is there."""

    kind: int = field(name="PushType")
    from_account: str = field(name="From_Account", default="")
    added: list[str] | None = field(name="FriendAdd_Account", default=None)
    deleted: list[str] | None = field(name="FriendDel_Account", default=None)
    requests: list[PushedRequest] | None = field(name="PendencyAdd", default=None)
    ended: list[str] | None = field(name="FrienPencydDel_Account", default=None)
    blocked: list[str] | None = field(name="BlackListAdd_Account", default=None)
    unblocked: list[str] | None = field(name="BlackListDel_Account", default=None)
    read_until: int | None = field(name="ReportTime", default=None)
    updates: list[PushedUpdate] | None = field(name="FriendUpInfo", default=None)
    groups: list[PushedGroup] | None = field(name="FriendGroupMod", default=None)
