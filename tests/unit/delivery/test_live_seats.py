"""Seats of live rooms: the logins that joined hear it, whenever they are connected, and nobody else does."""

from tests.unit.delivery.test_hub import Line
from tidings.delivery.hub import Hub
from tidings.delivery.live_seats import LiveSeats
from tidings.domain.devices import Platform, Session
from tidings.ids import NO_INSTANCE, AccountNumber, GroupNumber, InstanceId

ROOM, OTHER = GroupNumber(1), GroupNumber(2)
BOB, CAROL = AccountNumber(7), AccountNumber(8)


def session(account: AccountNumber, login: int) -> Session:
    return Session(account, InstanceId(login), "web", Platform.WEB, 0.0, 0, 1 << 40)


class House:
    """Seats over a real hub; `heard` is what was told of logins."""

    def __init__(self) -> None:
        self.hub, self.heard = Hub(), list[tuple[str, int]]()
        self.seats = LiveSeats(self.hub)
        self.seats.heed(
            lambda login: self.heard.append(("came", login)), lambda login: self.heard.append(("went", login))
        )

    def login(self, account: AccountNumber, login: int) -> Line:
        line = Line(session(account, login))
        self.hub.add(line.session, line)
        return line

    def drop(self, line: Line) -> None:
        self.hub.remove(line.session, line)


def test_the_logins_that_joined_are_told_save_the_one_it_came_from() -> None:
    house = House()
    first, second, carol = house.login(BOB, 1), house.login(BOB, 2), house.login(CAROL, 3)
    assert house.seats.sit(ROOM, BOB, InstanceId(1))
    assert house.seats.sit(ROOM, CAROL, InstanceId(3))
    assert house.seats.lines(ROOM, NO_INSTANCE) == [first, carol]
    assert house.seats.lines(ROOM, InstanceId(1)) == [carol]
    assert house.seats.lines(ROOM, NO_INSTANCE, [BOB]) == [first]
    assert house.seats.lines(OTHER, NO_INSTANCE) == []
    assert second not in house.seats.lines(ROOM, NO_INSTANCE)


def test_a_login_without_a_connection_hears_the_room_once_it_has_one() -> None:
    house = House()
    line = house.login(BOB, 1)
    for room in (ROOM, OTHER):
        house.seats.sit(room, BOB, InstanceId(1))
    house.drop(line)
    assert (house.seats.lines(ROOM, NO_INSTANCE), house.seats.accounts(ROOM)) == ([], [BOB])
    again = house.login(BOB, 1)
    assert house.seats.lines(ROOM, NO_INSTANCE) == house.seats.lines(OTHER, NO_INSTANCE) == [again]
    assert house.heard == [("went", 1), ("came", 1)]
    assert not house.seats.sit(ROOM, CAROL, InstanceId(3))


def test_a_newer_connection_is_not_lost_with_the_older_one() -> None:
    house = House()
    older = house.login(BOB, 1)
    house.seats.sit(ROOM, BOB, InstanceId(1))
    newer = house.login(BOB, 1)
    house.drop(older)
    assert house.seats.lines(ROOM, NO_INSTANCE) == [newer]
    assert house.heard == [("came", 1)]


def test_whoever_has_left_is_forgotten() -> None:
    house = House()
    for login, account in ((1, BOB), (2, BOB), (3, CAROL)):
        house.login(account, login)
        house.seats.sit(ROOM, account, InstanceId(login))
    house.seats.rise(ROOM, InstanceId(1))
    house.seats.rise(ROOM, InstanceId(1))
    house.seats.clear(ROOM, [BOB])
    assert house.seats.accounts(ROOM) == [CAROL]
    house.seats.close(ROOM)
    assert ROOM not in house.seats
    house.drop(house.login(BOB, 1))
    assert house.heard == []
