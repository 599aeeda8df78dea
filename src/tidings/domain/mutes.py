"""Global mutes: who may send nothing anywhere for a time (spec/rest/openconfigsvr.yaml)."""

from dataclasses import dataclass
from typing import Protocol

from tidings.clock import Clock
from tidings.domain.accounts import Account
from tidings.errors import GROUP_SENDER_MUTED, SENDER_MUTED
from tidings.ids import AccountNumber
from tidings.pending import Pending

NEVER, FOREVER = 0, 1 << 62


@dataclass(frozen=True, slots=True)
class Mute:
    """Up to when an account is mute, unix seconds; NEVER and FOREVER stand for themselves."""

    messages_until: int = NEVER
    groups_until: int = NEVER


SPEAKING = Mute()


class MuteStore(Protocol):
    """What mutes ask of the store."""

    async def mutes(self, now: int) -> dict[AccountNumber, Mute]:
        """Return every mute that is not over at `now`."""
        ...

    def save_mute(self, account: AccountNumber, messages_until: int | None, groups_until: int | None) -> Pending[None]:
        """Keep up to when an account is mute; None leaves what is kept."""
        ...


class Mutes:
    """Every mute of this server, in memory: each send of a user asks."""

    def __init__(self, store: MuteStore, clock: Clock) -> None:
        """Keep mutes in `store`."""
        self._store = store
        self._clock = clock
        self._mutes: dict[AccountNumber, Mute] = {}

    async def remember(self) -> None:
        """Take over what the store keeps: called once at start."""
        self._mutes = await self._store.mutes(int(self._clock.now()))

    async def set(self, account: Account, messages_s: int | None, groups_s: int | None) -> None:
        """Mute an account for so many seconds from now, NEVER ends it; None leaves that kind as it was."""
        now = int(self._clock.now())
        messages_until, groups_until = _until(messages_s, now), _until(groups_s, now)
        await self._store.save_mute(account.number, messages_until, groups_until)
        before = self._mutes.get(account.number, SPEAKING)
        self._mutes[account.number] = Mute(
            before.messages_until if messages_until is None else messages_until,
            before.groups_until if groups_until is None else groups_until,
        )
        if self._mutes[account.number] == SPEAKING:
            del self._mutes[account.number]

    def left(self, account: Account) -> tuple[int, int]:
        """Return the seconds left, in one-to-one chats and in groups; FOREVER stays FOREVER."""
        now = int(self._clock.now())
        mute = self._mutes.get(account.number, SPEAKING)
        return _left(mute.messages_until, now), _left(mute.groups_until, now)

    def check(self, account: Account) -> None:
        """Refuse a one-to-one message of a mute account: raises 20012."""
        if self._mutes and (mute := self._mutes.get(account.number)) is not None:
            now = int(self._clock.now())
            if mute.messages_until > now:
                raise SENDER_MUTED(user_id=account.user_id)
            if mute.groups_until <= now:  # both are over
                del self._mutes[account.number]

    def check_groups(self, account: Account) -> None:
        """Refuse a group message of a mute account: raises 10017."""
        if self._mutes and (mute := self._mutes.get(account.number)) is not None:
            now = int(self._clock.now())
            if mute.groups_until > now:
                raise GROUP_SENDER_MUTED(user_id=account.user_id)
            if mute.messages_until <= now:  # both are over
                del self._mutes[account.number]

    def forget(self, account: Account) -> None:
        """Drop the mute of an account that was deleted."""
        self._mutes.pop(account.number, None)


def _until(seconds: int | None, now: int) -> int | None:
    if seconds is None or seconds in {NEVER, FOREVER}:
        return seconds
    return now + seconds


def _left(until: int, now: int) -> int:
    return FOREVER if until == FOREVER else max(until - now, 0)
