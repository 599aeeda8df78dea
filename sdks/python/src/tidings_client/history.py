"""Looking back: the messages of a conversation, the list of conversations, what is read and unread."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass

import msgspec

from tidings_client import wire
from tidings_client.decode import RECALLED_BIT, to_elements, to_message
from tidings_client.decode_groups import RECALLED, to_group_message
from tidings_client.decode_lists import to_marks, to_option
from tidings_client.elements import Element, Stream, Text
from tidings_client.events import ReceiveOption
from tidings_client.group_messages import GroupTip
from tidings_client.messages import Message
from tidings_client.session import SYNC_ENDED, Session
from tidings_client.wire_groups import WireGroupMessage

LARGEST_PAGE = 100
ONE_TO_ONE = 1


@dataclass(frozen=True, slots=True)
class Conversation:
    """A row of the list of conversations, with a `peer` or of a `group`; times are unix seconds.

    `last_sender`, `last_elements` and `last_custom_data` are of its latest message.
    `peer_read_time`: up to when the other side has read, 0 for never. `option`: how its messages are
    received. `marks`: 64 bits; `custom_mark`, `groups`: what the user has put on it and put it into.
    Of a group, `nick` and `face_url` are the group's, `last_seq` and `read_seq` its latest sequence and
    the one up to which the user has read; a `last_tip` is there if the group told something of itself last.
    """

    peer: str
    time: int
    unread: int
    last_sender: str = ""
    last_elements: tuple[Element, ...] = ()
    last_custom_data: str = ""
    is_last_recalled: bool = False
    is_pinned: bool = False
    peer_read_time: int = 0
    nick: str = ""
    face_url: str = ""
    option: ReceiveOption = ReceiveOption.NOTIFY
    marks: int = 0
    custom_mark: str = ""
    groups: tuple[str, ...] = ()
    group: str = ""
    group_type: str = ""
    last_seq: int = 0
    read_seq: int = 0
    last_tip: GroupTip | None = None

    @property
    def last_text(self) -> str:
        """The texts in the latest message, joined."""
        return "".join(each.text for each in self.last_elements if isinstance(each, Text | Stream))


class History:
    """Reads what the server keeps, and marks it as read."""

    def __init__(self, session: Session) -> None:
        """Read as the user of `session`."""
        self._session = session
        self._call = session.traffic.call

    async def pages(self, peer: str, page_size: int, *, with_recalled: bool) -> AsyncIterator[list[Message]]:
        """Yield pages from the newest to the oldest; within a page the oldest message is first."""
        last_time, key = 0, ""
        while True:
            ask = wire.Roam(
                peer=peer,
                count=min(page_size, LARGEST_PAGE),
                last_time=last_time,
                key=key,
                with_recalled=int(with_recalled),
            )
            page = await self._call("openim.getroammsg", ask, wire.Roamed)
            if page.messages:
                yield [to_message(message, self._session.user_id) for message in page.messages]
            if page.complete or not page.messages:
                return
            last_time, key = page.last_time, page.key

    async def conversations(self) -> list[Conversation]:
        """Return the conversations: pinned ones first, then by time, newest first."""
        rows: dict[tuple[int, str], wire.ConversationRow] = {}
        names: dict[int, str] = {}
        async for page in self._list():
            rows |= {(row.kind, row.group or row.peer): row for row in page.rows}
            names |= {group.number: group.name for group in page.groups}
        unread = await self.unread()
        found = [
            _to_conversation(row, unread.get(row.peer, 0), names)
            if row.kind == ONE_TO_ONE
            else _to_group_conversation(row, names)
            for row in rows.values()
        ]
        return sorted(found, key=lambda each: (each.is_pinned, each.time), reverse=True)

    async def unread(self) -> dict[str, int]:
        """Return how many messages are unread in each conversation that has any."""
        cookie, flag, page = self._session.inbox.cookie, 0, None
        while flag != SYNC_ENDED:
            page = await self._call("openim.getmsg", wire.Sync(cookie=cookie, sync_flag=flag), wire.Synced)
            cookie, flag = page.cookie, page.sync_flag
        return {row.peer: row.count for row in page.unread if row.count} if page else {}

    async def mark_read(self, peer: str, up_to: int) -> None:
        """Mark a conversation as read up to a time, unix seconds; 0 means now."""
        rows = wire.ReadRows(rows=[wire.ReadRow(peer=peer, time=up_to, receipt=1)])
        await self._call("openim.msgreaded", wire.ReportRead(report=rows), wire.Nothing)

    async def mark_all_read(self) -> None:
        """Mark every one-to-one conversation as read."""
        await self._call("openim.read_all_unread_msg", wire.ReportAllRead(c2c=1), wire.Nothing)

    async def peer_read_times(self, peers: Sequence[str]) -> dict[str, int]:
        """Return up to when each of some users has read, unix seconds; 0 for never."""
        answer = await self._call("openim.get_peer_read_time", wire.Users(users=list(peers)), wire.ReadTimes)
        return dict(zip(peers, answer.times, strict=False))

    async def _list(self) -> AsyncIterator[wire.ConversationPage]:
        page = wire.ConversationPage(complete=0)
        while not page.complete:
            before = page
            ask = wire.ListConversations(
                time=page.time,
                start=page.start,
                top_time=page.top_time,
                top_start=page.top_start,
                order=1,
                message_flags=15,
                flags=31,
            )
            page = await self._call("recentcontact.page_get", ask, wire.ConversationPage)
            yield page
            if not page.rows and (page.time, page.start) == (before.time, before.start):
                return


def _to_conversation(row: wire.ConversationRow, unread: int, names: dict[int, str]) -> Conversation:
    last = row.last or wire.LastMessage()
    return Conversation(
        peer=row.peer,
        time=row.time,
        unread=unread,
        last_sender=row.last_sender,
        last_elements=to_elements(last.body),
        last_custom_data=last.custom_data,
        is_last_recalled=bool(row.last_flags & RECALLED_BIT),
        is_pinned=bool(row.top_flags),
        peer_read_time=row.peer_read_time,
        nick=row.nick,
        face_url=row.face_url,
        option=to_option(row.option),
        marks=to_marks(row.bits),
        custom_mark=row.custom_mark,
        groups=tuple(names[number] for number in row.groups if number in names),
    )


def _to_group_conversation(row: wire.ConversationRow, names: dict[int, str]) -> Conversation:
    last = row.last or wire.LastMessage()
    tip = None if last.tip is None else to_group_message(msgspec.convert(last.tip, WireGroupMessage), "").tip
    return Conversation(
        peer="",
        time=row.time,
        unread=row.unread,
        last_sender=row.last_group_sender,
        last_elements=to_elements(last.body),
        last_custom_data=last.custom_data,
        is_last_recalled=row.last_flags == RECALLED,
        is_pinned=bool(row.top_flags),
        nick=row.group_name,
        face_url=row.group_face,
        option=to_option(row.option),
        marks=to_marks(row.bits),
        custom_mark=row.custom_mark,
        groups=tuple(names[number] for number in row.groups if number in names),
        group=row.group,
        group_type=row.group_kind,
        last_seq=max(row.next_seq - 1, 0),
        read_seq=row.read_seq,
        last_tip=tip,
    )
