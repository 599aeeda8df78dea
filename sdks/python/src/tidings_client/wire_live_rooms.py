"""Live rooms, in the wire form of requests and answers (spec/client, the services of groups)."""

from msgspec import UNSET, UnsetType, field

from tidings_client.wire_base import Down, Up
from tidings_client.wire_group_asks import OneGroup
from tidings_client.wire_groups import WireGroupMessage


class Join(OneGroup, frozen=True):
    """apply_join_group, with the last messages or without."""

    with_history: int = field(name="HugeGroupHistoryMsgFlag")


class Joined(Down, frozen=True):
    """The last messages of the room; `is_live` 0: it is no live room."""

    is_live: int = field(name="HugeGroupFlag", default=0)
    messages: list[WireGroupMessage] = field(name="RspMsgList", default_factory=list)


class Count(Down, frozen=True):
    """How many are in a room, or online in a group."""

    count: int = field(name="OnlineMemberNum")


class AskPresent(OneGroup, frozen=True):
    """get_members; `start` 0, or where the page before said to go on."""

    start: int = field(name="Timestamp")
    mark: int | UnsetType = field(name="Mark", default=UNSET)


class PresentDown(Down, frozen=True):
    """Somebody who is in a room."""

    user: str = field(name="Member_Account")
    joined_at: int = field(name="JoinTime", default=0)
    nick: str = field(name="NickName", default="")
    face_url: str = field(name="Avatar", default="")


class Present(Down, frozen=True):
    """Some of those who are in a room, the newest first; `next` 0: there are no more."""

    members: list[PresentDown] = field(name="MemberList", default_factory=list)
    next: int = field(name="NextTimestamp", default=0)


class MarkedUp(Up, frozen=True):
    """Somebody, and marks."""

    user: str = field(name="Member_Account")
    marks: list[int] = field(name="Marks")


class Mark(OneGroup, frozen=True):
    """modify_user_info: 1 gives marks, 2 takes them."""

    operation: int = field(name="CommandType")
    members: list[MarkedUp] = field(name="MemberList")


class MarkedDown(Down, frozen=True):
    """Somebody for whom it was done."""

    user: str = field(name="Member_Account")


class Marked(Down, frozen=True):
    """Those for whom it was done."""

    members: list[MarkedDown] = field(name="MemberList", default_factory=list)
