"""Sending into a group: store once, then answer, then tell who is online (spec/groups.md, section 6)."""

from dataclasses import dataclass
from functools import partial

from tidings.clock import Clock
from tidings.domain.accounts import Account
from tidings.domain.callbacks import ask, current, is_asked, note, post
from tidings.domain.callbacks import check as check_verdict
from tidings.domain.group.directory import Directory
from tidings.domain.group.flow import Flow
from tidings.domain.group.groups import Group, Member, community_of
from tidings.domain.group.happenings import (
    GroupMessageAsked,
    GroupMessageSent,
    GroupMessageUnsent,
    GroupReceiptWanted,
    RobotsMentioned,
)
from tidings.domain.group.kinds import Action, Role
from tidings.domain.group.messages import GroupMessage, Mention, Priority
from tidings.domain.group.ports import GroupMessageStore, Rooms
from tidings.domain.group.repeats import RecentGroupSends
from tidings.domain.group.rights import check, is_allowed
from tidings.domain.messages import Flag
from tidings.domain.mutes import Mutes
from tidings.errors import GROUP_MUTED, GROUP_RIGHT_MISSING, OWN_GROUP_CODES, REFUSED_BY_APP, TidingsError
from tidings.ids import NO_INSTANCE, AccountNumber, InstanceId
from tidings.pending import Pending, resolved

# Sequences of live rooms: kept so many at a time; each room begins at one of so many places, spread by a prime.
ROBOT = "@RBT#"
BLOCK, STARTS, SCATTER = 1000, 1 << 20, 2_654_435_761


