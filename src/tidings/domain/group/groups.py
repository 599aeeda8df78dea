"""A group and its members as the domain holds them (spec/groups.md, sections 4 and 5).

A topic is a group, too: its parent is its community, whose members are its members.
"""

from dataclasses import dataclass, field

from tidings.domain.group.kinds import TRAITS, Action, ApplyOption, InviteOption, Kind, Receive, Role, Traits
from tidings.ids import AccountNumber, GroupId, GroupNumber, SdkAppId, UserId

NO_GROUP = GroupNumber(0)
NOBODY = AccountNumber(0)
SYSTEM = UserId("@TIM#SYSTEM")

ORDINARY_PREFIX = "@TGS#"
COMMUNITY_PREFIX = "@TGS#_"
TOPIC_MARK = "@TOPIC#_"
MAX_GROUP_ID_BYTES = 48
FOR_EVER = 0xFFFFFFFF


@dataclass(slots=True, weakref_slot=True)
class Group:
    """A group; times are unix seconds.

    `last_seq` is the sequence of its last stored message, `member_count` how many members are
    stored, `custom` the app's own fields, `known` some of its members, as they are.
    `is_active` is False for a Work group without a message.
    `is_gone`: it was disbanded. Members see nothing up to `cleared_seq`. `permission_changes` counts
    what changed in its permission groups since it was loaded.
    `members_at`: when somebody last came or went, as far as the store knows, see Recycling.
    `shows_past`: whether members see what was before they came; None: as in all groups of the kind.
    """

    app: SdkAppId
    group_id: GroupId
    kind: Kind
    name: str
    owner: AccountNumber
    created_at: int
    max_members: int
    apply_option: ApplyOption
    invite_option: InviteOption
    number: GroupNumber = NO_GROUP
    parent: GroupNumber = NO_GROUP
    introduction: str = ""
    notification: str = ""
    face_url: str = ""
    is_muted: bool = False
    custom: dict[str, str] = field(default_factory=dict)
    info_seq: int = 1
    info_at: int = 0
    member_count: int = 0
    last_seq: int = 0
    last_at: int = 0
    is_active: bool = True
    has_topics: bool = False
    has_permissions: bool = False
    default_permission: int = 0
    is_gone: bool = False
    cleared_seq: int = 0
    shows_past: bool | None = None
    members_at: int = 0
    permission_changes: int = field(default=0, compare=False)
    known: "dict[AccountNumber, Member]" = field(default_factory=dict, repr=False, compare=False)

    @property
    def traits(self) -> Traits:
        """Return what groups of this kind are like."""
        return TRAITS[self.kind]


@dataclass(slots=True)
class Member:
    """An account's place in a group; times are unix seconds.

    `joined_seq` is the group's last sequence when it joined, `read_seq` the last one it has read.
    `muted_until` outlasts leaving. `entry` orders members by when they came in; in a topic it is negative.
    `allowed` is what permission groups let it do; None: its role decides. `allowed_by`: from what that follows.
    `above`: of a place in a topic, that in the community.
    """

    account: AccountNumber
    user_id: UserId
    role: Role = Role.MEMBER
    joined_at: int = 0
    joined_seq: int = 0
    read_seq: int = 0
    receive: Receive = Receive.NOTIFY
    name_card: str = ""
    sent_at: int = 0
    muted_until: int = 0
    custom: dict[str, str] = field(default_factory=dict)
    entry: int = 0
    nick: str = ""
    face_url: str = ""
    allowed: frozenset[Action] | None = field(default=None, compare=False)
    allowed_by: tuple[int, ...] = field(default=(), compare=False)
    above: "Member | None" = field(default=None, repr=False, compare=False)

    def is_muted(self, now: float) -> bool:
        """Say whether the member may not speak at that moment."""
        return self.muted_until > now


def community_of(topic_id: GroupId) -> GroupId:
    """Return the ID of the community that a topic's ID names."""
    return GroupId(topic_id.partition(TOPIC_MARK)[0])


def is_group_id(text: str, kind: Kind) -> bool:
    """Say whether an app may give a group of that kind this ID (spec/groups.md, section 4)."""
    if not 0 < len(text) <= MAX_GROUP_ID_BYTES or not text.isascii() or not text.isprintable():
        return False
    if kind is Kind.COMMUNITY:
        return text.startswith(COMMUNITY_PREFIX) and len(text) > len(COMMUNITY_PREFIX) and TOPIC_MARK not in text
    return not text.startswith(ORDINARY_PREFIX) and TOPIC_MARK not in text


def new_group_id(kind: Kind, token: bytes) -> GroupId:
    """Return an ID for a group that the app gave none, made of unpredictable bytes."""
    name = token.hex().upper()
    return GroupId(f"{COMMUNITY_PREFIX}{ORDINARY_PREFIX}c{name}" if kind is Kind.COMMUNITY else f"@TGS#{name}")
