"""Sending into groups, and what may be done with their messages afterwards."""

from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import dataclass, replace

from msgspec import UNSET

from tidings_client import wire
from tidings_client import wire_group_asks as ask
from tidings_client.decode import to_elements as read_elements
from tidings_client.decode_groups import to_history
from tidings_client.elements import Content, to_elements, to_wire
from tidings_client.errors import TidingsError, TimedOutError
from tidings_client.group_events import GroupReceipt
from tidings_client.group_feed import SERVICE
from tidings_client.group_messages import GroupDraft, GroupMessage, GroupSendOptions
from tidings_client.sending import UINT32
from tidings_client.session import Session
from tidings_client.setup import Setup
from tidings_client.wire_groups import PageDown

LARGEST_PAGE = 100
MESSAGES_A_CALL = 30
RECALLED_A_CALL = 10
READERS_A_PAGE = 100
HAVE_READ, HAVE_NOT = 0, 1


@dataclass(frozen=True, slots=True)
class Pin:
    """A pinned message, by its sequence, and who pinned it."""

    seq: int
    by: str


class GroupSending:
    """Numbers, sends, takes back, changes, deletes and reads messages of groups."""

    def __init__(self, session: Session, setup: Setup) -> None:
        """Send as the user of `session`."""
        self._session = session
        self._feed = session.groups
        self._call = session.traffic.call
        self._chance = setup.chance
        self._last_seq = 0

    def draft(self, group: str, content: Content, options: GroupSendOptions) -> GroupDraft:
        """Return a message ready to be sent, as often as need be."""
        now = self._session.server_time
        self._last_seq = max(self._last_seq + 1, int(now * 1000))
        seq = self._last_seq & UINT32
        return GroupDraft(group, to_elements(content), self._chance.getrandbits(32), seq, int(now), options)

    async def send(self, draft: GroupDraft) -> GroupMessage:
        """Send a draft; repeating it is safe for five minutes. Raises TidingsError with the server's reason."""
        me, inbox = self._session.user_id, self._feed.inbox
        message_id = f"{self._session.login.tiny_id}-{draft.client_time}-{draft.random}"
        inbox.does(message_id)
        try:
            sent = await self._call(f"{SERVICE}.send_group_msg", _to_send(draft, me), ask.Sent)
        except TimedOutError:
            inbox.gave_up(message_id)
            raise
        message = _to_message(draft, sent, message_id, me)
        if message.is_kept and not message.is_dropped:
            self._session.tell(inbox.has_sent(draft.group, message.seq))
            self._feed.mend()
        return message

    async def pages(self, group: str, page_size: int, *, with_recalled: bool) -> AsyncIterator[list[GroupMessage]]:
        """Yield pages from the newest to the oldest; within a page the oldest message is first."""
        up_to = 0
        while True:
            page = await self._page(group, min(page_size, LARGEST_PAGE), up_to, with_recalled=with_recalled)
            if found := to_history(page.messages, self._session.user_id):
                yield found
            if not page.next_seq:
                return
            up_to = page.next_seq

    async def recall(self, group: str, seqs: Sequence[int], reason: str) -> dict[int, int]:
        """Take messages back for all; returns the error code of each that could not be."""
        refused: dict[int, int] = {}
        for first in range(0, len(seqs), RECALLED_A_CALL):
            some = seqs[first : first + RECALLED_A_CALL]
            fresh = [seq for seq in some if self._feed.inbox.recalls(group, seq)]
            rows: dict[int, int] = dict.fromkeys(some, -1)
            try:
                body = ask.Recall(group=group, seqs=[ask.Seq(seq=seq) for seq in some], reason=reason)
                answer = await self._call(f"{SERVICE}.group_msg_recall", body, ask.Recalled)
                rows = {row.seq: row.code for row in answer.rows}
            finally:
                for seq in fresh:
                    if rows.get(seq):
                        self._feed.inbox.has_not_recalled(group, seq)
            refused |= {seq: code for seq, code in rows.items() if code}
        return refused

    async def modify(self, message: GroupMessage, content: Content | None, custom_data: str | None) -> GroupMessage:
        """Give a message new content or custom data; None leaves either as it is."""
        body = ask.Modify(
            group=message.group,
            seq=message.seq,
            version=message.version,
            body=UNSET if content is None else [to_wire(each) for each in to_elements(content)],
            custom_data=UNSET if custom_data is None else custom_data,
        )
        now = await self._call("openim.modify_group_msg", body, wire.Modified)
        return replace(message, version=now.version, elements=read_elements(now.body), custom_data=now.custom_data)

    async def delete(self, group: str, seqs: Sequence[int]) -> None:
        """Delete messages from the own view."""
        for first in range(0, len(seqs), MESSAGES_A_CALL):
            body = ask.Delete(group=group, seqs=list(seqs[first : first + MESSAGES_A_CALL]))
            await self._call(f"{SERVICE}.delete_group_ramble_msg_by_seq", body, wire.Nothing)

    async def mark_read(self, group: str, seq: int) -> None:
        """Mark a group as read up to a sequence; 0: up to its last message."""
        if not seq:
            page = await self._page(group, 1, 0, with_recalled=True)
            seq = max((each.seq for each in page.messages), default=0)
        if seq:
            await self._call(f"{SERVICE}.msg_read_report", ask.Read(group=group, seq=seq), wire.Nothing)

    async def send_receipts(self, group: str, seqs: Iterable[int]) -> None:
        """Tell the senders that these very messages were read."""
        for some in _seqs(seqs):
            await self._call(f"{SERVICE}.group_msg_receipt", ask.Seqs(group=group, seqs=some), wire.Nothing)

    async def receipts(self, group: str, seqs: Iterable[int]) -> list[GroupReceipt]:
        """Return how many have read messages; those that wanted no receipts are left out."""
        found: list[GroupReceipt] = []
        for some in _seqs(seqs):
            answer = await self._call(f"{SERVICE}.get_group_msg_receipt", ask.Seqs(group=group, seqs=some), ask.Counts)
            found += [GroupReceipt(row.seq, row.read, row.unread) for row in answer.rows if not row.code]
        return found

    async def readers(self, group: str, seq: int, *, have_read: bool) -> AsyncIterator[list[str]]:
        """Yield pages of the members who have read a message, or have not."""
        cursor, flag = "", HAVE_READ if have_read else HAVE_NOT
        while True:
            body = ask.AskReaders(group=group, seq=seq, flag=flag, count=READERS_A_PAGE, cursor=cursor)
            page = await self._call(f"{SERVICE}.get_group_msg_receipt_detail", body, ask.Readers)
            if users := [*(each.account for each in page.readers), *(each.account for each in page.others)]:
                yield users
            if page.is_finished or page.cursor == cursor:
                return
            cursor = page.cursor

    async def pin(self, group: str, seq: int, *, is_pinned: bool) -> None:
        """Pin a message, or take its pin away."""
        name = "pin_message" if is_pinned else "unpin_message"
        await self._call(f"{SERVICE}.{name}", ask.OneMessage(group=group, seq=seq), wire.Nothing)

    async def pins(self, group: str) -> list[Pin]:
        """Return the pinned messages, newest pin first."""
        answer = await self._call(f"{SERVICE}.get_pinned_messages", ask.OneGroup(group=group), ask.Pins)
        return [Pin(row.seq, row.pinner) for row in answer.rows]

    async def _page(self, group: str, count: int, up_to: int, *, with_recalled: bool) -> PageDown:
        body = ask.AskHistory(group=group, count=count, with_recalled=int(with_recalled), up_to=up_to)
        return await self._call(f"{SERVICE}.group_msg_get", body, PageDown)


