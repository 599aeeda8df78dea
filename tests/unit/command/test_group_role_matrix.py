"""The matrix of spec/groups.md for what members are: type by role by action, by both doors."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from tests.support.clients import Json
from tests.support.stage import Stage
from tests.unit.command.test_group_history import SERVICE
from tidings.command.registry import Door
from tidings.domain.accounts import Account
from tidings.domain.group.groups import Group
from tidings.domain.group.live import Visitor
from tidings.errors import TidingsError
from tidings.ids import GroupId, InstanceId

KINDS = ("Private", "Public", "ChatRoom", "AVChatRoom", "Community")
# Owner, admin, member, somebody outside, an app server.
OWNER, ADMIN, MEMBER, OUTSIDER, SERVER = "OAMXS"
PEOPLE = {OWNER: "olga", ADMIN: "adam", MEMBER: "max", OUTSIDER: "xenia"}
OTHER_ADMIN, OTHER_MEMBER = "anna", "mia"
CHANGE, MUTE, HAND_OVER = "modify_group_member_info", "forbid_send_msg", "change_group_owner"


@dataclass(frozen=True, slots=True)
class Case:
    """What is done, to whom (by the one who does it), and who may, in each of KINDS."""

    to_body: Callable[[str], Json]
    target: Callable[[str], str]
    may: tuple[str, str, str, str, str]
    command: str = CHANGE
    server_command: str = CHANGE


def to(name: str) -> Callable[[str], str]:
    return lambda _: name


def own(who: str) -> str:
    return PEOPLE[who]


def changing(**fields: object) -> Callable[[str], Json]:
    return lambda name: {"Member_Account": name, **fields}


def muting(name: str) -> Json:
    return {"Member_Account": name, "ShutUpTime": 60, "Members_Account": [name], "MuteTime": 60}


def handing(name: str) -> Json:
    return {"NewOwner_Account": name}


CARD = {"NameCard": "card"}
FIELDS = "desk:members:admins,seat:members:own"
DESK, SEAT = ({"AppMemberDefinedData": [{"Key": key, "Value": "7"}]} for key in ("desk", "seat"))
CASES = {
    "make a member an admin": Case(changing(Role="Admin"), to(OTHER_MEMBER), ("", "OS", "OS", "", "OS")),
    "make an admin a member": Case(changing(Role="Member"), to(OTHER_ADMIN), ("", "OS", "OS", "", "OS")),
    "mute a member": Case(muting, to(OTHER_MEMBER), ("", "OAS", "OAS", "OAS", "OAS"), server_command=MUTE),
    "mute an admin": Case(muting, to(OTHER_ADMIN), ("", "OS", "OS", "OS", "OS"), server_command=MUTE),
    "mute the owner": Case(muting, to("olga"), ("", "S", "S", "S", "S"), server_command=MUTE),
    "mute a member by its profile": Case(muting, to(OTHER_MEMBER), ("", "OAS", "OAS", "OA", "OAS")),
    "give a member a card": Case(changing(**CARD), to(OTHER_MEMBER), ("OS", "OAS", "OAS", "", "OAS")),
    "give an admin a card": Case(changing(**CARD), to(OTHER_ADMIN), ("OS", "OS", "OS", "OS", "OS")),
    "give the owner a card": Case(changing(**CARD), to("olga"), ("OS", "OS", "OS", "OS", "OS")),
    "take a card": Case(changing(**CARD), own, ("OM", "OAM", "OAM", "OA", "OAM")),
    "give a member a field": Case(changing(**DESK), to(OTHER_MEMBER), ("OS", "OAS", "OAS", "", "OAS")),
    "give an admin a field": Case(changing(**DESK), to(OTHER_ADMIN), ("OS", "OAS", "OAS", "", "OAS")),
    "take a field": Case(changing(**SEAT), own, ("OM", "OAM", "OAM", "", "OAM")),
    "get nothing": Case(changing(MsgFlag="Discard"), own, ("OM", "OAM", "OAM", "", "OAM")),
    "let another get nothing": Case(changing(MsgFlag="Discard"), to(OTHER_MEMBER), ("S", "S", "S", "", "S")),
    "hand the group over": Case(
        handing, to(OTHER_MEMBER), ("OS", "OS", "OS", "", "OS"), HAND_OVER, server_command=HAND_OVER
    ),
}


async def meet(stage: Stage) -> dict[str, Account]:
    names = [*PEOPLE.values(), OTHER_ADMIN, OTHER_MEMBER]
    await stage.run(Door.REST, "im_open_login_svc/multiaccount_import", {"Accounts": names})
    return await stage.rules.accounts.find_all(stage.app.sdk_app_id, names)  # type: ignore[arg-type, return-value]


async def make(stage: Stage, people: dict[str, Account], kind: str) -> Group:
    """Return a group with all of them in it but the outsider."""
    body: Json = {"Type": kind, "Name": "team", "Owner_Account": "olga"}
    if kind != "AVChatRoom":
        admins = [{"Member_Account": name, "Role": "Admin"} for name in ("adam", OTHER_ADMIN)]
        body["MemberList"] = [*admins, *({"Member_Account": name} for name in ("max", OTHER_MEMBER))]
    group_id = GroupId((await stage.run(Door.REST, f"{SERVICE}/create_group", body))["GroupId"])
    group = stage.rules.groups.directory.get(stage.app.sdk_app_id, group_id)
    if kind == "AVChatRoom":
        live = stage.rules.groups
        await live.live_admins.appoint(group, [people["adam"], people[OTHER_ADMIN]], people["olga"].user_id)
        for number, name in enumerate((*PEOPLE.values(), OTHER_ADMIN, OTHER_MEMBER)):
            if name != "xenia":
                live.live.join(group, Visitor(people[name], InstanceId(number + 1), 9, 0))
    return group


def state(stage: Stage, group: Group, people: dict[str, Account]) -> list[object]:
    """Return all that a change may change."""
    members = stage.rules.groups.directory.members(group, [account.number for account in people.values()]).values()
    return [
        group.owner,
        *sorted((m.user_id, m.role, m.receive, m.name_card, str(m.custom), m.muted_until) for m in members),
    ]


async def attempt(stage: Stage, group: Group, case: Case, who: str, people: dict[str, Account]) -> int:
    """Return the code that somebody gets for doing it."""
    body = {"GroupId": group.group_id, **case.to_body(case.target(who))}
    try:
        if who == SERVER:
            await stage.run(Door.REST, f"{SERVICE}/{case.server_command}", body)
        else:
            await stage.run(Door.SOCKET, f"{SERVICE}/{case.command}", body, people[PEOPLE[who]])
    except TidingsError as error:
        return error.code
    return 0


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", CASES)
async def test_who_may_does_it_and_nobody_else_changes_anything(stage: Stage, kind: str, name: str) -> None:
    stage.change(member_fields=FIELDS)
    case, people = CASES[name], await meet(stage)
    may = case.may[KINDS.index(kind)]
    everybody = [OWNER, *([] if kind == "Private" else [ADMIN]), MEMBER, OUTSIDER]
    if case.target is not own:
        everybody.append(SERVER)
    for who in everybody:
        group = await make(stage, people, kind)
        before = state(stage, group, people)
        assert (who, await attempt(stage, group, case, who, people)) == (who, 0 if who in may else 10007)
        assert (state(stage, group, people) != before) is (who in may)
