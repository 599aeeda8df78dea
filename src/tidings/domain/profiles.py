"""Profiles: what users show of themselves (spec/rest/profile.yaml, spec/client/profile.yaml)."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Protocol

from tidings.clock import Clock
from tidings.domain.accounts import Account, Accounts, Newcomer
from tidings.domain.apps import App
from tidings.domain.callbacks import note
from tidings.domain.events import ProfileChanged
from tidings.domain.happenings import ProfileSet
from tidings.domain.ports import Delivery
from tidings.domain.profile_fields import Field, FieldKind, Side, Value, Values, fields_of
from tidings.domain.words import Words
from tidings.errors import PROFILE_FIELD_UNKNOWN, PROFILE_NOT_READABLE, PROFILE_NOT_WRITABLE
from tidings.ids import NO_INSTANCE, START, AccountNumber, Position, SdkAppId
from tidings.pending import Pending


@dataclass(frozen=True, slots=True)
class Profile:
    """The fields that have a value, and when standard and custom ones changed last: 0 if they never did."""

    values: Values
    standard_sequence: Position = START
    custom_sequence: Position = START

    @property
    def sequence(self) -> Position:
        """Return when any of it changed last."""
        return max(self.standard_sequence, self.custom_sequence)


@dataclass(frozen=True, slots=True)
class ProfileChange:
    """An account as it is after a change, and the event that was logged at a position for those it concerns.

    No event if nothing changed that anybody may be told.
    """

    account: Account
    event: ProfileChanged | None = None
    position: Position = START
    told: tuple[AccountNumber, ...] = ()


class ProfileStore(Protocol):
    """What profiles ask of the store."""

    async def profiles(self, accounts: Sequence[AccountNumber]) -> dict[AccountNumber, Profile]:
        """Return the profiles of those of the accounts that exist."""
        ...

    def change_profile(
        self, account: AccountNumber, values: Values, secret: AbstractSet[str], time: int
    ) -> Pending[ProfileChange]:
        """Give fields their values, empty texts for none; raises 40003 if the account is gone.

        The event, for the account and whom its profile concerns, leaves out the `secret` tags.
        """
        ...

    def import_accounts(self, app: SdkAppId, newcomers: Sequence[Newcomer], time: int) -> Pending[list[ProfileChange]]:
        """Create accounts, and change the profiles of those that exist; returns them in the order given."""
        ...


class Profiles:
    """Reads and changes profiles; every change is told to all devices that it concerns, its own among them.

    The public clients show what changed once they are told of it, so the device it came from is no exception.
    """

    def __init__(self, store: ProfileStore, accounts: Accounts, words: Words, delivery: Delivery, clock: Clock) -> None:
        """Read and write `store`, tell through `delivery`; `accounts` know the names that messages carry."""
        self._store = store
        self._accounts = accounts
        self._words = words
        self._delivery = delivery
        self._clock = clock

    async def of(
        self, app: App, accounts: Sequence[Account], side: Side, tags: Sequence[str] | None = None
    ) -> dict[AccountNumber, Profile]:
        """Return profiles as a side may read them, all of their fields or those named.

        Raises 40009 for a tag that the app has not, 40007 for one that the side may not read.
        """
        fields = fields_of(app.settings.profile_fields)
        wanted = _readable(fields, side) if tags is None else [_check_readable(fields, tag, side) for tag in tags]
        found = await self._store.profiles([account.number for account in accounts])
        return {number: _only(profile, wanted) for number, profile in found.items()}

    async def change(self, app: App, owner: Account, items: Sequence[tuple[str, object]], side: Side) -> None:
        """Give fields new values, all or none; the last one counts of a field that is named twice.

        Raises 40009 for a tag that the app has not, 40008 for one that the side may not write, 40601, 40605
        and 40610 for a value that does not fit, 40005 for a forbidden word, 40003 if the account is gone.
        """
        fields = fields_of(app.settings.profile_fields)
        values = {tag: self._checked(app, _check_writable(fields, tag, side), value) for tag, value in items}
        secret = {tag for tag in values if not fields[tag].may_read(Side.USER)}
        note(ProfileSet, owner, values)
        pending = self._store.change_profile(owner.number, values, secret, int(self._clock.now()))
        pending.then(self._changed)
        changed = (await pending).account
        owner.nick, owner.face_url = changed.nick, changed.face_url

    async def import_accounts(self, app: SdkAppId, newcomers: Sequence[Newcomer]) -> list[Account]:
        """Create accounts, or give existing ones the nickname and the avatar that are named, in one transaction."""
        pending = self._store.import_accounts(app, newcomers, int(self._clock.now()))
        pending.then(self._imported)
        return self._accounts.refresh([change.account for change in await pending])

    def _checked(self, app: App, field: Field, value: object) -> Value:
        checked = field.check(value)
        if field.kind is not FieldKind.TEXT or not isinstance(checked, str):
            return checked
        return field.check(self._words.screen_name(app, checked))  # what stands in a word's place may be longer

    def _changed(self, done: Pending[ProfileChange]) -> None:
        if done.is_ok:
            self._tell(done.result())

    def _imported(self, done: Pending[list[ProfileChange]]) -> None:
        if done.is_ok:
            for change in done.result():
                self._tell(change)

    def _tell(self, change: ProfileChange) -> None:
        # Here, not by whoever waits: so what memory holds follows the order of the commits.
        self._accounts.refresh([change.account])
        if change.event is not None:
            for account in change.told:
                self._delivery.event(account, change.position, change.event, NO_INSTANCE)


def _readable(fields: Mapping[str, Field], side: Side) -> list[str]:
    return [field.tag for field in fields.values() if field.may_read(side)]


def _check_readable(fields: Mapping[str, Field], tag: str, side: Side) -> str:
    if not _get(fields, tag).may_read(side):
        raise PROFILE_NOT_READABLE(tag=tag)
    return tag


def _check_writable(fields: Mapping[str, Field], tag: str, side: Side) -> Field:
    field = _get(fields, tag)
    if not field.may_write(side):
        raise PROFILE_NOT_WRITABLE(tag=tag)
    return field


def _get(fields: Mapping[str, Field], tag: str) -> Field:
    field = fields.get(tag)
    if field is None:
        raise PROFILE_FIELD_UNKNOWN(tag=tag[:64])
    return field


def _only(profile: Profile, tags: Sequence[str]) -> Profile:
    values = {tag: profile.values[tag] for tag in tags if tag in profile.values}
    return Profile(values, profile.standard_sequence, profile.custom_sequence)