def check_recalled(refused: dict[int, int]) -> None:
    """Raise the first refusal of a recall."""
    for seq, code in refused.items():
        raise TidingsError(code, f"the message with sequence {seq} could not be recalled; see the reference of codes")


def _to_send(draft: GroupDraft, me: str) -> ask.Send:
    options = draft.options
    flags = {"NoUnread": options.get("no_unread"), "NoLastMsg": options.get("no_last_message")}
    push = options.get("push")
    return ask.Send(
        group=draft.group,
        sender=me,
        random=draft.random,
        body=[to_wire(each) for each in draft.elements],
        client_seq=draft.client_seq,
        client_time=draft.client_time,
        priority=options.get("priority", "Normal"),
        custom_data=options.get("custom_data", ""),
        online_only=int(options.get("online_only", False)),
        need_receipt=int(options.get("wants_receipt", False)),
        extensible=int(options.get("takes_extensions", False)),
        control=[name for name, is_on in flags.items() if is_on],
        targets=list(options.get("targets", ())),
        mentions=[ask.Mention(is_all=int(not name), account=name) for name in options.get("mentions", ())],
        push=None if push is None else push.to_wire(),
    )


def _to_message(draft: GroupDraft, sent: ask.Sent, message_id: str, me: str) -> GroupMessage:
    options = draft.options
    return GroupMessage(
        id=message_id,
        group=draft.group,
        seq=sent.seq,
        sender=me,
        is_own=True,
        time=sent.time,
        elements=draft.elements,
        custom_data=options.get("custom_data", ""),
        random=draft.random,
        client_time=draft.client_time,
        mentions=tuple(options.get("mentions", ())),
        is_online_only=options.get("online_only", False),
        wants_receipt=options.get("wants_receipt", False),
        takes_extensions=options.get("takes_extensions", False),
        is_dropped=bool(sent.drop_reason),
    )


def _seqs(seqs: Iterable[int]) -> Iterable[list[ask.Seq]]:
    """Yield sequences, as many at a time as a call may name."""
    every = [ask.Seq(seq=seq) for seq in seqs]
    for first in range(0, len(every), MESSAGES_A_CALL):
        yield every[first : first + MESSAGES_A_CALL]
