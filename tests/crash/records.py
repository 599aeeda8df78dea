"""What clients write down: the only thing the checker reads, beside the final history."""

from collections.abc import Sequence
from dataclasses import dataclass, field

# Stands for a change that takes a message back: no custom data of a run is this.
RECALLED = "recalled"


@dataclass(frozen=True, slots=True)
class Note:
    """A message as one side knows it; sender and random together name it for good."""

    sender: str
    receiver: str
    seq: int
    random: int
    client_time: int
    text: str

    @property
    def identity(self) -> tuple[str, int]:
        """Return what names the message in every log."""
        return self.sender, self.random


@dataclass(frozen=True, slots=True)
class Sent:
    """A message left a device, perhaps to be repeated later."""

    device: str
    note: Note


@dataclass(frozen=True, slots=True)
class Acked:
    """The server's answer to a send or to a repeat of it."""

    sender: str
    random: int
    key: str


@dataclass(frozen=True, slots=True)
class Delivered:
    """A device took a message in, by push or when it caught up; `time` is the server's."""

    device: str
    position: int
    time: int
    note: Note


@dataclass(frozen=True, slots=True)
class Stored:
    """A message in the final history."""

    key: str
    time: int
    note: Note
    custom_data: str = ""
    is_recalled: bool = False


@dataclass(frozen=True, slots=True)
class Changed:
    """A device has changed a message of its own: `text` is its new custom data, or RECALLED."""

    device: str
    identity: tuple[str, int]
    text: str


@dataclass(frozen=True, slots=True)
class ReadReport:
    """An acknowledged report: the reader has read the peer's messages up to `time`."""

    reader: str
    peer: str
    time: int


@dataclass(slots=True)
class Evidence:
    """The logs of a run, each in the order things happened, and what the server says at its end.

    `devices` names each device's account. `histories` has a list, oldest first, for each viewer
    and peer; `changes` are those that were acknowledged; `heard` says which device was told of
    which change of which message; `unread` the number of each reader and peer, 0 where there is none.
    """

    devices: dict[str, str]
    sent: list[Sent] = field(default_factory=list)
    acked: list[Acked] = field(default_factory=list)
    delivered: list[Delivered] = field(default_factory=list)
    reads: list[ReadReport] = field(default_factory=list)
    changes: list[Changed] = field(default_factory=list)
    heard: set[tuple[str, tuple[str, int], str]] = field(default_factory=set)
    histories: dict[tuple[str, str], Sequence[Stored]] = field(default_factory=dict)
    unread: dict[tuple[str, str], int] = field(default_factory=dict)
