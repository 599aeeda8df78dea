"""Tips as messages: from the group itself, never unread."""

from tests.support.groups import found
from tests.support.stage import Stage
from tests.support.stores import NOW
from tidings.domain.group.groups import SYSTEM
from tidings.domain.group.tips import Tip, TipKind, to_message
from tidings.domain.messages import Flag


async def test_a_tip_is_a_message_of_the_group_itself(stage: Stage) -> None:
    group = await found(stage)
    tip = Tip(TipKind.QUIT, stage.them.bob.user_id)
    message = to_message(group, tip, lambda told: told.kind.name.encode(), stage.rules.chance, NOW)
    assert (message.group, message.sender, message.sender_id) == (group.number, 0, SYSTEM)
    assert (message.body, message.is_tip, message.time) == (b"QUIT", True, NOW)
    assert message.flags & Flag.NO_UNREAD


def test_kinds_have_the_numbers_of_the_wire() -> None:
    assert [kind.value for kind in TipKind] == [1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 16, 17]
