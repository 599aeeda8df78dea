"""What happens in groups has its order within the group (what is told of it: tests/flow/test_group_callbacks.py)."""

from tests.support.groups import found
from tests.support.stage import Stage
from tidings.domain.callbacks import Question
from tidings.domain.group.happenings import (
    GroupAsked,
    GroupEnded,
    GroupFilled,
    GroupMade,
    JoinAsked,
    MembersWent,
    TopicAsked,
)
from tidings.domain.group.kinds import Kind
from tidings.ids import UserId


async def test_all_of_a_group_is_in_one_lane_that_no_conversation_has(stage: Stage) -> None:
    group = await found(stage)
    owner = UserId("alice")
    happenings = (
        GroupMade(group, owner, ()),
        JoinAsked(group, stage.them.bob),
        MembersWent(group, (), is_own_wish=True),
        GroupFilled(group),
        GroupEnded(group, owner),
    )
    assert {each.lane for each in happenings} == {-group.number}


def test_what_is_not_made_yet_is_asked_about() -> None:
    for asked in (GroupAsked(Kind.PUBLIC, "team", UserId("alice"), (), 0), TopicAsked("gear")):
        assert isinstance(asked, Question)
        assert (asked.lane, asked.is_message) == (0, False)
