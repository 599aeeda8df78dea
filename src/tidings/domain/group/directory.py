"""Which groups there are: answered from memory once known, as accounts are."""

from collections.abc import Sequence
from weakref import WeakValueDictionary

from tidings.domain.group.groups import TOPIC_MARK, Group, Member, community_of
from tidings.domain.group.kinds import Kind
from tidings.domain.group.live_members import Crowd
from tidings.domain.group.permissions import community_actions, topic_actions
from tidings.domain.group.ports import GroupStore
from tidings.errors import GROUP_NOT_FOUND, GROUP_RIGHT_MISSING, GROUP_UNKNOWN, TOPIC_ID_INVALID
from tidings.ids import AccountNumber, GroupId, GroupNumber, SdkAppId, UserId

GROUPS_KEPT = 50_000
MEMBERS_KEPT = 2_000


class Directory:
    """The groups of all apps and some of their members: a bounded memory in front of the store.

    What is in memory is the truth: whoever changes a group or a member changes it here after the commit.
    A group that somebody still holds is that one object, though it be no longer among those kept.
    """

    def __init__(self, store: GroupStore) -> None:
        """Read through `store`."""
        self._store = store
        self._kept: dict[tuple[SdkAppId, GroupId], Group] = {}
        self._known: WeakValueDictionary[tuple[SdkAppId, GroupId], Group] = WeakValueDictionary()
        # Live rooms that somebody is in: they have no other place than this.
        self._crowds: dict[GroupNumber, Crowd] = {}

    def get(self, app: SdkAppId, group_id: GroupId) -> Group:
        """Return a group; raises 10010 for one that is gone, 10015 for one that never was."""
        group = self._kept.get((app, group_id)) or self._load(app, group_id)
        if group is None:
            raise GROUP_UNKNOWN(group_id=group_id)
        if group.is_gone:
            raise GROUP_NOT_FOUND(group_id=group_id)
        return group

    def get_topic(self, app: SdkAppId, group_id: GroupId, topic_id: GroupId) -> Group:
        """Return a topic of a community, or the group itself if no topic is named.

        Raises what `get` does, and 110013 for a topic of another group.
        """
        if not topic_id or topic_id == group_id:
            return self.get(app, group_id)
        if not topic_id.startswith(f"{group_id}{TOPIC_MARK}"):
            raise TOPIC_ID_INVALID(topic_id=topic_id, group_id=group_id)
        return self.get(app, topic_id)

    def find_known(self, app: SdkAppId, group_id: GroupId) -> Group | None:
        """Return a group if it is in memory."""
        return self._known.get((app, group_id))

    def above(self, topic: Group, place: Member) -> tuple[Group, Member]:
        """Return a topic's community, and what a member of the topic is there."""
        community = self.get(topic.app, community_of(topic.group_id))
        return community, self.get_member(community, place.account, place.user_id)

    def topics_known(self, community: Group) -> list[Group]:
        """Return those of a community's topics that are in memory."""
        return [group for group in list(self._known.values()) if group.parent == community.number]

    def add(self, group: Group) -> Group:
        """Keep a new group; returns what is kept: somebody may have asked for it while it was stored."""
        if len(self._kept) >= GROUPS_KEPT:
            self._kept.pop(next(iter(self._kept)))
        key = group.app, group.group_id
        self._kept[key] = known = self._known.setdefault(key, group)
        return known

    def drop(self, group: Group) -> None:
        """Forget a group that is gone."""
        self._known.pop((group.app, group.group_id), None)
        self._kept.pop((group.app, group.group_id), None)
        self.close(group)
        group.known.clear()
        for topic in self.topics_known(group) if group.has_topics else ():
            topic.is_gone = True
            self.drop(topic)

    def forget(self, app: SdkAppId) -> None:
        """Drop an app's groups from memory: the app is gone."""
        for group in [crowd.group for crowd in self._crowds.values() if crowd.group.app == app]:
            self.close(group)
        for key in [key for key in self._kept if key[0] == app]:
            del self._kept[key]
        for key in [key for key in list(self._known) if key[0] == app]:
            self._known.pop(key, None)

    def crowd(self, group: Group) -> Crowd | None:
        """Return who is in a live room, None if nobody is."""
        return self._crowds.get(group.number)

    def open(self, crowd: Crowd) -> None:
        """Keep who is in a live room."""
        self._crowds[crowd.group.number] = crowd

    def close(self, group: Group) -> None:
        """Forget who was in a live room."""
        self._crowds.pop(group.number, None)

    def release(self, group: Group, accounts: Sequence[AccountNumber]) -> None:
        """Take accounts that have left out of memory."""
        for account in accounts:
            group.known.pop(account, None)
        if group.kind is Kind.LIVE:
            crowd = self._crowds.get(group.number)
            if crowd is not None:
                for account in accounts:
                    crowd.remove(account)
                if not crowd:
                    self.close(group)

    def member(self, group: Group, account: AccountNumber) -> Member | None:
        """Return an account's place in a group, or None if it is no member.

        Owner and admins of a live room have one whether they are there or not.
        """
        if group.parent:
            return self._place(group, account)
        if group.kind is Kind.LIVE:
            return self.members(group, [account]).get(account)
        member = group.known.get(account) or self.members(group, [account]).get(account)
        if member is not None and (group.has_permissions or member.allowed is not None):
            self._allow(group, group, member)
        return member

    def get_member(self, group: Group, account: AccountNumber, user_id: UserId) -> Member:
        """Return an account's place in a group; raises 10007 if it is no member."""
        member = self.member(group, account)
        if member is None:
            raise GROUP_RIGHT_MISSING(detail=f"{user_id!r} is no member of group {group.group_id!r}")
        return member

    def current(self, group: Group, actor: Member | None) -> Member | None:
        """Return what an actor is by now, None for an app admin; raises 10007 if it is no member any more."""
        return None if actor is None else self.get_member(group, actor.account, actor.user_id)

    def members(self, group: Group, accounts: Sequence[AccountNumber]) -> dict[AccountNumber, Member]:
        """Return those of the accounts that are members."""
        if group.parent:
            return {number: member for number in accounts if (member := self._place(group, number)) is not None}
        if group.kind is Kind.LIVE:
            return self._attending(group, accounts)
        return self._stored(group, accounts)

    def _place(self, topic: Group, account: AccountNumber) -> Member | None:
        """Return what a member of the community is in one of its topics: a row of its own from the first use on."""
        community = self.get(topic.app, community_of(topic.group_id))
        member = self.member(community, account)
        if member is None:
            topic.known.pop(account, None)
            return None
        place = topic.known.get(account)
        if place is None or place.above is not member:
            topic.known.pop(account, None)
            place = self._keep(topic, self._store.find_place(topic, member))
            place.above = member
        place.role, place.name_card = member.role, member.name_card
        self._allow(community, topic, place)
        return place

    def _allow(self, community: Group, group: Group, member: Member) -> None:
        """Bring what permission groups let a member do up to date: a query only after something has changed."""
        if not community.has_permissions:
            member.allowed = None
            return
        basis = community.permission_changes, community.default_permission, group.default_permission
        if member.allowed is not None and member.allowed_by == basis:
            return
        own, in_topic = self._store.permissions(community.number, group.number, member.account)
        own |= community.default_permission
        if group.parent:
            member.allowed = topic_actions(own, in_topic | group.default_permission)
        else:
            member.allowed = community_actions(own)
        member.allowed_by = basis

    def leaders(self, group: Group, accounts: Sequence[AccountNumber]) -> dict[AccountNumber, Member]:
        """Return those of the accounts that own or lead a live room."""
        return self._stored(group, accounts)

    def _stored(self, group: Group, accounts: Sequence[AccountNumber]) -> dict[AccountNumber, Member]:
        found = {number: member for number in accounts if (member := group.known.get(number)) is not None}
        missing = [number for number in accounts if number not in found]
        for number, member in self._store.find_members(group.number, missing).items() if missing else ():
            found[number] = self._keep(group, member)
        return found

    def _attending(self, group: Group, accounts: Sequence[AccountNumber]) -> dict[AccountNumber, Member]:
        """Return those of the accounts that are in a live room, or lead it; the store is asked of others only."""
        crowd = self._crowds.get(group.number)
        found = {} if crowd is None else {n: who.member for n in accounts if (who := crowd.get(n)) is not None}
        return found | self.leaders(group, [number for number in accounts if number not in found])

    def _keep(self, group: Group, member: Member) -> Member:
        if len(group.known) >= MEMBERS_KEPT:
            group.known.pop(next(iter(group.known)))
        return group.known.setdefault(member.account, member)

    def _load(self, app: SdkAppId, group_id: GroupId) -> Group | None:
        group = self._known.get((app, group_id)) or self._store.find_group(app, group_id)
        if group is not None and not group.is_gone:
            if group.kind is Kind.LIVE:
                group.member_count = len(self._crowds.get(group.number, ()))
            self.add(group)
        return group
