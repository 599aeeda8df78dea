"""Extensions of messages and reactions in their wire form (spec/client/openim_msg_ext_http_svc.yaml)."""

from msgspec import field

from tidings_client.wire_base import Down, Up


class Name(Up, frozen=True):
    """A message, by who sent it to whom and its key."""

    sender: str = field(name="From_Account")
    receiver: str = field(name="To_Account")
    key: str = field(name="MsgKey")


class PairUp(Up, frozen=True):
    """A key, its value, and the Seq that the user has seen it at."""

    key: str = field(name="Key")
    value: str = field(name="Value")
    seq: int = field(name="Seq")


class Change(Name, frozen=True):
    """set_key_values: 1 set, 2 delete, 3 clear."""

    operation: int = field(name="OperateType")
    pairs: list[PairUp] = field(name="ExtensionList")


class PairDown(Down, frozen=True):
    """A key, its value (empty: deleted), and its Seq."""

    key: str = field(name="Key")
    value: str = field(name="Value", default="")
    seq: int = field(name="Seq", default=0)


class Outcome(Down, frozen=True):
    """What became of a pair."""

    pair: PairDown = field(name="Extension")
    code: int = field(name="ErrorCode", default=0)


class Changed(Down, frozen=True):
    """What became of each pair."""

    outcomes: list[Outcome] = field(name="ExtensionList", default_factory=list)


class AskPairs(Name, frozen=True):
    """get_key_values."""

    start: int = field(name="StartSeq")


class Pairs(Down, frozen=True):
    """A page of pairs."""

    complete: int = field(name="CompleteFlag", default=1)
    pairs: list[PairDown] = field(name="ExtensionList", default_factory=list)


class React(Name, frozen=True):
    """reaction_add."""

    reaction: str = field(name="Reaction")
    users: list[str] = field(name="Add_Account")


class Unreact(Name, frozen=True):
    """reaction_del."""

    reaction: str = field(name="Reaction")
    users: list[str] = field(name="Del_Account")


class AskReactions(Up, frozen=True):
    """reaction_multi_stat."""

    one: str = field(name="From_Account")
    other: str = field(name="To_Account")
    keys: list[str] = field(name="MsgKeyList")
    count: int = field(name="Count")


class ReactionDown(Down, frozen=True):
    """A reaction and who the first are."""

    name: str = field(name="Reaction")
    count: int = field(name="Count", default=0)
    users: list[str] = field(name="Reaction_Account", default_factory=list)
    by_me: int = field(name="ReactedByMe", default=0)


class ReactionRow(Down, frozen=True):
    """The reactions to one message."""

    key: str = field(name="MsgKey")
    reactions: list[ReactionDown] = field(name="MsgReactionSummary", default_factory=list)


class Reactions(Down, frozen=True):
    """The reactions to each message."""

    rows: list[ReactionRow] = field(name="Results", default_factory=list)


class AskReacting(Name, frozen=True):
    """reaction_iterate."""

    reaction: str = field(name="Reaction")
    count: int = field(name="Count")
    next: int = field(name="NextSeq")


class Reacting(Down, frozen=True):
    """A page of users."""

    users: list[str] = field(name="Reaction_Account", default_factory=list)
    next: int = field(name="NextSeq", default=0)


class ToldMessage(Down, frozen=True):
    """A message, as pushes about what hangs on it name it."""

    tiny_id: str = field(name="TinyId", default="")
    client_time: int = field(name="MsgClientTime", default=0)
    random: int = field(name="MsgRandom", default=0)
    seq: int = field(name="MsgSeq", default=0)
    time: int = field(name="MsgTime", default=0)
    sender: str = field(name="From_Account", default="")
    receiver: str = field(name="To_Account", default="")


class ToldPairs(Down, frozen=True):
    """Pairs that changed."""

    pairs: list[PairDown] = field(name="MsgKeyValue", default_factory=list)


class HungName(Down, frozen=True):
    """A message of a group, as pushes about what hangs on it name it."""

    group: str = field(name="GroupId", default="")
    topic: str = field(name="TopicId", default="")
    seq: int = field(name="MsgSeq", default=0)


class ToldExtensions(Down, frozen=True):
    """What was done to the extensions of a message: of a one-to-one message, or of one of a group."""

    message: ToldMessage | None = field(name="ExtensionC2cMsgInfo", default=None)
    group_message: HungName | None = field(name="ExtensionGroupMsgInfo", default=None)
    operation: int = field(name="MsgOptType", default=0)
    set_pairs: list[ToldPairs] = field(name="SetKVInfo", default_factory=list)
    deleted_pairs: list[ToldPairs] = field(name="DeleteKVInfo", default_factory=list)


class ToldReactions(Down, frozen=True):
    """Reactions to a message that changed: to a one-to-one message, or to one of a group."""

    message: ToldMessage | None = field(name="C2CMsgInfo", default=None)
    group_message: HungName | None = field(name="GroupMsgInfo", default=None)
    reactions: list[ReactionDown] = field(name="MsgReactionSummary", default_factory=list)
