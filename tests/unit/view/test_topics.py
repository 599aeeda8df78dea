"""Topics as answers show them."""

import msgspec

from tests.support.groups import found_community, make_topic
from tests.support.stage import Stage
from tidings.domain.group.kinds import Receive
from tidings.domain.group.topics import Topic
from tidings.errors import TOPIC_GONE
from tidings.view.topics import to_own_topic_row, to_topic_result, to_topic_row


async def topic(stage: Stage) -> Topic:
    group = await make_topic(stage, await found_community(stage), custom="c")
    return Topic(group, 4, Receive.QUIET, 500, 3, (5, 6))


async def test_a_topic_is_shown_whole_or_as_wanted(stage: Stage) -> None:
    shown = await topic(stage)
    row = to_topic_row(shown, 400.0, None)
    assert (row.topic.name, row.topic.custom, row.topic.mute_all, row.topic.shut_up_all) == ("gear", "c", "Off", 0)
    wanted = msgspec.to_builtins(to_topic_row(shown, 400.0, ["MuteAllMember", "MuteTime", "MsgFlag"]))
    assert wanted == {
        "ErrorCode": 0,
        "ErrorInfo": "",
        "TopicInfo": {"TopicId": shown.group.group_id, "MuteAllMember": "Off", "ShutUpAllFlag": 0},
        "SelfInfo": {"MsgFlag": "AcceptNotNotify", "MuteTime": 500, "ShutUpTime": 500},
    }


async def test_members_see_what_they_have_to_read(stage: Stage) -> None:
    own = msgspec.to_builtins(to_own_topic_row(await topic(stage), 600.0))
    assert own["SelfInfo"] == {
        "MsgSeq": 4,
        "MsgFlag": "AcceptNotNotify",
        "MuteTime": 0,
        "ShutUpTime": 0,
        "UnreadMsgNum": 3,
        "NoUnreadSeqList": [5, 6],
    }
    assert "MuteAllMember" not in own["TopicInfo"]


def test_a_result_says_what_was_wrong() -> None:
    assert to_topic_result("t", None).code == 0
    failed = to_topic_result("t", TOPIC_GONE(topic_id="t"))
    assert (failed.code, "'t'" in failed.info) == (110003, True)