@dataclass(slots=True)
class GroupDraft:
    """A message as its sender handed it in, checked in form.

    `is_admin`: an app admin sends it, so the sender need not be a member and is never muted.
    `client_time` None: the door has none, the server's counts.
    """

    group: Group
    sender: Account
    random: int
    body: bytes
    is_admin: bool = False
    client_seq: int = 0
    client_time: int | None = None
    priority: int = Priority.NORMAL
    custom_data: str = ""
    push: bytes = b""
    flags: int = 0
    mentions: tuple[Mention, ...] = ()
    targets: tuple[AccountNumber, ...] = ()
    is_online_only: bool = False
    source: InstanceId = NO_INSTANCE


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of a message; `is_dropped`: there were too many in this second."""

    time: int
    seq: int
    is_dropped: bool = False


class GroupSending:
    """Takes drafts, lets the store give them their place and tells the group."""

    def __init__(
        self,
        directory: Directory,
        store: GroupMessageStore,
        rooms: Rooms,
        clock: Clock,
        mutes: Mutes,
        *,
        is_limited: bool,
    ) -> None:
        """Write to `store`, tell through `rooms`; `is_limited` False admits any number of messages."""
        self._is_limited = is_limited
        self._directory = directory
        self._store = store
        self._rooms = rooms
        self._clock = clock
        self._mutes = mutes
        self._flow = Flow()
        self._recent = RecentGroupSends()

    async def remember(self) -> None:
        """Fill the memory of recent sends from the store: called once at start."""
        for message in await self._store.recent(int(self._clock.now()) - self._recent.window_s):
            self._recent.add(message, resolved(None))

    async def send(self, draft: GroupDraft, limit_per_s: int) -> Sent:
        """Send a message; a repeat within five minutes is answered as the first.

        Beyond `limit_per_s` messages of the group in one second, the less important are dropped.

        Raises 10007 if the sender is no member, 10017 if it is muted, 91000 if the store did not take
        the message; then nothing was delivered.
        """
        now = self._clock.now()
        member = self._checked(draft, now)
        message = _to_message(draft, member, int(now))
        if (first := self._recent.find(message)) is not None:
            await first.outcome
            return Sent(first.message.time, first.message.seq)
        if current.listener is not None and is_asked(GroupMessageAsked):
            return await self._send_asked(draft, message, limit_per_s)
        return await self._send(draft, message, limit_per_s)

    def unsent(self, draft: GroupDraft, error: TidingsError) -> None:
        """Have the app's server told that a message cannot be sent."""
        message = _to_message(draft, None, int(self._clock.now()))
        post(GroupMessageUnsent, draft.group, message, draft.is_online_only, error.code, error.info)

    def _checked(self, draft: GroupDraft, now: float) -> Member | None:
        """Return who speaks, if it may; the app's server is told why not."""
        try:
            member = self._speaker(draft, now)
            if draft.mentions and not draft.group.traits.rights[Action.MENTION_ALL]:
                self._check_mentions(draft, member)
        except TidingsError as error:
            self.unsent(draft, error)
            raise
        return member

    async def _send_asked(self, draft: GroupDraft, message: GroupMessage, limit_per_s: int) -> Sent:
        """Send a message as the app's server wants it; what it drops, only the sender believes to be sent.

        A repeat that comes meanwhile shares the outcome.
        """
        outcome: Pending[None] = Pending()
        self._recent.add(message, outcome)
        try:
            verdict = await ask(GroupMessageAsked, draft.group, message, draft.is_online_only)
            is_dropped = check_verdict(verdict, REFUSED_BY_APP, OWN_GROUP_CODES, may_drop=True)
            message.body = message.body if verdict.body is None else verdict.body
            message.custom_data = message.custom_data if verdict.custom_data is None else verdict.custom_data
            if is_dropped:
                message.seq = draft.group.last_seq
            sent = Sent(message.time, message.seq) if is_dropped else await self._send(draft, message, limit_per_s)
        except BaseException as error:
            self._recent.forget(message)
            outcome.fail(error)
            raise
        if sent.is_dropped:
            self._recent.forget(message)
        outcome.resolve(None)
        return sent

    async def _send(self, draft: GroupDraft, message: GroupMessage, limit_per_s: int) -> Sent:
        group, now = draft.group, self._clock.now()
        if self._is_limited and not self._flow.admits(group.number, draft.priority, limit_per_s, int(now)):
            return Sent(message.time, group.last_seq, is_dropped=True)
        if draft.is_online_only or not group.traits.keeps_messages:
            return self._send_live(draft, message)
        if current.listener is not None:
            self._note(group, message)
        await self._append(group, message, draft.source)
        return Sent(message.time, message.seq)

    def present(self, group: Group) -> int:
        """Count the accounts of a group that are online."""
        return self._rooms.present(group.number)

    def tell(self, group: Group, message: GroupMessage, *, is_kept: bool) -> Pending[None]:
        """Let the group itself say something; the pending resolves once it is durable."""
        if is_kept:
            return self._append(group, message, NO_INSTANCE)
        if not group.traits.keeps_messages:
            self._count(group, message)
        message.seq = group.last_seq
        self._rooms.message(group, message, NO_INSTANCE)
        return resolved(None)

    def _send_live(self, draft: GroupDraft, message: GroupMessage) -> Sent:
        group = draft.group
        if not group.traits.keeps_messages:
            self._count(group, message)
            if (crowd := self._directory.crowd(group)) is not None:
                crowd.recent.append(message)
        message.seq = group.last_seq
        self._recent.add(message, resolved(None))
        self._rooms.message(group, message, draft.source)
        if current.listener is not None:
            is_online_only = draft.is_online_only
            post(GroupMessageSent, group, message, is_online_only)
        return Sent(message.time, message.seq)

    def _note(self, group: Group, message: GroupMessage) -> None:
        """Have the app's server told of a message that is stored."""
        note(GroupMessageSent, group, message, False)  # noqa: FBT003 - a fact of the happening
        if message.flags & Flag.RECEIPT_WANTED:
            note(GroupReceiptWanted, group, message)
        if any(each.user_id.startswith(ROBOT) for each in message.mentions):
            note(RobotsMentioned, group, message, False)  # noqa: FBT003 - a fact of the happening

    def _speaker(self, draft: GroupDraft, now: float) -> Member | None:
        """Return the member who speaks; None for an app admin, in whoever's name."""
        group = draft.group
        if draft.is_admin:
            if group.parent:  # so that it has a row there, by which it has read what it says
                self._directory.member(group, draft.sender.number)
            return None
        member = self._directory.get_member(group, draft.sender.number, draft.sender.user_id)
        if not group.traits.keeps_members:
            self._check_attends(draft)
        self._mutes.check_groups(draft.sender)
        check_may_speak(group, member, now)
        if group.parent:
            check_not_muted(*self._directory.above(group, member), now)
        return member

    def _check_mentions(self, draft: GroupDraft, member: Member | None) -> None:
        """Raise 10007 if everybody is mentioned where no permission group can allow it, or none does."""
        if not any(not mention.user_id for mention in draft.mentions):
            return
        group = draft.group
        if group.parent:
            group = self._directory.get(group.app, community_of(group.group_id))
        if not group.has_permissions:
            raise GROUP_RIGHT_MISSING(
                detail=f"in a group of type {group.kind.value} nobody may {Action.MENTION_ALL.value}"
            )
        check(draft.group, member, Action.MENTION_ALL)

    def _check_attends(self, draft: GroupDraft) -> None:
        """Refuse whoever leads a live room, but has not joined it."""
        group, sender = draft.group, draft.sender
        crowd = self._directory.crowd(group)
        if crowd is None or crowd.get(sender.number) is None:
            raise GROUP_RIGHT_MISSING(detail=f"{sender.user_id!r} has not joined group {group.group_id!r}")

    def _count(self, group: Group, message: GroupMessage) -> None:
        """Count what a live room tells: clients drop what has a number they have seen, so none comes twice.

        Numbers are kept by blocks, so that also after a restart none does, and each room begins elsewhere: a page
        that goes from room to room takes a number for the same one in all of them.
        """
        if not group.last_seq:
            group.last_seq = group.number * SCATTER % STARTS * BLOCK
        group.last_seq += 1
        group.last_at = message.time
        if group.last_seq % BLOCK == 1:
            self._store.reserve(group.number, group.last_seq + BLOCK - 1)

    def _append(self, group: Group, message: GroupMessage, source: InstanceId) -> Pending[None]:
        pending = self._store.append(message)
        if message.sender:
            self._recent.add(message, pending)
        # Attached here, not awaited: deliveries then happen in commit order, whoever waits.
        pending.then(partial(self._committed, group, message, source))
        return pending

    def _committed(self, group: Group, message: GroupMessage, source: InstanceId, pending: Pending[None]) -> None:
        if pending.is_ok:
            group.last_seq, group.last_at, group.is_active = message.seq, max(group.last_at, message.time), True
            if (member := group.known.get(message.sender)) is not None:
                member.sent_at, member.read_seq = message.time, max(member.read_seq, message.seq)
            self._rooms.message(group, message, source)
        else:
            self._recent.forget(message)


