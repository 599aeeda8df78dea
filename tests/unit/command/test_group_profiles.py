"""Who may change what of a group: every type, role and action, at both doors (spec/groups.md, section 2)."""

from collections.abc import Mapping

import pytest

from tests.support.clients import Json
from tests.support.groups import found, found_community, make_topic
from tests.support.live_rooms import join
from tests.support.stage import Stage
from tests.unit.command.test_group_history import SERVICE, code_of
from tidings.command.registry import Door
from tidings.domain.accounts import Account
from tidings.domain.group.groups import Group
from tidings.domain.group.kinds import GROUP_KINDS, Kind
from tidings.errors import TidingsError
from tidings.ids import UserId

FIELDS = "for_all:anyone:members,for_admins:anyone:admins,for_owner:anyone:owner,for_app:anyone:app"
# O owner, A admin, M member, S app server; "-": it is so in every group of the type. Rows: Work, Public, Meeting,
# AVChatRoom, Community; Work has no admins.
LEADERS = ("OMS", "OAS", "OAS", "OAS", "OAS")
CHANGES: Mapping[str, tuple[Json, tuple[str, ...]]] = {
    "name": ({"Name": "crew"}, LEADERS),
    "introduction": ({"Introduction": "we"}, LEADERS),
    "notice": ({"Notification": "soon"}, LEADERS),
    "picture": ({"FaceUrl": "p"}, LEADERS),
    "how to apply": ({"ApplyJoinOption": "DisableApply"}, ("-", "OAS", "", "", "OAS")),
    "how to apply, openly": ({"ApplyJoinOption": "FreeAccess"}, ("", "OAS", "-", "-", "-")),
    "how to invite": ({"InviteJoinOption": "NeedPermission"}, ("OS", "OAS", "OAS", "", "OAS")),
    "mute all": ({"ShutUpAllMember": "On"}, ("", "OAS", "OAS", "OAS", "OAS")),
    "mute all, newer name": ({"MuteAllMember": "On"}, ("", "OAS", "OAS", "OAS", "OAS")),
    "field of members": ({"AppDefinedData": [{"Key": "for_all", "Value": "1"}]}, ("OMS", *["OAMS"] * 4)),
    "field of admins": ({"AppDefinedData": [{"Key": "for_admins", "Value": "1"}]}, ("OS", *["OAS"] * 4)),
    "field of the owner": ({"AppDefinedData": [{"Key": "for_owner", "Value": "1"}]}, ("OS",) * 5),
    "field of the app": ({"AppDefinedData": [{"Key": "for_app", "Value": "1"}]}, ("S",) * 5),
    "field nobody knows": ({"AppDefinedData": [{"Key": "other", "Value": "1"}]}, ("",) * 5),
}
ROLES = "OAMXS"


async def make(stage: Stage, kind: Kind) -> tuple[Group, dict[str, Account]]:
    """Return a group, and who is what in it; X is somebody who is not."""
    stage.change(group_fields=FIELDS)
    them = stage.them
    outsider = await stage.rules.accounts.ensure(stage.app.sdk_app_id, UserId("xavier"))
    if kind is Kind.LIVE:
        group = await found(stage, kind)
        for account in (them.bob, them.carol):
            join(stage, group, account)
        await stage.rules.groups.live_admins.appoint(group, [them.bob], UserId("administrator"))
    else:
        group = await found(stage, kind, them.carol, admins=(them.bob,))
    return group, {"O": them.alice, "A": them.bob, "M": them.carol, "X": outsider, "S": them.alice}


async def try_to(stage: Stage, group: Group, who: str, caller: Account, change: Json) -> int:
    """Return the code a change is answered with."""
    door = Door.REST if who == "S" else Door.SOCKET
    try:
        await stage.run(door, f"{SERVICE}/modify_group_base_info", {"GroupId": group.group_id, **change}, caller)
    except TidingsError as error:
        return error.code
    return 0


