"""Marks and groups of conversations (spec/rest/recentcontact.yaml).

They are kept apart from the list: a conversation may have them without being in it. A rule runs
inside the store's transaction, on a book of the account's marks and groups, so that limits and
names are judged by what is there at the commit.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol, TypeVar

from tidings.clock import Clock
from tidings.domain.accounts import Account
from tidings.domain.events import (
    ConversationGroupChanged,
    ConversationGroupCreated,
    ConversationGroupDeleted,
    ConversationGroupRenamed,
    ConversationMarks,
    ConversationsMarked,
    KeptEvent,
)
from tidings.domain.ports import GROUP_PLACE, Delivery, Peer, Traits
from tidings.domain.telling import Changed, tell
from tidings.errors import (
    BAD_CONVERSATION_REQUEST,
    CONVERSATION_GROUP_NOT_FOUND,
    GROUP_NAME_TOO_LONG,
    TOO_MANY_CONVERSATION_GROUPS,
    TOO_MANY_MARKED,
)
from tidings.ids import AccountNumber, InstanceId, UserId
from tidings.pending import Pending

MARK_BITS = 64
MAX_GROUPS = 20
MAX_MARKED = 1000
MAX_NAME_BYTES = 32
MAX_CUSTOM_BYTES = 256
PAGE = 100
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class ConversationGroup:
    """A user's group of conversations."""

    number: int
    name: str


@dataclass(frozen=True, slots=True)
class MarkChange:
    """New marks of a conversation: bits that are set and cleared, and the custom mark; None leaves it.

    `has_bits`: the bits are meant, even if none changes.
    """

    peer: Peer
    set_bits: int = 0
    clear_bits: int = 0
    custom: str | None = None
    has_bits: bool = True


@dataclass(frozen=True, slots=True)
class MarkedPage:
    """Conversations with marks or groups, those with users first; `after` is where it goes on, 0 at the end."""

    traits: dict[AccountNumber, Traits]
    after: int


class MarkBook(Protocol):
    """An account's marks and groups inside a transaction."""

    def traits(self, peers: Sequence[AccountNumber]) -> dict[AccountNumber, Traits]:
        """Return the traits of conversations, in the order asked; those without any have the defaults."""
        ...

    def in_group(self, number: int) -> dict[AccountNumber, Traits]:
        """Return the conversations of a group."""
        ...

    def count(self) -> int:
        """Count the conversations that have marks or groups."""
        ...

    def groups(self) -> list[ConversationGroup]:
        """Return the account's groups, oldest first."""
        ...

    def save(self, traits: dict[AccountNumber, Traits]) -> None:
        """Keep marks and groups of conversations."""
        ...

    def add_group(self, name: str) -> ConversationGroup:
        """Create a group."""
        ...

    def rename_group(self, number: int, name: str) -> None:
        """Give a group another name."""
        ...

    def drop_group(self, number: int) -> None:
        """Forget a group."""
        ...


Rule = Callable[[MarkBook], tuple[R, KeptEvent | None]]


class MarkStore(Protocol):
    """What marks and groups ask of the store."""

    def change_marks(self, account: AccountNumber, time: int, rule: Rule[R]) -> Pending[Changed[R]]:
        """Run a rule in a transaction and log its event; what the rule raises undoes it."""
        ...

    async def traits(self, account: AccountNumber, peers: Sequence[AccountNumber]) -> dict[AccountNumber, Traits]:
        """Return those of the conversations that have marks or groups."""
        ...

    async def marked(self, account: AccountNumber, after: int, limit: int) -> dict[AccountNumber, Traits]:
        """Return up to `limit` conversations with marks or groups whose place in lists is above `after`."""
        ...

    async def groups(self, account: AccountNumber) -> list[ConversationGroup]:
        """Return the account's groups, oldest first."""
        ...


