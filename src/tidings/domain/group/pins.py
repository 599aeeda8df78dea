"""Messages that are pinned in a group (spec/rest/group_messages.yaml)."""

from dataclasses import dataclass
from typing import Protocol

from tidings.domain.accounts import Account
from tidings.domain.group.events import GroupPinned
from tidings.domain.group.groups import Group
from tidings.domain.group.history import GroupHistory
from tidings.domain.group.kinds import Action
from tidings.domain.group.ports import Rooms
from tidings.domain.group.rights import Actor, check
from tidings.errors import BAD_SERVICE_REQUEST, GROUP_RIGHT_MISSING
from tidings.ids import NO_INSTANCE, GroupNumber, UserId
from tidings.pending import Pending

PINS = 10


@dataclass(frozen=True, slots=True)
class Pin:
    """A pinned message and who pinned it."""

    seq: int
    pinner_id: UserId


class PinStore(Protocol):
    """What pins ask of the store."""

    def pin(self, group: GroupNumber, pin: Pin, limit: int) -> Pending[None]:
        """Pin a message; raises 10071 if it was pinned, 10070 if more than `limit` were."""
        ...

    def unpin(self, group: GroupNumber, seq: int) -> Pending[bool]:
        """Take a pin away; False if there was none."""
        ...

    async def pins(self, group: GroupNumber) -> list[Pin]:
        """Return the pinned messages that are still stored, newest pin first."""
        ...


class Pins:
    """Pins messages and takes the pins away; whoever is online is told."""

    def __init__(self, store: PinStore, history: GroupHistory, rooms: Rooms) -> None:
        """Pin messages of `history` in `store`, tell through `rooms`."""
        self._store = store
        self._history = history
        self._rooms = rooms

    async def pin(self, group: Group, seq: int, actor: Actor, pinner: Account) -> None:
        """Pin a message; raises 10052 if there is none, 10007 without the right."""
        _check(group, actor)
        message = await self._history.get_message(group, seq)
        if message.is_tip or message.targets:
            raise BAD_SERVICE_REQUEST(detail=f"message {seq} is not for everybody to see, so it cannot be pinned")
        await self._store.pin(group.number, Pin(seq, pinner.user_id), PINS)
        event = GroupPinned(message, pinner.user_id, pinner.nick, pinner.face_url, is_pinned=True)
        self._rooms.event(group, event, NO_INSTANCE)

    async def unpin(self, group: Group, seq: int, actor: Actor, unpinner: Account) -> None:
        """Take a pin away; raises 10052 without a message, 10004 without a pin, 10007 without the right."""
        _check(group, actor)
        message = await self._history.get_message(group, seq)
        if not await self._store.unpin(group.number, seq):
            raise BAD_SERVICE_REQUEST(detail=f"message {seq} of group {group.group_id!r} is not pinned")
        event = GroupPinned(message, unpinner.user_id, unpinner.nick, unpinner.face_url, is_pinned=False)
        self._rooms.event(group, event, NO_INSTANCE)

    async def pins(self, group: Group) -> list[Pin]:
        """Return the pinned messages, newest pin first."""
        _check_kind(group)
        return await self._store.pins(group.number)


def _check(group: Group, actor: Actor) -> None:
    _check_kind(group)
    check(group, actor, Action.PIN)


def _check_kind(group: Group) -> None:
    if not group.traits.keeps_messages:
        raise GROUP_RIGHT_MISSING(detail=f"a group of type {group.kind.value} keeps no messages to pin")
