"""The promise under fire: the server is killed at random moments, and nothing acknowledged is lost."""

import sys
from pathlib import Path

import pytest

from tests.crash.checker import Kind, check
from tests.crash.records import RECALLED
from tests.crash.run import CrashRun
from tests.crash.server import Server

KILLS, SABOTAGED_KILLS = 54, 6
SEED = 20
SABOTAGE = str(Path(__file__).with_name("sabotage.py"))


@pytest.mark.timeout(600)
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
    texts = [change.text for change in evidence.changes]
    assert texts.count(RECALLED) > KILLS // 4
    assert len(texts) - texts.count(RECALLED) > KILLS
    assert len(evidence.reads) > KILLS // 2


async def test_server_that_acknowledges_before_it_commits_is_caught(tmp_path: Path) -> None:
    run = CrashRun(Server(tmp_path, (sys.executable, SABOTAGE)), SEED, patience_s=1)
    evidence = await run.run(SABOTAGED_KILLS)
    found = [finding for finding in check(evidence) if finding.kind == Kind.LOST]
    assert any(finding.detail.startswith("acknowledged, but not in") for finding in found)
