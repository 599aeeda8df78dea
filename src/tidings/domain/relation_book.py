"""Relations between users as values, and the book of all of them that rules read and write (spec/rest/sns.yaml)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from tidings.ids import START, AccountNumber, Position, UserId

GROUP, REMARK = "Tag_SNS_IM_Group", "Tag_SNS_IM_Remark"
SOURCE, WORDING = "Tag_SNS_IM_AddSource", "Tag_SNS_IM_AddWording"
ADD_TIME, REMARK_TIME = "Tag_SNS_IM_AddTime", "Tag_SNS_IM_RemarkTime"

FriendValue = str | int | tuple[str, ...]
Custom = Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in a list."""

    number: AccountNumber
    user_id: UserId


@dataclass(frozen=True, slots=True)
class Entry:
    """What stands in a user's list beside a friend; times are unix seconds, 0 means never."""

    source: str = ""
    wording: str = ""
    added_at: int = 0
    remark: str = ""
    remark_time: int = 0
    groups: tuple[str, ...] = ()
    custom: Custom = field(default_factory=dict)

    def fields(self) -> dict[str, FriendValue]:
        """Return the fields that have a value, by tag."""
        standard: dict[str, FriendValue] = {
            SOURCE: self.source,
            WORDING: self.wording,
            REMARK: self.remark,
            GROUP: self.groups,
            ADD_TIME: self.added_at,
            REMARK_TIME: self.remark_time,
        }
        return {**{tag: value for tag, value in standard.items() if value}, **self.custom}


@dataclass(frozen=True, slots=True)
class FriendRow:
    """A friend in a list, and the place of it."""

    person: Person
    entry: Entry
    place: int = 0


@dataclass(frozen=True, slots=True)
class Request:
    """A friend request, as it waits for an answer; `remark` and `group` are for the entry of who asks."""

    source: str
    wording: str
    time: int
    remark: str = ""
    group: str = ""
    is_read: bool = False


@dataclass(frozen=True, slots=True)
class Counts:
    """What an account's lists hold, and the positions of the last changes: START if there were none."""

    friends: int = 0
    blocked: int = 0
    standard_sequence: Position = START
    custom_sequence: Position = START
    groups_sequence: Position = START
    requests_sequence: Position = START
    blocks_sequence: Position = START


class RelationBook(Protocol):
    """All relations, inside a transaction."""

    def existing(self, accounts: Iterable[AccountNumber]) -> set[AccountNumber]:
        """Return those of the accounts that exist."""
        ...

    def allow_type(self, account: AccountNumber) -> str:
        """Return how the account wants to be added; empty: it has not said so."""
        ...

    def is_barred(self, account: AccountNumber) -> bool:
        """Say whether an admin has barred the account from sending friend requests."""
        ...

    def counts(self, account: AccountNumber) -> Counts:
        """Return what the account's lists hold."""
        ...

    def is_friend(self, account: AccountNumber, other: AccountNumber) -> bool:
        """Say whether the other one is in the account's list."""
        ...

    def entry(self, account: AccountNumber, other: AccountNumber) -> Entry | None:
        """Return what stands in the account's list beside the other one."""
        ...

    def save(self, account: AccountNumber, other: AccountNumber, entry: Entry) -> None:
        """Write an entry of the account's list; its groups exist."""
        ...

    def part(self, account: AccountNumber, other: AccountNumber) -> None:
        """Take the other one out of the account's list, which it is in."""
        ...

    def friends(self, account: AccountNumber) -> list[Person]:
        """Return everybody in the account's list."""
        ...

    def groups(self, account: AccountNumber) -> list[str]:
        """Return the names of the account's friend groups."""
        ...

    def add_group(self, account: AccountNumber, name: str) -> None:
        """Create a friend group, which does not exist."""
        ...

    def drop_group(self, account: AccountNumber, name: str) -> None:
        """Delete a friend group, which exists; its friends stay."""
        ...

    def rename_group(self, account: AccountNumber, name: str, new_name: str) -> None:
        """Give a friend group another name, which none has."""
        ...

    def request(self, account: AccountNumber, other: AccountNumber) -> Request | None:
        """Return what the account asks of the other one."""
        ...

    def unread_requests(self, account: AccountNumber) -> int:
        """Return how many requests to the account are not reported as seen."""
        ...

    def ask(self, account: AccountNumber, other: AccountNumber, request: Request) -> None:
        """Keep what the account asks of the other one, in place of what it has asked before."""
        ...

    def drop_request(self, account: AccountNumber, other: AccountNumber) -> None:
        """Forget what the account asks of the other one, which there is."""
        ...

    def read_requests(self, account: AccountNumber, until: int) -> bool:
        """Mark requests to the account up to a time, unix seconds, as seen; False if all were."""
        ...

    def blocks(self, account: AccountNumber, other: AccountNumber) -> bool:
        """Say whether the account blocks the other one."""
        ...

    def block(self, account: AccountNumber, other: AccountNumber, time: int) -> None:
        """Let the account block the other one, which it does not."""
        ...

    def unblock(self, account: AccountNumber, other: AccountNumber) -> None:
        """Let the account block the other one no more, which it does."""
        ...
