"""Structs of topics: what was not asked for stays off the wire."""

import msgspec

from tidings.wire.topics import OwnTopicDown, OwnTopicRow, OwnTopicSelf, TopicDown, TopicResult, TopicRow, TopicSelf


def test_what_was_not_asked_for_is_left_out() -> None:
    assert msgspec.to_builtins(TopicRow(code=0, info="", topic=TopicDown(topic_id="t"))) == {
        "ErrorCode": 0,
        "ErrorInfo": "",
        "TopicInfo": {"TopicId": "t"},
    }
    row = OwnTopicRow(topic=OwnTopicDown(topic_id="t", shut_up_all=0), own=OwnTopicSelf(unread=0))
    assert msgspec.to_builtins(row) == {
        "TopicInfo": {"TopicId": "t", "ShutUpAllFlag": 0},
        "SelfInfo": {"UnreadMsgNum": 0},
    }
    assert msgspec.to_builtins(TopicSelf()) == {}


def test_a_result_is_whole() -> None:
    assert msgspec.to_builtins(TopicResult(topic_id="t", code=0, info="")) == {
        "TopicId": "t",
        "ErrorCode": 0,
        "ErrorInfo": "",
    }
