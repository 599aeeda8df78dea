"""Topics of communities, in the wire form of requests and answers (spec/client/million_group_open_http_svc.yaml)."""

from msgspec import UNSET, UnsetType, field

from tidings_client.wire_base import Down
from tidings_client.wire_group_asks import OneGroup


class Profile(OneGroup, frozen=True):
    """create_topic, and part of modify_topic; what is not said is empty, or stays as it is."""

    topic: str | UnsetType = field(name="TopicId", default=UNSET)
    name: str | UnsetType = field(name="TopicName", default=UNSET)
    face_url: str | UnsetType = field(name="FaceUrl", default=UNSET)
    notification: str | UnsetType = field(name="Notification", default=UNSET)
    introduction: str | UnsetType = field(name="Introduction", default=UNSET)
    custom: str | UnsetType = field(name="CustomString", default=UNSET)
    default_permission: int | UnsetType = field(name="DefaultPermission", default=UNSET)


class Created(Down, frozen=True):
    """The new topic."""

    topic: str = field(name="TopicId")


class Change(Profile, frozen=True):
    """modify_topic."""

    mute_all: str | UnsetType = field(name="MuteAllMember", default=UNSET)


class Some(OneGroup, frozen=True):
    """get_topic, where no topics are all of them, and destroy_topic."""

    topics: list[str] = field(name="TopicIdList")


class TopicDown(Down, frozen=True):
    """A topic."""

    topic: str = field(name="TopicId")
    name: str = field(name="TopicName", default="")
    face_url: str = field(name="FaceUrl", default="")
    notification: str = field(name="Notification", default="")
    introduction: str = field(name="Introduction", default="")
    custom: str = field(name="CustomString", default="")
    created_at: int = field(name="CreateTime", default=0)
    last_at: int = field(name="LastMsgTime", default=0)
    next_seq: int = field(name="NextMsgSeq", default=1)
    is_muted: int = field(name="ShutUpAllFlag", default=0)
    default_permission: int = field(name="DefaultPermission", default=0)


class PlaceDown(Down, frozen=True):
    """What the user is in a topic."""

    read_seq: int = field(name="MsgSeq", default=0)
    receive: str = field(name="MsgFlag", default="")
    muted_until: int = field(name="MuteTime", default=0)
    unread: int = field(name="UnreadMsgNum", default=0)


class TopicRow(Down, frozen=True):
    """A topic and what the user is there, or by `code` why there is nothing of it."""

    topic: TopicDown = field(name="TopicInfo")
    code: int = field(name="ErrorCode", default=0)
    own: PlaceDown = field(name="SelfInfo", default_factory=PlaceDown)


class Topics(Down, frozen=True):
    """Topics in the order asked for."""

    rows: list[TopicRow] = field(name="TopicAndSelfInfo", default_factory=list)


class EndedRow(Down, frozen=True):
    """What became of one topic."""

    topic: str = field(name="TopicId")
    code: int = field(name="ErrorCode", default=0)


class Ended(Down, frozen=True):
    """What became of each topic."""

    rows: list[EndedRow] = field(name="DestroyResultItem", default_factory=list)
