"""The rules of relations, put together for the commands."""

from dataclasses import dataclass

from tidings.domain.barriers import Barriers
from tidings.domain.blocks import Blocks
from tidings.domain.friend_groups import FriendGroups
from tidings.domain.friend_requests import FriendRequests
from tidings.domain.friends import Friends
from tidings.domain.relation_lists import RelationLists


@dataclass(frozen=True, slots=True)
class RelationRules:
    """What can be done with relations; `lists` answers plain questions, `barriers` stand before sends."""

    friends: Friends
    requests: FriendRequests
    groups: FriendGroups
    blocks: Blocks
    lists: RelationLists
    barriers: Barriers
