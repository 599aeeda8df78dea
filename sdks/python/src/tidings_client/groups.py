"""Groups as a user has them: `chat.groups`."""

from collections.abc import AsyncIterator, Iterable, Mapping
from typing import Unpack

from tidings_client.elements import Content
from tidings_client.events import Extension, Reaction, ReceiveOption
from tidings_client.extensions import CLEAR, DELETE, SET
from tidings_client.group_events import GroupAttribute, GroupReceipt, JoinRequest
from tidings_client.group_extensions import GroupExtensions
from tidings_client.group_joining import GroupJoining
from tidings_client.group_life import Addition, Group, GroupChanges, GroupLife, NewGroupOptions
from tidings_client.group_members import GroupMember, GroupMembers
from tidings_client.group_messages import GroupDraft, GroupMessage, GroupSendOptions
from tidings_client.group_sending import GroupSending, Pin, check_recalled
from tidings_client.group_values import GroupValues
from tidings_client.lists import GROUP, Lists
from tidings_client.live_rooms import LiveRooms
from tidings_client.permission_groups import PermissionGroups
from tidings_client.session import Session
from tidings_client.setup import Setup
from tidings_client.topics import Topics

PAGE = 50
Messages = GroupMessage | Iterable[GroupMessage]


class Groups:
    """The groups of the user who is logged in. A group is named by its ID, `@TGS#...` or one of the app's own.

    Where messages are concerned the ID of a topic may stand for that of a group.
    What the server refuses is raised as TidingsError with its reason.
    """

    def __init__(self, session: Session, setup: Setup) -> None:
        """Belong to a session; `chat.groups` is the one of a chat."""
        self._feed = session.groups
        self._live = LiveRooms(session)
        self._life = GroupLife(session, self._live)
        self._sending = GroupSending(session, setup)
        self._values = GroupValues(session)
        self._extensions = GroupExtensions(session)
        self._lists = Lists(session, GROUP)
        self._joining = GroupJoining(session)
        self._members = GroupMembers(session)
        self._topics = Topics(session)
        self._permissions = PermissionGroups(session)

    @property
    def positions(self) -> dict[str, int]:
        """The sequence up to which each group's messages were told; handed to `connect` as `groups_after`."""
        return self._feed.inbox.reached

    @property
    def topics(self) -> Topics:
        """The topics of communities."""
        return self._topics

    @property
    def permissions(self) -> PermissionGroups:
        """The permission groups of communities."""
        return self._permissions

    @property
    def live(self) -> LiveRooms:
        """The live rooms that this chat is in."""
        return self._live

    async def create(self, kind: str, name: str, **options: Unpack[NewGroupOptions]) -> str:
        """Make a group of a GroupType that this user owns; returns its ID. A live room is still to be joined."""
        return await self._life.create(kind, name, options)

    async def disband(self, group: str) -> None:
        """End a group that this user owns."""
        await self._life.disband(group)

    async def join(self, group: str, text: str = "") -> bool:
        """Join a group; returns False if its owner or an admin has to agree first."""
        return await self._life.join(group, text)

    async def quit(self, group: str) -> None:
        """Leave a group."""
        await self._life.quit(group)

    async def add_members(self, group: str, *users: str) -> dict[str, Addition]:
        """Add users to a group, or invite them; returns what became of each."""
        return await self._life.add(group, users)

    async def remove_members(self, group: str, *users: str, reason: str = "") -> None:
        """Put members out of a group."""
        await self._life.remove(group, users, reason)

    async def join_requests(self, *, with_answered: bool = False) -> list[JoinRequest]:
        """Return the requests that wait for this user: as owner or admin, or as somebody who is invited.

        Oldest first, those of communities last; on wish with those that were answered in the last seven days.
        """
        return await self._joining.requests(with_answered=with_answered)

    async def accept(self, request: JoinRequest, text: str = "") -> None:
        """Let somebody come in, or follow an invitation; `text` has at most 300 characters.

        Raises 10024 if the request was answered already, 10014 if the group is full, 10007 without the right to.
        """
        await self._joining.answer(request, text, is_agreed=True)

    async def refuse(self, request: JoinRequest, text: str = "") -> None:
        """Turn a request down; raises as `accept` does."""
        await self._joining.answer(request, text, is_agreed=False)

    async def ban_members(self, group: str, *users: str, seconds: int, text: str = "") -> None:
        """Put accounts out, members or not, and keep them out for 1 to 4294967295 seconds.

        `text` has at most 1000 bytes. Raises 10007 without the right to, and for communities.
        """
        await self._joining.ban(group, users, seconds, text)

    async def member_profiles(self, group: str, *users: str) -> dict[str, GroupMember]:
        """Return those of the users who are members; of a live room those who are in it."""
        return await self._members.named(group, users)

    async def set_role(self, group: str, user: str, role: str) -> None:
        """Make a member an admin, or an ordinary member, as the owner; `role` is a GroupRole.

        Raises 10007 without the right to, and where there are no admins: in Work groups and live rooms.
        """
        await self._members.set_role(group, user, role)

    async def hand_over(self, group: str, user: str) -> None:
        """Make another member the owner, and stay as an ordinary one. Raises 10007 for who does not own the group."""
        await self._members.hand_over(group, user)

    async def mute_member(self, group: str, user: str, *, seconds: int) -> None:
        """Keep a member from speaking in a group, or in one topic, for so many seconds; 0 lifts it, FOR_EVER stays.

        Owner and admins mute those below them. Raises 10007 without the right to, and in Work groups.
        """
        await self._members.mute(group, user, seconds)

    async def set_name_card(self, group: str, text: str, user: str = "") -> None:
        """Say in at most 50 bytes what one is called in a group: oneself, or a `user` below an owner or admin."""
        await self._members.set_name_card(group, text, user)

    async def set_member_fields(self, group: str, values: Mapping[str, str], user: str = "") -> None:
        """Give custom fields of members values: the own ones, or those of a `user` below an owner or admin.

        A value has at most 64 bytes, an empty one takes the field away; those that are not named stay. Raises 10004
        for fields that the app has not declared, 10007 for those that are not the user's to write.
        """
        await self._members.set_custom(group, values, user)

    async def set_receive_option(self, option: ReceiveOption, *groups: str) -> None:
        """Say what this account receives of groups or topics: on all its devices, from now on.

        What is said while that is nothing (DISCARD) is in the history, and is not told later.
        """
        for group in groups:
            await self._members.set_receive(group, option)

    async def change(self, group: str, **changes: Unpack[GroupChanges]) -> None:
        """Change a group's profile, as owner or admin (in a Work group: any member): all that is named, or nothing.

        Raises 10007 without the right to, and for options that its type has not; 10004 for what is too long, and
        for custom fields that the app has not declared; 80001 for forbidden words.
        """
        await self._life.change(group, changes)

    async def profile(self, group: str) -> Group:
        """Return a group and what this user is in it."""
        return await self._life.profile(group)

    async def profiles(self, *groups: str) -> dict[str, Group]:
        """Return those of the groups that exist and may be seen."""
        return await self._life.profiles(groups)

    async def find(self, *groups: str) -> dict[str, Group]:
        """Return those of the groups that exist, as anybody may see them: without what this user is there.

        Work groups are shown to their members alone.
        """
        return await self._life.find(groups)

    async def joined(self) -> list[Group]:
        """Return the groups that this user is in, communities last; live rooms are not among them."""
        return await self._life.joined()

    def members(self, group: str, *roles: str, page_size: int = PAGE) -> AsyncIterator[list[GroupMember]]:
        """Return pages of members, of certain roles (Owner, Admin, Member) or all."""
        return self._life.members(group, page_size, roles)

    async def online_count(self, group: str) -> int:
        """Return how many members are online; of a live room how many are in it. Raises 10007 for who is no member."""
        return await self._live.online_count(group)

    async def send(self, group: str, content: Content, **options: Unpack[GroupSendOptions]) -> GroupMessage:
        """Send into a group; returns the message with the `seq` it has got.

        A lost connection does no harm: the message is sent again, and stored once. Raises TimedOutError if
        the server does not answer in time (then use `draft` and `send_draft` to try the very same message again).
        """
        return await self._sending.send(self.draft(group, content, **options))

    def draft(self, group: str, content: Content, **options: Unpack[GroupSendOptions]) -> GroupDraft:
        """Return a message that is numbered and dated but not sent."""
        return self._sending.draft(group, content, options)

    async def send_draft(self, draft: GroupDraft) -> GroupMessage:
        """Send a draft; sent twice within five minutes it is one message."""
        return await self._sending.send(draft)

    def history(
        self, group: str, page_size: int = PAGE, *, with_recalled: bool = True
    ) -> AsyncIterator[list[GroupMessage]]:
        """Return pages of messages and tips, newest page first; in a page the oldest is first.

        At most 100 a page. A page has no room for those that are gone, so it may be shorter.
        """
        return self._sending.pages(group, page_size, with_recalled=with_recalled)

    async def recall(self, message: GroupMessage, reason: str = "") -> None:
        """Take a message back for all: an own one within the app's time limit, or a member's as a leader."""
        check_recalled(await self._sending.recall(message.group, [message.seq], reason))

    async def recall_all(self, messages: Iterable[GroupMessage], reason: str = "") -> dict[int, int]:
        """Take messages of one group back; returns the error code of each sequence that could not be."""
        every = list(messages)
        return await self._sending.recall(every[0].group, [each.seq for each in every], reason) if every else {}

    async def modify(
        self, message: GroupMessage, content: Content | None = None, *, custom_data: str | None = None
    ) -> GroupMessage:
        """Give a message new content or custom data and return it; raises code 20027 if it has changed meanwhile."""
        return await self._sending.modify(message, content, custom_data)

    async def delete(self, messages: Messages) -> None:
        """Delete messages from the own view; the others still have them."""
        for group, seqs in _by_group(messages):
            await self._sending.delete(group, seqs)

    async def mark_read(self, group: str, up_to: int | GroupMessage = 0) -> None:
        """Mark a group as read up to a message or a sequence; 0: up to its last message."""
        await self._sending.mark_read(group, up_to.seq if isinstance(up_to, GroupMessage) else up_to)

    async def send_receipt(self, messages: Messages) -> None:
        """Tell the senders that these very messages were read; for messages with `wants_receipt`."""
        for group, seqs in _by_group(messages):
            await self._sending.send_receipts(group, seqs)

    async def receipts(self, group: str, *seqs: int) -> list[GroupReceipt]:
        """Return how many have read messages; those that wanted no receipts are left out."""
        return await self._sending.receipts(group, seqs)

    def readers(self, message: GroupMessage, *, have_read: bool = True) -> AsyncIterator[list[str]]:
        """Return pages of the members who have read a message, or who have not."""
        return self._sending.readers(message.group, message.seq, have_read=have_read)

    async def pin_message(self, message: GroupMessage) -> None:
        """Pin a message for everybody in its group."""
        await self._sending.pin(message.group, message.seq, is_pinned=True)

    async def unpin_message(self, group: str, seq: int) -> None:
        """Take the pin of a message away."""
        await self._sending.pin(group, seq, is_pinned=False)

    async def pinned_messages(self, group: str) -> list[Pin]:
        """Return the pinned messages of a group, newest pin first."""
        return await self._sending.pins(group)

    async def attributes(self, group: str) -> dict[str, GroupAttribute]:
        """Return the attributes of a group."""
        return await self._values.attributes(group)

    async def set_attributes(self, group: str, values: Mapping[str, str], *, seen_seq: int | None = None) -> int:
        """Put attributes in the place of all there are; returns how often the group's were written.

        With `seen_seq`, that number as it was seen, raises 10056 if somebody has written meanwhile.
        """
        return await self._values.set_all(group, values, seen_seq)

    async def change_attributes(
        self, group: str, values: Mapping[str, str], seen: Mapping[str, GroupAttribute] | None = None
    ) -> int:
        """Add attributes or give them other values; with those that were `seen`, raises 10056 if one has changed."""
        return await self._values.change(group, values, seen)

    async def delete_attributes(self, group: str, *keys: str, seen: Mapping[str, GroupAttribute] | None = None) -> int:
        """Delete attributes; with those that were `seen`, raises 10056 if one has changed."""
        return await self._values.delete(group, keys, seen)

    async def clear_attributes(self, group: str, *, seen_seq: int | None = None) -> int:
        """Delete all attributes."""
        return await self._values.clear(group, seen_seq)

    async def counters(self, group: str, *keys: str) -> dict[str, int]:
        """Return counters of a group, all without `keys`."""
        return await self._values.counters(group, keys)

    async def set_counters(self, group: str, values: Mapping[str, int]) -> dict[str, int]:
        """Give counters values; returns what they are now."""
        return await self._values.count(group, "Set", values)

    async def increase_counters(self, group: str, values: Mapping[str, int]) -> dict[str, int]:
        """Add to counters; returns what they are now."""
        return await self._values.count(group, "Increase", values)

    async def decrease_counters(self, group: str, values: Mapping[str, int]) -> dict[str, int]:
        """Take from counters; returns what they are now."""
        return await self._values.count(group, "Decrease", values)

    async def extensions(self, message: GroupMessage) -> dict[str, Extension]:
        """Return the extensions of a message, by key."""
        return await self._extensions.all(message)

    async def set_extensions(
        self, message: GroupMessage, values: Mapping[str, str], seen: Mapping[str, Extension] | None = None
    ) -> dict[str, Extension]:
        """Set extensions; returns, as they are, those that somebody else has changed meanwhile, and were not set."""
        return await self._extensions.change(message, SET, values, seen or {})

    async def delete_extensions(self, message: GroupMessage, seen: Mapping[str, Extension]) -> dict[str, Extension]:
        """Delete extensions that were `seen`; returns those that somebody else has changed meanwhile."""
        return await self._extensions.change(message, DELETE, dict.fromkeys(seen, ""), seen)

    async def clear_extensions(self, message: GroupMessage) -> None:
        """Delete all extensions of a message."""
        await self._extensions.change(message, CLEAR, {}, {})

    async def react(self, message: GroupMessage, name: str) -> None:
        """React to a message with an emoji or a short name."""
        await self._extensions.react(message, name)

    async def unreact(self, message: GroupMessage, name: str) -> None:
        """Take the own reaction back."""
        await self._extensions.unreact(message, name)

    async def reactions(self, *messages: GroupMessage) -> dict[tuple[str, int], list[Reaction]]:
        """Return the reactions to messages, by the message's group and sequence."""
        return await self._extensions.reactions(messages)

    def reacting(self, message: GroupMessage, name: str) -> AsyncIterator[list[str]]:
        """Return pages of those who reacted so, in the order in which they did."""
        return self._extensions.reacting(message, name)

    async def pin(self, *groups: str) -> None:
        """Pin groups to the top of the list of conversations."""
        await self._lists.pin(groups, is_pinned=True)

    async def unpin(self, *groups: str) -> None:
        """Take such pins away."""
        await self._lists.pin(groups, is_pinned=False)

    async def delete_conversations(self, *groups: str, with_history: bool = False) -> None:
        """Take groups out of the list of conversations, on wish with the own view of their history."""
        await self._lists.delete(groups, with_history=with_history)

    async def clear_history(self, group: str) -> None:
        """Clear the own view of a group's history; the conversation stays in the list."""
        await self._lists.clear(group)

    async def mark(self, *groups: str, add: Iterable[int] = (), remove: Iterable[int] = ()) -> None:
        """Set and clear marks of conversations, bits 0 to 63; 0 starred, 1 unread, 2 folded, 3 hidden."""
        await self._lists.mark(groups, list(add), list(remove))

    async def set_custom_mark(self, text: str, *groups: str) -> None:
        """Set the custom mark of conversations, at most 256 bytes; empty clears it."""
        await self._lists.set_custom_mark(groups, text)

    async def change_conversation_group(self, name: str, add: Iterable[str] = (), remove: Iterable[str] = ()) -> None:
        """Put groups into a group of conversations and take others out."""
        await self._lists.change_group(name, list(add), list(remove))


def _by_group(messages: Messages) -> Iterable[tuple[str, list[int]]]:
    found: dict[str, list[int]] = {}
    for message in [messages] if isinstance(messages, GroupMessage) else messages:
        found.setdefault(message.group, []).append(message.seq)
    return found.items()
