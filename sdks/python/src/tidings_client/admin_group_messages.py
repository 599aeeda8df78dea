"""Messages of groups, as an app server sends, reads and changes them."""

import random as chance
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypedDict, Unpack

from tidings_client import rest_types as rest
from tidings_client.elements import Chunk, Content, Stream, WireElement, to_elements, to_wire

UINT32 = 0xFFFF_FFFF
PAGE = 20
READ, UNREAD = 0, 1
SET = 1


class GroupSendOptions(TypedDict, total=False):
    """What may be said beside the content of a message of a group.

    `targets`: the only members who get it. `mentions`: members that are mentioned, "" for everybody.
    `random`: the number by which a repeat is known, for repeating a send safely.
    """

    sender: str
    topic_id: str
    priority: Literal["High", "Normal", "Low", "Lowest"]
    targets: Sequence[str]
    mentions: Sequence[str]
    custom_data: str
    online_only: bool
    no_unread: bool
    no_last_message: bool
    wants_receipt: bool
    extensible: bool
    random: int


@dataclass(frozen=True, slots=True)
class OldGroupMessage:
    """A message to import; `time` in unix seconds, after that of the message before."""

    sender: str
    time: int
    content: Content
    random: int | None = None
    custom_data: str | None = None


class GroupMessageCommands(ABC):
    """The commands on messages of groups; a message is named by its group and sequence."""

    @abstractmethod
    async def request(self, request: rest.Request[rest.R]) -> rest.R:
        """Call the command of a typed request."""

    async def send_group_msg(
        self, group_id: str, content: Content, **options: Unpack[GroupSendOptions]
    ) -> rest.SendGroupMsgResponse:
        """Send into a group as anybody, member or not; the answer has the sequence."""
        control = ["NoUnread"] * options.get("no_unread", False) + ["NoLastMsg"] * options.get("no_last_message", False)
        mentions = [rest.SendGroupMsgGroupAtInfo(int(not name), name or None) for name in options.get("mentions", ())]
        return await self.request(
            rest.SendGroupMsgRequest(
                group_id,
                options.get("random", chance.getrandbits(32) & UINT32),
                _body(content),
                options.get("priority"),
                options.get("sender"),
                online_only_flag=int(options.get("online_only", False)),
                send_msg_control=control or None,
                cloud_custom_data=options.get("custom_data"),
                support_message_extension=int(options.get("extensible", False)),
                to_account=list(options.get("targets", ())) or None,
                group_at_info=mentions or None,
                topic_id=options.get("topic_id"),
                need_read_receipt=int(options.get("wants_receipt", False)),
            )
        )

    async def send_group_system_notification(
        self, group_id: str, text: str, *user_ids: str, topic_id: str | None = None
    ) -> rest.SendGroupSystemNotificationResponse:
        """Tell the members who are online, or some of them, something that is not kept."""
        ask = rest.SendGroupSystemNotificationRequest(group_id, text, list(user_ids) or None, topic_id)
        return await self.request(ask)

    async def send_broadcast_msg(
        self, content: Content, *, sender: str | None = None, custom_data: str | None = None
    ) -> rest.SendBroadcastMsgResponse:
        """Send a message to everybody in all live rooms."""
        number = chance.getrandbits(32) & UINT32
        return await self.request(rest.SendBroadcastMsgRequest(number, _body(content), sender, custom_data))

    async def import_group_msg(
        self, group_id: str, messages: Iterable[OldGroupMessage], topic_id: str | None = None
    ) -> rest.ImportGroupMsgResponse:
        """Store up to 7 messages of an older system; the answer has a row for each."""
        rows = [
            rest.ImportGroupMsgMsgList(each.sender, each.time, _body(each.content), each.random, each.custom_data)
            for each in messages
        ]
        return await self.request(rest.ImportGroupMsgRequest(group_id, rows, topic_id=topic_id))

    async def group_msg_get_simple(
        self, group_id: str, before: int | None = None, *, limit: int = PAGE, recalled: bool = False
    ) -> rest.GroupMsgGetSimpleResponse:
        """Return up to 20 messages, newest first, from sequence `before` back; None begins with the newest."""
        return await self.request(rest.GroupMsgGetSimpleRequest(group_id, limit, before, int(recalled)))

    async def group_history(self, group_id: str) -> AsyncIterator[rest.GroupMsgGetSimpleRspMsgList]:
        """Yield the whole history of a group, newest first, with empty places for messages that were taken back."""
        before: int | None = None
        while before is None or before > 0:
            page = await self.group_msg_get_simple(group_id, before, recalled=True)
            for row in page.rsp_msg_list:
                yield row
            seqs = [row.msg_seq for row in page.rsp_msg_list]
            before = min(seqs) - 1 if seqs else 0

    async def group_msg_recall(
        self, group_id: str, *seqs: int, reason: str | None = None, topic_id: str | None = None
    ) -> rest.GroupMsgRecallResponse:
        """Take up to 10 messages back; the answer has a row for each."""
        rows = [rest.GroupMsgRecallMsgSeqList(seq) for seq in seqs]
        return await self.request(rest.GroupMsgRecallRequest(group_id, rows, topic_id, reason))

    async def modify_group_msg(
        self, group_id: str, seq: int, content: Content | None = None, custom_data: str | None = None
    ) -> rest.ModifyGroupMsgResponse:
        """Give a message new content or custom data."""
        body = None if content is None else _body(content)
        return await self.request(rest.ModifyGroupMsgRequest(group_id, seq, body, custom_data))

    async def delete_group_msg_by_sender(
        self, group_id: str, sender: str, topic_id: str | None = None
    ) -> rest.DeleteGroupMsgBySenderResponse:
        """Take a sender's last messages back without telling anybody."""
        return await self.request(rest.DeleteGroupMsgBySenderRequest(group_id, sender, topic_id))

    async def clear_group_msg(self, group_id: str, up_to: int | None = None) -> rest.ClearGroupMsgResponse:
        """Take all messages out of everybody's view, or those up to a sequence."""
        return await self.request(rest.ClearGroupMsgRequest(group_id, up_to))

    async def set_unread_msg_num(self, group_id: str, user_id: str, count: int) -> rest.SetUnreadMsgNumResponse:
        """Let the last `count` messages be unread for a member."""
        return await self.request(rest.SetUnreadMsgNumRequest(group_id, user_id, count))

    async def group_msg_receipt(self, group_id: str, reader: str, *seqs: int) -> rest.GroupMsgReceiptResponse:
        """Tell senders that a member has read their messages."""
        rows = [rest.GroupMsgReceiptMsgSeqList(seq) for seq in seqs]
        return await self.request(rest.GroupMsgReceiptRequest(group_id, reader, rows))

    async def get_group_msg_receipt(self, group_id: str, *seqs: int) -> rest.GetGroupMsgReceiptResponse:
        """Count who has read messages and who has not."""
        rows = [rest.GetGroupMsgReceiptMsgSeqList(seq) for seq in seqs]
        return await self.request(rest.GetGroupMsgReceiptRequest(group_id, rows))

    async def get_group_msg_receipt_detail(
        self, group_id: str, seq: int, *, has_read: bool = True, cursor: str = "", limit: int = 100
    ) -> rest.GetGroupMsgReceiptDetailResponse:
        """Return a page of who has read a message, or has not."""
        which = READ if has_read else UNREAD
        return await self.request(rest.GetGroupMsgReceiptDetailRequest(group_id, seq, which, cursor, limit))

    async def group_set_key_values(
        self, group_id: str, seq: int, values: Mapping[str, str]
    ) -> rest.GroupSetKeyValuesResponse:
        """Set up to 20 extensions of a message, whoever changed them before; an empty value deletes."""
        rows = [rest.GroupSetKeyValuesExtensionList(name, value) for name, value in values.items()]
        return await self.request(rest.GroupSetKeyValuesRequest(group_id, seq, SET, rows))

    async def group_get_key_values(self, group_id: str, seq: int, start_seq: int = 0) -> rest.GroupGetKeyValuesResponse:
        """Return up to 200 extensions of a message from a Seq on; deleted ones are empty."""
        return await self.request(rest.GroupGetKeyValuesRequest(group_id, seq, start_seq))

    async def send_group_stream_msg(
        self, group_id: str, chunk: Chunk, sender: str | None = None, *, stream_id: str = "", alternative: str = ""
    ) -> rest.SendGroupStreamMsgResponse:
        """Begin a stream in a group, or add a piece to the one of `stream_id`, which the beginning has answered."""
        element = to_wire(Stream(chunks=(chunk,), id=stream_id, alternative=alternative))
        number = chance.getrandbits(32) & UINT32
        return await self.request(rest.SendGroupStreamMsgRequest(group_id, [element], sender, number))

    async def pin_message(
        self, group_id: str, seq: int, by: str | None = None, topic_id: str | None = None
    ) -> rest.PinMessageResponse:
        """Pin a message; a group has up to 10 pins."""
        return await self.request(rest.PinMessageRequest(group_id, seq, topic_id, by))

    async def unpin_message(
        self, group_id: str, seq: int, by: str | None = None, topic_id: str | None = None
    ) -> rest.UnpinMessageResponse:
        """Take a pin away."""
        return await self.request(rest.UnpinMessageRequest(group_id, seq, topic_id, by))

    async def get_pinned_messages(self, group_id: str, topic_id: str | None = None) -> rest.GetPinnedMessagesResponse:
        """Return the pinned messages, newest pin first."""
        return await self.request(rest.GetPinnedMessagesRequest(group_id, topic_id))


def _body(content: Content) -> list[WireElement]:
    return [to_wire(each) for each in to_elements(content)]
