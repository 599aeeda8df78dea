"""Live rooms to try rules on."""

from tests.support.groups import found
from tests.support.stage import Stage
from tidings.domain.accounts import Account
from tidings.domain.group.groups import Group
from tidings.domain.group.kinds import Kind
from tidings.domain.group.live import Visitor
from tidings.domain.group.live_members import Crowd
from tidings.ids import InstanceId, UserId

MANY = 1000


async def open_room(stage: Stage, *accounts: Account) -> Group:
    """Return a live room that alice owns, with accounts in it, each by a login of its own number."""
    group = await found(stage, Kind.LIVE)
    for account in accounts:
        join(stage, group, account)
    return group


def join(stage: Stage, group: Group, account: Account, login: int = 0, most: int = MANY, history: int = 0) -> Crowd:
    """Let a login of an account in; 0: that of its own number."""
    visitor = Visitor(account, InstanceId(login or account.number), most, history)
    return stage.rules.groups.live.join(group, visitor)


def present(stage: Stage, group: Group) -> list[str]:
    """Return who is in a room, the first to come in first."""
    return [who.member.user_id for who in stage.rules.groups.live.open(group)]


async def people(stage: Stage, count: int) -> list[Account]:
    """Return so many accounts."""
    app = stage.app.sdk_app_id
    return [await stage.rules.accounts.ensure(app, UserId(f"guest-{number}")) for number in range(count)]
