"""Extensions of messages of groups, and reactions to them (spec/rest/openim_msg_ext_http_svc.yaml).

They are kept as those of one-to-one messages are; members who are online are told, others ask when they
show the message.
"""

from collections.abc import Sequence
from functools import partial

from tidings.clock import Clock
from tidings.domain.accounts import Account
from tidings.domain.callbacks import note_outcome
from tidings.domain.extensions import (
    PAGE,
    ChangeRate,
    ExtensionStore,
    Outcome,
    Pair,
    PairBook,
    Update,
    Updated,
    apply,
)
from tidings.domain.group.events import GroupEvent, GroupExtensionsChanged, GroupReacted
from tidings.domain.group.groups import Group
from tidings.domain.group.happenings import GroupMessageExtended
from tidings.domain.group.history import GroupHistory
from tidings.domain.group.messages import GroupMessage
from tidings.domain.group.ports import Rooms
from tidings.domain.group.rights import Actor
from tidings.domain.messages import Flag
from tidings.domain.ports import Logged
from tidings.domain.reactions import Act, Reacted, Reaction, ReactionPage, ReactionStore, Told
from tidings.errors import BAD_SERVICE_REQUEST, EXTENSION_MESSAGE_NOT_FOUND, MESSAGE_NOT_EXTENSIBLE
from tidings.ids import AccountNumber, InstanceId, Position
from tidings.pending import Pending

EVER_S = 1 << 40


class GroupExtensions:
    """Reads and changes what members hang on messages."""

    def __init__(
        self,
        extensions: ExtensionStore,
        reactions: ReactionStore,
        history: GroupHistory,
        rooms: Rooms,
        clock: Clock,
    ) -> None:
        """Keep it in `extensions` and `reactions` for what `history` shows, tell of it in `rooms`."""
        self._extensions = extensions
        self._reactions = reactions
        self._history = history
        self._rooms = rooms
        self._rate = ChangeRate(clock)

    async def update(
        self, group: Group, seq: int, actor: Actor, update: Update, source: InstanceId
    ) -> Sequence[Outcome]:
        """Change extensions; a pair that another change came before is told by 23001.

        Raises 10004 where the type has none, 23004 for no such message, 23002 for one that was sent without
        wanting extensions, 23003 for more than 200 changes a minute or 300 pairs.
        """
        message = await self._find_extensible(group, seq, actor)
        self._rate.count(message.position)

        def tell(done: Pending[tuple[Updated, Position | None]]) -> None:
            if done.is_ok and done.result()[1] is not None:
                self._tell(group, _changed(message, update, done.result()[0]), message, source)

        note_outcome(GroupMessageExtended, partial(_to_extended, group, message, update))
        pending = self._extensions.update_pairs(
            message.position, message.time, partial(apply, update=update), _log_nothing
        )
        pending.then(tell)
        return (await pending)[0].outcomes

    async def page(self, group: Group, seq: int, actor: Actor, from_seq: int) -> tuple[PairBook, list[Pair]]:
        """Return up to 201 pairs from a seq on, in their order; raises 10004, 23004, 23002."""
        message = await self._find_extensible(group, seq, actor)
        return await self._extensions.pairs(message.position, from_seq, PAGE + 1)

    async def react(self, group: Group, seq: int, actor: Actor, by: Account, name: str, source: InstanceId) -> None:
        """React to a message; raises 23004 to 23007."""
        await self._change(group, seq, actor, (by.number, name, self._reactions.react), source)

    async def unreact(self, group: Group, seq: int, actor: Actor, by: Account, name: str, source: InstanceId) -> None:
        """Take a reaction away; nothing happens if there was none; raises 23004."""
        await self._change(group, seq, actor, (by.number, name, self._reactions.unreact), source)

    async def reactions(self, group: Group, seq: int, actor: Actor, viewer: Account, shown: int) -> list[Reaction]:
        """Return the reactions to a message; none for one that the viewer cannot see."""
        places = await self._history.named(group, actor, [seq], history_s=EVER_S)
        found = [message for _, message in places if message is not None]
        return await self._reactions.reactions(found[0].position, viewer.number, shown) if found else []

    async def reacting(self, group: Group, seq: int, actor: Actor, name: str, page: tuple[int, int]) -> ReactionPage:
        """Return who reacted so, after a place and at most so many; raises 23004."""
        message = await self._find(group, seq, actor)
        return await self._reactions.reacting(message.position, name, *page)

    async def _change(
        self, group: Group, seq: int, actor: Actor, wish: tuple[AccountNumber, str, Act], source: InstanceId
    ) -> None:
        by, name, act = wish
        message = await self._find(group, seq, actor)

        def tell(done: Pending[Told | None]) -> None:
            if done.is_ok and (told := done.result()) is not None:
                user_ids = tuple(user_id for _, user_id in told[0].first)
                self._tell(group, GroupReacted(message, name, told[0].count, user_ids), message, source)

        pending = act(message.position, name, by, message.time, _log_nothing)
        pending.then(tell)
        await pending

    async def _find(self, group: Group, seq: int, actor: Actor) -> GroupMessage:
        places = await self._history.named(group, actor, [seq], history_s=EVER_S)
        for _, message in places:
            if message is not None and not message.is_tip and not message.flags & Flag.RECALLED:
                return message
        raise EXTENSION_MESSAGE_NOT_FOUND(key=f"{group.group_id}/{seq}")

    async def _find_extensible(self, group: Group, seq: int, actor: Actor) -> GroupMessage:
        if not group.traits.takes_extensions:
            raise BAD_SERVICE_REQUEST(detail=f"messages in a group of type {group.kind.value} take no extensions")
        message = await self._find(group, seq, actor)
        if not message.flags & Flag.EXTENSIBLE:
            raise MESSAGE_NOT_EXTENSIBLE(key=f"{group.group_id}/{seq}")
        return message

    def _tell(self, group: Group, event: GroupEvent, message: GroupMessage, source: InstanceId) -> None:
        seen_by = {*message.targets, message.sender} if message.targets else None
        self._rooms.event(group, event, source, seen_by)


def _to_extended(
    group: Group, message: GroupMessage, update: Update, done: tuple[Updated, Position | None]
) -> GroupMessageExtended | None:
    updated = done[0]
    pairs = tuple((pair.key, pair.value, pair.seq) for pair in updated.fresh)
    operation = update.operation.value
    return GroupMessageExtended(group, message, operation, pairs, updated.book.last_seq) if updated.is_changed else None


def _log_nothing(_: Updated | Reacted) -> Sequence[Logged]:
    return ()


def _changed(message: GroupMessage, update: Update, done: Updated) -> GroupExtensionsChanged:
    pairs = tuple((pair.key, pair.value, pair.seq) for pair in done.fresh)
    return GroupExtensionsChanged(message, update.operation.value, pairs, done.book.last_seq, done.book.cleared_seq)
