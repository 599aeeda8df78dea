"""Friend groups: the names under which a user keeps friends together (spec/rest/sns.yaml)."""

from collections.abc import Sequence
from dataclasses import replace

from tidings.domain.accounts import Account
from tidings.domain.events import FriendGroupChange
from tidings.domain.relation_book import GROUP, RelationBook
from tidings.domain.relations import Notes, RelationChanges, Results, each_of
from tidings.errors import BAD_RELATION_REQUEST, FRIEND_GROUPS_FULL, NOT_IN_FRIEND_LIST

GROUPS = 32
NAME_BYTES = 30


class FriendGroups:
    """Changes users' friend groups."""

    def __init__(self, changes: RelationChanges) -> None:
        """Run rules by `changes`."""
        self._changes = changes

    async def add(self, owner: Account, names: Sequence[str], friends: Sequence[Account]) -> Results:
        """Create groups, those that there are stay; put friends into all of them: 32216 for who is none.

        Raises 30001 for a name of no or too many bytes, 30011 for more than 32 groups; then nothing is changed.
        """

        def rule(book: RelationBook, notes: Notes) -> Results:
            with_groups(book, notes, owner, names)
            return each_of(friends, lambda friend: _move(book, notes, owner, friend, add=names))

        return await self._changes.run(rule)

    async def delete(self, owner: Account, names: Sequence[str]) -> None:
        """Delete groups; their friends stay friends. A group that is not there is no error."""

        def rule(book: RelationBook, notes: Notes) -> None:
            there = set(book.groups(owner.number))
            for name in dict.fromkeys(names):
                if name in there:
                    book.drop_group(owner.number, name)
                    notes.of(owner.number).groups.append(FriendGroupChange("", name))

        await self._changes.run(rule)

    async def rename(self, owner: Account, name: str, new_name: str) -> None:
        """Give a group another name; raises 30001 if there is no such group, or one of that name."""

        def rule(book: RelationBook, notes: Notes) -> None:
            _check_name(new_name)
            there = book.groups(owner.number)
            if name not in there:
                raise BAD_RELATION_REQUEST(detail=f"there is no friend group {name!r}")
            if new_name in there:
                raise BAD_RELATION_REQUEST(detail=f"there is a friend group {new_name!r} already")
            book.rename_group(owner.number, name, new_name)
            notes.of(owner.number).groups.append(FriendGroupChange(new_name, name))

        await self._changes.run(rule)

    async def move(self, owner: Account, name: str, add: Sequence[Account], remove: Sequence[Account]) -> Results:
        """Put friends into a group and take others out; 32216 for who is no friend, 30001 without the group."""

        def rule(book: RelationBook, notes: Notes) -> Results:
            if name not in book.groups(owner.number):
                raise BAD_RELATION_REQUEST(detail=f"there is no friend group {name!r}")
            added = each_of(add, lambda friend: _move(book, notes, owner, friend, add=(name,)))
            return added + each_of(remove, lambda friend: _move(book, notes, owner, friend, remove=name))

        return await self._changes.run(rule)


def with_groups(book: RelationBook, notes: Notes, owner: Account, names: Sequence[str]) -> None:
    """Create those of the groups that are not there; raises 30001 for a bad name, 30011 for too many."""
    if not names:
        return
    for name in names:
        _check_name(name)
    there = book.groups(owner.number)
    new = [name for name in dict.fromkeys(names) if name not in there]
    if len(there) + len(new) > GROUPS:
        raise FRIEND_GROUPS_FULL(user_id=owner.user_id, limit=GROUPS)
    for name in new:
        book.add_group(owner.number, name)
        notes.of(owner.number).groups.append(FriendGroupChange(name, ""))


def _move(
    book: RelationBook, notes: Notes, owner: Account, friend: Account, add: Sequence[str] = (), remove: str = ""
) -> None:
    known = book.entry(owner.number, friend.number)
    if known is None:
        raise NOT_IN_FRIEND_LIST(user_id=friend.user_id)
    groups = tuple(name for name in dict.fromkeys((*known.groups, *add)) if name != remove)
    if groups != known.groups:
        book.save(owner.number, friend.number, replace(known, groups=groups))
        notes.of(owner.number).updates.setdefault(friend.user_id, {})[GROUP] = groups


def _check_name(name: str) -> None:
    if not 0 < (size := len(name.encode())) <= NAME_BYTES:
        raise BAD_RELATION_REQUEST(detail=f"friend group {name!r} has {size} bytes, 1 to {NAME_BYTES} are allowed")
