"""Profiles, friends, blocklists and follows under fire: nothing acknowledged is lost, no relation is half there."""

import sys
from pathlib import Path

import pytest

from tests.crash.pair_run import PairRun
from tests.crash.server import Server

KILLS, SABOTAGED_KILLS = 14, 3
SEED = 5
SABOTAGE = str(Path(__file__).with_name("sabotage_changes.py"))


@pytest.mark.timeout(300)
async def test_killed_server_keeps_what_lies_between_people(tmp_path: Path) -> None:
    run = PairRun(Server(tmp_path), SEED)
    await run.run(KILLS)
    assert run.findings == []
    # The run was hard enough to show something.
    assert run.acked > 10 * KILLS
    assert run.unanswered > KILLS


async def test_server_that_acknowledges_changes_before_it_commits_is_caught(tmp_path: Path) -> None:
    run = PairRun(Server(tmp_path, (sys.executable, SABOTAGE)), SEED)
    await run.run(SABOTAGED_KILLS)
    assert any("should have one of" in finding for finding in run.findings)
