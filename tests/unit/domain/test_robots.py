"""Rules of chatbots: twenty an app, each once (domain/robots.py)."""

from dataclasses import replace

import pytest

from tests.support.stage import Stage
from tests.support.stores import APP, OTHER_APP
from tidings.domain.profile_fields import NICK
from tidings.domain.robots import ROBOTS
from tidings.errors import TidingsError
from tidings.ids import UserId


def named(number: int) -> UserId:
    return UserId(f"@RBT#{number:02}")


async def test_an_app_has_twenty_and_making_one_again_is_no_other(stage: Stage) -> None:
    robots, accounts = stage.rules.robots, stage.rules.accounts
    for number in range(ROBOTS):
        await robots.create(stage.app, named(number), [])
    await robots.create(stage.app, named(0), [(NICK, "Helper")])
    with pytest.raises(TidingsError) as refused:
        await robots.create(stage.app, named(ROBOTS), [])
    assert refused.value.code == 10008
    assert await accounts.find(APP, named(ROBOTS)) is None
    await robots.create(replace(stage.app, sdk_app_id=OTHER_APP), named(0), [])
    assert (await accounts.get(APP, named(0))).nick == "Helper"
    assert len(await robots.all(APP)) == ROBOTS


async def test_a_disabled_one_is_an_account_like_others(stage: Stage) -> None:
    robots = stage.rules.robots
    await robots.create(stage.app, named(1), [])
    robot = await stage.rules.accounts.get(APP, named(1))
    assert (robots.is_robot(robot), robots.is_robot(stage.them.alice)) == (True, False)
    assert await robots.delete(robot)
    assert not await robots.delete(robot)
    assert (robots.is_robot(robot), await robots.all(APP)) == (False, [])
