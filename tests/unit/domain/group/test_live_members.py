"""Who is in a live room: in the order they came, in bounded pages, with marks that go with whoever has them."""

from tidings.domain.group.groups import Group, Member
from tidings.domain.group.kinds import ApplyOption, InviteOption, Kind
from tidings.domain.group.live_members import HIDDEN, LISTED, NOWHERE, PAGE, Crowd
from tidings.ids import AccountNumber, GroupId, SdkAppId, UserId


def crowd_of(count: int) -> Crowd:
    group = Group(
        SdkAppId(1), GroupId("show"), Kind.LIVE, "show", AccountNumber(0), 0, 0, ApplyOption.FREE, InviteOption.NEVER
    )
    crowd = Crowd(group)
    for number in range(1, count + 1):
        crowd.add(Member(AccountNumber(number), UserId(f"{number}")))
    return crowd


def pages(crowd: Crowd, mark: int | None = None) -> list[list[int]]:
    found, start = [], NOWHERE
    while True:
        page, start = crowd.page(start, mark)
        found.append([who.member.account for who in page])
        if start == NOWHERE:
            return [[int(number) for number in page] for page in found]


def test_the_newest_come_first_and_the_list_ends() -> None:
    assert pages(crowd_of(3)) == [[3, 2, 1]]
    assert pages(crowd_of(0)) == [[]]
    assert pages(crowd_of(PAGE)) == [list(range(PAGE, 0, -1))]
    everybody = [number for page in pages(crowd_of(LISTED + 7)) for number in page]
    assert everybody == list(range(LISTED + 7, 7, -1))


def test_a_page_goes_on_where_the_last_one_ended_though_people_come_and_go() -> None:
    crowd = crowd_of(PAGE + 2)
    _, start = crowd.page(NOWHERE, None)
    crowd.remove(AccountNumber(2))
    crowd.add(Member(AccountNumber(9999), UserId("late")))
    rest, end = crowd.page(start, None)
    assert ([who.member.account for who in rest], end) == ([1], NOWHERE)


def test_the_group_counts_who_is_in() -> None:
    crowd = crowd_of(3)
    assert (len(crowd), crowd.group.member_count) == (3, 3)
    assert crowd.remove(AccountNumber(2)) is not None
    assert crowd.remove(AccountNumber(2)) is None
    assert (len(crowd), crowd.group.member_count) == (2, 2)


def test_marks_are_listed_counted_and_go_with_whoever_has_them() -> None:
    crowd = crowd_of(3)
    for number in (1, 3):
        who = crowd.get(AccountNumber(number))
        assert who is not None
        crowd.mark(who, [1000])
    assert (pages(crowd, 1000), crowd.marked(1000), crowd.marks) == ([[3, 1]], 2, {1000})
    crowd.remove(AccountNumber(3))
    assert (pages(crowd, 1000), crowd.marked(1000)) == ([[1]], 1)
    who = crowd.get(AccountNumber(1))
    assert who is not None
    crowd.unmark(who, [1000, 1001])
    assert (pages(crowd, 1000), crowd.marks, who.marks) == ([[]], set(), set())


def test_the_hidden_are_listed_where_their_mark_is_asked_for() -> None:
    crowd = crowd_of(2)
    who = crowd.get(AccountNumber(1))
    assert who is not None
    crowd.mark(who, [HIDDEN])
    assert (pages(crowd), pages(crowd, HIDDEN)) == ([[2]], [[1]])
