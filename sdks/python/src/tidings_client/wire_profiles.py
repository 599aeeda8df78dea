"""What is asked and told about profiles and follows, in its wire form (spec/client/profile.yaml, follow.yaml)."""

from msgspec import field

from tidings_client.wire_base import Down, Up

Value = int | str


class WantedProfile(Up, frozen=True):
    """A user whose profile is wanted."""

    user: str = field(name="To_Account")


class GetProfiles(Up, frozen=True):
    """profile.portrait_get_all."""

    users: list[WantedProfile] = field(name="UserItem")


class ProfileItem(Down, frozen=True):
    """A field of a profile."""

    tag: str = field(name="Tag")
    value: Value = field(name="Value")


class ProfileRow(Down, frozen=True):
    """A user's profile, or why there is none."""

    user: str = field(name="To_Account")
    items: list[ProfileItem] = field(name="ProfileItem", default_factory=list)
    code: int = field(name="ResultCode", default=0)


class ProfileRows(Down, frozen=True):
    """A row for each user."""

    rows: list[ProfileRow] = field(name="UserProfileItem", default_factory=list)


class NewValue(Up, frozen=True):
    """A field and its new value."""

    tag: str = field(name="Tag")
    value: Value = field(name="Value")


class SetProfile(Up, frozen=True):
    """profile.portrait_set."""

    items: list[NewValue] = field(name="ProfileItem")


class ToldField(Down, frozen=True):
    """A field that has another value: a text or a number."""

    tag: str = field(name="Tag")
    text: str | None = field(name="ValueBytes", default=None)
    number: int | None = field(name="ValueNum", default=None)


class ToldProfile(Down, frozen=True):
    """What changed of a user's profile."""

    user: str = field(name="Profile_Account", default="")
    fields: list[ToldField] = field(name="ProfileList", default_factory=list)


class Target(Up, frozen=True):
    """A user to follow."""

    user: str = field(name="To_Account")


class Follow(Up, frozen=True):
    """follow.follow_add."""

    owner: str = field(name="From_Account")
    targets: list[Target] = field(name="FollowItem")


class FollowNames(Up, frozen=True):
    """follow.follow_delete, follow_check and follow_get_info."""

    owner: str = field(name="From_Account")
    users: list[str] = field(name="To_Account")


class FollowRow(Down, frozen=True):
    """What became of one user, or what the user is: 1 follower, 2 followed, 3 both."""

    user: str = field(name="To_Account")
    code: int = field(name="ResultCode", default=0)
    kind: int = field(name="FollowType", default=0)


class FollowRows(Down, frozen=True):
    """A row for each user."""

    rows: list[FollowRow] = field(name="ResultItem", default_factory=list)


class CountRow(Down, frozen=True):
    """A user's counts."""

    user: str = field(name="To_Account")
    code: int = field(name="ResultCode", default=0)
    followers: int = field(name="FollowerCount", default=0)
    followed: int = field(name="FollowingCount", default=0)
    mutual: int = field(name="MutualFollowingCount", default=0)


class CountRows(Down, frozen=True):
    """A row for each user."""

    rows: list[CountRow] = field(name="FollowInfo", default_factory=list)


class GetFollows(Up, frozen=True):
    """follow.follow_get."""

    owner: str = field(name="From_Account")
    kind: int = field(name="FollowType")
    cursor: str = field(name="StartCursor")
    count: int = field(name="WantNum")


class ListedUser(Down, frozen=True):
    """A user of a list."""

    user: str = field(name="To_Account")
    time: int = field(name="FollowTime", default=0)
    items: list[ProfileItem] = field(name="ProfileItem", default_factory=list)


class FollowPage(Down, frozen=True):
    """A page of a list."""

    entries: list[ListedUser] = field(name="FollowItem", default_factory=list)
    cursor: str = field(name="NextCursor", default="")


class ToldDiff(Down, frozen=True):
    """A list that a user came into (1) or left."""

    is_added: int = field(name="IsAdd", default=0)
    kind: int = field(name="FollowType", default=0)


class ToldFollow(Down, frozen=True):
    """What changed between the account and another user."""

    user: str = field(name="From_Account")
    time: int = field(name="FollowTime", default=0)
    diffs: list[ToldDiff] = field(name="FollowDiffList", default_factory=list)
