"""What a chat may be told at its start."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random, SystemRandom
from typing import TypedDict

from tidings_client.address import Device, this_device
from tidings_client.clock import Clock, SystemClock

REQUEST_S = 60.0
BUFFERED = 10_000


class ConnectOptions(TypedDict, total=False):
    """How to connect, beside where to and as whom; each may be left out.

    `device`: which kind of device this login counts as. `after`: a position (`chat.position`) from
    which on missed events are fetched at the start; `groups_after`: the same for groups, as
    `chat.groups.positions` has it. `request_s`: seconds that a call may take,
    reconnects included. `buffered`: events kept for a consumer that does not take them. `clock` and
    `chance` replace time and randomness in tests.
    """

    device: Device
    after: int | None
    groups_after: Mapping[str, int] | None
    request_s: float
    buffered: int
    clock: Clock
    chance: Random


@dataclass(frozen=True, slots=True)
class Setup:
    """The options with their defaults filled in."""

    device: Device = field(default_factory=this_device)
    after: int | None = None
    groups_after: Mapping[str, int] | None = None
    request_s: float = REQUEST_S
    buffered: int = BUFFERED
    clock: Clock = field(default_factory=SystemClock)
    chance: Random = field(default_factory=SystemRandom)
