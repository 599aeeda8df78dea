"""Asking to come into groups: applications, invitations, and who decides on them (spec/groups.md, section 3)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tidings.domain.accounts import Account
from tidings.domain.group.directory import Directory
from tidings.domain.group.groups import NOBODY, Group, Member
from tidings.domain.group.joining import Entry, Joined, Joining
from tidings.domain.group.kinds import Action, ApplyOption, InviteOption, Kind
from tidings.domain.group.life import Life
from tidings.domain.group.notices import NoticeKind, Notices
from tidings.domain.group.requests import Answer, JoinChange, JoinRequest, JoinStore, RequestRow, Stage
from tidings.domain.group.rights import check
from tidings.errors import BAD_SERVICE_REQUEST, GROUP_RIGHT_MISSING, REQUEST_HANDLED
from tidings.ids import NO_INSTANCE, AccountNumber, Chance, InstanceId, Position, UserId

KEY_BYTES = 16


@dataclass(frozen=True, slots=True)
class Bounds:
    """In how many groups an account may be, and whether who is invited is in only once it consents."""

    most: int
    wants_consent: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """An answer to a request; `key` repeats what the notice had."""

    is_agreed: bool
    key: str
    wording: str = ""


class Asking:
    """Takes requests to come in, and answers to them; the first answer counts."""

    def __init__(
        self,
        directory: Directory,
        store: JoinStore,
        joining: Joining,
        life: Life,
        notices: Notices,
        chance: Chance,
    ) -> None:
        """Keep requests in `store`, let accounts in through `joining`, in turn with the changes of `life`."""
        self._directory = directory
        self._store = store
        self._joining = joining
        self._life = life
        self._notices = notices
        self._chance = chance

    async def apply(
        self, group: Group, account: Account, wording: str, most: int, source: InstanceId = NO_INSTANCE
    ) -> Joined:
        """Come in where the group is open, or ask owner and admins.

        Raises, in this order: 10007 for a banned account, 10013 for a member, 10007 where nobody may apply,
        10014 for a full group, 10037 for an account in too many groups.
        """
        if group.apply_option is ApplyOption.FREE:
            return await self._joining.apply(group, account, most, source)

        async def ask() -> Joined:
            self._joining.check_entry(group, account)
            if group.apply_option is not ApplyOption.ASK:
                raise GROUP_RIGHT_MISSING(detail=f"nobody may apply to join group {group.group_id!r}")
            self._joining.check_room(group, account, most)
            request = self._request(group, account.number, NOBODY, Stage.APPLICATION, wording)
            notice = self._notices.make(NoticeKind.APPLIED, group, account.user_id, wording=wording, key=request.key)
            told = self._notices.to(self._store.leaders(group.number), notice)
            await self._notices.change(group, JoinChange(told, requests=[request]))
            return Joined.WAITS

        return await self._life.in_turn(group, ask)

    async def invite(
        self, group: Group, inviter: Member, accounts: Sequence[Account], bounds: Bounds
    ) -> dict[UserId, Joined]:
        """Let a member bring in others, or ask those who decide; says of each what became of it.

        Raises 10007 where members may not invite.
        """
        if not group.traits.keeps_members or group.invite_option is InviteOption.NEVER:
            raise GROUP_RIGHT_MISSING(detail=f"members of group {group.group_id!r} may not invite others")

        async def bring() -> dict[UserId, Joined]:
            is_leader = self._joining.place(group, inviter).role in group.traits.rights[Action.APPROVE]
            is_free = group.kind is Kind.COMMUNITY or group.invite_option is InviteOption.FREE or is_leader
            if is_free and not bounds.wants_consent:
                return await self._joining.admit(group, accounts, Entry(inviter.user_id, bounds.most))
            return await self._invite(group, inviter, accounts, Stage.CONSENT if is_free else Stage.INVITATION)

        return await self._life.in_turn(group, bring)

    async def decide(
        self, group: Group, actor: Member, asked: tuple[Account, Account | None], verdict: Verdict, bounds: Bounds
    ) -> None:
        """Decide on an application, or on an invitation: `asked` are the account and who invited it.

        Raises 10007 if the actor may not, 10024 if nothing is open, 10004 for another key, and what keeps an
        account out: 10007, 10013, 10014, 10037.
        """
        account, inviter = asked

        async def answer() -> None:
            check(group, self._joining.place(group, actor), Action.APPROVE)
            request = self._open(group, account, inviter, verdict.key, actor.account)
            if not verdict.is_agreed:
                await self._close(group, request, NoticeKind.REFUSED, asked, verdict, actor.user_id)
            elif inviter is not None and bounds.wants_consent:
                await self._want_consent(group, inviter, [account])
            else:
                await self._accept(group, request, asked, actor, verdict, bounds)

        await self._life.in_turn(group, answer)

    async def consent(self, group: Group, account: Account, inviter: Account, verdict: Verdict, bounds: Bounds) -> None:
        """Take the answer of an account that is invited; raises what `decide` does."""

        async def answer() -> None:
            request = self._open(group, account, inviter, verdict.key, account.number, Stage.CONSENT)
            if not verdict.is_agreed:
                kind = NoticeKind.INVITATION_REFUSED
                await self._close(group, request, kind, (account, inviter), verdict, account.user_id)
                return
            self._joining.check_entry(group, account)
            self._joining.check_room(group, account, bounds.most)
            accepted = self._notices.make(
                NoticeKind.INVITATION_ACCEPTED,
                group,
                account.user_id,
                wording=verdict.wording,
                user_ids=(account.user_id,),
            )
            change = JoinChange(self._notices.to([inviter.number], accepted), handler=account.number)
            await self._joining.admit(group, [account], Entry(inviter.user_id, bounds.most, change=change))

        await self._life.in_turn(group, answer)

    def is_invited(self, group: Group, account: Account, inviter: Account) -> bool:
        """Say whether an invitation by the inviter waits for the account's consent."""
        request = self._store.find_request(group.number, account.number, inviter.number)
        return request is not None and request.stage is Stage.CONSENT and request.answer is Answer.NONE

    async def page(self, account: Account, after: Position, limit: int, *, is_community: bool) -> list[RequestRow]:
        """Return requests that an account may decide on, or that were answered lately, after a place."""
        return await self._store.page_requests(account.number, after, limit, is_community=is_community)

    async def count_open(self, account: Account, *, is_community: bool) -> int:
        """Count the requests that wait for the account."""
        return await self._store.count_open(account.number, is_community=is_community)

    async def _invite(
        self, group: Group, inviter: Member, accounts: Sequence[Account], stage: Stage
    ) -> dict[UserId, Joined]:
        numbers = [account.number for account in accounts]
        held = self._directory.members(group, numbers)
        banned = self._store.find_bans(group.number, numbers, self._notices.now())
        able = {a.number: a for a in accounts if a.number not in held and a.number not in banned}
        if able:
            by = (inviter.account, inviter.user_id)
            await self._notices.change(group, self._asked(group, by, list(able.values()), stage))
        outcome = {account.user_id: Joined.REFUSED for account in accounts if account.number in banned}
        outcome |= {account.user_id: Joined.WAITS for account in able.values()}
        return outcome | {account.user_id: Joined.WAS_IN for account in accounts if account.number in held}

    async def _want_consent(self, group: Group, inviter: Account, accounts: Sequence[Account]) -> None:
        by = (inviter.number, inviter.user_id)
        await self._notices.change(group, self._asked(group, by, accounts, Stage.CONSENT))

    def _asked(
        self, group: Group, by: tuple[AccountNumber, UserId], accounts: Sequence[Account], stage: Stage
    ) -> JoinChange:
        """Return requests for accounts that somebody invites, and notices to those they wait for."""
        inviter, inviter_id = by
        leaders = self._store.leaders(group.number)
        kind = NoticeKind.CONSENT_WANTED if stage is Stage.CONSENT else NoticeKind.APPROVAL_WANTED
        requests, told = [], []
        for account in accounts:
            request = self._request(group, account.number, inviter, stage, "")
            requests.append(request)
            notice = self._notices.make(kind, group, inviter_id, key=request.key, user_ids=(account.user_id,))
            told += self._notices.to([account.number] if stage is Stage.CONSENT else leaders, notice)
        return JoinChange(told, requests=requests)

    def _request(
        self, group: Group, account: AccountNumber, inviter: AccountNumber, stage: Stage, wording: str
    ) -> JoinRequest:
        """Return a request; one that is open already keeps its key, so that every notice of it can be answered."""
        last = self._store.find_request(group.number, account, inviter)
        is_open = last is not None and last.answer is Answer.NONE and last.stage is stage
        key = last.key if last is not None and is_open else self._chance.token(KEY_BYTES).hex()
        return JoinRequest(group.number, account, inviter, stage, wording, key, self._notices.now())

    def _open(
        self,
        group: Group,
        account: Account,
        inviter: Account | None,
        key: str,
        handler: AccountNumber,
        stage: Stage | None = None,
    ) -> JoinRequest:
        """Return the open request that an answer is for, in the name of who answers."""
        wanted = stage or (Stage.APPLICATION if inviter is None else Stage.INVITATION)
        by = NOBODY if inviter is None else inviter.number
        request = self._store.find_request(group.number, account.number, by)
        if request is None or request.answer is not Answer.NONE or request.stage is not wanted:
            raise REQUEST_HANDLED(user_id=account.user_id, group_id=group.group_id)
        if request.key != key:
            raise BAD_SERVICE_REQUEST(detail="Authentication is not that of the notification")
        return replace(request, handler=handler)

    async def _close(
        self,
        group: Group,
        request: JoinRequest,
        kind: NoticeKind,
        asked: tuple[Account, Account | None],
        verdict: Verdict,
        by: UserId,
    ) -> None:
        account, inviter = asked
        asker, user_ids = (account, ()) if inviter is None else (inviter, (account.user_id,))
        notice = self._notices.make(kind, group, by, wording=verdict.wording, user_ids=user_ids)
        refused = replace(request, answer=Answer.REFUSED)
        await self._notices.change(group, JoinChange(self._notices.to([asker.number], notice), requests=[refused]))

    async def _accept(
        self,
        group: Group,
        request: JoinRequest,
        asked: tuple[Account, Account | None],
        actor: Member,
        verdict: Verdict,
        bounds: Bounds,
    ) -> None:
        account, inviter = asked
        self._joining.check_entry(group, account)
        self._joining.check_room(group, account, bounds.most)
        asker, user_ids = (account, ()) if inviter is None else (inviter, (account.user_id,))
        words = verdict.wording
        notice = self._notices.make(NoticeKind.ACCEPTED, group, actor.user_id, wording=words, user_ids=user_ids)
        change = JoinChange(self._notices.to([asker.number], notice), handler=request.handler)
        by = account.user_id if inviter is None else inviter.user_id
        # Who has applied is told of the acceptance, who was invited that it is in.
        notice_kind = None if inviter is None else NoticeKind.INVITED
        entry = Entry(by, bounds.most, notice=notice_kind, change=change, is_application=inviter is None)
        await self._joining.admit(group, [account], entry)
