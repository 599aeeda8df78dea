"""Joining, inviting and deciding, as users call for it."""

import pytest

from tests.support.clients import Json
from tests.support.joining import notices
from tests.support.stage import Stage
from tests.unit.command.test_group_history import SERVICE, code_of, make_group
from tidings.command.registry import Door
from tidings.domain.accounts import Account
from tidings.domain.group.kinds import ApplyOption, InviteOption


async def run(stage: Stage, name: str, body: Json, by: Account | None = None) -> Json:
    return await stage.run(Door.SOCKET, f"{SERVICE}/{name}", body, by)


async def pending(stage: Stage, by: Account | None = None, **fields: object) -> Json:
    return await run(stage, "get_pendency", fields, by)


async def test_an_application_is_listed_answered_and_shown_as_answered(stage: Stage) -> None:
    group, them = await make_group(stage, members=()), stage.them
    for applicant in (them.bob, them.carol):
        answer = await run(stage, "apply_join_group", {"GroupId": group, "ApplyMsg": "hello"}, applicant)
        assert answer["JoinedStatus"] == "WaitAdminApproval"
    first = await pending(stage, Limit=1)
    (row,) = first["PendencyList"]
    assert (row["From_Account"], row["To_Account"], row["ApplyInviteMsg"], row["Handled"]) == ("bob", "bob", "hello", 0)
    assert (row["ApplicationType"], row["GroupName"], first["UnreadPendencyCount"]) == (0, "team", 2)
    body = {"GroupId": group, "Applicant_Account": "bob", "HandleMsg": "Agree", "Authentication": row["Authentication"]}
    await run(stage, "handle_apply_join_group", body)
    rest = await pending(stage, StartTime=first["NextStartTime"])
    assert ([each["From_Account"] for each in rest["PendencyList"]], rest["NextStartTime"]) == (["carol"], 0)
    assert [each["Handled"] for each in (await pending(stage))["PendencyList"]] == [2, 0]
    assert await code_of(run(stage, "handle_apply_join_group", body)) == 10024
    assert (await pending(stage, them.bob))["PendencyList"] == []


async def test_communities_are_asked_for_apart(stage: Stage) -> None:
    group = await make_group(stage, "Community", members=())
    stage.rules.groups.directory.get(stage.app.sdk_app_id, group).apply_option = ApplyOption.ASK  # type: ignore[arg-type]
    await run(stage, "apply_join_group", {"GroupId": group}, stage.them.bob)
    assert (await pending(stage))["PendencyList"] == []
    apart = await stage.run(Door.SOCKET, "million_group_open_http_svc/get_pendency", {})
    assert [each["GroupId"] for each in apart["PendencyList"]] == [group]


async def test_invitations_say_of_each_what_became_of_it(stage: Stage) -> None:
    group = await make_group(stage, "Private", members=("bob",))
    body = {"GroupId": group, "MemberList": [{"Member_Account": name} for name in ("bob", "carol")]}
    answer = await run(stage, "add_group_member", body, stage.them.bob)
    assert [row["Result"] for row in answer["MemberList"]] == [2, 1]


@pytest.mark.parametrize("command", ["handle_invite_join_group", "handle_apply_join_group"])
async def test_the_invited_answer_by_either_command(stage: Stage, command: str) -> None:
    stage.change(invitation_consent=True)
    them = stage.them
    group = await make_group(stage, "Private", members=("bob",))
    body = {"GroupId": group, "MemberList": [{"Member_Account": "carol"}]}
    answer = await run(stage, "add_group_member", body, them.bob)
    assert [row["Result"] for row in answer["MemberList"]] == [3]
    key = notices(stage)[-1][1].key
    name = "Inviter_Account" if command == "handle_invite_join_group" else "Applicant_Account"
    (row,) = (await pending(stage, them.carol))["PendencyList"]
    assert (row["ApplicationType"], row["From_Account"], row["Authentication"]) == (1, "bob", key)
    answer = {"GroupId": group, name: "bob", "HandleMsg": "Agree", "Authentication": key}
    await run(stage, command, answer, them.carol)
    assert stage.rules.groups.directory.get(stage.app.sdk_app_id, group).member_count == 3  # type: ignore[arg-type]


async def test_leaders_decide_on_invitations_of_members(stage: Stage) -> None:
    group, them = await make_group(stage, "Public"), stage.them
    stage.rules.groups.directory.get(stage.app.sdk_app_id, group).invite_option = InviteOption.ASK  # type: ignore[arg-type]
    body = {"GroupId": group, "MemberList": [{"Member_Account": "carol"}]}
    await run(stage, "add_group_member", body, them.bob)
    (row,) = (await pending(stage))["PendencyList"]
    assert (row["ApplicationType"], row["From_Account"], row["To_Account"]) == (2, "bob", "carol")
    names = {"Applicant_Account": "bob", "Invited_Account": "carol", "Authentication": row["Authentication"]}
    await run(stage, "handle_invite_join_permission_group", {"GroupId": group, "HandleMsg": "Reject", **names})
    assert notices(stage)[-1][1].kind == 3
    assert [each["Handled"] for each in (await pending(stage))["PendencyList"]] == [2]


@pytest.mark.parametrize(
    ("command", "fields", "code"),
    [
        ("apply_join_group", {"GroupId": "none"}, 10015),
        ("apply_join_group", {"ApplyMsg": "x" * 301}, 10004),
        ("add_group_member", {"MemberList": [{"Member_Account": "bob"}]}, 10007),
        ("handle_apply_join_group", {"Applicant_Account": "bob", "HandleMsg": "Perhaps"}, 10004),
        ("handle_apply_join_group", {"Applicant_Account": "bob", "HandleMsg": "Agree"}, 10007),
        ("handle_apply_join_group", {"Applicant_Account": "nobody", "HandleMsg": "Agree"}, 10019),
        ("handle_invite_join_group", {"Inviter_Account": "bob", "HandleMsg": "Agree"}, 10024),
        ("get_pendency", {"Limit": 0}, 10004),
    ],
)
async def test_what_is_wrong_is_refused(stage: Stage, command: str, fields: Json, code: int) -> None:
    group = await make_group(stage)
    assert await code_of(run(stage, command, {"GroupId": group, **fields}, stage.them.carol)) == code
