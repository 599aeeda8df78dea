"""Logs: one event a line, on standard error, in the form and from the level that the settings say."""

import json
import subprocess
import sys
from typing import Any

PROGRAM = """
import logging, structlog
from tidings.logs import start_logging
from tidings.settings import ServerSettings

start_logging(ServerSettings(log_level={level!r}, log_format={form!r}))
log = structlog.get_logger("tidings.test")
library = logging.getLogger("library")
{lines}
"""
FAILURE = """
password = "geheim" + "nis"
try:
    int(password)
except ValueError:
    log.exception("failed")
"""


def _logged(lines: str, level: str = "info", form: str = "json") -> list[str]:
    """Run a program that logs, and return the lines of its standard error."""
    program = PROGRAM.format(level=level, form=form, lines=lines)
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == ""
    return done.stderr.splitlines()


def _objects(lines: str, level: str = "info") -> list[dict[str, Any]]:
    return [json.loads(line) for line in _logged(lines, level)]


def test_an_event_is_one_json_object_with_its_details() -> None:
    (event,) = _objects("log.info('sent', count=2, name='zoé\\n😀')")
    assert event.pop("timestamp").endswith("Z")
    assert event == {"event": "sent", "level": "info", "logger": "tidings.test", "count": 2, "name": "zoé\n😀"}


def test_libraries_go_through_the_same_form() -> None:
    (event,) = _objects("library.warning('slow: %s s', 3, extra={'peer': 'x'})")
    assert (event["event"], event["level"], event["logger"], event["peer"]) == ("slow: 3 s", "warning", "library", "x")


def test_what_is_bound_to_the_context_stands_in_every_line() -> None:
    events = _objects("structlog.contextvars.bind_contextvars(request=7)\nlog.info('a')\nlibrary.warning('b')")
    assert [event["request"] for event in events] == [7, 7]


def test_less_than_the_level_is_left_out() -> None:
    lines = "\n".join(f"{who}.{level}({level!r})" for who in ("log", "library") for level in ("debug", "info", "error"))
    assert [event["event"] for event in _objects(lines, "warning")] == ["error", "error"]
    assert len(_objects(lines, "debug")) == 6


def test_a_failure_is_one_line_of_json_with_its_traceback() -> None:
    (event,) = _objects(FAILURE)
    assert event["event"] == "failed"
    assert "ValueError" in event["exception"]


def test_text_is_for_people_and_shows_no_values_of_variables() -> None:
    lines = _logged(f"log.info('sent', count=2)\n{FAILURE}", form="text")
    assert "sent" in lines[0]
    assert "count=2" in lines[0]
    assert "\x1b" not in "".join(lines)
    assert any(line.startswith("Traceback") for line in lines)
    # The exception's own sentence names the value; a picture of the variables would a second time.
    assert "".join(lines).count("geheimnis") == 1