class Marks:
    """What users mark their conversations with, and put them into."""

    def __init__(self, store: MarkStore, delivery: Delivery, clock: Clock) -> None:
        """Read and write `store`, tell through `delivery`."""
        self._store = store
        self._delivery = delivery
        self._clock = clock

    async def mark(self, owner: Account, changes: Sequence[MarkChange], source: InstanceId) -> None:
        """Set marks; raises 51008 if too many conversations had some, 50002 for a mark that is too long."""
        for change in changes:
            size = len((change.custom or "").encode())
            if size > MAX_CUSTOM_BYTES:
                raise BAD_CONVERSATION_REQUEST(detail=f"CustomMark has {size} bytes, at most {MAX_CUSTOM_BYTES}")
        await self._change(owner, lambda book: (None, _mark(book, changes, self._now())), source)

    async def create_group(
        self, owner: Account, name: str, peers: Sequence[Peer], source: InstanceId
    ) -> ConversationGroup:
        """Create a group with conversations in it; one of that name gets them added: the call may be a repeat.

        Raises 51010 for one group too many, 51011 for a long name, 51008 for too many conversations.
        """
        check_name(name)

        def rule(book: MarkBook) -> tuple[ConversationGroup, KeptEvent | None]:
            group = _find(book, name)
            if group is not None:
                return group, _move(book, group, peers, (), self._now())
            if len(book.groups()) >= MAX_GROUPS:
                raise TOO_MANY_CONVERSATION_GROUPS(limit=MAX_GROUPS)
            group = book.add_group(name)
            _move(book, group, peers, (), self._now())
            users = tuple(dict.fromkeys(peer.user_id for peer in peers if peer.number > 0))
            groups = tuple(dict.fromkeys(peer.user_id for peer in peers if peer.number < 0))
            return group, ConversationGroupCreated(group.number, name, users, groups)

        return await self._change(owner, rule, source)

    async def delete_group(self, owner: Account, name: str, source: InstanceId) -> ConversationGroup:
        """Delete a group, not its conversations; raises 51009 if there is none of that name."""

        def rule(book: MarkBook) -> tuple[ConversationGroup, KeptEvent]:
            group = _get(book, name)
            left = {
                peer: replace(each, groups=_without(each.groups, group.number), marked_at=self._now())
                for peer, each in book.in_group(group.number).items()
            }
            book.save(left)
            book.drop_group(group.number)
            return group, ConversationGroupDeleted(group.number, name)

        return await self._change(owner, rule, source)

    async def rename_group(self, owner: Account, old_name: str, name: str, source: InstanceId) -> ConversationGroup:
        """Rename a group; raises 51009 for an unknown one, 51011 for a long name, 50002 for one that is taken."""
        check_name(name)

        def rule(book: MarkBook) -> tuple[ConversationGroup, KeptEvent | None]:
            group = _get(book, old_name)
            if name == old_name:
                return group, None
            if _find(book, name) is not None:
                raise BAD_CONVERSATION_REQUEST(detail=f"there is another conversation group {name!r}")
            book.rename_group(group.number, name)
            return ConversationGroup(group.number, name), ConversationGroupRenamed(group.number, name, old_name)

        return await self._change(owner, rule, source)

    async def change_group(
        self,
        owner: Account,
        name: str,
        added: Sequence[Peer],
        removed: Sequence[Peer],
        source: InstanceId,
    ) -> ConversationGroup:
        """Put conversations into a group and take others out; raises 51009 and 51008."""

        def rule(book: MarkBook) -> tuple[ConversationGroup, KeptEvent | None]:
            group = _get(book, name)
            return group, _move(book, group, added, removed, self._now())

        return await self._change(owner, rule, source)

    async def of(self, owner: Account, peers: Sequence[AccountNumber]) -> dict[AccountNumber, Traits]:
        """Return those of the conversations that have marks or groups."""
        return await self._store.traits(owner.number, peers)

    async def page(self, owner: Account, after: int) -> MarkedPage:
        """Return a page of the conversations that have marks or groups; `after` 0 begins."""
        found = await self._store.marked(owner.number, after, PAGE + 1)
        shown = dict(list(found.items())[:PAGE])
        return MarkedPage(shown, max(map(_place, shown)) if len(found) > len(shown) else 0)

    async def groups(self, owner: Account) -> list[ConversationGroup]:
        """Return the owner's groups, oldest first."""
        return await self._store.groups(owner.number)

    def _now(self) -> int:
        return int(self._clock.now())

    async def _change(self, owner: Account, rule: Rule[R], source: InstanceId) -> R:
        pending = self._store.change_marks(owner.number, self._now(), rule)
        tell(self._delivery, owner.number, pending, source)
        return (await pending).value


