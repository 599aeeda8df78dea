"""What groups tell of themselves, and to whom (spec/groups.md, section 8)."""

from dataclasses import replace

from tidings.clock import Clock
from tidings.domain.group.groups import Group
from tidings.domain.group.messages import GroupMessage
from tidings.domain.group.sending import GroupSending
from tidings.domain.group.tips import Render, Tip, to_message
from tidings.ids import Chance


class Teller:
    """Lets groups tell their members what happened, as far as their kind does."""

    def __init__(self, sending: GroupSending, render: Render, clock: Clock, chance: Chance) -> None:
        """Send through `sending`, in the form that `render` gives."""
        self._sending = sending
        self._render = render
        self._clock = clock
        self._chance = chance

    async def tell(self, group: Group, tip: Tip) -> None:
        """Tell a change of members: kept, told only to who is there, or not at all."""
        traits = group.traits
        if traits.tells_member_tips and group.is_active:
            await self._sending.tell(group, self._message(group, tip), is_kept=traits.keeps_member_tips)

    async def tell_profile(self, group: Group, tip: Tip) -> None:
        """Tell a change of the group itself: kept where messages are; a group that nobody has used yet says nothing."""
        if group.is_active:
            await self._sending.tell(group, self._message(group, tip), is_kept=group.traits.keeps_messages)

    def tell_present(self, group: Group, tip: Tip) -> None:
        """Tell something to who is there; it is not kept."""
        self._sending.tell(group, self._message(group, tip), is_kept=False)

    def _message(self, group: Group, tip: Tip) -> GroupMessage:
        online = None if group.traits.keeps_members else group.member_count
        counted = replace(tip, member_count=group.member_count, online_count=online)
        return to_message(group, counted, self._render, self._chance, int(self._clock.now()))
