"""Accounts: who exists in an app, answered from memory once known (spec/rest/im_open_login_svc.yaml)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from tidings.domain.erasure import parse_pseudonym
from tidings.errors import ACCOUNT_NOT_FOUND
from tidings.ids import AccountNumber, SdkAppId, UserId
from tidings.pending import Pending

KEPT_IN_MEMORY = 200_000


@dataclass(slots=True)
class Account:
    """One user of an app; `void_until` makes UserSigs made at or before that second worthless."""

    app: SdkAppId
    number: AccountNumber
    user_id: UserId
    nick: str = ""
    face_url: str = ""
    void_until: int = 0
    custom_status: str = ""


@dataclass(frozen=True, slots=True)
class Newcomer:
    """What is said of an account to be made; a field that is None leaves the value of one that exists alone."""

    user_id: UserId
    nick: str | None = None
    face_url: str | None = None


class AccountStore(Protocol):
    """What accounts ask of the store."""

    async def find_accounts(self, app: SdkAppId, user_ids: Sequence[UserId]) -> list[Account]:
        """Return those of the named accounts that exist, in any order."""
        ...

    async def user_ids(self, numbers: Sequence[AccountNumber]) -> dict[AccountNumber, UserId]:
        """Return the UserIDs of accounts, deleted ones included."""
        ...

    def save_accounts(self, app: SdkAppId, newcomers: Sequence[Newcomer]) -> Pending[list[Account]]:
        """Create those that do not exist; returns all in the order given."""
        ...

    async def find_erased(self, app: SdkAppId, number: AccountNumber) -> Account | None:
        """Return what is left of a deleted account."""
        ...

    def delete_account(self, number: AccountNumber, *, with_messages: bool = False) -> Pending[None]:
        """Remove an account's name, profile and logins, and list the rest for erasure."""
        ...

    def void_signatures(self, number: AccountNumber, until: int) -> Pending[None]:
        """Make UserSigs of `until` and before worthless."""
        ...

    def save_custom_status(self, number: AccountNumber, text: str) -> Pending[None]:
        """Keep the account's custom status."""
        ...


class Accounts:
    """The accounts of all apps: a bounded memory in front of the store."""

    def __init__(self, store: AccountStore) -> None:
        """Read through and write to `store`."""
        self._store = store
        self._known: dict[tuple[SdkAppId, UserId], Account] = {}

    def known(self, app: SdkAppId, user_id: UserId) -> Account | None:
        """Return the account if it is in memory, without asking the store."""
        return self._known.get((app, user_id))

    async def find(self, app: SdkAppId, user_id: UserId) -> Account | None:
        """Return the account, or None if it does not exist."""
        if (account := self._known.get((app, user_id))) is not None:
            return account
        return (await self.find_all(app, [user_id])).get(user_id)

    async def get(self, app: SdkAppId, user_id: UserId) -> Account:
        """Return the account; raises 70107 if it does not exist."""
        account = await self.find(app, user_id)
        if account is None:
            raise ACCOUNT_NOT_FOUND(user_id=user_id)
        return account

    async def find_all(self, app: SdkAppId, user_ids: Iterable[UserId]) -> dict[UserId, Account]:
        """Return those of the named accounts that exist, by UserID."""
        wanted = list(dict.fromkeys(user_ids))
        found = {u: a for u in wanted if (a := self._known.get((app, u))) is not None}
        if missing := [u for u in wanted if u not in found]:
            for account in await self._store.find_accounts(app, missing):
                found[account.user_id] = self._keep(account)
        return found

    async def names(self, numbers: Sequence[AccountNumber]) -> dict[AccountNumber, UserId]:
        """Return the UserIDs behind account numbers."""
        return await self._store.user_ids(numbers) if numbers else {}

    async def by_number(self, app: SdkAppId, number: AccountNumber) -> Account | None:
        """Return the account of that number, or None if it does not exist any more."""
        name = (await self.names([number])).get(number)
        account = None if name is None else await self.find(app, name)
        return account if account is not None and account.number == number else None

    async def ensure(self, app: SdkAppId, user_id: UserId) -> Account:
        """Return the account, made on the spot if need be: the first valid login creates it."""
        account = await self.find(app, user_id)
        return account or (await self.save(app, [Newcomer(user_id)]))[0]

    async def save(self, app: SdkAppId, newcomers: Sequence[Newcomer]) -> list[Account]:
        """Create those that do not exist, in one transaction; returns all in the order given."""
        return self.refresh(await self._store.save_accounts(app, newcomers))

    def refresh(self, accounts: Iterable[Account]) -> list[Account]:
        """Take over the names and avatars of accounts from the store; returns them as they are known in memory."""
        return [self._refresh(account) for account in accounts]

    async def find_erased(self, app: SdkAppId, user_id: UserId) -> Account | None:
        """Return the deleted account that a pseudonym stands for: its messages may still be read."""
        number = parse_pseudonym(user_id)
        return None if number is None else await self._store.find_erased(app, number)

    async def delete(self, account: Account, *, with_messages: bool = False) -> None:
        """Remove an account for good, on wish with all that it has sent; the rest is erased later."""
        await self._store.delete_account(account.number, with_messages=with_messages)
        self._known.pop((account.app, account.user_id), None)

    def forget(self, app: SdkAppId) -> None:
        """Drop an app's accounts from memory: the app is gone."""
        for key in [key for key in self._known if key[0] == app]:
            del self._known[key]

    async def void_signatures(self, account: Account, until: int) -> None:
        """Make what was signed at `until` or before worthless."""
        await self._store.void_signatures(account.number, until)
        account.void_until = max(account.void_until, until)

    async def set_custom_status(self, account: Account, text: str) -> None:
        """Keep the text that the user shows as status; empty clears it."""
        if account.custom_status != text:
            await self._store.save_custom_status(account.number, text)
            account.custom_status = text

    def _refresh(self, account: Account) -> Account:
        known = self._known.get((account.app, account.user_id))
        if known is None or known.number != account.number:
            return self._keep(account, replace=True)
        known.nick, known.face_url = account.nick, account.face_url
        return known

    def _keep(self, account: Account, *, replace: bool = False) -> Account:
        key = (account.app, account.user_id)
        if replace:
            self._known.pop(key, None)
        elif len(self._known) >= KEPT_IN_MEMORY:
            self._known.pop(next(iter(self._known)))
        return self._known.setdefault(key, account)
