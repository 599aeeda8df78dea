"""Friends: adding with consent, importing, changing, deleting, checking (spec/rest/sns.yaml).

A user's list is the user's own: that others are in it says nothing of theirs, unless both agreed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import IntFlag

from tidings.domain.accounts import Account
from tidings.domain.apps import App
from tidings.domain.events import FriendRequested
from tidings.domain.friend_groups import with_groups
from tidings.domain.happenings import Befriended, UserPair
from tidings.domain.relation_book import Custom, Entry, FriendValue, Person, RelationBook, Request
from tidings.domain.relations import Notes, RelationChanges, Results, check_existing, each_of, end_request, part
from tidings.errors import (
    BLOCKED_BY_OTHER,
    CONSENT_AWAITED,
    FRIENDING_BARRED,
    FRIENDING_DENIED,
    NO_FRIEND,
    NO_FRIENDSHIP,
    OTHER_FRIENDS_FULL,
    OTHER_IS_BLOCKED,
    OWN_FRIENDS_FULL,
    RELATION_SELF,
    REQUESTS_FULL,
)
from tidings.ids import UserId

UNREAD_REQUESTS = 100
ASK, DENY = "AllowType_Type_NeedConfirm", "AllowType_Type_DenyAny"
DEFAULTS = {"any": "AllowType_Type_AllowAny", "confirm": ASK, "deny": DENY}


class Relation(IntFlag):
    """Whose list the other one is in: OWN the user's, THEIRS the other's."""

    NONE = 0
    OWN = 1
    THEIRS = 2
    BOTH = 3


@dataclass(frozen=True, slots=True)
class Wish:
    """Somebody to add: where from, with which words, under which remark, into which group.

    Who has wished it, if not the owner, and whether nobody was asked.
    """

    other: Account
    source: str
    wording: str = ""
    remark: str = ""
    group: str = ""
    initiator_id: UserId | None = None
    is_forced: bool = False


@dataclass(frozen=True, slots=True)
class Adding:
    """How friends are added: into both lists or the owner's alone; `is_forced`: nobody is asked."""

    app: App
    is_both: bool = True
    is_forced: bool = False


@dataclass(frozen=True, slots=True)
class Imported:
    """A friend as an older system had it."""

    other: Account
    entry: Entry


@dataclass(frozen=True, slots=True)
class Update:
    """New values of a friend's fields, by tag; None leaves remark or groups as they are, an empty value deletes."""

    other: Account
    remark: str | None = None
    groups: tuple[str, ...] | None = None
    custom: Custom = field(default_factory=dict)


