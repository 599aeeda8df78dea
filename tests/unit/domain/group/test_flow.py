"""The messages a second of a group: floods of little worth keep nothing out that is worth more."""

from tidings.domain.group.flow import Flow
from tidings.ids import GroupNumber

ONE, OTHER = GroupNumber(1), GroupNumber(2)
HIGH, NORMAL, LOW, LOWEST = 1, 2, 3, 4


def test_so_many_pass_in_a_second_and_as_many_in_the_next() -> None:
    flow = Flow()
    assert [flow.admits(ONE, NORMAL, 3, 10) for _ in range(5)] == [True] * 3 + [False] * 2
    assert flow.admits(OTHER, NORMAL, 3, 10)
    assert [flow.admits(ONE, NORMAL, 3, 11) for _ in range(4)] == [True] * 3 + [False]


def test_a_flood_of_lower_priority_keeps_no_higher_one_out() -> None:
    flow = Flow()
    assert [flow.admits(ONE, LOWEST, 2, 1) for _ in range(3)] == [True, True, False]
    assert [flow.admits(ONE, HIGH, 2, 1) for _ in range(3)] == [True, True, False]
    assert not flow.admits(ONE, LOW, 2, 1)


def test_nought_stands_for_any_number() -> None:
    flow = Flow()
    assert all(flow.admits(ONE, LOWEST, 0, 1) for _ in range(1000))
