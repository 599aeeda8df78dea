"""Rooms: who is online hears what its groups tell, once for each connection, and nobody else."""

from collections.abc import Iterable

import pytest

from tests.support.groups import found, found_community, make_topic, say
from tests.support.stage import Stage
from tests.unit.delivery.test_hub import Line
from tidings.delivery.hub import Hub
from tidings.delivery.rooms import OnlineRooms
from tidings.domain.accounts import Account
from tidings.domain.devices import Platform, Session
from tidings.domain.group.events import CustomNotice
from tidings.domain.group.groups import Group
from tidings.domain.group.kinds import Kind, Receive
from tidings.domain.group.news import CountersChanged
from tidings.ids import NO_INSTANCE, AccountNumber, GroupNumber, InstanceId, UserId


class House:
    """Rooms over a real hub; `belongs` says who is in which group."""

    def __init__(self) -> None:
        self.hub = Hub()
        self.belongs: dict[AccountNumber, dict[GroupNumber, Receive]] = {}
        self.rooms = OnlineRooms(self.hub, self._memberships)
        self.next = 1

    def _memberships(self, account: AccountNumber) -> Iterable[tuple[GroupNumber, Receive]]:
        return self.belongs.get(account, {}).items()

    def login(self, account: Account) -> Line:
        session = Session(account.number, InstanceId(self.next), "web", Platform.WEB, 0.0, 0, 1 << 40)
        self.next += 1
        line = Line(session)
        self.hub.add(session, line)
        return line


@pytest.fixture
def house() -> House:
    return House()


@pytest.fixture
async def group(stage: Stage, house: House) -> Group:
    group = await found(stage, Kind.PUBLIC, stage.them.bob, stage.them.carol)
    for account in (stage.them.alice, stage.them.bob, stage.them.carol):
        house.belongs[account.number] = {group.number: Receive.NOTIFY}
    return group


async def test_every_connection_hears_a_message_but_the_one_it_came_from(
    stage: Stage, house: House, group: Group
) -> None:
    own, other, bob = house.login(stage.them.alice), house.login(stage.them.alice), house.login(stage.them.bob)
    await say(stage, group, stage.them.alice)
    house.rooms.message(group, stage.rooms.messages[0][1], own.session.instance)
    assert [len(line.pushes) for line in (own, other, bob)] == [0, 1, 1]
    assert bob.frames[0] is other.frames[0]


async def test_some_are_told_what_is_for_some(stage: Stage, house: House, group: Group) -> None:
    alice, bob, carol = (house.login(each) for each in (stage.them.alice, stage.them.bob, stage.them.carol))
    await say(stage, group, stage.them.alice, targets=(stage.them.bob.number,))
    house.rooms.message(group, stage.rooms.messages[0][1], NO_INSTANCE)
    notice = CustomNotice("hi", UserId("alice"), 1, 2)
    house.rooms.event(group, notice, NO_INSTANCE, [stage.them.carol.number])
    assert [len(line.pushes) for line in (alice, bob, carol)] == [1, 1, 1]


async def test_who_wants_nothing_gets_no_messages_but_news(stage: Stage, house: House, group: Group) -> None:
    house.belongs[stage.them.bob.number][group.number] = Receive.NOTHING
    bob = house.login(stage.them.bob)
    await say(stage, group, stage.them.alice)
    house.rooms.message(group, stage.rooms.messages[0][1], NO_INSTANCE)
    assert bob.pushes == []
    house.rooms.news(group, CountersChanged(1, {"likes": 1}), NO_INSTANCE)
    assert len(bob.pushes) == 1


async def test_who_wants_nothing_gets_no_messages_for_some_either(stage: Stage, house: House, group: Group) -> None:
    them = stage.them
    house.belongs[them.bob.number][group.number] = Receive.NOTHING
    bob, carol = house.login(them.bob), house.login(them.carol)
    await say(stage, group, them.alice, targets=(them.bob.number, them.carol.number))
    house.rooms.message(group, stage.rooms.messages[0][1], NO_INSTANCE)
    assert [len(line.pushes) for line in (bob, carol)] == [0, 1]


async def test_rooms_follow_who_comes_and_goes(stage: Stage, house: House, group: Group) -> None:
    number, them = group.number, stage.them
    assert house.rooms.present(number) == 0
    bob, alice = house.login(them.bob), house.login(them.alice)
    house.rooms.enter(number, {them.carol.number: Receive.NOTIFY})
    assert house.rooms.present(number) == 2
    house.hub.remove(bob.session, bob)
    assert house.rooms.present(number) == 1
    house.rooms.leave(number, [them.alice.number])
    assert house.rooms.present(number) == 0
    house.rooms.event(group, CustomNotice("hi", UserId("alice"), 1, 2), NO_INSTANCE)
    assert alice.pushes == []


async def test_nobody_hears_a_group_that_is_closed(stage: Stage, house: House, group: Group) -> None:
    alice = house.login(stage.them.alice)
    house.rooms.close(group.number)
    house.rooms.news(group, CountersChanged(1, {"likes": 1}), NO_INSTANCE)
    assert (house.rooms.present(group.number), alice.pushes) == (0, [])


async def test_a_topic_is_heard_by_the_members_of_its_community_save_who_want_nothing_of_it(
    stage: Stage, house: House
) -> None:
    community = await found_community(stage, stage.them.bob, stage.them.carol)
    topic = await make_topic(stage, community)
    for account in (stage.them.alice, stage.them.bob, stage.them.carol):
        house.belongs[account.number] = {community.number: Receive.NOTIFY}
    house.belongs[stage.them.bob.number][topic.number] = Receive.NOTHING
    lines = [house.login(account) for account in (stage.them.alice, stage.them.bob, stage.them.carol)]
    await say(stage, topic, stage.them.alice)
    house.rooms.message(topic, stage.rooms.messages[0][1], NO_INSTANCE)
    assert [len(line.pushes) for line in lines] == [1, 0, 1]
    house.rooms.event(topic, CustomNotice("all", UserId("alice"), 1, 1), NO_INSTANCE)
    assert [len(line.pushes) for line in lines] == [2, 1, 2]
    house.rooms.enter(topic.number, {stage.them.bob.number: Receive.NOTIFY})
    house.rooms.message(topic, stage.rooms.messages[0][1], NO_INSTANCE)
    assert [len(line.pushes) for line in lines] == [3, 2, 3]