@pytest.mark.parametrize("kind", GROUP_KINDS, ids=lambda kind: kind.value)
@pytest.mark.parametrize("name", CHANGES)
async def test_changes_are_for_whom_the_matrix_says(stage: Stage, kind: Kind, name: str) -> None:
    change, rows = CHANGES[name]
    allowed = rows[GROUP_KINDS.index(kind)]
    refused = 10004 if "nobody knows" in name else 10007
    for who in ROLES:
        if allowed == "-" or (kind is Kind.WORK and who == "A"):
            continue
        group, them = await make(stage, kind)
        before = (group.info_seq, group.name, group.is_muted, group.apply_option, dict(group.custom))
        code = await try_to(stage, group, who, them[who], change)
        expected = 0 if who in allowed else 10007 if who == "X" else refused
        assert (who, code) == (who, expected)
        after = (group.info_seq, group.name, group.is_muted, group.apply_option, dict(group.custom))
        assert (after == before) == (code != 0)


@pytest.mark.parametrize("kind", GROUP_KINDS, ids=lambda kind: kind.value)
async def test_a_group_is_found_by_its_id_as_the_matrix_says(stage: Stage, kind: Kind) -> None:
    group, them = await make(stage, kind)
    for who in "OAMX":
        body = {"GroupIdList": [group.group_id]}
        answer = await stage.run(Door.SOCKET, f"{SERVICE}/get_group_public_info", body, them[who])
        hidden = kind is Kind.WORK and who == "X"
        assert answer["GroupInfo"][0]["ErrorCode"] == (10007 if hidden else 0)


@pytest.mark.parametrize(
    ("field", "limit"), [("Name", 100), ("Introduction", 400), ("Notification", 400), ("FaceUrl", 500)]
)
@pytest.mark.parametrize("door", list(Door), ids=lambda door: door.value)
async def test_texts_have_their_limits_in_bytes(stage: Stage, door: Door, field: str, limit: int) -> None:
    group = await found(stage)
    for letter, count, code in (("x", limit, 0), ("x", limit + 1, 10004), ("é", limit // 2 + 1, 10004)):
        body = {"GroupId": group.group_id, field: letter * count}
        call = stage.run(door, f"{SERVICE}/modify_group_base_info", body)
        if code:
            assert await code_of(call) == code
        else:
            assert (await call)["ActionStatus"] == "OK"


async def test_nothing_is_changed_if_a_part_is_refused(stage: Stage) -> None:
    group, _ = await make(stage, Kind.PUBLIC)
    body = {"GroupId": group.group_id, "Name": "crew", "AppDefinedData": [{"Key": "for_app", "Value": "1"}]}
    assert await code_of(stage.run(Door.SOCKET, f"{SERVICE}/modify_group_base_info", body)) == 10007
    assert (group.name, group.info_seq) == ("team", 1)


@pytest.mark.parametrize(("limit", "code"), [(1, 0), (10_000, 0), (0, 10004), (10_001, 10004)])
async def test_pages_of_the_list_have_their_limits(stage: Stage, limit: int, code: int) -> None:
    await found(stage)
    call = stage.run(Door.REST, f"{SERVICE}/get_appid_group_list", {"Limit": limit})
    if code:
        with pytest.raises(Exception, match="Limit"):
            await call
    else:
        assert len((await call)["GroupIdList"]) == 1


async def test_a_topic_is_no_group_to_be_found(stage: Stage) -> None:
    community = await found_community(stage)
    topic = await make_topic(stage, community)
    body = {"GroupIdList": [topic.group_id, community.group_id]}
    answer = await stage.run(Door.SOCKET, f"{SERVICE}/get_group_public_info", body, stage.them.bob)
    assert [row["ErrorCode"] for row in answer["GroupInfo"]] == [10007, 0]
    change = {"GroupId": topic.group_id, "Name": "crew"}
    assert await code_of(stage.run(Door.REST, f"{SERVICE}/modify_group_base_info", change)) == 10007
