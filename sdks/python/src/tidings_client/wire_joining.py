"""Coming into groups by request, in the wire form of requests and answers (spec/client/group_open_http_svc.yaml)."""

from msgspec import field

from tidings_client.wire_base import Down, Up
from tidings_client.wire_group_asks import OneGroup


class AskRequests(Up, frozen=True):
    """get_pendency; `start` 0, or where the page before said to go on."""

    start: int = field(name="StartTime")
    limit: int = field(name="Limit")


class RequestDown(Down, frozen=True):
    """A request: 0 an application, 1 an invitation of the user, 2 one that owner or admins decide on."""

    by: str = field(name="From_Account")
    user: str = field(name="To_Account")
    group: str = field(name="GroupId")
    kind: int = field(name="ApplicationType")
    key: str = field(name="Authentication")
    time: int = field(name="Time")
    handled: int = field(name="Handled")
    nick: str = field(name="FromUserNickName", default="")
    face_url: str = field(name="FromUserFaceUrl", default="")
    group_name: str = field(name="GroupName", default="")
    group_type: str = field(name="GroupType", default="")
    text: str = field(name="ApplyInviteMsg", default="")


class Requests(Down, frozen=True):
    """Requests, oldest first; `next` 0: there are no more."""

    rows: list[RequestDown] = field(name="PendencyList", default_factory=list)
    next: int = field(name="NextStartTime", default=0)


class Verdict(OneGroup, frozen=True):
    """Agree or Reject, in which words; `key` repeats what the request had."""

    answer: str = field(name="HandleMsg")
    key: str = field(name="Authentication")
    text: str = field(name="ApprovalMsg", default="")


class Decide(Verdict, frozen=True, kw_only=True):
    """handle_apply_join_group."""

    applicant: str = field(name="Applicant_Account")


class Consent(Verdict, frozen=True, kw_only=True):
    """handle_invite_join_group."""

    inviter: str = field(name="Inviter_Account")


class Approve(Verdict, frozen=True, kw_only=True):
    """handle_invite_join_permission_group."""

    inviter: str = field(name="Applicant_Account")
    invited: str = field(name="Invited_Account")


class Ban(OneGroup, frozen=True):
    """ban_group_member."""

    users: list[str] = field(name="Members_Account")
    seconds: int = field(name="Duration")
    text: str = field(name="Description", default="")
