"""Platforms of devices, and which logins may stand beside each other (spec/auth.md, section 7)."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from tidings.ids import START, AccountNumber, InstanceId, Position
from tidings.settings import AppSettings


class Platform(StrEnum):
    """Kinds of devices, under the names that query_online_status answers."""

    ANDROID = "Android"
    IPHONE = "iPhone"
    IPAD = "iPad"
    WINDOWS = "PC"
    MAC = "Mac"
    LINUX = "Linux"
    WEB = "Web"


class KickReason(IntEnum):
    """Why a login was ended, as the kick push numbers it (spec/client/web-sdk-wire.md, section 7)."""

    SAME_PLATFORM = 1
    OTHER_PLATFORM = 2
    BY_SERVER = 3


MOBILE = frozenset({Platform.ANDROID, Platform.IPHONE, Platform.IPAD})
_PHONES_AND_TABLETS = MOBILE
_DESKTOPS = frozenset({Platform.WINDOWS, Platform.MAC, Platform.LINUX})
_WEB = frozenset({Platform.WEB})

# Per policy, the sets of platforms of which only one may be online at a time.
_EXCLUSIVE: dict[str, tuple[frozenset[Platform], ...]] = {
    "single": (_PHONES_AND_TABLETS | _DESKTOPS | _WEB,),
    "dual": (_PHONES_AND_TABLETS | _DESKTOPS, _WEB),
    "triple": (_PHONES_AND_TABLETS, _DESKTOPS, _WEB),
    "multi": (),
}


@dataclass(slots=True)
class Session:
    """One login instance of an account on one device; it outlives its connections.

    `told` is the position up to which the device has confirmed pushes, as far as this process knows.
    """

    account: AccountNumber
    instance: InstanceId
    device: str
    platform: Platform
    opened_at: float
    signed_at: int
    ends_at: int
    left_at: float | None = None
    kicked: KickReason | None = None
    told: Position = START

    def has_told(self, position: Position) -> None:
        """Note that the device knows what happened at a position."""
        self.told = max(self.told, position)

    def is_open(self, now: float) -> bool:
        """Say whether the login still holds: neither kicked nor past its UserSig's end."""
        return self.kicked is None and now <= self.ends_at


def to_displace(settings: AppSettings, held: Iterable[Session], new: Session) -> list[tuple[Session, KickReason]]:
    """Return the logins that `new` pushes out, with the reason each is told.

    `held` are the account's open logins, least recently opened first.
    """
    held = [session for session in held if session.instance != new.instance]
    exclusive = next((s for s in _EXCLUSIVE[settings.login_policy] if new.platform in s), frozenset({new.platform}))
    others = [s for s in held if s.platform in exclusive and s.platform != new.platform]
    same = [s for s in held if s.platform == new.platform]
    surplus = len(same) + 1 - _instances(settings, new.platform)
    out = [(s, KickReason.OTHER_PLATFORM) for s in others]
    return out + [(s, KickReason.SAME_PLATFORM) for s in same[: max(surplus, 0)]]


def _instances(settings: AppSettings, platform: Platform) -> int:
    if platform is Platform.WEB:
        return settings.web_instances
    return settings.device_instances if settings.login_policy == "multi" else 1
