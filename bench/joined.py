"""Very many groups, of which a user is in 500: what nobody uses costs nothing."""

import asyncio
import json
import time
from pathlib import Path

from bench.client import LoadClient, open_clients
from bench.loads import Plan
from bench.meter import Meter, Row
from bench.target import Target
from tidings.domain.accounts import Account
from tidings.domain.group.groups import Group, Member
from tidings.domain.group.kinds import ApplyOption, InviteOption, Kind, Role
from tidings.ids import GroupId, SdkAppId, UserId
from tidings.store.sqlite.accounts import SqliteAccounts
from tidings.store.sqlite.engine import FileEngine
from tidings.store.sqlite.groups import SqliteGroups
from tidings.store.sqlite.store import DATABASE

JOINED, PEOPLE, MEMBERS, PAGE = 500, 1000, 5, 100
LOGINS = 100


def fill_groups(folder: Path, size: int) -> None:
    """Make a data folder with `size` groups of five; u0 is in 500 of them, u1 in none."""
    target = Target("tidings", folder)
    try:
        target.import_users(0, PEOPLE)
        app = SdkAppId(target.sdk_app_id)
    finally:
        target.stop()
    asyncio.run(_found(folder / "data" / DATABASE, app, size))


async def _found(path: Path, app: SdkAppId, size: int) -> None:
    engine = FileEngine(path, is_synced=False)
    names = [UserId(f"u{n}") for n in range(PEOPLE)]
    found = {each.user_id: each for each in await SqliteAccounts(engine).find_accounts(app, names)}
    people = [found[name] for name in names]
    groups = SqliteGroups(engine)
    made = [groups.create(*_group(app, people, n, is_joined=n % (size // JOINED) == 0)) for n in range(size)]
    await made[-1]
    await engine.close()


def _group(app: SdkAppId, people: list[Account], number: int, *, is_joined: bool) -> tuple[Group, list[Member]]:
    now = int(time.time())
    chosen = [people[2 + (number * MEMBERS + n) % (PEOPLE - 2)] for n in range(MEMBERS)]
    chosen[-1] = people[0] if is_joined else chosen[-1]
    members = [Member(each.number, each.user_id, Role.MEMBER, now) for each in chosen]
    members[0].role = Role.OWNER
    group = Group(
        app,
        GroupId(f"group-{number}"),
        Kind.PUBLIC,
        "team",
        members[0].account,
        now,
        2000,
        ApplyOption.FREE,
        InviteOption.FREE,
    )
    return group, members


async def measure_groups_joined(target: Target, plan: Plan, size: int) -> list[Row]:
    """Log in with no group and with 500, and list them."""
    rows = [
        await _log_in(target, 1, f"logins of a user in no group of {size}"),
        await _log_in(target, 0, f"logins of a user in {JOINED} groups of {size}"),
    ]
    [client] = await open_clients(target, 0, 1)
    meter = Meter(target.process)
    meter.start()
    end = time.perf_counter() + plan.seconds / 4
    while time.perf_counter() < end:
        began = time.perf_counter_ns()
        await _list(client)
        meter.note(began)
    client.close()
    return [*rows, meter.row(f"lists of {JOINED} groups of {size}")]


async def _log_in(target: Target, number: int, name: str) -> Row:
    meter = Meter(target.process)
    meter.start()
    for _ in range(LOGINS):
        began = time.perf_counter_ns()
        [client] = await open_clients(target, number, number + 1)
        meter.note(began)
        client.close()
    return meter.row(name)


async def _list(client: LoadClient) -> None:
    listed = 0
    while True:
        body = {"Member_Account": "u0", "Limit": PAGE, "Offset": listed}
        rows = (await client.call("group_open_http_svc.get_joined_group_list", json.dumps(body)))["GroupIdList"]
        listed += len(rows)
        if len(rows) < PAGE:
            break
    if listed != JOINED:
        raise RuntimeError(f"the list of {JOINED} groups holds {listed}")
