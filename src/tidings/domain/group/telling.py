"""What groups tell of themselves, and to whom (spec/groups.md, section 8)."""

from tidings.clock import Clock
from tidings.domain.group.groups import Group
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
        if not traits.tells_member_tips or not group.is_active:
            return
        counted = Tip(tip.kind, tip.operator_id, tip.concerned, tip.changes, tip.mutes, group.member_count)
        message = to_message(group, counted, self._render, self._chance, int(self._clock.now()))
        await self._sending.tell(group, message, is_kept=traits.keeps_member_tips)
