"""Which groups there are: answered from memory once known, as accounts are."""

from collections.abc import Sequence

from tidings.domain.group.groups import Group, Member
from tidings.domain.group.ports import GroupStore
from tidings.errors import GROUP_NOT_FOUND, GROUP_RIGHT_MISSING, GROUP_UNKNOWN
from tidings.ids import AccountNumber, GroupId, SdkAppId, UserId

GROUPS_KEPT = 50_000
MEMBERS_KEPT = 2_000


class Directory:
    """The groups of all apps and some of their members: a bounded memory in front of the store.

    What is in memory is the truth: whoever changes a group or a member changes it here after the commit.
    """

    def __init__(self, store: GroupStore) -> None:
        """Read through `store`."""
        self._store = store
        self._known: dict[tuple[SdkAppId, GroupId], Group] = {}

    def get(self, app: SdkAppId, group_id: GroupId) -> Group:
        """Return a group; raises 10010 for one that is gone, 10015 for one that never was."""
        group = self._known.get((app, group_id)) or self._load(app, group_id)
        if group is None:
            raise GROUP_UNKNOWN(group_id=group_id)
        if group.is_gone:
            raise GROUP_NOT_FOUND(group_id=group_id)
        return group

    def add(self, group: Group) -> Group:
        """Keep a new group; returns what is kept: somebody may have asked for it while it was stored."""
        if len(self._known) >= GROUPS_KEPT:
            self._known.pop(next(iter(self._known)))
        return self._known.setdefault((group.app, group.group_id), group)

    def drop(self, group: Group) -> None:
        """Forget a group that is gone."""
        self._known.pop((group.app, group.group_id), None)
        group.known.clear()

    def forget(self, app: SdkAppId) -> None:
        """Drop an app's groups from memory: the app is gone."""
        for key in [key for key in self._known if key[0] == app]:
            del self._known[key]

    def member(self, group: Group, account: AccountNumber) -> Member | None:
        """Return an account's place in a group, or None if it is no member."""
        return group.known.get(account) or self.members(group, [account]).get(account)

    def get_member(self, group: Group, account: AccountNumber, user_id: UserId) -> Member:
        """Return an account's place in a group; raises 10007 if it is no member."""
        member = self.member(group, account)
        if member is None:
            raise GROUP_RIGHT_MISSING(detail=f"{user_id!r} is no member of group {group.group_id!r}")
        return member

    def members(self, group: Group, accounts: Sequence[AccountNumber]) -> dict[AccountNumber, Member]:
        """Return those of the accounts that are members."""
        found = {number: member for number in accounts if (member := group.known.get(number)) is not None}
        missing = [number for number in accounts if number not in found]
        for number, member in self._store.find_members(group.number, missing).items() if missing else ():
            found[number] = self._keep(group, member)
        return found

    def _keep(self, group: Group, member: Member) -> Member:
        if len(group.known) >= MEMBERS_KEPT:
            group.known.pop(next(iter(group.known)))
        return group.known.setdefault(member.account, member)

    def _load(self, app: SdkAppId, group_id: GroupId) -> Group | None:
        group = self._store.find_group(app, group_id)
        if group is not None and not group.is_gone:
            self.add(group)
        return group
