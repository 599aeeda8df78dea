"""Python client of Tidings: chat as a user (`connect`), operate as an app server (`AdminClient`)."""

from tidings_client.admin import AdminClient, ForbiddenWord, NewAccount
from tidings_client.client import Chat, Subscription, connect
from tidings_client.clock import Clock, SystemClock
from tidings_client.elements import Custom, Element, Face, File, Image, ImageVersion, Location, Raw, Sound, Text, Video
from tidings_client.errors import KickedOutError, NotConnectedError, TidingsError, TimedOutError
from tidings_client.events import (
    ConnectionLost,
    ConnectionRestored,
    ConversationChanged,
    Event,
    Gap,
    KickedOut,
    KickReason,
    Lost,
    MessageModified,
    MessageRecalled,
    MessageReceived,
    Presence,
    PresenceChanged,
    ReadByPeer,
    ReadElsewhere,
    ReadReceipt,
)
from tidings_client.files import Uploaded
from tidings_client.history import Conversation
from tidings_client.messages import Draft, Message, PushInfo
from tidings_client.presence import UserStatus
from tidings_client.searching import Found
from tidings_client.usersig import make_usersig

__all__ = [
    "AdminClient",
    "Chat",
    "Clock",
    "ConnectionLost",
    "ConnectionRestored",
    "Conversation",
    "ConversationChanged",
    "Custom",
    "Draft",
    "Element",
    "Event",
    "Face",
    "File",
    "ForbiddenWord",
    "Found",
    "Gap",
    "Image",
    "ImageVersion",
    "KickReason",
    "KickedOut",
    "KickedOutError",
    "Location",
    "Lost",
    "Message",
    "MessageModified",
    "MessageRecalled",
    "MessageReceived",
    "NewAccount",
    "NotConnectedError",
    "Presence",
    "PresenceChanged",
    "PushInfo",
    "Raw",
    "ReadByPeer",
    "ReadElsewhere",
    "ReadReceipt",
    "Sound",
    "Subscription",
    "SystemClock",
    "Text",
    "TidingsError",
    "TimedOutError",
    "Uploaded",
    "UserStatus",
    "Video",
    "connect",
    "make_usersig",
]