def check_name(name: str) -> None:
    """Raise 51011 for a name over 32 bytes, 50002 for an empty one."""
    size = len(name.encode())
    if size > MAX_NAME_BYTES:
        raise GROUP_NAME_TOO_LONG(size=size, limit=MAX_NAME_BYTES)
    if not size:
        raise BAD_CONVERSATION_REQUEST(detail="the name of the conversation group is empty")


def _place(peer: AccountNumber) -> int:
    return peer if peer > 0 else GROUP_PLACE - peer


def _find(book: MarkBook, name: str) -> ConversationGroup | None:
    return next((group for group in book.groups() if group.name == name), None)


def _get(book: MarkBook, name: str) -> ConversationGroup:
    group = _find(book, name)
    if group is None:
        raise CONVERSATION_GROUP_NOT_FOUND(name=name)
    return group


def _mark(book: MarkBook, changes: Sequence[MarkChange], now: int) -> KeptEvent | None:
    before = book.traits(list(dict.fromkeys(change.peer.number for change in changes)))
    after = dict(before)
    for change in changes:
        each = after[change.peer.number]
        custom = each.custom_mark if change.custom is None else change.custom
        marks = each.marks & ~change.clear_bits | change.set_bits
        after[change.peer.number] = replace(each, marks=marks, custom_mark=custom)
    fresh = {peer: replace(each, marked_at=now) for peer, each in after.items() if each != before[peer]}
    _save(book, fresh)
    meant = {change.peer.number: change for change in changes if change.peer.number in fresh}
    told = tuple(
        ConversationMarks(
            change.peer.user_id if peer > 0 else UserId(""),
            fresh[peer].marks,
            fresh[peer].custom_mark,
            has_bits=fresh[peer].marks != before[peer].marks,
            has_custom=fresh[peer].custom_mark != before[peer].custom_mark,
            group=change.peer.user_id if peer < 0 else "",
        )
        for peer, change in meant.items()
    )
    return ConversationsMarked(told) if told else None


def _move(
    book: MarkBook, group: ConversationGroup, added: Iterable[Peer], removed: Iterable[Peer], now: int
) -> KeptEvent | None:
    """Change who is in a group; what is both added and removed is out in the end."""
    names = {peer.number: peer.user_id for peer in (*added, *removed)}
    leaving = {peer.number for peer in removed}
    fresh: dict[AccountNumber, Traits] = {}
    for peer, each in book.traits(list(names)).items():
        groups = _without(each.groups, group.number)
        if peer not in leaving:
            groups = tuple(sorted((*groups, group.number)))
        if groups != each.groups:
            fresh[peer] = replace(each, groups=groups, marked_at=now)
    _save(book, fresh)
    if not fresh:
        return None
    came = [peer for peer in fresh if peer not in leaving]
    left = [peer for peer in fresh if peer in leaving]
    return ConversationGroupChanged(
        group.number,
        group.name,
        tuple(names[peer] for peer in came if peer > 0),
        tuple(names[peer] for peer in left if peer > 0),
        tuple(names[peer] for peer in came if peer < 0),
        tuple(names[peer] for peer in left if peer < 0),
    )


def _save(book: MarkBook, fresh: dict[AccountNumber, Traits]) -> None:
    book.save(fresh)
    if fresh and (count := book.count()) > MAX_MARKED:
        raise TOO_MANY_MARKED(count=count, limit=MAX_MARKED)


def _without(groups: Sequence[int], number: int) -> tuple[int, ...]:
    return tuple(each for each in groups if each != number)
