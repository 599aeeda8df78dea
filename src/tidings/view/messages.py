"""One-to-one messages as clients and app servers see them."""

from base64 import b64encode

from msgspec import Raw

from tidings.domain.events import MessageRef
from tidings.domain.messages import Flag, Message
from tidings.ids import AccountNumber, to_tiny_id
from tidings.wire.pushes import MessageDown, MessageInfo, RevokerInfo

ONLINE_ONLY = 0


def to_tiny_text(number: AccountNumber) -> str:
    """Return a TinyId as clients get it: its digits, since it passes 2**53."""
    return str(to_tiny_id(number))


def to_message_down(message: Message, *, is_sync: bool = False) -> MessageDown:
    """Return a message in its wire form.

    `is_sync`: for the sender's other devices, which are told with both sides swapped.
    """
    flags = message.flags
    sender, receiver = message.sender_id, message.receiver_id
    down = MessageDown(
        receiver if is_sync else sender,
        sender if is_sync else receiver,
        message.seq,
        message.random,
        message.time,
        message.client_time,
        Raw(message.body),
        to_tiny_text(message.sender),
        message.custom_data,
        message.sender_nick,
        message.sender_face,
        f"{message.seq}_{message.random}_{message.time}",
        message.version,
        position=message.position,
    )
    if flags:
        _show_flags(down, message)
    if is_sync:
        down.is_sync = 1
    if not message.position:
        down.life_time = ONLINE_ONLY
    return down


def _show_flags(down: MessageDown, message: Message) -> None:
    flags = message.flags
    down.is_need_read_receipt = int(bool(flags & Flag.RECEIPT_WANTED))
    down.is_peer_read = int(bool(flags & Flag.PEER_READ))
    down.support_extension = int(bool(flags & Flag.EXTENSIBLE))
    if flags & Flag.RECALLED:
        down.flag_bits = int(Flag.RECALLED)
        down.revoker = RevokerInfo(message.revoker_id, message.reason)


def to_message_info(ref: MessageRef, revoker: RevokerInfo | None = None) -> MessageInfo:
    """Return the values by which a client knows a message again."""
    return MessageInfo(
        ref.sender_id,
        ref.receiver_id,
        ref.seq,
        ref.random,
        ref.time,
        ref.client_time,
        to_tiny_text(ref.sender),
        revoker,
    )


def to_custom_status(text: str) -> str:
    """Return a custom status as it goes down: in base64."""
    return b64encode(text.encode()).decode()
