"""A community with few members and with very many, most of them away: nothing may cost more for that."""

import asyncio
import json
import time
from pathlib import Path

from bench.client import LoadClient, open_clients
from bench.loads import TEXT_BYTES, Plan
from bench.meter import Meter, Row
from bench.target import Target
from tidings.domain.group.groups import Group, Member
from tidings.domain.group.kinds import ApplyOption, InviteOption, Kind, Role
from tidings.ids import GroupId, SdkAppId, UserId
from tidings.store.sqlite.accounts import SqliteAccounts
from tidings.store.sqlite.engine import FileEngine
from tidings.store.sqlite.groups import SqliteGroups
from tidings.store.sqlite.store import DATABASE

NEWCOMERS, ONLINE, PAGE = 200, 20, 100
COMMUNITY = "@TGS#_bench"
NAMES_A_QUERY = 1000


def fill_community(folder: Path, size: int) -> None:
    """Make a data folder with a community of u0 to u<size - 1>, and some who are not in it."""
    target = Target("tidings", folder)
    try:
        target.import_users(0, size + NEWCOMERS)
        app = SdkAppId(target.sdk_app_id)
    finally:
        target.stop()
    asyncio.run(_found(folder / "data" / DATABASE, app, size))


async def _found(path: Path, app: SdkAppId, size: int) -> None:
    engine = FileEngine(path, is_synced=False)
    members, now = [], int(time.time())
    for first in range(0, size, NAMES_A_QUERY):
        names = [UserId(f"u{n}") for n in range(first, min(first + NAMES_A_QUERY, size))]
        accounts = await SqliteAccounts(engine).find_accounts(app, names)
        members += [Member(each.number, each.user_id, Role.MEMBER, now) for each in accounts]
    members.sort(key=lambda member: member.account)
    members[0].role = Role.OWNER
    group = Group(
        app,
        GroupId(COMMUNITY),
        Kind.COMMUNITY,
        "hikers",
        members[0].account,
        now,
        size + NEWCOMERS,
        ApplyOption.FREE,
        InviteOption.FREE,
    )
    await SqliteGroups(engine).create(group, members)
    await engine.close()


async def measure_community(target: Target, plan: Plan, size: int) -> list[Row]:
    """Join, speak and list members, one after the other."""
    newcomers = await open_clients(target, size, size + NEWCOMERS)
    members = await open_clients(target, 0, ONLINE)
    rows = [
        await _join(target, newcomers, size),
        await _speak(target, plan, members, size),
        await _list(target, plan, members[0], size),
    ]
    for client in (*newcomers, *members):
        client.close()
    return rows


async def _join(target: Target, newcomers: list[LoadClient], size: int) -> Row:
    meter = Meter(target.process)
    meter.start()
    for client in newcomers:
        began = time.perf_counter_ns()
        await client.call("million_group_open_http_svc.apply_join_group", json.dumps({"GroupId": COMMUNITY}))
        meter.note(began)
    return meter.row(f"joins of a community of {size}")


async def _speak(target: Target, plan: Plan, members: list[LoadClient], size: int) -> Row:
    """Let each of some members speak in turn; the newcomers are online and hear it."""
    meter, text = Meter(target.process), "x" * TEXT_BYTES
    element = {"MsgType": "TIMTextElem", "MsgContent": {"Text": text}}
    meter.start()
    end, number = time.perf_counter() + plan.seconds / 2, 0
    while time.perf_counter() < end:
        number += 1
        body = {"GroupId": COMMUNITY, "Random": number, "MsgBody": [element]}
        began = time.perf_counter_ns()
        await members[number % ONLINE].call("million_group_open_http_svc.send_group_msg", json.dumps(body))
        meter.note(began)
    return meter.row(f"messages to {NEWCOMERS + ONLINE} online of {size + NEWCOMERS}")


async def _list(target: Target, plan: Plan, client: LoadClient, size: int) -> Row:
    """Page through the members, as far as there is time, again and again."""
    meter, place = Meter(target.process), "0"
    meter.start()
    end = time.perf_counter() + plan.seconds / 2
    while time.perf_counter() < end:
        body = {"GroupId": COMMUNITY, "Limit": PAGE, "Next": place}
        began = time.perf_counter_ns()
        answer = await client.call("million_group_open_http_svc.get_group_member_info", json.dumps(body))
        meter.note(began)
        place = answer["Next"] or "0"
    return meter.row(f"pages of {PAGE} members of {size + NEWCOMERS}")
