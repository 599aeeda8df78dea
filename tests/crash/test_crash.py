"""The promise under fire: the server is killed at random moments, and nothing acknowledged is lost."""

from pathlib import Path

import pytest

from tests.crash.checker import check
from tests.crash.run import CrashRun
from tests.crash.server import Server

KILLS = 54
SEED = 20


@pytest.mark.timeout(300)
async def test_killed_server_keeps_its_promise(tmp_path: Path) -> None:
    run = CrashRun(Server(tmp_path), SEED)
    evidence = await run.run(KILLS)
    assert run.crew.failures == []
    assert check(evidence) == []
    # The run was hard enough to show something.
    assert run.kills >= KILLS
    assert len(evidence.acked) > 10 * KILLS
    assert run.crew.resent > KILLS
    assert run.crew.caught_up > KILLS
    assert any(evidence.unread.values())
