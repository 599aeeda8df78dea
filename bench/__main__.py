"""Measures the server and the bare ceiling under the same load: python -m bench [--quick] [TEST...]."""

import argparse
import asyncio
import resource
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path

import uvloop

from bench.communities import fill_community, measure_community
from bench.conversations import fill_conversations, measure_conversations
from bench.groups import measure_groups
from bench.history import fill_history, measure_history
from bench.joined import fill_groups, measure_groups_joined
from bench.live_rooms import measure_live_rooms
from bench.loads import Plan, measure_idle, measure_logins, measure_pairs, measure_rate
from bench.meter import Row
from bench.report import save, to_table
from bench.rest import measure_rest
from bench.search import fill_search, measure_search
from bench.target import Target

Measure = Callable[[Target, Plan], Awaitable[list[Row]]]
Prepare = Callable[[Path, int], Measure]
TESTS: dict[str, Measure] = {
    "pairs": measure_pairs,
    "rate": measure_rate,
    "logins": measure_logins,
    "idle": measure_idle,
    "rest": measure_rest,
    "groups": measure_groups,
    "live": measure_live_rooms,
}
# What the bare ceiling has nothing of.
OWN = {"groups", "live"}
SIZES = {"community": (200, 100_000), "joined": (1000, 100_000)}
QUICK_SIZES = {"community": (200, 5000), "joined": (1000, 10_000)}
MESSAGES, QUICK_MESSAGES = (10_000, 1_000_000), (10_000, 100_000)
TEST_LIMIT_S = 180


def prepare_history(folder: Path, size: int) -> Measure:
    """Fill a folder with one long history."""
    return partial(measure_history, size=size, start=fill_history(folder, size))


def prepare_conversations(folder: Path, size: int) -> Measure:
    """Fill a folder with many conversations of one user."""
    fill_conversations(folder, size)
    return partial(measure_conversations, size=size)


def prepare_search(folder: Path, size: int) -> Measure:
    """Fill a folder with messages to search."""
    return partial(measure_search, filled=fill_search(folder, size))


def prepare_community(folder: Path, size: int) -> Measure:
    """Fill a folder with one community."""
    fill_community(folder, size)
    return partial(measure_community, size=size)


def prepare_joined(folder: Path, size: int) -> Measure:
    """Fill a folder with many groups."""
    fill_groups(folder, size)
    return partial(measure_groups_joined, size=size)


# Each fills a folder with so many messages, members or groups, and says how to measure over them.
GROWING: dict[str, Prepare] = {
    "community": prepare_community,
    "joined": prepare_joined,
    "history": prepare_history,
    "conversations": prepare_conversations,
    "search": prepare_search,
}


def main() -> None:
    """Run the chosen tests and print the table."""
    arguments = _parse()
    _allow_files()
    plan = Plan(2.0, 1.0, is_quick=True) if arguments.quick else Plan()
    moment = time.time()
    measured: dict[str, list[Row]] = {}
    with tempfile.TemporaryDirectory(prefix="tidings-bench-") as name:
        for target in arguments.targets.split(","):
            measured[target] = _measure(target, arguments.tests, plan, Path(name))
            save(measured[target], target, moment)
    print(to_table(measured))


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("tests", nargs="*", metavar="TEST", help=f"any of: {', '.join([*TESTS, *GROWING])}")
    parser.add_argument("--quick", action="store_true", help="short tests, without the big steps")
    parser.add_argument("--targets", default="ceiling,tidings", help="what to measure, in this order")
    arguments = parser.parse_args()
    arguments.tests = arguments.tests or [*TESTS, *GROWING]
    if unknown := set(arguments.tests) - {*TESTS, *GROWING}:
        parser.error(f"no such test: {', '.join(sorted(unknown))}; there are {', '.join([*TESTS, *GROWING])}")
    return arguments


def _measure(target: str, tests: list[str], plan: Plan, folder: Path) -> list[Row]:
    rows: list[Row] = []
    for test in tests:
        print(f"{target}: {test}", file=sys.stderr, flush=True)
        if test in OWN and target != "tidings":
            continue
        if test not in GROWING:
            rows += _measure_fresh(target, TESTS[test], plan, folder / f"{target}-{test}")
        elif target == "tidings":
            rows += _measure_growing(test, plan, folder)
    return rows


def _measure_fresh(name: str, measure: Measure, plan: Plan, folder: Path) -> list[Row]:
    """Start a server with no data, measure it, end it."""
    target = Target(name, folder)
    try:
        return uvloop.run(asyncio.wait_for(measure(target, plan), TEST_LIMIT_S))
    finally:
        target.stop()


def _measure_growing(test: str, plan: Plan, folder: Path) -> list[Row]:
    """Measure over little and over much data."""
    rows: list[Row] = []
    for size in QUICK_SIZES.get(test, QUICK_MESSAGES) if plan.is_quick else SIZES.get(test, MESSAGES):
        data = folder / f"{test}-{size}"
        rows += _measure_fresh("tidings", GROWING[test](data, size), plan, data)
    return rows


def _allow_files() -> None:
    """Allow as many sockets as the system lets us have."""
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


if __name__ == "__main__":
    main()
