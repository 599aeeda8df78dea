"""What tests of coming into groups share."""

from tests.support.stage import Stage
from tidings.domain.events import GroupNotice
from tidings.ids import AccountNumber, Position
from tidings.store.sqlite.store import Store


def notices(stage: Stage) -> list[tuple[str, GroupNotice]]:
    """Return whom groups have told what since the last call, in order."""
    names = {account.number: account.user_id for account in (stage.them.alice, stage.them.bob, stage.them.carol)}
    found = [
        (str(names[account]), event) for account, event, _ in stage.delivery.events if isinstance(event, GroupNotice)
    ]
    stage.delivery.events.clear()
    return found


def told(stage: Stage) -> list[tuple[str, int]]:
    """Return whom groups have told of what kind of thing since the last call, in order."""
    return [(name, notice.kind) for name, notice in notices(stage)]


async def kept(store: Store, account: AccountNumber) -> list[tuple[Position, GroupNotice]]:
    """Return the notices of an account's log, each with its position."""
    log = await store.conversations.log_after(account, Position(0), 100, 0)
    return [each for each in log.entries if isinstance(each, tuple) and isinstance(each[1], GroupNotice)]  # type: ignore[misc]
