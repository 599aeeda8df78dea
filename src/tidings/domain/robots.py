"""Chatbots: accounts that only the app's server speaks for (spec/rest/openim_robot_http_svc.yaml)."""

from collections.abc import Sequence
from typing import Protocol

from tidings.domain.accounts import Account, Newcomer
from tidings.domain.apps import App
from tidings.domain.profile_fields import Side
from tidings.domain.profiles import Profiles
from tidings.errors import TOO_MANY_ROBOTS
from tidings.ids import AccountNumber, SdkAppId, UserId
from tidings.pending import Pending

PREFIX = "@RBT#"
ROBOTS = 20


class RobotStore(Protocol):
    """What chatbots ask of the store."""

    def add_robot(self, account: Account, limit: int) -> Pending[bool]:
        """Make an account a chatbot; False if the app has `limit` others."""
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

    def __init__(self, store: RobotStore, profiles: Profiles) -> None:
        """Keep them in `store`; what is said of them stands in `profiles`."""
        self._store = store
        self._profiles = profiles

    async def create(self, app: App, name: UserId, profile: Sequence[tuple[str, str]]) -> None:
        """Make a chatbot with fields of its profile; one of that name stays the same one.

        Raises 10008 if the app has 20 others, and what a change of its profile raises.
        """
        names = await self._store.robots(app.sdk_app_id)
        if name not in names and len(names) >= ROBOTS:
            raise TOO_MANY_ROBOTS(limit=ROBOTS)
        (account,) = await self._profiles.import_accounts(app.sdk_app_id, [Newcomer(name)])
        await self._profiles.change(app, account, profile, Side.ADMIN)
        if not await self._store.add_robot(account, ROBOTS):
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
