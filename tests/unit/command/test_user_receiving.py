"""Do not disturb by the gateway: a row for everybody asked for, and no more users than the clients send."""

import pytest

from tests.support.stage import Stage
from tidings.command.registry import Door
from tidings.errors import TidingsError

GET, SET = "openim/get_c2c_peer_mute_notifications", "openim/set_c2c_peer_mute_notifications"


async def test_there_is_a_row_for_everybody_asked_for(stage: Stage) -> None:
    await stage.run(Door.SOCKET, SET, {"Peer_Account": ["carol"], "Mute_Notifications": 1})
    answer = await stage.run(Door.SOCKET, GET, {"Peer_Account": ["nobody", "carol", "bob"]})
    rows = [(row["Peer_Account"], row["MuteNotifications"]) for row in answer["MuteNotificationsList"]]
    assert rows == [("nobody", 0), ("carol", 1), ("bob", 0)]


@pytest.mark.parametrize(("name", "count"), [(GET, 501), (SET, 31)])
async def test_too_many_users_are_refused(stage: Stage, name: str, count: int) -> None:
    with pytest.raises(TidingsError) as refused:
        await stage.run(Door.SOCKET, name, {"Peer_Account": ["bob"] * count, "Mute_Notifications": 0})
    assert refused.value.code == 90011
    await stage.run(Door.SOCKET, name, {"Peer_Account": ["bob"] * (count - 1), "Mute_Notifications": 0})
