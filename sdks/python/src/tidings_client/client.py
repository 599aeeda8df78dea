"""Chat as a user: `async with connect(...) as chat`."""

import asyncio
import inspect
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TypeVar, Unpack

from tidings_client.address import Address, socket_base
from tidings_client.elements import Content, Element, Merged
from tidings_client.events import Event, Extension, FollowType, Profile, QuietTime, Reaction, ReceiveOption
from tidings_client.extensions import CLEAR, DELETE, SET, Extensions
from tidings_client.files import Files, Source, Uploaded
from tidings_client.follows import FollowCounts, FollowEntry, Follows
from tidings_client.friends import Friends
from tidings_client.groups import Groups
from tidings_client.history import Conversation, History
from tidings_client.lists import Lists
from tidings_client.login import Login, Provider
from tidings_client.mailbox import Stream
from tidings_client.merging import MergedMessage, Merging
from tidings_client.messages import Draft, Message, SendOptions
from tidings_client.presence import Presences, UserStatus
from tidings_client.profiles import ProfileFields, Profiles
from tidings_client.searching import Found, Searching, SearchOptions
from tidings_client.sending import Sending
from tidings_client.session import Session
from tidings_client.setup import ConnectOptions, Setup

log = logging.getLogger("tidings_client")
E = TypeVar("E", bound=Event)

PAGE = 50


@asynccontextmanager
async def connect(
    url: str, sdkappid: int, user_id: str, usersig: str | Provider, **options: Unpack[ConnectOptions]
) -> AsyncIterator["Chat"]:
    """Log in; what comes back is ready. Leaving the block logs out.

    `url` is ws://host:port or http://host:port (wss, https). `usersig` is a UserSig, or a sync or
    async function that returns a fresh one: it is called again whenever one has ended.
    Raises NotConnectedError if the server cannot be reached, TidingsError if it refuses the login,
    ValueError if `url` is no server address.
    """
    setup = Setup(**options)
    address = Address(socket_base(url), sdkappid, setup.device, f"{setup.chance.getrandbits(128):032x}")
    session = Session(address, Login(user_id, usersig), setup)
    chat = Chat(session, setup)
    await session.open()
    try:
        yield chat
    finally:
        await chat.close()


class Subscription:
    """A callback that is told of events until it is cancelled or the chat ends."""

    def __init__(self, stream: Stream, callback: Callable[[Event], object]) -> None:
        """Call `callback` for each event of `stream`, one after the other."""
        self._task = asyncio.get_running_loop().create_task(_feed(stream, callback))

    def cancel(self) -> None:
        """Call back no more."""
        self._task.cancel()

    async def ended(self) -> None:
        """Wait until every event has been handed over and there will be no more.

        Returns at once inside the callback itself, which could wait for ever.
        """
        if self._task is not asyncio.current_task():
            await asyncio.wait([self._task])


