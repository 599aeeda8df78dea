"""Results: one JSON line each in bench/results, and a table for the reader."""

import json
import os
import time
from pathlib import Path

from bench.meter import Row

RESULTS = Path(__file__).with_name("results")
COLUMNS = (
    ("test", "test"),
    ("per_s", "per s"),
    ("cpu_us", "CPU us each"),
    ("p50_ms", "p50 ms"),
    ("p99_ms", "p99 ms"),
    ("kb_each", "KB each"),
    ("rows_read", "rows read"),
    ("rss_mb", "RSS MB"),
    ("others_pct", "others %"),
)
# What is compared with the ceiling: the server's CPU, or memory where no CPU is asked for.
COMPARED = ("cpu_us", "kb_each")
QUIET_PCT = 10


def save(rows: list[Row], target: str, moment: float) -> None:
    """Append rows to the results file of that run's day."""
    RESULTS.mkdir(exist_ok=True)
    at = time.localtime(moment)
    with (RESULTS / time.strftime("%Y-%m-%d.jsonl", at)).open("a") as file:
        for row in rows:
            stamp = {"at": time.strftime("%H:%M:%S", at), "target": target, "load1": round(os.getloadavg()[0], 2)}
            file.write(json.dumps({**stamp, **row}) + "\n")


def to_table(measured: dict[str, list[Row]]) -> str:
    """Return a table of all targets' rows by test, with the ratio to the ceiling.

    If other programs took a good part of the machine, a line below says so: they slow down both.
    """
    ceiling = {row["test"]: row for row in measured.get("ceiling", [])}
    tests = dict.fromkeys(row["test"] for rows in measured.values() for row in rows)
    lines = [["server", *(title for _, title in COLUMNS), "x ceiling"]]
    for test in tests:
        for target, rows in measured.items():
            for row in rows:
                if row["test"] == test:
                    cells = [str(row.get(name, "")) for name, _ in COLUMNS]
                    lines.append([target, *cells, _ratio(row, ceiling.get(test), target)])
    others = max((row.get("others_pct", 0.0) for rows in measured.values() for row in rows), default=0.0)
    warning = f"\nOther programs took up to {others:.0f} % of this machine: repeat it when they are quiet."
    return _align(lines) + (warning if others > QUIET_PCT else "")


def _ratio(row: Row, ceiling: Row | None, target: str) -> str:
    if ceiling is None or target == "ceiling":
        return ""
    name = next((name for name in COMPARED if name in row), "")
    return f"{row[name] / ceiling[name]:.1f}" if ceiling.get(name) else ""


def _align(lines: list[list[str]]) -> str:
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    text_columns = 2
    return "\n".join(
        "  ".join(
            cell.ljust(width) if at < text_columns else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    )
