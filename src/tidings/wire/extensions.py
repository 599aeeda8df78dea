"""Extensions of messages and reactions, in answers and pushes (spec/rest/openim_msg_ext_http_svc.yaml)."""

from msgspec import Struct, field


class MessageName(Struct, gc=False):
    """The values by which a client knows a message again."""

    tiny_id: str = field(name="TinyId")
    client_time: int = field(name="MsgClientTime")
    random: int = field(name="MsgRandom")
    seq: int = field(name="MsgSeq")
    time: int = field(name="MsgTime")
    from_account: str = field(name="From_Account")
    to_account: str = field(name="To_Account")


class PairDown(Struct, gc=False):
    """An extension: its key, its value, and the count of changes when it got it."""

    key: str = field(name="Key")
    value: str = field(name="Value")
    seq: int = field(name="Seq")


class PairsChanged(Struct):
    """Pairs that changed."""

    pairs: list[PairDown] = field(name="MsgKeyValue")


class PairsCleared(Struct):
    """Up to where all pairs were cleared."""

    cleared_seq: int = field(name="ClearMsgSeq")


class ExtensionNotice(Struct, omit_defaults=True, kw_only=True):
    """What was done to the extensions of a message; one of the three arrays is there."""

    message: MessageName = field(name="ExtensionC2cMsgInfo")
    operation: int = field(name="MsgOptType")
    tiny_id: str = field(name="TinyId")
    last_seq: int = field(name="MsgLastSeq")
    set_pairs: list[PairsChanged] | None = field(name="SetKVInfo", default=None)
    deleted_pairs: list[PairsChanged] | None = field(name="DeleteKVInfo", default=None)
    cleared_pairs: list[PairsCleared] | None = field(name="ClearKVInfo", default=None)


class GroupMessageName(Struct, omit_defaults=True, gc=False):
    """The values by which a client knows a message of a group again."""

    group_id: str = field(name="GroupId")
    tiny_id: str = field(name="TinyId")
    client_time: int = field(name="MsgClientTime")
    random: int = field(name="MsgRandom")
    seq: int = field(name="MsgSeq")
    time: int = field(name="MsgTime")
    from_account: str = field(name="From_Account")
    topic_id: str = field(name="TopicId", default="")


class GroupExtensionNotice(Struct, omit_defaults=True, kw_only=True):
    """What was done to the extensions of a message of a group; one of the three arrays is there."""

    message: GroupMessageName = field(name="ExtensionGroupMsgInfo")
    operation: int = field(name="MsgOptType")
    tiny_id: str = field(name="TinyId")
    last_seq: int = field(name="MsgLastSeq")
    set_pairs: list[PairsChanged] | None = field(name="SetKVInfo", default=None)
    deleted_pairs: list[PairsChanged] | None = field(name="DeleteKVInfo", default=None)
    cleared_pairs: list[PairsCleared] | None = field(name="ClearKVInfo", default=None)


class GroupReactionDown(Struct):
    """A reaction: by how many, and the first of them."""

    name: str = field(name="Reaction")
    count: int = field(name="Count")
    first: list[str] = field(name="Reaction_Account")


class GroupReactionNotice(Struct):
    """A reaction to a message of a group as it is now; a count of 0: nobody reacts so any more."""

    message: GroupMessageName = field(name="GroupMsgInfo")
    reactions: list[GroupReactionDown] = field(name="MsgReactionSummary")


class ReactionDown(Struct):
    """A reaction: by how many, the first of them, and whether the receiver of this is among them (1)."""

    name: str = field(name="Reaction")
    count: int = field(name="Count")
    first: list[str] = field(name="Reaction_Account")
    is_own: int = field(name="ReactedByMe")


class ReactionNotice(Struct):
    """A reaction to a message as it is now; a count of 0: nobody reacts so any more."""

    message: MessageName = field(name="C2CMsgInfo")
    reactions: list[ReactionDown] = field(name="MsgReactionSummary")