class Friends:
    """Changes users' lists of friends."""

    def __init__(self, changes: RelationChanges) -> None:
        """Run rules by `changes`."""
        self._changes = changes

    async def add(self, owner: Account, wishes: Sequence[Wish], how: Adding) -> Results:
        """Add friends, or ask those who want to be asked; returns for each why it is no friend yet, or None.

        That is 30001 for oneself, 30003 for an account that is gone, 30009 to 30014 at a limit, 30515 and 30525
        for a blocklist, 30516 where nobody may ask, 30539 where an answer is awaited.
        """

        def rule(book: RelationBook, notes: Notes) -> Results:
            return each_of(wishes, lambda wish: _add(book, notes, owner, wish, how))

        return await self._changes.run(rule)

    async def import_friends(self, app: App, owner: Account, friends: Sequence[Imported]) -> Results:
        """Write entries into the owner's list, whatever others say: all in one transaction."""

        def put(book: RelationBook, notes: Notes, friend: Imported) -> None:
            _check_pair(book, owner, friend.other)
            known = book.entry(owner.number, friend.other.number)
            if known is None:
                _check_room(book, app, owner)
            entry = friend.entry if friend.entry.added_at else replace(friend.entry, added_at=notes.time)
            _write(book, notes, owner, friend.other, entry)

        def rule(book: RelationBook, notes: Notes) -> Results:
            return each_of(friends, lambda friend: put(book, notes, friend))

        return await self._changes.run(rule)

    async def update(self, owner: Account, updates: Sequence[Update]) -> Results:
        """Change fields of friends; 30001 for who is none, 30011 for too many groups."""

        def change(book: RelationBook, notes: Notes, update: Update) -> None:
            known = book.entry(owner.number, update.other.number)
            if known is None:
                raise NO_FRIEND(user_id=update.other.user_id, owner=owner.user_id)
            entry = _updated(known, update, notes.time)
            if entry.groups != known.groups:
                with_groups(book, notes, owner, entry.groups)
            _save(book, notes, owner, update.other, known, entry)

        def rule(book: RelationBook, notes: Notes) -> Results:
            return each_of(updates, lambda update: change(book, notes, update))

        return await self._changes.run(rule)

    async def delete(self, owner: Account, others: Sequence[Account], *, is_both: bool) -> Results:
        """Delete friends from the owner's list, or from both; 31704 for who is none."""

        def drop(book: RelationBook, notes: Notes, other: Account) -> None:
            was_there = _part(book, notes, owner, other)
            if is_both:
                was_there |= _part(book, notes, other, owner)
            if not was_there:
                raise NO_FRIENDSHIP(user_id=other.user_id)

        def rule(book: RelationBook, notes: Notes) -> Results:
            return each_of(others, lambda other: drop(book, notes, other))

        return await self._changes.run(rule)

    async def delete_all(self, owner: Account, *, is_both: bool) -> None:
        """Empty the owner's list, and on wish take the owner out of the lists of those who were in it."""

        def rule(book: RelationBook, notes: Notes) -> None:
            for other in book.friends(owner.number):
                _part(book, notes, owner, other)
                if is_both:
                    _part(book, notes, other, owner)

        await self._changes.run(rule)


def _part(book: RelationBook, notes: Notes, owner: Account | Person, other: Account | Person) -> bool:
    """Part friends on wish; False if they were none."""
    if is_parted := part(book, notes, owner, other):
        notes.parted.append(UserPair(owner.number, owner.user_id, other.user_id))
    return is_parted


def befriend(book: RelationBook, notes: Notes, app: App, owner: Account, wish: Wish, *, is_both: bool) -> None:
    """Put the other one into the owner's list, and on wish the owner into the other's; requests between them end."""
    other, by = wish.other, (wish.initiator_id or owner.user_id, wish.is_forced)
    is_new = not book.is_friend(owner.number, other.number)
    is_new_there = is_both and not book.is_friend(other.number, owner.number)
    if is_new:
        _check_room(book, app, owner)
    if is_new_there and book.counts(other.number).friends >= app.settings.friends:
        raise OTHER_FRIENDS_FULL(user_id=other.user_id, limit=app.settings.friends)
    groups = (wish.group,) if wish.group else ()
    if is_new:
        remark_time = notes.time if wish.remark else 0
        entry = Entry(wish.source, wish.wording, notes.time, wish.remark, remark_time, groups)
        _write(book, notes, owner, other, entry)
        notes.befriended.append(Befriended(owner.number, owner.user_id, other.user_id, *by))
    if is_new_there:
        _write(book, notes, other, owner, Entry(wish.source, wish.wording, notes.time))
        notes.befriended.append(Befriended(other.number, other.user_id, owner.user_id, *by))
    end_request(book, notes, owner, other)
    end_request(book, notes, other, owner)


def _add(book: RelationBook, notes: Notes, owner: Account, wish: Wish, how: Adding) -> None:
    other = wish.other
    _check_pair(book, owner, other)
    if book.blocks(owner.number, other.number):
        raise OTHER_IS_BLOCKED(user_id=other.user_id)
    if book.blocks(other.number, owner.number):
        raise BLOCKED_BY_OTHER(user_id=other.user_id)
    if not how.is_forced and not _has_agreed(book, owner, other):
        _check_allowed(book, notes, owner, wish, how.app)
    befriend(book, notes, how.app, owner, replace(wish, is_forced=how.is_forced), is_both=how.is_both)


