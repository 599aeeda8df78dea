"""Applications: each has its own keys, admins, settings and users, and never sees another."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from tidings.domain.usersig import KeyRing
from tidings.errors import APP_DISABLED, APP_NOT_FOUND
from tidings.ids import SdkAppId, UserId
from tidings.settings import AppSettings


@dataclass(frozen=True, slots=True)
class App:
    """One application as the server holds it in memory."""

    sdk_app_id: SdkAppId
    name: str
    is_enabled: bool
    created_at: int
    keys: KeyRing
    admins: frozenset[UserId] = frozenset()
    settings: AppSettings = field(default_factory=AppSettings)

    def is_same_as(self, other: "App | None") -> bool:
        """Say whether `other` is this app as it is now, not a later one under its number."""
        return other is not None and (other.sdk_app_id, other.created_at) == (self.sdk_app_id, self.created_at)


class Apps:
    """The applications of this server, answered from memory."""

    def __init__(self, apps: Iterable[App] = ()) -> None:
        """Begin with `apps`."""
        self._apps: dict[int, App] = {}
        self.replace(apps)

    def replace(self, apps: Iterable[App]) -> list[SdkAppId]:
        """Take over what the store holds now; returns the apps that are gone or were made anew."""
        before, self._apps = self._apps, {app.sdk_app_id: app for app in apps}
        return [SdkAppId(number) for number, app in before.items() if not app.is_same_as(self._apps.get(number))]

    def find(self, sdk_app_id: int) -> App | None:
        """Return the app of that number, if there is one."""
        return self._apps.get(sdk_app_id)

    def get(self, sdk_app_id: int) -> App:
        """Return the enabled app of that number; raises 70020 or 60016."""
        app = self._apps.get(sdk_app_id)
        if app is None:
            raise APP_NOT_FOUND(sdk_app_id=sdk_app_id)
        if not app.is_enabled:
            raise APP_DISABLED(sdk_app_id=sdk_app_id)
        return app

    def all(self) -> list[App]:
        """Return every app, by number."""
        return [self._apps[number] for number in sorted(self._apps)]
