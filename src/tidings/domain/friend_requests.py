"""Friend requests: answering them, marking them as seen, deleting them (web-sdk-wire.md, section 6)."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from tidings.domain.accounts import Account
from tidings.domain.apps import App
from tidings.domain.friends import Wish, befriend
from tidings.domain.relation_book import RelationBook
from tidings.domain.relations import Notes, RelationChanges, Results, check_existing, each_of, end_request
from tidings.errors import NO_REQUEST, NO_REQUEST_TO_DELETE, OTHER_FRIENDS_FULL


class Reply(Enum):
    """What becomes of a request: who asks gets a friend, both get one, nobody does."""

    AGREE = "Agree"
    AGREE_AND_ADD = "AgreeAndAdd"
    REJECT = "Reject"


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer to who asked, with remark and group for the answering user's own list."""

    asker: Account
    reply: Reply
    remark: str = ""
    group: str = ""


class FriendRequests:
    """Changes the friend requests of users."""

    def __init__(self, changes: RelationChanges) -> None:
        """Run rules by `changes`."""
        self._changes = changes

    async def answer(self, app: App, owner: Account, answers: Sequence[Answer]) -> Results:
        """Answer requests; 30614 where there is none, 30010 and 30014 where a list is full: then it stays open."""

        def rule(book: RelationBook, notes: Notes) -> Results:
            return each_of(answers, lambda answer: _answer(book, notes, app, owner, answer))

        return await self._changes.run(rule)

    async def report(self, owner: Account, until: int) -> None:
        """Mark requests up to a time, unix seconds, as seen."""

        def rule(book: RelationBook, notes: Notes) -> None:
            if book.read_requests(owner.number, until):
                notes.of(owner.number).read_until = until

        await self._changes.run(rule)

    async def delete(self, owner: Account, others: Sequence[Account], *, received: bool, sent: bool) -> Results:
        """Delete requests of others, to others, or both; 31804 where there is none."""

        def drop(book: RelationBook, notes: Notes, other: Account) -> None:
            was_there = received and end_request(book, notes, other, owner)
            was_there |= sent and end_request(book, notes, owner, other)
            if not was_there:
                raise NO_REQUEST_TO_DELETE(user_id=other.user_id)

        def rule(book: RelationBook, notes: Notes) -> Results:
            return each_of(others, lambda other: drop(book, notes, other))

        return await self._changes.run(rule)


def _answer(book: RelationBook, notes: Notes, app: App, owner: Account, answer: Answer) -> None:
    asker = answer.asker
    asked = book.request(asker.number, owner.number)
    if asked is None:
        raise NO_REQUEST(user_id=asker.user_id)
    if answer.reply is Reply.REJECT:
        end_request(book, notes, asker, owner)
        return
    check_existing(book, (owner, asker))
    if not book.is_friend(asker.number, owner.number) and book.counts(asker.number).friends >= app.settings.friends:
        raise OTHER_FRIENDS_FULL(user_id=asker.user_id, limit=app.settings.friends)
    if answer.reply is Reply.AGREE_AND_ADD:
        back = Wish(asker, asked.source, asked.wording, answer.remark, answer.group, asker.user_id)
        befriend(book, notes, app, owner, back, is_both=False)
    # A group that is gone since the asking stays gone: nothing may fail once one side is written.
    group = asked.group if asked.group in book.groups(asker.number) else ""
    befriend(book, notes, app, asker, Wish(owner, asked.source, asked.wording, asked.remark, group), is_both=False)