def _has_agreed(book: RelationBook, owner: Account, other: Account) -> bool:
    """Say whether the other one has the owner in its list, or asks to."""
    return book.is_friend(other.number, owner.number) or book.request(other.number, owner.number) is not None


def _check_allowed(book: RelationBook, notes: Notes, owner: Account, wish: Wish, app: App) -> None:
    """Let somebody be added without being asked; else raise why not, and ask where one may."""
    other = wish.other
    if book.is_friend(owner.number, other.number):
        return
    if book.is_barred(owner.number):
        raise FRIENDING_BARRED(user_id=owner.user_id)
    allowed = book.allow_type(other.number) or DEFAULTS[app.settings.allow_type]
    if allowed == DENY:
        raise FRIENDING_DENIED(user_id=other.user_id)
    if allowed == ASK:
        _check_room(book, app, owner)
        _ask(book, notes, owner, wish)
        raise CONSENT_AWAITED(user_id=other.user_id)


def _ask(book: RelationBook, notes: Notes, owner: Account, wish: Wish) -> None:
    other = wish.other
    if book.request(owner.number, other.number) is None and book.unread_requests(other.number) >= UNREAD_REQUESTS:
        raise REQUESTS_FULL(user_id=other.user_id, limit=UNREAD_REQUESTS)
    if wish.group:
        with_groups(book, notes, owner, (wish.group,))
    book.ask(owner.number, other.number, Request(wish.source, wish.wording, notes.time, wish.remark, wish.group))
    for peer, heard in ((other, owner), (owner, other)):
        told = FriendRequested(
            peer.user_id, peer.nick, peer.face_url, wish.source, wish.wording, notes.time, owner.user_id
        )
        notes.of(heard.number).requests.append(told)


def _check_pair(book: RelationBook, owner: Account, other: Account) -> None:
    if owner.number == other.number:
        raise RELATION_SELF(user_id=owner.user_id)
    check_existing(book, (owner, other))


def _check_room(book: RelationBook, app: App, owner: Account) -> None:
    if book.counts(owner.number).friends >= app.settings.friends:
        raise OWN_FRIENDS_FULL(user_id=owner.user_id, limit=app.settings.friends)


def _write(book: RelationBook, notes: Notes, owner: Account, other: Account, entry: Entry) -> None:
    """Write an entry, new or in place of one."""
    with_groups(book, notes, owner, entry.groups)
    known = book.entry(owner.number, other.number)
    if known is not None:
        _save(book, notes, owner, other, known, entry)
        return
    book.save(owner.number, other.number, entry)
    notes.of(owner.number).added[other.user_id] = None
    notes.touched.append((owner.number, other.number))


def _save(book: RelationBook, notes: Notes, owner: Account, other: Account, known: Entry, entry: Entry) -> None:
    """Write an entry in place of one, and note what is other in it."""
    before, after = known.fields(), entry.fields()
    changed = {tag: after.get(tag, _nothing(before[tag])) for tag in before if before[tag] != after.get(tag)}
    changed |= {tag: value for tag, value in after.items() if before.get(tag) != value}
    if changed:
        book.save(owner.number, other.number, entry)
        notes.of(owner.number).updates.setdefault(other.user_id, {}).update(changed)


def _nothing(value: FriendValue) -> FriendValue:
    return "" if isinstance(value, str) else 0 if isinstance(value, int) else ()


def _updated(known: Entry, update: Update, now: int) -> Entry:
    custom: Mapping[str, str | int] = {**known.custom, **update.custom}
    entry = replace(known, custom={tag: value for tag, value in custom.items() if value != ""})
    if update.remark is not None and update.remark != known.remark:
        entry = replace(entry, remark=update.remark, remark_time=now if update.remark else 0)
    return entry if update.groups is None else replace(entry, groups=tuple(dict.fromkeys(update.groups)))
