"""Attributes and counters of groups, and what hangs on their messages, in the wire form of requests and answers."""

from msgspec import field

from tidings_client.wire_base import Down, Up
from tidings_client.wire_extensions import PairUp, ReactionDown
from tidings_client.wire_group_asks import OneGroup
from tidings_client.wire_groups import CounterDown


class Attribute(Up, frozen=True):
    """A key, its value, and the sequence of it that the user has seen."""

    key: str
    value: str
    seq: int


class Write(OneGroup, frozen=True):
    """set_group_attr, modify_group_attr, delete_group_attr, clear_group_attr."""

    attributes: list[Attribute] = field(name="GroupAttr", default_factory=list)
    seq: int = field(name="AttrMainSeq", default=0)
    control: list[str] = field(name="AttrControl", default_factory=list)


class KeptDown(Down, frozen=True):
    """An attribute."""

    key: str
    value: str = ""
    seq: int = 0


class Attributes(Down, frozen=True):
    """Attributes, and how often those of the group were written."""

    seq: int = field(name="AttrMainSeq", default=0)
    items: list[KeptDown] = field(name="GroupAttr", default_factory=list)


class Step(Up, frozen=True):
    """A counter, and by how much or to what it changes."""

    key: str = field(name="Key")
    value: int = field(name="Value")


class ChangeCounters(OneGroup, frozen=True):
    """update_group_counter: Set, Increase or Decrease."""

    steps: list[Step] = field(name="GroupCounter")
    mode: str = field(name="Mode")


class AskCounters(OneGroup, frozen=True):
    """get_group_counter; no keys: all."""

    keys: list[str] | None = field(name="GroupCounterKeys", default=None)


class Counters(Down, frozen=True):
    """Counters."""

    items: list[CounterDown] = field(name="GroupCounter", default_factory=list)


class OneMessage(OneGroup, frozen=True):
    """A message, by group and sequence."""

    seq: int = field(name="MsgSeq")


class ChangePairs(OneMessage, frozen=True):
    """group_set_key_values: 1 set, 2 delete, 3 clear."""

    operation: int = field(name="OperateType")
    pairs: list[PairUp] = field(name="ExtensionList")


class AskPairs(OneMessage, frozen=True):
    """group_get_key_values."""

    start: int = field(name="StartSeq")


class React(OneMessage, frozen=True):
    """group_reaction_add."""

    reaction: str = field(name="Reaction")
    users: list[str] = field(name="Add_Account")


class Unreact(OneMessage, frozen=True):
    """group_reaction_del."""

    reaction: str = field(name="Reaction")
    users: list[str] = field(name="Del_Account")


class AskReactions(OneGroup, frozen=True):
    """group_reaction_multi_stat."""

    seqs: list[int] = field(name="MsgSeqList")
    count: int = field(name="Count")


class ReactionRow(Down, frozen=True):
    """The reactions to one message."""

    seq: int = field(name="MsgSeq")
    reactions: list[ReactionDown] = field(name="MsgReactionSummary", default_factory=list)


class Reactions(Down, frozen=True):
    """The reactions to each message."""

    rows: list[ReactionRow] = field(name="Results", default_factory=list)


class AskReacting(OneMessage, frozen=True):
    """group_reaction_iterate."""

    reaction: str = field(name="Reaction")
    count: int = field(name="Count")
    next: int = field(name="NextSeq")
