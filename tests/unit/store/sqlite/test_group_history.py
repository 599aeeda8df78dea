"""What is kept beside messages of groups goes with them: when they expire, when an app or an account is deleted."""

from pathlib import Path

from tests.support.stage import Stage, open_stage
from tests.unit.command.test_group_history import SERVICE, make_group, recall, say
from tidings.command.registry import Door
from tidings.store.sqlite.apps import GROUP_TABLES
from tidings.store.sqlite.rows import one

BESIDE = ("group_hidden", "group_recalls", "group_receipts", "group_pins")


async def fill(stage: Stage) -> str:
    """Make a group whose messages are hidden, recalled, read and pinned."""
    group = await make_group(stage)
    for _ in range(2):
        await say(stage, group, "hi", NeedReadReceipt=1)
    await stage.run(
        Door.SOCKET, f"{SERVICE}/delete_group_ramble_msg_by_seq", {"GroupId": group, "Seqs": [1]}, stage.them.bob
    )
    read = {"GroupId": group, "MsgSeqList": [{"MsgSeq": 2}]}
    await stage.run(Door.SOCKET, f"{SERVICE}/group_msg_receipt", read, stage.them.bob)
    await stage.run(Door.REST, f"{SERVICE}/pin_message", {"GroupId": group, "MsgSeq": 2, "Pinner_Account": "bob"})
    await recall(stage, group, [1], stage.them.alice)
    return group


async def count(stage: Stage, table: str, where: str = "1") -> int:
    """Count the rows of a table."""
    sql = f"SELECT count(*) FROM {table} WHERE {where}"
    engine = stage.store._engine  # noqa: SLF001 - nothing else counts rows
    return int(await engine.read(lambda connection: one(connection, sql)[0]))


async def test_it_expires_with_the_messages(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        await fill(stage)
        assert [await count(stage, table) for table in BESIDE] == [1, 1, 1, 1]
        await stage.store.retention.expire({stage.app.sdk_app_id: int(stage.clock.now()) + 1})
        assert [await count(stage, table) for table in BESIDE] == [0, 0, 0, 0]


async def test_it_goes_with_the_app(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        await stage.store.apps.create(stage.app.sdk_app_id, "test", 1)
        await fill(stage)
        await stage.store.apps.delete(stage.app.sdk_app_id)
        for table in (*GROUP_TABLES, "groups", "messages"):
            assert await count(stage, table) == 0, table


async def test_what_an_erased_account_has_read_hidden_and_pinned_names_it_no_more(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        await fill(stage)
        await stage.rules.accounts.delete(stage.them.bob)
        await stage.rules.erasing.work()
        assert [await count(stage, table) for table in BESIDE] == [0, 1, 0, 1]
        assert await count(stage, "group_pins", "pinner = 'bob'") == 0
