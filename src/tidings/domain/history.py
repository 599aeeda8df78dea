"""Stored messages: pages of history, import, recall, modification, one-sided deletion, receipts."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from tidings.clock import Clock
from tidings.domain import happenings
from tidings.domain.accounts import Account
from tidings.domain.apps import App
from tidings.domain.callbacks import note, note_outcome
from tidings.domain.events import KeptEvent, MessageModified, MessageRecalled, ReceiptGiven
from tidings.domain.messages import HISTORY_IMPORT, Flag, Message, MessageKey, to_conversation
from tidings.domain.ports import Delivery, Logged, MessageStore, PageQuery
from tidings.errors import (
    ALREADY_RECALLED,
    MESSAGE_NOT_FOUND,
    MODIFY_CONFLICT,
    NOTHING_TO_MODIFY,
    RECALL_TOO_LATE,
    VERSION_CONFLICT,
)
from tidings.ids import NO_INSTANCE, AccountNumber, InstanceId, Position
from tidings.pending import Pending

DAY_S = 86_400


@dataclass(frozen=True, slots=True)
class Change:
    """New content of a message; None leaves what is there. `version` None: whatever is stored."""

    body: bytes | None
    custom_data: str | None
    version: int | None = None


class History:
    """What happens to messages after they were sent."""

    def __init__(self, store: MessageStore, delivery: Delivery, clock: Clock) -> None:
        """Read and write `store`, tell through `delivery`."""
        self._store = store
        self._delivery = delivery
        self._clock = clock

    async def page(self, app: App, query: PageQuery) -> list[Message]:
        """Return a page of history, never reaching past the app's history days."""
        oldest = int(self._clock.now()) - app.settings.history_days * DAY_S
        return await self._store.page(replace(query, min_time=max(query.min_time, oldest)))

    async def import_message(self, message: Message, *, is_live: bool) -> bool:
        """Store a message of another system; False if it was imported before.

        A live import is counted as unread and told to devices, a history import is neither.
        """
        message.flags |= Flag.IMPORTED if is_live else HISTORY_IMPORT
        pending = self._store.import_message(message)
        if is_live:
            pending.then(lambda done: self._tell_import(message, done))
        return await pending

    def _tell_import(self, message: Message, done: Pending[bool]) -> None:
        if done.is_ok and done.result():
            self._delivery.message(message, NO_INSTANCE, to_sender=True)

    async def recall(
        self,
        sender: Account,
        receiver: Account,
        key: MessageKey,
        *,
        by: Account,
        window_s: int | None,
        source: InstanceId,
    ) -> None:
        """Take a message back on both sides; `window_s` None recalls whatever its age.

        Raises 20022 not found (or not sent by `sender`), 20023 recalled before, 20016 too late.
        """
        message = await self._find(sender, receiver, key)
        if message is None or message.sender != sender.number:
            raise MESSAGE_NOT_FOUND(key=str(key))
        age = int(self._clock.now()) - message.time
        if message.flags & Flag.RECALLED:
            raise ALREADY_RECALLED(key=str(key))
        if window_s is not None and age > window_s:
            raise RECALL_TOO_LATE(age=age, window=window_s)
        message.revoker_id = by.user_id
        event = MessageRecalled(message.ref, by.user_id)
        told = happenings.MessageRecalled(message)
        note_outcome(happenings.MessageRecalled, lambda position: None if position is None else told)
        pending = self._store.recall(message, _to_both(message, event))
        self._tell_both(message, event, pending, source)
        if await pending is None:
            raise ALREADY_RECALLED(key=str(key))

    async def modify(
        self, one: Account, other: Account, key: MessageKey, change: Change, *, source: InstanceId
    ) -> Message:
        """Replace content of a message; returns it as it is now.

        Raises 20026 not found or recalled, 20027 if the version is another than the caller knows,
        20028 if another change came in between.
        """
        message = await self._find(one, other, key)
        if message is None or message.flags & Flag.RECALLED:
            raise NOTHING_TO_MODIFY(key=str(key))
        if change.version is not None and change.version != message.version:
            raise VERSION_CONFLICT(current=message.version, given=change.version)
        given_version = message.version
        message.version += 1
        message.body = message.body if change.body is None else change.body
        message.custom_data = message.custom_data if change.custom_data is None else change.custom_data
        event = MessageModified(message.ref, message.version, message.body, message.custom_data)
        told = happenings.MessageChanged(message)
        note_outcome(happenings.MessageChanged, lambda position: None if position is None else told)
        pending = self._store.modify(message, given_version, _to_both(message, event))
        self._tell_both(message, event, pending, source)
        if await pending is None:
            raise MODIFY_CONFLICT(key=str(key))
        return message

    async def hide(self, viewer: Account, peer: Account, keys: Sequence[MessageKey]) -> None:
        """Delete messages from one side's history; unknown keys are passed over."""
        if found := await self._find_all(viewer, peer, keys):
            await self._store.hide(found, viewer.number)

    async def give_receipts(
        self, reader: Account, peer: Account, keys: Sequence[MessageKey], source: InstanceId
    ) -> None:
        """Mark messages that `peer` sent as read one by one, and tell the peer."""
        found = [m for m in await self._find_all(reader, peer, keys) if m.sender == peer.number]
        fresh = [m for m in found if not m.flags & Flag.PEER_READ]
        if not fresh:
            return
        event = ReceiptGiven(reader.user_id, int(self._clock.now()), tuple(m.ref for m in fresh))
        note(happenings.MessagesReceipted, reader, peer, tuple(fresh))
        pending = self._store.give_receipts(fresh, [Logged(peer.number, event)])
        pending.then(partial(self._tell, peer.number, event, source))
        await pending

    async def _find(self, one: Account, other: Account, key: MessageKey) -> Message | None:
        return await self._store.find_message(to_conversation(one.number, other.number), key)

    async def _find_all(self, one: Account, other: Account, keys: Sequence[MessageKey]) -> list[Message]:
        found = [await self._find(one, other, key) for key in dict.fromkeys(keys)]
        return [message for message in found if message is not None]

    def _tell_both(
        self, message: Message, event: KeptEvent, pending: Pending[Position | None], source: InstanceId
    ) -> None:
        for logged in _to_both(message, event):
            pending.then(partial(self._tell, logged.account, event, source))

    def _tell(
        self,
        account: AccountNumber,
        event: KeptEvent,
        source: InstanceId,
        done: Pending[Position] | Pending[Position | None],
    ) -> None:
        if done.is_ok and (position := done.result()) is not None:
            self._delivery.event(account, position, event, source)


def _to_both(message: Message, event: KeptEvent) -> list[Logged]:
    sides = dict.fromkeys((message.sender, message.receiver))
    return [Logged(account, event) for account in sides]
