"""The rules of groups, put together for the commands."""

from dataclasses import dataclass

from tidings.domain.group.announcing import Announcing
from tidings.domain.group.asking import Asking
from tidings.domain.group.attributes import Attributes
from tidings.domain.group.banning import Banning
from tidings.domain.group.census import CensusStore
from tidings.domain.group.counters import Counters
from tidings.domain.group.directory import Directory
from tidings.domain.group.extensions import GroupExtensions
from tidings.domain.group.history import GroupHistory
from tidings.domain.group.importing import Importing
from tidings.domain.group.importing_members import MemberImporting
from tidings.domain.group.joining import Joining
from tidings.domain.group.life import Life
from tidings.domain.group.listing import GroupListStore
from tidings.domain.group.live import LiveRooms
from tidings.domain.group.live_admins import LiveAdmins
from tidings.domain.group.live_marks import LiveMarks
from tidings.domain.group.member_info import MemberInfo
from tidings.domain.group.muting import Muting
from tidings.domain.group.ownership import Ownership
from tidings.domain.group.permission_groups import PermissionGroups
from tidings.domain.group.pins import Pins
from tidings.domain.group.ports import GroupMessageStore, GroupStore
from tidings.domain.group.profiles import Profiles
from tidings.domain.group.reading import GroupReading
from tidings.domain.group.receipts import Receipts
from tidings.domain.group.recycling import Recycling
from tidings.domain.group.robots import LiveRobots
from tidings.domain.group.sending import GroupSending
from tidings.domain.group.streams import GroupStreams
from tidings.domain.group.topics import Topics


@dataclass(frozen=True, slots=True)
class GroupRules:
    """What can be done with groups; `store` and `messages` answer plain questions."""

    directory: Directory
    life: Life
    joining: Joining
    sending: GroupSending
    store: GroupStore
    messages: GroupMessageStore
    attributes: Attributes
    counters: Counters
    history: GroupHistory
    extensions: GroupExtensions
    reading: GroupReading
    receipts: Receipts
    pins: Pins
    importing: Importing
    announcing: Announcing
    listing: GroupListStore
    topics: Topics
    permission_groups: PermissionGroups
    streams: GroupStreams
    asking: Asking
    banning: Banning
    live: LiveRooms
    live_robots: LiveRobots
    live_marks: LiveMarks
    live_admins: LiveAdmins
    muting: Muting
    member_info: MemberInfo
    ownership: Ownership
    profiles: Profiles
    member_importing: MemberImporting
    census: CensusStore
    recycling: Recycling
