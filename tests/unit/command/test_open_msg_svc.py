"""open_msg_svc (spec/rest/open_msg_svc.yaml)."""

import pytest

from tests.support.stage import Stage
from tests.support.stores import NOW, message, put
from tidings.command.registry import Door
from tidings.domain.figures import HOUR_S
from tidings.errors import ARCHIVE_NOT_THERE, BAD_ARCHIVE_JSON, BAD_ARCHIVE_REQUEST, TidingsError

NAME = "open_msg_svc/get_history"


async def test_an_hour_is_the_apps_own(stage: Stage) -> None:
    await put(stage.store, message(stage.them.alice, stage.them.bob, NOW))
    stage.clock.step(2 * HOUR_S)
    await stage.rules.archives.make()
    for offset, hour in ((8, "2025100916"), (-5, "2025100903"), (0, "2025100908")):
        stage.change(utc_offset_hours=offset)
        (file,) = (await stage.run(Door.REST, NAME, {"ChatType": "C2C", "MsgTime": hour}))["File"]
        assert file["ExpireTime"][11:13] == f"{int(hour[-2:]) + 3:02}"


async def test_there_are_no_files_of_groups_yet(stage: Stage) -> None:
    await put(stage.store, message(stage.them.alice, stage.them.bob, NOW))
    stage.clock.step(2 * HOUR_S)
    await stage.rules.archives.make()
    with pytest.raises(TidingsError) as refused:
        await stage.run(Door.REST, NAME, {"ChatType": "Group", "MsgTime": "2025100916"})
    assert refused.value.fault is ARCHIVE_NOT_THERE


@pytest.mark.parametrize(
    ("body", "fault"),
    [({}, BAD_ARCHIVE_REQUEST), ({"ChatType": "C2C", "MsgTime": 5}, BAD_ARCHIVE_REQUEST), ([], BAD_ARCHIVE_JSON)],
)
async def test_what_is_no_request_is_told(stage: Stage, body: object, fault: object) -> None:
    with pytest.raises(TidingsError) as refused:
        await stage.run(Door.REST, NAME, body)
    assert refused.value.fault is fault
