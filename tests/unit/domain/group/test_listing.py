"""Groups in lists of conversations."""

from tests.support.groups import found
from tests.support.stage import Stage
from tidings.domain.group.listing import to_peer


async def test_a_group_is_a_peer_of_its_own_name_and_a_number_no_account_has(stage: Stage) -> None:
    group = await found(stage)
    peer = to_peer(group)
    assert (int(peer.number), str(peer.user_id)) == (-group.number, group.group_id)
    assert peer.number < 0
