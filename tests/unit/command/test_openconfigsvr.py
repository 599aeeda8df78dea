"""openconfigsvr (spec/rest/openconfigsvr.yaml)."""

import pytest

from tests.support import catalogue
from tests.support.stage import Stage
from tidings.command.registry import Door
from tidings.domain.mutes import FOREVER

GET, SET, INFO = (f"openconfigsvr/{name}" for name in ("getnospeaking", "setnospeaking", "getappinfo"))


async def test_the_largest_number_is_for_ever_both_ways(stage: Stage) -> None:
    await stage.run(Door.REST, SET, {"Set_Account": "alice", "GroupmsgNospeakingTime": 4294967295})
    assert stage.rules.mutes.left(stage.them.alice) == (0, FOREVER)
    answer = await stage.run(Door.REST, GET, {"Get_Account": "alice"})
    assert (answer["C2CmsgNospeakingTime"], answer["GroupmsgNospeakingTime"]) == (0, 4294967295)


async def test_a_row_has_every_figure_of_the_catalogue_as_text(stage: Stage) -> None:
    (row,) = (await stage.run(Door.REST, INFO, {}))["Result"]
    entry = catalogue.commands()["rest", INFO].response.members["Result"].item
    assert entry is not None
    assert row.keys() == entry.members.keys()
    assert all(isinstance(value, str) for value in row.values())


@pytest.mark.parametrize(("offset", "day"), [(8, "20251009"), (-12, "20251008"), (14, "20251009")])
async def test_days_are_those_of_the_apps_own_time(stage: Stage, offset: int, day: str) -> None:
    stage.change(utc_offset_hours=offset)
    stage.apps.replace([stage.app])
    rows = (await stage.run(Door.REST, INFO, {"RequestField": []}))["Result"]
    assert rows == [{"Date": day}]