class Chat:
    """A user who is logged in. Lost connections are restored behind its back; the events tell of them."""

    def __init__(self, session: Session, setup: Setup) -> None:
        """Belong to a session; use `connect` to get one."""
        self._session = session
        self._sending = Sending(session, setup)
        self._history = History(session)
        self._searching = Searching(session)
        self._merging = Merging(session)
        self._extensions = Extensions(session)
        self._lists = Lists(session)
        self._profiles = Profiles(session)
        self._follows = Follows(session)
        self._friends = Friends(session)
        self._presences = Presences(session)
        self._files = Files(session.traffic)
        self._groups = Groups(session, setup)
        self._subscriptions: list[Subscription] = []

    @property
    def user_id(self) -> str:
        """Who is logged in."""
        return self._session.user_id

    @property
    def friends(self) -> Friends:
        """Friends, friend requests, friend groups and the blocklist."""
        return self._friends

    @property
    def position(self) -> int | None:
        """The place in the account's log up to which events were told.

        Handed to the next `connect` as `after`, nothing is missed in between. Every kept event has
        its own `position`: store that of the last one handled, to be sure across a crash.
        """
        return self._session.inbox.position

    @property
    def groups(self) -> Groups:
        """The user's groups."""
        return self._groups

    def events(self, *kinds: type[Event]) -> Stream:
        """Return what happens from the login on as an async iterator; with `kinds`, only such events.

        It ends when the chat ends. What happened before anybody asked comes first. Each iterator
        gets every event.
        """
        return self._session.mailbox.open(*kinds)

    def on(self, kind: type[E], callback: Callable[[E], Awaitable[None] | None]) -> Subscription:
        """Call a sync or async function for each event of a kind, one at a time, in order.

        What it raises is logged, and the next event comes all the same.
        """
        subscription = Subscription(self.events(kind), callback)  # type: ignore[arg-type]  # the stream has this kind only
        self._subscriptions.append(subscription)
        return subscription

    async def send(self, to: str, content: Content, **options: Unpack[SendOptions]) -> Message:
        """Send a text, an element or several elements; returns the message as the server has stored it.

        A lost connection does no harm: the message is sent again, and stored once. Raises
        TidingsError with the server's reason, TimedOutError if it does not answer in time (then use
        `draft` and `send_draft` to try the very same message again).
        """
        return await self._sending.send(self.draft(to, content, **options))

    def draft(self, to: str, content: Content, **options: Unpack[SendOptions]) -> Draft:
        """Return a message that is numbered and dated but not sent."""
        return self._sending.draft(to, content, options)

    async def send_draft(self, draft: Draft) -> Message:
        """Send a draft; sent twice it is stored once."""
        return await self._sending.send(draft)

    async def send_image(self, to: str, source: Source, **options: Unpack[SendOptions]) -> Message:
        """Upload and send the image at a path, or bytes; raises TidingsError if it is refused, OSError."""
        return await self.send(to, await self._files.image(source), **options)

    async def send_file(self, to: str, source: Source, name: str = "", **options: Unpack[SendOptions]) -> Message:
        """Upload and send the file at a path, or bytes under a name; raises TidingsError, OSError."""
        return await self.send(to, await self._files.file(source, name), **options)

    async def send_sound(self, to: str, source: Source, seconds: int, **options: Unpack[SendOptions]) -> Message:
        """Upload and send a recording that lasts so long; raises TidingsError, OSError."""
        return await self.send(to, await self._files.sound(source, seconds), **options)

    async def send_video(
        self, to: str, source: Source, seconds: int, still: Source | None = None, **options: Unpack[SendOptions]
    ) -> Message:
        """Upload and send a video that lasts so long, and a still picture of it; raises TidingsError, OSError."""
        return await self.send(to, await self._files.video(source, seconds, still), **options)

    async def forward(
        self, to: str, messages: Sequence[Message], title: str, alternative: str = "", **options: Unpack[SendOptions]
    ) -> Message:
        """Send several messages as one; `alternative` is for clients that do not know such."""
        return await self.send(to, await self._merging.pack(messages, title, alternative or title), **options)

    async def merged(self, merged: Merged) -> list[MergedMessage]:
        """Return the messages within a merged one; raises 20022 if they are kept no more."""
        return await self._merging.unpack(merged)

    async def upload(self, source: Source, name: str = "") -> Uploaded:
        """Upload the file at a path, or bytes under a name, and send nothing; raises TidingsError, OSError."""
        return await self._files.upload(source, name)

    async def download(self, file: Element | str, to: str | Path | None = None) -> bytes:
        """Return the file behind an element or an address, or write it to the path `to`.

        Raises TidingsError if it is not there any more, ValueError for an element without a file.
        """
        return await self._files.download(file, to)

    def history(self, peer: str, page_size: int = PAGE, *, with_recalled: bool = True) -> AsyncIterator[list[Message]]:
        """Return pages of a conversation, newest page first; in a page the oldest message is first.

        At most 100 messages a page.
        """
        return self._history.pages(peer, page_size, with_recalled=with_recalled)

    def search(
        self, peer: str, *keywords: str, page_size: int = PAGE, **options: Unpack[SearchOptions]
    ) -> AsyncIterator[list[Message]]:
        """Return pages of messages with one of up to 5 keywords, newest page first; in a page the oldest is first.

        A keyword is found as it stands, in any language and as part of a word, too; letters of either case
        are the same. It may be left out if `senders` or `types` say what to look for.
        """
        return self._searching.pages(peer, keywords, page_size, options)

    async def search_all(self, *keywords: str, **options: Unpack[SearchOptions]) -> list[Found]:
        """Return every conversation with such messages, that of the newest one first."""
        return await self._searching.conversations(keywords, options)

    async def conversations(self) -> list[Conversation]:
        """Return the conversations: pinned ones first, then by time, newest first."""
        return await self._history.conversations()

    async def pin(self, *peers: str) -> None:
        """Pin conversations to the top of the list."""
        await self._lists.pin(peers, is_pinned=True)

    async def unpin(self, *peers: str) -> None:
        """Take pins away."""
        await self._lists.pin(peers, is_pinned=False)

    async def delete_conversations(self, *peers: str, with_history: bool = False) -> None:
        """Take conversations out of the list, on wish with the own view of their history."""
        await self._lists.delete(peers, with_history=with_history)

    async def clear_history(self, peer: str) -> None:
        """Clear the own view of a history; the conversation stays in the list."""
        await self._lists.clear(peer)

    async def mark(self, *peers: str, add: Iterable[int] = (), remove: Iterable[int] = ()) -> None:
        """Set and clear marks of conversations, bits 0 to 63; 0 starred, 1 unread, 2 folded, 3 hidden."""
        await self._lists.mark(peers, list(add), list(remove))

    async def set_custom_mark(self, text: str, *peers: str) -> None:
        """Set the custom mark of conversations, at most 256 bytes; empty clears it."""
        await self._lists.set_custom_mark(peers, text)

    async def conversation_groups(self) -> dict[str, tuple[str, ...]]:
        """Return the groups of conversations by name, with the peers and groups in them."""
        return await self._lists.groups()

    async def create_conversation_group(self, name: str, *peers: str) -> None:
        """Create a group with conversations in it; one of that name gets them added."""
        await self._lists.create_group(name, peers)

    async def delete_conversation_group(self, name: str) -> None:
        """Delete a group; its conversations stay."""
        await self._lists.delete_group(name)

    async def rename_conversation_group(self, name: str, new_name: str) -> None:
        """Give a group another name."""
        await self._lists.rename_group(name, new_name)

    async def change_conversation_group(self, name: str, add: Iterable[str] = (), remove: Iterable[str] = ()) -> None:
        """Put conversations into a group and take others out."""
        await self._lists.change_group(name, list(add), list(remove))

    async def set_receive_option(self, option: ReceiveOption, *peers: str) -> dict[str, int]:
        """Set how users' messages are received; returns the error code of each who does not exist."""
        return await self._lists.set_option(peers, option)

    async def quiet_time(self) -> QuietTime:
        """Return when nobody's messages are announced."""
        return await self._lists.quiet_time()

    async def set_quiet_time(self, quiet: QuietTime) -> None:
        """Set when nobody's messages are announced: NOTIFY or QUIET."""
        await self._lists.set_quiet_time(quiet)

    async def profile(self, user: str = "") -> Profile | None:
        """Return a user's profile, the own one by default; None if there is no such user."""
        user = user or self.user_id
        return (await self._profiles.get([user])).get(user)

    async def profiles(self, *users: str) -> dict[str, Profile]:
        """Return the profiles of those of the users that exist."""
        return await self._profiles.get(users)

    async def change_profile(self, **fields: Unpack[ProfileFields]) -> None:
        """Change fields of the own profile, all or none."""
        await self._profiles.change(fields)

    async def follow(self, *users: str) -> dict[str, int]:
        """Follow users; returns the error code of each who can't be followed."""
        return await self._follows.follow(users)

    async def unfollow(self, *users: str) -> dict[str, int]:
        """Follow users no more; returns the error code of each who does not exist."""
        return await self._follows.unfollow(users)

    def followers(self, *, page_size: int = PAGE) -> AsyncIterator[list[FollowEntry]]:
        """Return pages of the users who follow this one, newest first."""
        return self._follows.pages(FollowType.FOLLOWER, page_size)

    def followed(self, *, page_size: int = PAGE) -> AsyncIterator[list[FollowEntry]]:
        """Return pages of the users whom this one follows, newest first."""
        return self._follows.pages(FollowType.FOLLOWED, page_size)

    def mutual_follows(self, *, page_size: int = PAGE) -> AsyncIterator[list[FollowEntry]]:
        """Return pages of the users who follow this one and are followed, newest first."""
        return self._follows.pages(FollowType.MUTUAL, page_size)

    async def follow_types(self, *users: str) -> dict[str, FollowType]:
        """Return what users are to this one; who does not exist is left out."""
        return await self._follows.types(users)

    async def follow_counts(self, *users: str) -> dict[str, FollowCounts]:
        """Return how many follow users, are followed by them and do both; who does not exist is left out."""
        return await self._follows.counts(users)

    async def unread(self) -> dict[str, int]:
        """Return how many messages are unread, for each peer with any."""
        return await self._history.unread()

    async def mark_read(self, peer: str, up_to: int | Message = 0) -> None:
        """Mark a conversation as read up to a message or a time (unix seconds); 0 means now."""
        await self._history.mark_read(peer, up_to.time if isinstance(up_to, Message) else up_to)

    async def mark_all_read(self) -> None:
        """Mark every conversation as read."""
        await self._history.mark_all_read()

    async def peer_read_time(self, peer: str) -> int:
        """Return up to when the other side has read, unix seconds; 0 for never."""
        return (await self._history.peer_read_times([peer])).get(peer, 0)

    async def send_receipt(self, messages: Message | Iterable[Message]) -> None:
        """Tell the sender that these very messages were read; for messages with `wants_receipt`."""
        await self._sending.send_receipts(_several(messages))

    async def recall(self, message: Message) -> None:
        """Take an own message back on both sides, within the app's time limit (2 minutes by default)."""
        await self._sending.recall(message)

    async def modify(
        self, message: Message, content: Content | None = None, *, custom_data: str | None = None
    ) -> Message:
        """Give a message new content or custom data and return it; raises code 20027 if it has changed meanwhile."""
        return await self._sending.modify(message, content, custom_data)

    async def delete(self, messages: Message | Iterable[Message]) -> None:
        """Delete messages from the own view; the other side still has them."""
        await self._sending.delete(_several(messages))

    async def extensions(self, message: Message) -> dict[str, Extension]:
        """Return the extensions of a message, by key; raises 23002 for one sent without `takes_extensions`."""
        return await self._extensions.all(message)

    async def set_extensions(
        self, message: Message, values: Mapping[str, str], seen: Mapping[str, Extension] | None = None
    ) -> dict[str, Extension]:
        """Set extensions of a message, new ones or those that were `seen`.

        Returns, as they are, those that somebody else has changed meanwhile, and which were not set.
        """
        return await self._extensions.change(message, SET, values, seen or {})

    async def delete_extensions(self, message: Message, seen: Mapping[str, Extension]) -> dict[str, Extension]:
        """Delete extensions that were `seen`; returns those that somebody else has changed meanwhile."""
        return await self._extensions.change(message, DELETE, dict.fromkeys(seen, ""), seen)

    async def clear_extensions(self, message: Message) -> None:
        """Delete all extensions of a message."""
        await self._extensions.change(message, CLEAR, {}, {})

    async def react(self, message: Message, name: str) -> None:
        """React to a message with an emoji or a short name; raises 23007 if this user does already."""
        await self._extensions.react(message, name)

    async def unreact(self, message: Message, name: str) -> None:
        """Take the own reaction back."""
        await self._extensions.unreact(message, name)

    async def reactions(self, *messages: Message) -> dict[str, list[Reaction]]:
        """Return the reactions to messages, by the message's `key`."""
        return await self._extensions.reactions(messages)

    def reacting(self, message: Message, name: str) -> AsyncIterator[list[str]]:
        """Return pages of those who reacted so, in the order in which they did."""
        return self._extensions.reacting(message, name)

    async def status(self, *users: str) -> dict[str, UserStatus]:
        """Return the status of each of these users that exists."""
        return await self._presences.of(users)

    async def subscribe_status(self, *users: str) -> dict[str, int]:
        """Be told of PresenceChanged for these users; returns the error code of each who was refused."""
        return await self._presences.subscribe(users)

    async def unsubscribe_status(self, *users: str) -> None:
        """Be told no more of these users; without any: of nobody."""
        await self._presences.unsubscribe(users)

    async def set_status(self, text: str) -> None:
        """Set what the user says of himself; empty clears it."""
        await self._presences.set(text)

    async def close(self) -> None:
        """Log out and close; callbacks get what was told before."""
        await self._files.close()
        await self._session.close()
        for subscription in self._subscriptions:
            await subscription.ended()


def _several(messages: Message | Iterable[Message]) -> Iterable[Message]:
    return [messages] if isinstance(messages, Message) else messages


async def _feed(stream: Stream, callback: Callable[[Event], object]) -> None:
    async for event in stream:
        try:
            result = callback(event)
            if inspect.isawaitable(result):
                await result
        except Exception:
            log.exception("a callback failed on %s", type(event).__name__)
