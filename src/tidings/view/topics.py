"""Topics as answers show them, field by field as asked for."""

from collections.abc import Collection, Mapping
from typing import TypeVar

import msgspec

from tidings.domain.group.groups import community_of
from tidings.domain.group.topics import CUSTOM, Topic
from tidings.errors import TidingsError
from tidings.wire.topics import OwnTopicDown, OwnTopicRow, OwnTopicSelf, TopicDown, TopicResult, TopicRow, TopicSelf

SWITCH = {True: "On", False: "Off"}
# Two spellings of one thing: whoever asks for one gets both.
OLD_NAMES = {"ShutUpAllFlag": "MuteAllMember", "ShutUpAllMember": "MuteAllMember", "ShutUpTime": "MuteTime"}
Part = TypeVar("Part", bound=msgspec.Struct)


def to_topic_row(topic: Topic, now: float, wanted: Collection[str] | None) -> TopicRow:
    """Return a topic as app servers see it: all of it, or the fields whose wire names are wanted."""
    info = _fill(TopicDown(topic_id=topic.group.group_id), _profile(topic), wanted)
    return TopicRow(code=0, info="", topic=info, own=_fill(TopicSelf(), _place(topic, now), wanted))


def to_own_topic_row(topic: Topic, now: float) -> OwnTopicRow:
    """Return a topic as members see it."""
    info = _fill(OwnTopicDown(topic_id=topic.group.group_id), _profile(topic), None)
    return OwnTopicRow(code=0, info="", topic=info, own=_fill(OwnTopicSelf(), _place(topic, now), None))


def to_topic_result(topic_id: str, error: TidingsError | None) -> TopicResult:
    """Return what became of one topic."""
    return TopicResult(
        topic_id=topic_id, code=0 if error is None else error.code, info="" if error is None else error.info
    )


def _profile(topic: Topic) -> dict[str, object]:
    group = topic.group
    return {
        "group_id": community_of(group.group_id),
        "name": group.name,
        "face_url": group.face_url,
        "notification": group.notification,
        "introduction": group.introduction,
        "custom": group.custom.get(CUSTOM, ""),
        "created_at": group.created_at,
        "last_at": group.last_at,
        "next_seq": group.last_seq + 1,
        "mute_all": SWITCH[group.is_muted],
        "shut_up_all": int(group.is_muted),
        "default_permission": group.default_permission,
    }


def _place(topic: Topic, now: float) -> dict[str, object]:
    muted_until = topic.muted_until if topic.muted_until > now else 0
    return {
        "read_seq": topic.read_seq,
        "receive": topic.receive.value,
        "mute_until": muted_until,
        "shut_up_until": muted_until,
        "unread": topic.unread,
        "uncounted": list(topic.uncounted),
    }


def _fill(down: Part, values: Mapping[str, object], wanted: Collection[str] | None) -> Part:
    """Set those fields of a struct for which there are values and whose wire names are wanted."""
    names = None if wanted is None else {OLD_NAMES.get(name, name) for name in wanted}
    for each in msgspec.structs.fields(down):
        if each.name in values and (names is None or OLD_NAMES.get(each.encode_name, each.encode_name) in names):
            setattr(down, each.name, values[each.name])
    return down
