"""Rules of chatbots: twenty an app, each once (domain/robots.py)."""

import pytest

from tests.support.stores import APP, OTHER_APP, People
from tidings.domain.accounts import Accounts, Newcomer
from tidings.domain.robots import ROBOTS, NewRobot, Robots
from tidings.errors import TidingsError
from tidings.ids import UserId
from tidings.store.sqlite.store import Store


def named(number: int, nick: str | None = None) -> NewRobot:
    return NewRobot(Newcomer(UserId(f"@RBT#{number:02}"), nick))


async def test_an_app_has_twenty_and_making_one_again_is_no_other(store: Store) -> None:
    accounts = Accounts(store.accounts)
    robots = Robots(store.robots, accounts)
    for number in range(ROBOTS):
        await robots.create(APP, named(number))
    await robots.create(APP, named(0, "Helper"))
    with pytest.raises(TidingsError) as refused:
        await robots.create(APP, named(ROBOTS))
    assert refused.value.code == 10008
    assert await accounts.find(APP, UserId(f"@RBT#{ROBOTS}")) is None
    await robots.create(OTHER_APP, named(0))
    assert (await accounts.get(APP, UserId("@RBT#00"))).nick == "Helper"
    assert len(await robots.all(APP)) == ROBOTS


async def test_a_disabled_one_is_an_account_like_others(store: Store, them: People) -> None:
    accounts = Accounts(store.accounts)
    robots = Robots(store.robots, accounts)
    await robots.create(APP, named(1))
    robot = await accounts.get(APP, UserId("@RBT#01"))
    assert (robots.is_robot(robot), robots.is_robot(them.alice)) == (True, False)
    assert await robots.delete(robot)
    assert not await robots.delete(robot)
    assert (robots.is_robot(robot), await robots.all(APP)) == (False, [])
