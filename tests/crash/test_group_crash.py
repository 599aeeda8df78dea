"""The promise about groups under fire: the server is killed at random moments while all talk in one group."""

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tests.crash.checker import Kind
from tests.crash.group_checker import GroupEvidence, check_group
from tests.crash.group_run import GroupRun
from tests.crash.server import Server

KILLS, SABOTAGED_KILLS = 30, 6
SEED = 20
SABOTAGE = str(Path(__file__).with_name("sabotage.py"))


@pytest.mark.timeout(600)
async def test_group_on_a_killed_server_has_no_gap_no_repeat_and_one_order(tmp_path: Path) -> None:
    run = GroupRun(Server(tmp_path), SEED)
    evidence = await run.run(KILLS)
    assert check_group(evidence) == []
    # The run was hard enough to show something.
    assert run.kills >= KILLS
    assert sum(map(len, evidence.acked.values())) > 10 * KILLS
    assert all(len(told) > 10 * KILLS for told in evidence.told.values())


async def test_server_that_acknowledges_before_it_commits_is_caught(tmp_path: Path) -> None:
    run = GroupRun(Server(tmp_path, (sys.executable, SABOTAGE)), SEED, patience_s=1)
    evidence = await run.run(SABOTAGED_KILLS)
    found = [finding for finding in check_group(evidence) if finding.kind == Kind.LOST]
    assert any(finding.detail.startswith("acknowledged") for finding in found)


GOOD = GroupEvidence(
    sent={"a": ["one", "three"], "b": ["two"]},
    acked={"a": [(1, "one"), (3, "three")], "b": [(2, "two")]},
    told={"a": [(2, "two")], "b": [(1, "one"), (3, "three")]},
    histories={"a": [(1, "one"), (2, "two"), (3, "three")], "b": [(1, "one"), (2, "two"), (3, "three")]},
)
OTHER = [(1, "one"), (2, "three"), (3, "two")]


def test_run_without_a_breach_has_no_findings() -> None:
    assert check_group(GOOD) == []


@pytest.mark.parametrize(
    ("evidence", "kind"),
    [
        (replace(GOOD, histories={"a": [(1, "one"), (2, "two"), (4, "three")]}), Kind.LOST),
        (replace(GOOD, histories={"a": [(1, "one"), (2, "two"), (3, "two")]}), Kind.DOUBLED),
        (replace(GOOD, histories={"a": [(1, "one"), (2, "two"), (3, "x")]}), Kind.PHANTOM),
        (replace(GOOD, histories={**GOOD.histories, "b": OTHER}), Kind.DISORDERED),
        (replace(GOOD, acked={"a": [(2, "one")]}), Kind.LOST),
        (replace(GOOD, told={"b": [(1, "one")]}), Kind.LOST),
        (replace(GOOD, told={"b": [(3, "three"), (1, "one")]}), Kind.DISORDERED),
        (replace(GOOD, told={"b": [(1, "one"), (1, "one"), (3, "three")]}), Kind.DOUBLED),
        (replace(GOOD, told={"b": [(1, "one"), (2, "two"), (3, "three")]}), Kind.PHANTOM),
        (replace(GOOD, gaps=["b"]), Kind.LOST),
        (replace(GOOD, sent={"a": ["three", "one"], "b": ["two"]}), Kind.DISORDERED),
    ],
)
def test_every_breach_is_found(evidence: GroupEvidence, kind: Kind) -> None:
    assert kind in {finding.kind for finding in check_group(evidence)}
