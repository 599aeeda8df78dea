"""Forwarding several messages as one, and reading what was forwarded."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from tidings_client import wire_merging as wire
from tidings_client.elements import Element, Merged, Stream, Text, from_wire, to_wire
from tidings_client.messages import Message
from tidings_client.session import Session

# Up to here the messages go within their message; longer ones are kept by the server, under a key.
INLINE_BYTES = 10_000
LINES = 5


@dataclass(frozen=True, slots=True)
class MergedMessage:
    """A message within a merged one, as it was when it was forwarded; time in unix seconds."""

    sender: str
    receiver: str
    time: int
    elements: tuple[Element, ...]
    custom_data: str = ""

    @property
    def text(self) -> str:
        """The texts in it, joined."""
        return _text_of(self.elements)


class Merging:
    """Packs and unpacks merged messages."""

    def __init__(self, session: Session) -> None:
        """Act as the user of `session`."""
        self._call = session.traffic.call

    async def pack(self, messages: Sequence[Message], title: str, alternative: str) -> Merged:
        """Return messages as one element; the first lines show what is in it."""
        rows = [_to_row(message) for message in messages]
        lines = tuple(f"{message.sender}: {_text_of(message.elements) or '...'}" for message in messages[:LINES])
        merged = Merged(title=title, count=len(rows), alternative=alternative, lines=lines)
        if len(msgspec.json.encode(rows)) <= INLINE_BYTES:
            return msgspec.structs.replace(merged, messages=tuple(rows))
        saved = await self._call("im_long_msg.save_relay_json_msg", wire.Save(messages=rows), wire.Saved)
        return msgspec.structs.replace(merged, key=saved.key, other_key=saved.other_key)

    async def unpack(self, merged: Merged) -> list[MergedMessage]:
        """Return the messages within an element."""
        rows: Iterable[dict[str, Any]] = merged.messages
        if merged.key:
            rows = (await self._call("im_long_msg.get_relay_json_msg", wire.Load(key=merged.key), wire.Loaded)).messages
        return [_to_merged(msgspec.convert(row, wire.Row)) for row in rows]


def _to_row(message: Message) -> dict[str, Any]:
    return {
        "From_Account": message.sender,
        "To_Account": message.receiver,
        "MsgSeq": message.seq,
        "MsgRandom": message.random,
        "MsgTimeStamp": message.time,
        "MsgBody": [msgspec.to_builtins(to_wire(each)) for each in message.elements],
        "CloudCustomData": message.custom_data,
    }


def _to_merged(row: wire.Row) -> MergedMessage:
    elements = tuple(from_wire(each) for each in row.body)
    return MergedMessage(row.sender, row.receiver, row.time, elements, row.custom_data)


def _text_of(elements: Iterable[Element]) -> str:
    return "".join(each.text for each in elements if isinstance(each, Text | Stream))
