"""Who comes into groups: requests, the answers to them, and bans."""

from collections.abc import Sequence

from tidings_client import wire
from tidings_client import wire_joining as ask
from tidings_client.group_events import JoinRequest, RequestKind
from tidings_client.group_feed import COMMUNITIES, SERVICE
from tidings_client.session import Session

REQUESTS_A_PAGE = 100
BANNED_A_CALL = 20
OPEN, BY_SELF = 0, 2


class GroupJoining:
    """Lists and answers requests to come into groups, and bans accounts from them."""

    def __init__(self, session: Session) -> None:
        """Act as the user of `session`."""
        self._call = session.traffic.call

    async def requests(self, *, with_answered: bool) -> list[JoinRequest]:
        """Return the requests that the user may answer, oldest first, those of communities last."""
        found: list[JoinRequest] = []
        for service in (SERVICE, COMMUNITIES):
            start, is_complete = 0, False
            while not is_complete:
                body = ask.AskRequests(start=start, limit=REQUESTS_A_PAGE)
                page = await self._call(f"{service}.get_pendency", body, ask.Requests)
                found += [_to_request(row) for row in page.rows if with_answered or row.handled == OPEN]
                start, is_complete = page.next, not page.next
        return found

    async def answer(self, request: JoinRequest, text: str, *, is_agreed: bool) -> None:
        """Answer a request by the command for its kind."""
        answer = "Agree" if is_agreed else "Reject"
        name: str
        body: ask.Verdict
        match request.kind:
            case RequestKind.CONSENT:
                name = "handle_invite_join_group"
                body = ask.Consent(
                    group=request.group, answer=answer, key=request.key, text=text, inviter=request.operator
                )
            case RequestKind.APPROVAL:
                name, inviter = "handle_invite_join_permission_group", request.operator
                body = ask.Approve(
                    group=request.group,
                    answer=answer,
                    key=request.key,
                    text=text,
                    inviter=inviter,
                    invited=request.user,
                )
            case RequestKind.APPLICATION:
                name = "handle_apply_join_group"
                body = ask.Decide(
                    group=request.group, answer=answer, key=request.key, text=text, applicant=request.user
                )
        await self._call(f"{SERVICE}.{name}", body, wire.Nothing)

    async def ban(self, group: str, users: Sequence[str], seconds: int, text: str) -> None:
        """Put accounts out of a group and keep them out for a time."""
        for first in range(0, len(users), BANNED_A_CALL):
            some = list(users[first : first + BANNED_A_CALL])
            body = ask.Ban(group=group, users=some, seconds=seconds, text=text)
            await self._call(f"{SERVICE}.ban_group_member", body, wire.Nothing)


def _to_request(row: ask.RequestDown) -> JoinRequest:
    return JoinRequest(
        group=row.group,
        kind=RequestKind(row.kind),
        operator=row.by,
        user=row.user,
        key=row.key,
        text=row.text,
        time=row.time,
        group_name=row.group_name,
        group_type=row.group_type,
        is_open=row.handled == OPEN,
        is_answered_here=row.handled == BY_SELF,
        nick=row.nick,
        face_url=row.face_url,
    )
