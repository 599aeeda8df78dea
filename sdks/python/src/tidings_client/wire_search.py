"""What is asked and told about searches, in its wire form (spec/client/message_search.yaml)."""

from msgspec import field

from tidings_client.wire import WireMessage
from tidings_client.wire_base import Down, Up


class Search(Up, frozen=True):
    """message_search.query."""

    keywords: list[str] = field(name="KeywordList")
    match_type: str = field(name="MatchType")
    count: int = field(name="Count")
    peer: str = field(name="PeerAccount", default="")
    types: list[str] = field(name="MsgTypeList", default_factory=list)
    senders: list[str] = field(name="SendUserIDList", default_factory=list)
    start_time: int = field(name="StartTime", default=0)
    end_time: int = field(name="EndTime", default=0)
    cursor: str = field(name="Cursor", default="")


class SearchRow(Down, frozen=True):
    """What was found in one conversation."""

    peer: str = field(name="UserID")
    count: int = field(name="Count")
    messages: list[WireMessage] = field(name="MsgList")


class Searched(Down, frozen=True):
    """A page of what was found."""

    rows: list[SearchRow] = field(name="ConversationMsgs", default_factory=list)
    cursor: str = field(name="Cursor", default="")
