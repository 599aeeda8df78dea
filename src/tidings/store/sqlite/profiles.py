"""Profiles in SQLite: nicknames and avatars with the accounts, everything else as one JSON object."""

from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from typing import Any

import apsw
import msgspec

from tidings.domain.accounts import Newcomer
from tidings.domain.events import ProfileChanged, ProfileField
from tidings.domain.ports import Logged
from tidings.domain.profile_fields import IMAGE, NICK, Value, Values, is_standard
from tidings.domain.profiles import Profile, ProfileChange
from tidings.errors import PROFILE_ACCOUNT_NOT_FOUND
from tidings.ids import AccountNumber, Position, SdkAppId
from tidings.pending import Pending
from tidings.store.sqlite.accounts import save_account
from tidings.store.sqlite.engine import Engine
from tidings.store.sqlite.rows import ACCOUNT_COLUMNS, LISTED, one, to_account, to_list
from tidings.store.sqlite.transaction import Transaction, encode

# Whom an account's profile concerns beside itself, as it is inside the transaction that changes it.
Concerned = Callable[[Transaction, AccountNumber], Sequence[AccountNumber]]

FIND = f"""
SELECT {ACCOUNT_COLUMNS}, coalesce(p.fields, '{{}}'), coalesce(p.standard_id, 0), coalesce(p.custom_id, 0)
FROM accounts a LEFT JOIN profiles p ON p.account = a.number WHERE a.is_deleted = 0 AND a.number
"""
SAVE = "INSERT OR REPLACE INTO profiles VALUES (?, ?, ?, ?)"
NAME = "UPDATE accounts SET nick = ?, face_url = ? WHERE number = ?"
_FIELDS = 7
_decode = msgspec.json.Decoder(Values).decode


def nobody(_tx: Transaction, _account: AccountNumber) -> Sequence[AccountNumber]:
    """Return whom a profile concerns where there are no relations: its owner alone."""
    return ()


class SqliteProfiles:
    """What users show of themselves."""

    def __init__(self, engine: Engine, concerned: Concerned = nobody) -> None:
        """Work through `engine`; a change is logged for those `concerned`, too."""
        self._engine = engine
        self._concerned = concerned

    async def profiles(self, accounts: Sequence[AccountNumber]) -> dict[AccountNumber, Profile]:
        """Return the profiles of those of the accounts that exist."""

        def read(connection: apsw.Connection) -> dict[AccountNumber, Profile]:
            rows: Any = connection.execute(f"{FIND} {LISTED}", (to_list(accounts),))
            return {AccountNumber(row[1]): _to_profile(row) for row in rows}

        return await self._engine.read(read)

    def change_profile(
        self, account: AccountNumber, values: Values, secret: AbstractSet[str], time: int
    ) -> Pending[ProfileChange]:
        """Give fields their values; raises 40003 if the account is gone."""
        return self._engine.write(lambda tx: self._change(tx, account, values, secret, time))

    def import_accounts(self, app: SdkAppId, newcomers: Sequence[Newcomer], time: int) -> Pending[list[ProfileChange]]:
        """Create accounts, and change the profiles of those that exist; returns them in the order given."""

        def change(tx: Transaction) -> list[ProfileChange]:
            return [self._import(tx, app, newcomer, time) for newcomer in newcomers]

        return self._engine.write(change)

    def _import(self, tx: Transaction, app: SdkAppId, newcomer: Newcomer, time: int) -> ProfileChange:
        account = save_account(tx, app, newcomer)
        given = {NICK: newcomer.nick, IMAGE: newcomer.face_url}
        values: Values = {tag: value for tag, value in given.items() if value is not None}
        return self._change(tx, account.number, values, frozenset(), time) if values else ProfileChange(account)

    def _change(
        self, tx: Transaction, number: AccountNumber, values: Values, secret: AbstractSet[str], time: int
    ) -> ProfileChange:
        row = one(tx.cursor, f"{FIND} = ?", (number,))
        if row is None:
            raise PROFILE_ACCOUNT_NOT_FOUND(user_id="")
        before, account = _to_profile(row), to_account(row)
        fresh = {tag: value for tag, value in values.items() if before.values.get(tag, "") != value}
        if not fresh:
            return ProfileChange(account)
        position = tx.next_position()
        _save(tx, number, before, fresh, position)
        account.nick, account.face_url = str(fresh.get(NICK, account.nick)), str(fresh.get(IMAGE, account.face_url))
        shown = tuple(ProfileField(tag, value) for tag, value in fresh.items() if tag not in secret)
        if not shown:
            tx.keep_position()
            return ProfileChange(account)
        event, told = ProfileChanged(account.user_id, shown), (number, *self._concerned(tx, number))
        tx.log(position, time, [Logged(each, event) for each in told])
        return ProfileChange(account, event, position, told)


def _to_profile(row: Any) -> Profile:
    named: tuple[tuple[str, Value], ...] = ((NICK, row[3]), (IMAGE, row[4]))
    values = {tag: value for tag, value in named if value}
    fields, standard, custom = row[_FIELDS:]
    return Profile({**values, **_decode(fields)}, Position(standard), Position(custom))


def _save(tx: Transaction, number: AccountNumber, before: Profile, fresh: Values, position: Position) -> None:
    after = {tag: value for tag, value in {**before.values, **fresh}.items() if value != ""}
    nick, image = after.pop(NICK, ""), after.pop(IMAGE, "")
    if NICK in fresh or IMAGE in fresh:
        tx.cursor.execute(NAME, (nick, image, number))
    standard = position if any(is_standard(tag) for tag in fresh) else before.standard_sequence
    custom = position if not all(is_standard(tag) for tag in fresh) else before.custom_sequence
    tx.cursor.execute(SAVE, (number, encode(after).decode(), standard, custom))
