"""Sending, and what the two sides may do with a message afterwards."""

from collections.abc import Iterable
from dataclasses import replace

from tidings_client import wire
from tidings_client.clock import Clock
from tidings_client.decode import to_elements as read_elements
from tidings_client.elements import Content, to_elements, to_wire
from tidings_client.errors import ALREADY_RECALLED, TidingsError, TimedOutError
from tidings_client.events import MessageModified, MessageRecalled, MessageReceived
from tidings_client.messages import Draft, Message, SendOptions
from tidings_client.session import Session
from tidings_client.setup import Setup

UINT32 = 0xFFFF_FFFF
MESSAGES_A_CALL = 30


class Sending:
    """Numbers, sends, takes back, changes and deletes messages."""

    def __init__(self, session: Session, setup: Setup) -> None:
        """Send as the user of `session`."""
        self._session = session
        self._clock: Clock = setup.clock
        self._chance = setup.chance
        self._last_seq = 0

    def draft(self, to: str, content: Content, options: SendOptions) -> Draft:
        """Return a message ready to be sent, as often as need be."""
        now = self._clock.now() + self._session.login.clock_offset
        # Milliseconds: within one second, history has messages of both sides in the order of this number.
        self._last_seq = max(self._last_seq + 1, int(now * 1000))
        seq = self._last_seq & UINT32
        return Draft(to, to_elements(content), seq, self._chance.getrandbits(32), int(now), options)

    async def send(self, draft: Draft) -> Message:
        """Send a draft; repeating it is safe. Raises TidingsError with the server's reason."""
        me, options = self._session.user_id, draft.options
        message_id = f"{self._session.login.tiny_id}-{draft.client_time}-{draft.random}"
        deed = (MessageReceived, message_id, draft.seq)
        self._session.inbox.does(deed)
        try:
            sent = await self._session.traffic.call("openim.sendmsg", _to_send(draft, me), wire.Sent)
        except TimedOutError:
            self._session.inbox.gave_up(deed)
            raise
        return Message(
            id=message_id,
            key=sent.key or f"{draft.seq}_{draft.random}_{sent.time}",
            sender=me,
            receiver=draft.receiver,
            is_own=True,
            time=sent.time,
            elements=draft.elements,
            custom_data=options.get("custom_data", ""),
            seq=draft.seq,
            random=draft.random,
            client_time=draft.client_time,
            is_online_only=options.get("online_only", False),
            wants_receipt=options.get("need_receipt", False),
            takes_extensions=options.get("takes_extensions", False),
        )

    async def recall(self, message: Message) -> None:
        """Take a message back on both sides; having done so before is no error if this very call did it."""
        name = wire.RecallName(
            from_account=message.sender,
            to_account=message.receiver,
            seq=message.seq,
            random=message.random,
            time=message.time,
        )
        deed = (MessageRecalled, message.key, 0)
        self._session.inbox.does(deed)
        try:
            await self._session.traffic.call("openim.msgwithdraw", wire.Recall(name=name), wire.Nothing)
        except TidingsError as error:
            if error.code != ALREADY_RECALLED or not error.is_repeated:
                self._session.inbox.gave_up(deed)
                raise

    async def modify(self, message: Message, content: Content | None, custom_data: str | None) -> Message:
        """Give a message new content or custom data; None leaves either as it is."""
        body = None if content is None else [to_wire(each) for each in to_elements(content)]
        change = wire.Modify(
            from_account=message.sender,
            to_account=message.receiver,
            seq=message.seq,
            random=message.random,
            time=message.time,
            version=message.version,
            body=body,
            custom_data=custom_data,
        )
        now = await self._session.traffic.call("openim.modify_c2c_msg", change, wire.Modified)
        # Not before it is done: another side's change to the same version would be news.
        self._session.inbox.does((MessageModified, message.key, now.version))
        return replace(message, version=now.version, elements=read_elements(now.body), custom_data=now.custom_data)

    async def delete(self, messages: Iterable[Message]) -> None:
        """Delete messages from the own view."""
        for peer, some in _by_peer(messages):
            request = wire.Delete(peer=peer, keys=[message.key for message in some])
            await self._session.traffic.call("openim.delete_c2c_msg_ramble", request, wire.Nothing)

    async def send_receipts(self, messages: Iterable[Message]) -> None:
        """Tell the senders that these very messages were read."""
        for peer, some in _by_peer(messages):
            rows = [
                wire.ReceiptRow(
                    from_account=message.sender,
                    to_account=message.receiver,
                    seq=message.seq,
                    random=message.random,
                    time=message.time,
                    client_time=message.client_time,
                )
                for message in some
            ]
            request = wire.GiveReceipts(peer=peer, rows=rows)
            await self._session.traffic.call("openim.c2c_msg_read_receipt", request, wire.Nothing)


def _to_send(draft: Draft, me: str) -> wire.Send:
    options = draft.options
    flags = {"NoUnread": options.get("no_unread"), "NoLastMsg": options.get("no_last_message")}
    push = options.get("push")
    return wire.Send(
        from_account=me,
        to_account=draft.receiver,
        seq=draft.seq,
        random=draft.random,
        client_time=draft.client_time,
        body=[to_wire(each) for each in draft.elements],
        custom_data=options.get("custom_data", ""),
        online_only=int(options.get("online_only", False)),
        need_receipt=int(options.get("need_receipt", False)),
        extensible=int(options.get("takes_extensions", False)),
        control=[name for name, is_on in flags.items() if is_on],
        push=None if push is None else push.to_wire(),
    )


def _by_peer(messages: Iterable[Message]) -> Iterable[tuple[str, list[Message]]]:
    """Yield messages of one conversation at a time, as many as a call may name."""
    found: dict[str, list[Message]] = {}
    for message in messages:
        found.setdefault(message.peer, []).append(message)
    for peer, some in found.items():
        for at in range(0, len(some), MESSAGES_A_CALL):
            yield peer, some[at : at + MESSAGES_A_CALL]
