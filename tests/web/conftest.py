"""Fixtures of the browser tests: both clients from the npm registry, Chromium, `tidings dev`, and pages."""

import fcntl
import itertools
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator

import pytest

from tests.web.browser import HERE, Browser, Page, running_browser
from tests.web.emulator import Emulator, running_emulator

FETCHED = HERE.parents[1] / ".web"
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
NEEDED = "The browser tests need {}: on Debian, apt-get install {}; `make test` does that by itself."
SDKS = ("chat-3.6.6", "tim-2.27.6")

_numbers = itertools.count(1)

Enter = Callable[..., Page]
Name = Callable[[str], str]


def _program(names: tuple[str, ...], what: str, package: str) -> str:
    found = next((path for name in names if (path := shutil.which(name))), None)
    if found is None:
        pytest.fail(NEEDED.format(what, package), pytrace=False)
    return found


def _fetch() -> None:
    """Install what package-lock.json names, unless that is what is there."""
    lock, done = (HERE / "package-lock.json").read_text(encoding="utf-8"), FETCHED / "done"
    npm = _program(("npm",), "npm on PATH", "nodejs npm")
    FETCHED.mkdir(exist_ok=True)
    with (FETCHED / "lock").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)  # test processes side by side take turns
        if done.exists() and done.read_text(encoding="utf-8") == lock:
            return
        for name in ("package.json", "package-lock.json"):
            shutil.copy(HERE / name, FETCHED / name)
        argv = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
        ended = subprocess.run(argv, cwd=FETCHED, capture_output=True, text=True, check=False)
        if ended.returncode:
            pytest.fail(f"npm could not fetch the clients, is its registry in reach?\n{ended.stderr}", pytrace=False)
        done.write_text(lock, encoding="utf-8")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return headless Chromium."""
    node = _program(("node",), "Node 20 or newer on PATH", "nodejs")
    chromium = _program((os.environ.get("CHROMIUM", ""), *CHROMIUMS), "Chromium on PATH or in CHROMIUM", "chromium")
    _fetch()
    with running_browser(FETCHED, chromium, node) as browser:
        yield browser


@pytest.fixture(scope="session")
def emulator() -> Iterator[Emulator]:
    """Return a running `tidings dev`, shared by tests that talk under names of their own."""
    with running_emulator("--set", "member_fields=desk:members:own") as emulator:
        yield emulator


@pytest.fixture(params=SDKS)
def sdk(request: pytest.FixtureRequest) -> str:
    """Return which client the test is about: each test runs with both."""
    return str(request.param)


@pytest.fixture
def named() -> Name:
    """Return how people are called in this test: no two tests share anyone."""
    number = next(_numbers)
    return lambda name: f"{name}-{os.getpid()}-{number}"


@pytest.fixture
def opened(browser: Browser, sdk: str) -> Iterator[Callable[[int, int], Page]]:
    """Return how to open a page whose client is pointed at a port, not logged in."""
    pages: list[Page] = []

    def open_page(app_id: int, port: int) -> Page:
        page = Page(browser, browser.order("open", sdk=sdk))
        pages.append(page)
        page.run("create", app_id, f"ws://127.0.0.1:{port}")
        return page

    yield open_page
    for page in pages:
        page.close()


@pytest.fixture
def enter(opened: Callable[[int, int], Page], emulator: Emulator) -> Enter:
    """Return how to open a page and log in: the user's next device."""

    def log_in(name: str, at: Emulator = emulator, port: int = 0) -> Page:
        page = opened(at.app_id, port or at.port)
        page.login(name, at.usersig(name))
        return page

    return log_in
