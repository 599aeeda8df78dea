"""Chatbots: accounts that only the app's server speaks for (spec/rest/openim_robot_http_svc.yaml)."""

from dataclasses import dataclass
from typing import Protocol

from tidings.domain.accounts import Account, Accounts, Newcomer
from tidings.errors import TOO_MANY_ROBOTS
from tidings.ids import AccountNumber, SdkAppId, UserId
from tidings.pending import Pending

PREFIX = "@RBT#"
ROBOTS = 20


@dataclass(frozen=True, slots=True)
class NewRobot:
    """A chatbot as it is asked for."""

    account: Newcomer
    signature: str = ""


class RobotStore(Protocol):
    """What chatbots ask of the store."""

    def add_robot(self, account: Account, signature: str, limit: int) -> Pending[bool]:
        """Make an account a chatbot, or give it another signature; False if the app has `limit` others."""
        ...

    def remove_robot(self, account: AccountNumber) -> Pending[bool]:
        """Let an account be a chatbot no more; False if it was none."""
        ...

    async def robots(self, app: SdkAppId) -> list[UserId]:
        """Return an app's chatbots in the order they were made."""
        ...

    def is_robot(self, account: AccountNumber) -> bool:
        """Say whether an account is a chatbot."""
        ...


class Robots:
    """Makes, lists and disables chatbots."""

    def __init__(self, store: RobotStore, accounts: Accounts) -> None:
        """Keep them in `store`, among the `accounts`."""
        self._store = store
        self._accounts = accounts

    async def create(self, app: SdkAppId, robot: NewRobot) -> None:
        """Make a chatbot; one of that name stays the same one. Raises 10008 if the app has 20 others."""
        names = await self._store.robots(app)
        if robot.account.user_id not in names and len(names) >= ROBOTS:
            raise TOO_MANY_ROBOTS(limit=ROBOTS)
        (account,) = await self._accounts.save(app, [robot.account])
        if not await self._store.add_robot(account, robot.signature, ROBOTS):
            raise TOO_MANY_ROBOTS(limit=ROBOTS)

    async def delete(self, account: Account) -> bool:
        """Disable a chatbot; its account and what it said stay. False if it was none."""
        return await self._store.remove_robot(account.number)

    async def all(self, app: SdkAppId) -> list[UserId]:
        """Return an app's chatbots in the order they were made."""
        return await self._store.robots(app)

    def is_robot(self, account: Account) -> bool:
        """Say whether an account is a chatbot."""
        return account.user_id.startswith(PREFIX) and self._store.is_robot(account.number)