def check_may_speak(group: Group, member: Member, now: float) -> None:
    """Let a member speak, or raise 10017; 10007 where permission groups do not let it."""
    if member.allowed is not None:
        check(group, member, Action.SPEAK)
    check_not_muted(group, member, now)


def check_not_muted(group: Group, member: Member, now: float) -> None:
    """Raise 10017 for a member who is muted, alone or with everybody; what mutes a community, mutes its topics."""
    if member.is_muted(now):
        detail = f"until {member.muted_until}"
    elif group.is_muted and (member.role is Role.MEMBER or member.allowed is not None):
        if member.allowed is not None and is_allowed(group, member, Action.MUTE_ALL):
            return
        detail = "everybody is, but the owner and admins"
    else:
        return
    raise GROUP_MUTED(user_id=member.user_id, group_id=group.group_id, detail=detail)


def _to_message(draft: GroupDraft, member: Member | None, now: int) -> GroupMessage:
    sender = draft.sender
    return GroupMessage(
        draft.group.number,
        sender.number,
        sender.user_id,
        now,
        draft.random,
        now if draft.client_time is None else draft.client_time,
        draft.body,
        draft.custom_data,
        draft.flags,
        draft.push,
        draft.priority,
        draft.client_seq,
        draft.mentions,
        draft.targets,
        sender_nick=sender.nick,
        sender_face=sender.face_url,
        name_card="" if member is None else member.name_card,
    )
