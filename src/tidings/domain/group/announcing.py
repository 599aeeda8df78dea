"""What app servers tell the members who are online: notices of a group, broadcasts to all live rooms."""

from collections.abc import Sequence

from tidings.clock import Clock
from tidings.domain.accounts import Account
from tidings.domain.group.events import CustomNotice
from tidings.domain.group.groups import NO_GROUP, Group
from tidings.domain.group.kinds import Kind
from tidings.domain.group.messages import GroupMessage
from tidings.domain.group.ports import GroupStore, Rooms
from tidings.domain.group.repeats import RecentGroupSends
from tidings.errors import GROUP_RIGHT_MISSING
from tidings.ids import NO_INSTANCE, AccountNumber, Chance, SdkAppId, UserId
from tidings.pending import resolved

PAGE = 1000


class Announcing:
    """Tells members without keeping anything."""

    def __init__(self, store: GroupStore, rooms: Rooms, clock: Clock, chance: Chance) -> None:
        """Find live rooms in `store`, tell through `rooms`."""
        self._store = store
        self._rooms = rooms
        self._clock = clock
        self._chance = chance
        self._recent = RecentGroupSends()
        self._broadcasts = 0

    def notify(self, group: Group, text: str, by: UserId, accounts: Sequence[AccountNumber] | None) -> None:
        """Tell the members who are online something; None: all of them. Raises 10007 for some of a live room."""
        if accounts is not None and not group.traits.keeps_members:
            raise GROUP_RIGHT_MISSING(detail=f"notices in a group of type {group.kind.value} go to everybody")
        notice = CustomNotice(text, by, int(self._clock.now()), self._chance.uint32())
        self._rooms.event(group, notice, NO_INSTANCE, accounts)

    async def broadcast(self, app: SdkAppId, sender: Account, random: int, body: bytes, custom_data: str) -> int:
        """Tell all live rooms of an app a message; returns its number. A repeat is answered as the first."""
        now = int(self._clock.now())
        message = GroupMessage(
            NO_GROUP, sender.number, sender.user_id, now, random, now, body, custom_data, is_broadcast=True
        )
        message.sender_nick, message.sender_face = sender.nick, sender.face_url
        if (first := self._recent.find(message)) is not None:
            return first.message.seq
        # Grows with every broadcast, over restarts as well: there is one a second at most.
        self._broadcasts = message.seq = max(self._broadcasts + 1, now)
        self._recent.add(message, resolved(None))
        groups = await self._store.page_groups(app, [Kind.LIVE], NO_GROUP, PAGE)
        while groups:
            for group in groups:
                self._rooms.message(group, message, NO_INSTANCE)
            groups = await self._store.page_groups(app, [Kind.LIVE], groups[-1].number, PAGE)
        return message.seq
