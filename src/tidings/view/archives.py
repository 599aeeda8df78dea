"""An hour's messages as a text: one JSON document, a message on each line (spec/rest/open_msg_svc.yaml)."""

from collections.abc import Collection, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
from msgspec import Raw, Struct, field

from tidings.domain.messages import Message
from tidings.ids import SdkAppId

LABEL = "%Y%m%d%H"
LABEL_LENGTH = 10
CLOSING = b"]}"
SEPARATOR, END = b",\n", b"\n"
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)
encode, decode = msgspec.json.Encoder().encode, msgspec.json.Decoder().decode


class Line(Struct, gc=False):
    """A message of an archive."""

    from_account: str = field(name="From_Account")
    to_account: str = field(name="To_Account")
    time: int = field(name="MsgTimestamp")
    seq: int = field(name="MsgSeq")
    random: int = field(name="MsgRandom")
    body: Raw = field(name="MsgBody")


def to_opening(app: SdkAppId, label: str) -> bytes:
    """Return the first line."""
    head = encode({"SdkAppId": app, "ChatType": "C2C", "MsgTime": label, "MsgList": []})
    return head.removesuffix(CLOSING) + END


def to_line(message: Message) -> bytes:
    """Return a message as its line, without what separates lines."""
    return encode(
        Line(message.sender_id, message.receiver_id, message.time, message.seq, message.random, Raw(message.body))
    )


def anonymized(line: bytes, names: Mapping[str, str], gone: Collection[str]) -> bytes | None:
    """Return a line with other names; None if its sender is one of those whose messages are `gone`."""
    message: dict[str, Any] = decode(line)
    if message["From_Account"] in gone:
        return None
    for side in ("From_Account", "To_Account"):
        message[side] = names.get(message[side], message[side])
    return encode(message)


def to_label(hour: int) -> str:
    """Return an hour, counted since 1970, as yyyymmddhh."""
    return (EPOCH + hour * HOUR).strftime(LABEL)


def parse_label(text: str) -> int | None:
    """Return which hour since 1970 a text of ten digits names, None if it names none."""
    if len(text) != LABEL_LENGTH or not (text.isascii() and text.isdigit()):
        return None
    try:
        return (datetime.strptime(text, LABEL).replace(tzinfo=UTC) - EPOCH) // HOUR
    except ValueError:
        return None
