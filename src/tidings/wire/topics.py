"""Topics in the bodies of commands (spec/rest/million_group_open_http_svc.yaml, and its namesake in spec/client)."""

from msgspec import UNSET, Struct, UnsetType, field


class TopicInfo(Struct, omit_defaults=True, kw_only=True):
    """A topic's profile; what was not asked for is left out."""

    topic_id: str = field(name="TopicId")
    group_id: str | UnsetType = field(name="GroupID", default=UNSET)
    name: str | UnsetType = field(name="TopicName", default=UNSET)
    face_url: str | UnsetType = field(name="FaceUrl", default=UNSET)
    notification: str | UnsetType = field(name="Notification", default=UNSET)
    introduction: str | UnsetType = field(name="Introduction", default=UNSET)
    custom: str | UnsetType = field(name="CustomString", default=UNSET)
    created_at: int | UnsetType = field(name="CreateTime", default=UNSET)
    last_at: int | UnsetType = field(name="LastMsgTime", default=UNSET)
    next_seq: int | UnsetType = field(name="NextMsgSeq", default=UNSET)
    shut_up_all: int | UnsetType = field(name="ShutUpAllFlag", default=UNSET)


class TopicDown(TopicInfo, kw_only=True):
    """A topic's profile as app servers see it."""

    mute_all: str | UnsetType = field(name="MuteAllMember", default=UNSET)


class OwnTopicDown(TopicInfo, kw_only=True):
    """A topic's profile as members see it."""

    default_permission: int | UnsetType = field(name="DefaultPermission", default=UNSET)


class TopicSelf(Struct, omit_defaults=True, kw_only=True):
    """What an account is in a topic; what was not asked for is left out."""

    read_seq: int | UnsetType = field(name="MsgSeq", default=UNSET)
    receive: str | UnsetType = field(name="MsgFlag", default=UNSET)
    mute_until: int | UnsetType = field(name="MuteTime", default=UNSET)
    shut_up_until: int | UnsetType = field(name="ShutUpTime", default=UNSET)


class OwnTopicSelf(TopicSelf, kw_only=True):
    """What the caller is in a topic."""

    unread: int | UnsetType = field(name="UnreadMsgNum", default=UNSET)
    uncounted: list[int] | UnsetType = field(name="NoUnreadSeqList", default=UNSET)


class TopicRow(Struct, omit_defaults=True, kw_only=True):
    """A topic and what an account is there, or why there is nothing of it."""

    code: int | UnsetType = field(name="ErrorCode", default=UNSET)
    info: str | UnsetType = field(name="ErrorInfo", default=UNSET)
    topic: TopicDown = field(name="TopicInfo")
    own: TopicSelf | UnsetType = field(name="SelfInfo", default=UNSET)


class OwnTopicRow(Struct, omit_defaults=True, kw_only=True):
    """A topic and what the caller is there, or why there is nothing of it."""

    code: int | UnsetType = field(name="ErrorCode", default=UNSET)
    info: str | UnsetType = field(name="ErrorInfo", default=UNSET)
    topic: OwnTopicDown = field(name="TopicInfo")
    own: OwnTopicSelf | UnsetType = field(name="SelfInfo", default=UNSET)


class TopicResult(Struct, kw_only=True):
    """What became of one topic."""

    topic_id: str = field(name="TopicId")
    code: int = field(name="ErrorCode")
    info: str = field(name="ErrorInfo")
