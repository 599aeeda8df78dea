"""Sending: store first, then answer, then deliver (spec/messages.md; docs/delivery.md)."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import partial

from tidings.clock import Clock
from tidings.domain.accounts import Account
from tidings.domain.barriers import Barriers
from tidings.domain.callbacks import ask, check, current, is_asked, note, post
from tidings.domain.figures import Statistics
from tidings.domain.happenings import MessageAsked, MessageSent, MessageUnsent, RobotAddressed
from tidings.domain.messages import Flag, Message, MessageKey
from tidings.domain.mutes import Mutes
from tidings.domain.ports import Delivery, MessageStore
from tidings.domain.receiving import Refusal
from tidings.domain.repeats import WINDOW_S, RecentSends, identity
from tidings.domain.robots import PREFIX
from tidings.errors import MESSAGE_REFUSED_BY_APP, OWN_MESSAGE_CODES, STORE_UNAVAILABLE, TidingsError
from tidings.ids import NO_INSTANCE, Chance, InstanceId
from tidings.pending import Pending
from tidings.settings import AppSettings

# A client time this far from ours may belong to a send that memory has forgotten: ask the store.
TRUSTED_PAST_S = 100
TRUSTED_FUTURE_S = 5


@dataclass(slots=True)
class Draft:
    """A message as its sender handed it in, checked in form.

    `seq` None: the server picks one. `client_time` None: the door has none, the server's counts.
    `lifetime_s` bounds the copy for an absent receiver. `source` is the login it came from, which
    is not told of it; `tells_sender` whether the sender's other devices are. `is_by_user`: a user sends
    in their own name, so their mutes are asked. `heeds_refusals`: a receiver who refuses the sender's
    messages does not get it. `settings`: relations are asked, as these say.
    """

    sender: Account
    receiver: Account
    seq: int | None
    random: int
    client_time: int | None
    body: bytes
    custom_data: str = ""
    push: bytes = b""
    flags: int = 0
    lifetime_s: int | None = None
    is_online_only: bool = False
    source: InstanceId = NO_INSTANCE
    tells_sender: bool = True
    is_by_user: bool = False
    heeds_refusals: bool = False
    settings: AppSettings | None = None


class Sending:
    """Takes drafts, gives them their place and tells the devices concerned."""

    def __init__(
        self,
        store: MessageStore,
        delivery: Delivery,
        clock: Clock,
        chance: Chance,
        mutes: Mutes | None = None,
        statistics: Statistics | None = None,
    ) -> None:
        """Write to `store`, tell through `delivery`; ask `mutes` of users, count in `statistics`."""
        self._barriers: Barriers | None = None
        self._mutes = mutes
        self._statistics = statistics
        self._store = store
        self._delivery = delivery
        self._clock = clock
        self._chance = chance
        self._refusals: AbstractSet[Refusal] = frozenset()
        self._recent = RecentSends()
        self._lookups: dict[int, Pending[MessageKey]] = {}

    def heed(self, refusals: AbstractSet[Refusal]) -> None:
        """Deliver nothing, from now on, to receivers who refuse its sender."""
        self._refusals = refusals

    def respect(self, barriers: Barriers) -> None:
        """Ask, from now on, whether users may write to whom they write."""
        self._barriers = barriers

    async def remember(self) -> None:
        """Fill the memory of recent sends from the store: called once at start."""
        now = int(self._clock.now())
        for message in await self._store.recent(now - WINDOW_S):
            self._recent.add(identity(message), message.time, message.time)

    async def send(self, draft: Draft) -> MessageKey:
        """Send a message and return its key; a repeat returns the first one's.

        Raises 20012 if the user who sends is mute, 91000 if the store did not take it; then nothing was
        delivered.
        """
        now = int(self._clock.now())
        message = self._to_message(draft, now)
        key = identity(message)
        first = self._recent.find(key)
        if first is not None and (now - first <= WINDOW_S or draft.client_time is not None):
            return await self._first_result(message, key)
        self._check(draft, message)
        is_old = draft.client_time is not None and not (-TRUSTED_PAST_S <= draft.client_time - now <= TRUSTED_FUTURE_S)
        if is_old or (current.listener is not None and is_asked(MessageAsked)):
            return await self._send_alone(draft, message, key, is_old=is_old)
        return await self._send_new(draft, message, key)

    def _check(self, draft: Draft, message: Message) -> None:
        """Let a message be sent, or raise why not."""
        try:
            if draft.is_by_user and self._mutes is not None:
                self._mutes.check(draft.sender)
            if draft.settings is not None and self._barriers is not None:
                message.flags |= self._barriers.flags(draft.sender, draft.receiver, draft.settings)
        except TidingsError as error:
            post(MessageUnsent, message, draft.is_online_only, error.code, error.info)
            raise

    def unsent(self, draft: Draft, error: TidingsError) -> None:
        """Have the app's server told that a message cannot be sent."""
        message = self._to_message(draft, int(self._clock.now()))
        post(MessageUnsent, message, draft.is_online_only, error.code, error.info)

    async def send_all(self, drafts: Sequence[Draft]) -> list[MessageKey]:
        """Send messages of one admin call together: one time, one commit; returns their keys.

        The app's server is neither asked nor told.

        Raises 91000 if the store did not take them.
        """
        now = int(self._clock.now())
        begun: list[Pending[None]] = []
        keys: list[MessageKey] = []
        for draft in drafts:
            message = self._to_message(draft, now)
            key = identity(message)
            first = self._recent.find(key)
            if first is not None and now - first <= WINDOW_S:
                keys.append(await self._first_result(message, key))
                continue
            self._recent.add(key, now, now)
            keys.append(message.key)
            if draft.is_online_only:
                self._pass_on(draft, message, is_told=False)
            else:
                begun.append(self._append(draft, message, key, is_told=False))
        for pending in begun:
            await pending
        return keys

    async def _send_alone(self, draft: Draft, message: Message, key: int, *, is_old: bool) -> MessageKey:
        """Send what is first asked about: `is_old` the store, which may have it already, and the app's server.

        Another repeat that comes meanwhile shares the outcome.
        """
        if (under_way := self._lookups.get(key)) is not None:
            return await under_way
        outcome = self._lookups[key] = Pending[MessageKey]()
        try:
            first = await self._find_repeat(message) if is_old else None
            result = first or await self._send_asked(draft, message, key)
        except BaseException as error:
            outcome.fail(error)
            raise
        finally:
            del self._lookups[key]
        outcome.resolve(result)
        return result

    async def _send_asked(self, draft: Draft, message: Message, key: int) -> MessageKey:
        """Send a message as the app's server wants it; what it drops, only the sender believes to be sent."""
        verdict = await ask(MessageAsked, message, draft.is_online_only)
        if check(verdict, MESSAGE_REFUSED_BY_APP, OWN_MESSAGE_CODES, may_drop=True):
            self._recent.add(key, message.time, message.time)
            return message.key
        message.body = message.body if verdict.body is None else verdict.body
        message.custom_data = message.custom_data if verdict.custom_data is None else verdict.custom_data
        return await self._send_new(draft, message, key)

    async def _send_new(self, draft: Draft, message: Message, key: int) -> MessageKey:
        self._recent.add(key, message.time, message.time)
        if draft.is_online_only:
            self._pass_on(draft, message)
        else:
            await self._append(draft, message, key)
        return message.key

    async def _find_repeat(self, message: Message) -> MessageKey | None:
        # A client whose clock is fast says nothing of when it first tried: look through everything.
        since = message.client_time - WINDOW_S if message.client_time <= message.time else 0
        first = await self._store.find_repeat(message, since)
        return None if first is None else first.key

    def _append(self, draft: Draft, message: Message, key: int, *, is_told: bool = True) -> Pending[None]:
        if is_told and current.listener is not None:
            note(MessageSent, message, False)  # noqa: FBT003 - a fact of the happening
            if message.receiver_id.startswith(PREFIX):
                note(RobotAddressed, message, False)  # noqa: FBT003 - likewise
        pending = self._store.append(message)
        # Attached here, not awaited: deliveries then happen in commit order, whoever waits.
        pending.then(partial(self._committed, draft, message, key))
        return pending

    def _committed(self, draft: Draft, message: Message, key: int, pending: Pending[None]) -> None:
        if pending.is_ok:
            self._deliver(draft, message)
        else:
            self._recent.forget(key)

    async def _first_result(self, message: Message, key: int) -> MessageKey:
        """Wait until the first send is durable: it may still be under way."""
        await self._store.settle()
        time = self._recent.find(key)
        if time is None:
            raise STORE_UNAVAILABLE(detail="the first attempt of this message failed")
        return MessageKey(message.seq, message.random, time)

    def _deliver(self, draft: Draft, message: Message) -> None:
        told = self._delivery.message(message, draft.source, to_sender=draft.tells_sender)
        if self._statistics is not None:
            self._statistics.delivered(draft.sender.app, told)

    def _pass_on(self, draft: Draft, message: Message, *, is_told: bool = True) -> None:
        """Deliver what is kept nowhere."""
        if self._statistics is not None:
            self._statistics.sent_online_only(draft.sender)
        self._deliver(draft, message)
        if is_told and current.listener is not None:
            post(MessageSent, message, True)  # noqa: FBT003 - a fact of the happening

    def _to_message(self, draft: Draft, now: int) -> Message:
        sender, receiver = draft.sender, draft.receiver
        flags = draft.flags if draft.tells_sender else draft.flags | Flag.HIDDEN_FROM_SENDER
        if self._refusals and draft.heeds_refusals and (receiver.number, sender.number) in self._refusals:
            flags |= Flag.DELETED_BY_RECEIVER
        offline_until = 0 if draft.lifetime_s is None else now + draft.lifetime_s
        return Message(
            sender.number,
            receiver.number,
            sender.user_id,
            receiver.user_id,
            now,
            self._chance.uint32() if draft.seq is None else draft.seq,
            draft.random,
            now if draft.client_time is None else draft.client_time,
            draft.body,
            draft.custom_data,
            flags,
            draft.push,
            offline_until,
            sender_nick=sender.nick,
            sender_face=sender.face_url,
        )
