"""ConfigSvc (spec/rest/ConfigSvc.yaml)."""

from tests.support.stage import Stage
from tidings.command.registry import Door


async def test_the_addresses_that_the_server_knows_of_are_told(stage: Stage) -> None:
    stage.rules.addresses[:] = ["192.0.2.10", "198.51.100.0/25"]
    answer = await stage.run(Door.REST, "ConfigSvc/GetIPList", {})
    assert answer["IPList"] == ["192.0.2.10", "198.51.100.0/25"]
