"""Who may do what in which kind of group, tried by everybody over real sockets and REST (spec/groups.md, section 2)."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from tests.support.clients import Json
from tests.support.group_matrix import ACTS, KINDS, LIVE, ROLES, SERVICE, WORK, Act, Place
from tests.support.server import running_server

EVERYBODY = (*ROLES.values(), "tom", "nina")


@asynccontextmanager
async def stage(kind: str) -> AsyncIterator[Place]:
    async with running_server() as site:
        await site.change(rest_calls=100_000)  # all of it happens in one second
        rest = site.rest()
        await rest.call(
            "im_open_login_svc/multiaccount_import", {"AccountList": [{"UserID": name} for name in EVERYBODY]}
        )
        yield Place(site, rest, {name: await site.login(name) for name in EVERYBODY}, kind)


async def settle(place: Place) -> None:
    """Make a group of the kind with owner, members, and an admin if it has any."""
    members = [{"Member_Account": name} for name in ("mary", "tom")]
    if place.kind not in {LIVE, WORK}:
        members.append({"Member_Account": "adam", "Role": "Admin"})
    body: Json = {"Type": place.kind, "Name": "team", "Owner_Account": "olga"}
    if place.kind == "Community":
        body["SupportTopic"] = 1
    if place.kind != LIVE:
        body["MemberList"] = members
    place.group = (await place.rest.call(f"{SERVICE}/create_group", body))["GroupId"]
    place.keys.clear()
    if place.kind == LIVE:
        await enter(place)


async def enter(place: Place) -> None:
    """Let owner, admin and members come into a live room."""
    admins = {"GroupId": place.group, "CommandType": 1, "Admin_Account": ["adam"]}
    await place.rest.call("group_open_avchatroom_http_svc/modify_admin", admins)
    for name in ("olga", "adam", "mary", "tom"):
        await place.devices[name].call(f"{SERVICE}.apply_join_group", {"GroupId": place.group})


async def picture(place: Place) -> Json:
    """Return what the group is, as far as somebody refused may not have changed it."""
    info = await place.by_app((f"{SERVICE}/get_group_info", {"GroupIdList": [place.group]}))
    if place.kind == LIVE:
        members = await place.by_app(place.ask("group_open_avchatroom_http_svc/get_members", Timestamp=0))
    else:
        members = await place.by_app(place.ask("get_group_member_info"))
    return {"info": info["GroupInfo"], "members": members["MemberList"]}


async def outcome(place: Place, act: Act, letter: str) -> int:
    """Return what somebody is answered; whoever is refused must have changed nothing."""
    await settle(place)
    if act.before is not None:
        await act.before(place)
    before = await picture(place)
    answer = await place.by_client(ROLES[letter], act.ask(place))
    code = act.result(answer)
    if code:
        assert await picture(place) == before
    return code


@pytest.mark.parametrize("kind", KINDS)
async def test_clients_do_what_their_role_allows(kind: str) -> None:
    wanted = {act.name: act.expected(kind) for act in ACTS}
    async with stage(kind) as place:
        found = {act.name: {letter: await outcome(place, act, letter) for letter in wanted[act.name]} for act in ACTS}
    assert found == wanted


@pytest.mark.parametrize("kind", KINDS)
async def test_the_apps_server_does_what_the_kind_allows(kind: str) -> None:
    wanted = {act.name: act.app.get(kind, 0) for act in ACTS if act.app is not None}
    found = {}
    async with stage(kind) as place:
        for act in ACTS:
            if act.app is not None:
                await settle(place)
                if act.before is not None:
                    await act.before(place)
                found[act.name] = act.result(await place.by_app((act.by_app or act.ask)(place)))
    assert found == wanted
