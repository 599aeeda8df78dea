"""The program as its users run it: real processes, signals, files and ports."""

import http.client
import json
import os
import signal
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import apsw
import pytest
from click.testing import CliRunner
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from tests.support.clients import GatewayClient, RestClient, text_body
from tests.unit.cli.certificates import write_certificate
from tidings import __version__
from tidings.cli.main import main
from tidings.domain.usersig import make, make_v1
from tidings.errors import APP_DISABLED, APP_INVALID, NO_PUBLIC_KEY, SIG_MISMATCH

TIDINGS = (sys.executable, "-m", "tidings")
MAX_RSS_KB = 80 * 1024
KEY = "5f" * 32
APP = 1400000042
OK = 0


class Program:
    """A process of `tidings`, read line by line."""

    def __init__(self, *args: str | Path, env: dict[str, str]) -> None:
        self.process = subprocess.Popen(
            [*TIDINGS, *map(str, args)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=env
        )

    def line(self) -> str:
        """Return the next line of standard output."""
        assert self.process.stdout is not None
        return self.process.stdout.readline()

    def event(self, name: str) -> dict[str, Any]:
        """Return the next log line of that event; lines of others are passed over."""
        assert self.process.stderr is not None
        for line in self.process.stderr:
            found: dict[str, Any] = json.loads(line)
            if found["event"].startswith(name):
                return found
        raise AssertionError(f"the program ended without {name!r}")

    def send(self, number: signal.Signals) -> None:
        """Send a signal."""
        self.process.send_signal(number)

    def end(self, number: signal.Signals = signal.SIGTERM) -> tuple[int, str, str]:
        """Ask it to end; return exit code, and what it still printed on both outputs."""
        self.send(number)
        return self.ended()

    def ended(self) -> tuple[int, str, str]:
        """Wait for its end; return exit code, and what it still printed on both outputs."""
        out, err = self.process.communicate()
        return self.process.returncode, out, err


Run = Callable[..., Program]


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    """Return variables under which nothing of the machine's user shows."""
    runtime = tmp_path / "runtime"
    runtime.mkdir()
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TIDINGS_")}
    return {**kept, "XDG_RUNTIME_DIR": str(runtime)}


@pytest.fixture
def run(env: dict[str, str]) -> Iterator[Run]:
    """Return what starts programs; those that still run in the end are killed."""
    started: list[Program] = []

    def start(*args: str | Path, **more: str) -> Program:
        started.append(Program(*args, env={**env, **more}))
        return started[-1]

    yield start
    for program in started:
        program.process.kill()
        program.process.communicate()


@pytest.fixture
def hint(tmp_path: Path) -> Path:
    """Return where emulators of these tests leave their facts."""
    return tmp_path / "runtime" / "tidings-dev.json"


def get(port: int, path: str, context: ssl.SSLContext | None = None) -> tuple[int, str]:
    """Get a page of a server on this machine."""
    line = (
        http.client.HTTPConnection("127.0.0.1", port)
        if context is None
        else http.client.HTTPSConnection("localhost", port, context=context)
    )
    with closing(line):
        line.request("GET", path)
        answer = line.getresponse()
        return answer.status, answer.read().decode()


def post(url: str, body: str) -> dict[str, Any]:
    """Post to a server on this machine and return its answer."""
    parts = urlsplit(url)
    with closing(http.client.HTTPConnection(parts.netloc)) as line:
        line.request("POST", f"{parts.path}?{parts.query}", body)
        answer: dict[str, Any] = json.loads(line.getresponse().read())
        return answer


def call(port: int, key: str = KEY) -> int:
    """Call a REST command of the test's app; return the code of the answer."""
    now = time.time()
    is_pair = key.startswith("-----BEGIN")
    sig = make_v1(APP, key.encode(), "administrator", now=now) if is_pair else make(APP, key, "administrator", now=now)
    query = f"sdkappid={APP}&identifier=administrator&usersig={sig}&random=1&contenttype=json"
    url = f"http://127.0.0.1:{port}/v4/im_open_login_svc/account_check?{query}"
    return int(post(url, '{"CheckItem":[{"UserID":"alice"}]}')["ErrorCode"])


def app(*args: str | int | Path) -> None:
    """Run `tidings app` in this process."""
    result = CliRunner().invoke(main, ["app", *map(str, args)])
    assert result.exit_code == 0, result.output


def facts_of(program: Program) -> dict[str, Any]:
    """Return what an emulator says in JSON."""
    found: dict[str, Any] = json.loads(program.line())
    return found


def rest_of(facts: dict[str, Any]) -> RestClient:
    """Return a client of an emulator's REST door."""
    address = urlsplit(facts["rest"]).netloc
    return RestClient(address, facts["sdkappid"], facts["admin"], facts["admin_usersig"])


# serve


def test_serve_takes_options_before_variables_before_the_file(run: Run, tmp_path: Path) -> None:
    config = tmp_path / "tidings.toml"
    config.write_text('host = "127.0.0.3"\ndata_dir = "nowhere"\ndurability = "fast"\ndrain_seconds = 3.5\n')
    variables = {"TIDINGS_HOST": "127.0.0.1", "TIDINGS_PROT": "1"}
    server = run("serve", "--config", config, "--port", "0", "--data", tmp_path / "d", **variables)
    started = server.event("started")
    assert (started["host"], started["version"], started["apps"]) == ("127.0.0.1", __version__, 0)
    assert (started["data_dir"], started["durability"]) == (str(tmp_path / "d"), "fast")
    assert get(started["port"], "/healthz") == (200, "ok\n")
    assert server.event("variables that are no setting")["variables"] == ["TIDINGS_PROT"]
    assert "tidings app create" in server.event("no app yet")["event"]
    code, out, err = server.end()
    assert (code, out) == (0, "")
    events = [json.loads(line) for line in err.splitlines()]
    assert [each["event"] for each in events] == ["stopping", "stopped"]
    assert (events[0]["reason"], events[0]["drain_seconds"]) == ("SIGTERM", 3.5)


def test_a_running_server_takes_over_what_the_command_line_changes(run: Run, tmp_path: Path) -> None:
    data, new_key = ("--data", tmp_path), "a0" * 32
    server = run("serve", "--port", "0", *data)
    port = server.event("started")["port"]
    app("create", "--sdkappid", APP, "--key", KEY, *data)
    while call(port) != OK:
        pass
    app("key", "add", APP, "--key", new_key, *data)
    app("disable", APP, *data)
    while call(port) != APP_DISABLED.code:
        pass
    app("key", "remove", APP, 1, *data)
    app("enable", APP, *data)
    while call(port, new_key) != OK:
        pass
    assert call(port, KEY) == SIG_MISMATCH.code
    app("delete", APP, "--yes", *data)
    while call(port, new_key) != APP_INVALID.code:
        pass


def test_a_running_server_takes_usersigs_of_version_1_once_it_has_the_public_key(run: Run, tmp_path: Path) -> None:
    app("create", "--sdkappid", APP, "--key", KEY, "--data", tmp_path)
    port = run("serve", "--port", "0", "--data", tmp_path).event("started")["port"]
    pair, public = ec.generate_private_key(ec.SECP256K1()), tmp_path / "public.pem"
    private = pair.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    public.write_bytes(pair.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    assert call(port, private) == NO_PUBLIC_KEY.code
    app("key", "add", APP, "--public", public, "--data", tmp_path)
    while call(port, private) != OK:
        pass
    assert call(port, KEY) == OK


def test_serve_speaks_tls(run: Run, tmp_path: Path) -> None:
    files = write_certificate(tmp_path)
    server = run("serve", "--port", "0", "--data", tmp_path / "d", "--tls-cert", files.cert, "--tls-key", files.key)
    started = server.event("started")
    context = ssl.create_default_context(cafile=str(files.cert))
    assert started["tls"] is True
    assert get(started["port"], "/healthz", context) == (200, "ok\n")
    assert server.end()[0] == 0


def test_one_folder_has_one_server(run: Run, tmp_path: Path) -> None:
    first = run("serve", "--port", "0", "--data", tmp_path)
    first.event("started")
    for command in ("serve", "dev"):
        code, _, err = run(command, "--port", "0", "--data", tmp_path).ended()
        assert (code, err.count("\n")) == (1, 1)
        assert f"in use by a server with process id {first.process.pid};" in err
    first.process.kill()
    first.ended()
    again = run("serve", "--port", "0", "--data", tmp_path)
    again.event("started")


@pytest.mark.parametrize("command", ["serve", "dev"])
def test_a_taken_port_is_told_in_a_sentence(run: Run, tmp_path: Path, command: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        code, out, err = run(command, "--port", str(port), "--data", tmp_path).ended()
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert f"can't listen on 127.0.0.1 port {port}" in err
    assert "--port" in err


@contextmanager
def call_under_way(data: Path, port: int) -> Iterator["Future[int]"]:
    """Call a server that can't answer before this ends, since its database is locked; yields the answer's code."""
    with ThreadPoolExecutor(1) as pool, closing(apsw.Connection(str(data / "tidings.db"))) as database:
        database.execute("BEGIN IMMEDIATE")
        answer = pool.submit(call, port)
        while "tidings_rest_requests_total 1.0\n" not in get(port, "/metrics")[1]:
            pass
        yield answer


def test_two_signals_at_once_let_it_finish_what_is_under_way(run: Run, tmp_path: Path) -> None:
    app("create", "--sdkappid", APP, "--key", KEY, "--data", tmp_path)
    server = run("serve", "--port", "0", "--data", tmp_path)
    with call_under_way(tmp_path, server.event("started")["port"]) as answer:
        # Held meanwhile, it finds both signals in the same moment.
        for number in (signal.SIGSTOP, signal.SIGTERM, signal.SIGINT, signal.SIGCONT):
            server.send(number)
        server.event("stopping")
    assert answer.result() == OK
    code, _, err = server.ended()
    assert (code, json.loads(err)["event"]) == (0, "stopped")


def test_a_later_signal_ends_it_at_once(run: Run, tmp_path: Path) -> None:
    app("create", "--sdkappid", APP, "--key", KEY, "--data", tmp_path)
    server = run("serve", "--port", "0", "--data", tmp_path, TIDINGS_DRAIN_SECONDS="300")
    with call_under_way(tmp_path, server.event("started")["port"]) as answer:
        # The second may still belong to the first on a slow machine; a process on its way out is left alone.
        for patience_s in (1.5, 5.0, 20.0):
            if server.process.poll() is None:
                server.send(signal.SIGTERM)
                with suppress(subprocess.TimeoutExpired):
                    server.process.wait(patience_s)
        assert isinstance(answer.exception(), http.client.RemoteDisconnected)
    code, _, err = server.ended()
    assert code == 1
    assert [json.loads(line)["event"].partition(":")[0] for line in err.splitlines()] == ["stopping", "stopped at once"]


def with_newer_schema(data: Path) -> None:
    with closing(apsw.Connection(str(data / "tidings.db"))) as database:
        database.execute("INSERT INTO schema_steps VALUES (999, 'x')")


def with_broken_database(data: Path) -> None:
    (data / "tidings.db").write_text("this is no database, whatever it is called" * 100)


def with_open_key(data: Path) -> None:
    (data / "master.key").chmod(0o644)


def with_other_key(data: Path) -> None:
    (data / "master.key").write_bytes(b"k" * 32)


def without_key(data: Path) -> None:
    (data / "master.key").unlink()


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (with_newer_schema, "written by a newer version"),
        (with_broken_database, "file is not a database"),
        (with_open_key, "chmod 600"),
        (with_other_key, "was not sealed with this master key"),
        (without_key, "put the file back from a copy"),
    ],
)
def test_unusable_data_is_told_in_a_sentence(
    run: Run, tmp_path: Path, spoil: Callable[[Path], None], words: str
) -> None:
    data = tmp_path / "data"
    app("create", "--data", data)
    spoil(data)
    for command in (("serve", "--port", "0"), ("dev", "--port", "0"), ("app", "list")):
        code, _, err = run(*command, "--data", data).ended()
        assert (code, err.count("\n")) == (1, 1)
        assert words in err


@pytest.mark.parametrize("place", ["/proc/self", "/proc/self/none", "/dev/null"])
def test_a_folder_that_can_not_be_written_is_told_in_a_sentence(run: Run, place: str) -> None:
    code, _, err = run("serve", "--port", "0", "--data", place).ended()
    assert (code, err.count("\n")) == (1, 1)
    assert f"data folder {place}" in err
    assert "name another" in err


# dev


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_dev_prints_one_json_line_and_ends_cleanly(
    run: Run, hint: Path, tmp_path: Path, number: signal.Signals
) -> None:
    program = run("dev", "--json", "--port", "0", TMPDIR=str(tmp_path))
    line = program.line()
    facts = json.loads(line)
    assert list(facts) == ["rest", "gateway", "sdkappid", "key", "admin", "admin_usersig", "users"]
    assert list(facts["users"]) == ["alice", "bob"]
    assert hint.read_text() == line.strip()
    assert hint.stat().st_mode & 0o777 == 0o600
    assert program.end(number) == (0, "", "")
    assert [each.name for each in tmp_path.iterdir()] == ["runtime"]
    assert not list(hint.parent.iterdir())


def test_dev_stays_small(run: Run) -> None:
    program = run("dev", "--json", "--port", "0")
    facts_of(program)
    status = Path(f"/proc/{program.process.pid}/status").read_text()
    peak = next(line for line in status.splitlines() if line.startswith("VmHWM:"))
    assert int(peak.split()[1]) < MAX_RSS_KB


def test_the_curl_line_sends_each_time_it_is_pasted(run: Run) -> None:
    program = run("dev", "--port", "0")
    lines = [program.line()]
    while not lines[-1].startswith("Ctrl-C"):
        lines.append(program.line())
    line = next(line for line in lines if line.startswith("  curl "))
    # Unquoted, as in a hurry: even the splitting of words must leave it whole.
    shell = "curl() { printf '%s\\n' \"$@\"; }\neval $0"
    words = subprocess.run(["sh", "-c", shell, line.strip()], check=True, capture_output=True, text=True).stdout
    url, option, body = words.split()
    assert option == "-d"
    first, second = post(url, body), post(url, body)
    assert first["ActionStatus"] == second["ActionStatus"] == "OK"
    assert first["MsgKey"] != second["MsgKey"], "the second is taken for a repeat of the first"
    assert program.end(signal.SIGINT) == (0, "", "")


def test_a_programs_emulator_does_not_take_the_hint_from_a_persons(run: Run, hint: Path) -> None:
    own = run("dev", "--port", "0")
    while not own.line().startswith("Ctrl-C"):
        pass
    left = hint.read_text()
    other = run("dev", "--json", "--port", "0")
    assert other.line() != left
    assert other.end()[0] == 0
    assert hint.read_text() == left
    assert own.end()[0] == 0
    assert not hint.exists()


def test_dev_ends_with_the_program_that_reads_it(env: dict[str, str], hint: Path) -> None:
    script = (
        "import subprocess, sys\n"
        f"child = subprocess.Popen({[*TIDINGS, 'dev', '--json', '--port', '0']!r}, stdout=subprocess.PIPE)\n"
        "child.stdout.readline()\n"
        "print('ready', flush=True)\n"
        "sys.stdin.read()\n"
    )
    pipe = subprocess.PIPE
    parent = subprocess.Popen([sys.executable, "-c", script], stdin=pipe, stdout=pipe, stderr=pipe, text=True, env=env)
    assert parent.stdout is not None
    assert parent.stdout.readline() == "ready\n"
    assert hint.exists()
    parent.kill()
    # The emulator has inherited standard error: its end is the emulator's.
    assert parent.communicate()[1] == ""
    assert not hint.exists()


async def test_dev_keeps_app_key_data_and_tickets(run: Run, tmp_path: Path) -> None:
    args = ("dev", "--json", "--port", "0", "--data", tmp_path / "data", "--set", "history_days=30")
    program = run(*args)
    facts = facts_of(program)
    socket_url = "{}/info?sdkappid={}&instanceid=aa&platform=7"
    alice = await GatewayClient.open(socket_url.format(facts["gateway"], facts["sdkappid"]))
    await alice.login("alice", facts["users"]["alice"])
    message = {"From_Account": "alice", "To_Account": "bob", "MsgRandom": 7, "MsgBody": text_body("kept")}
    await rest_of(facts).call("openim/sendmsg", message)
    assert program.end()[0] == 0
    assert await alice.closed() == (1012, "the server restarts: connect again")

    again = facts_of(run(*args[:-2]))
    assert [again[name] for name in ("sdkappid", "key", "admin")] == [
        facts[name] for name in ("sdkappid", "key", "admin")
    ]
    back = await GatewayClient.open(socket_url.format(again["gateway"], again["sdkappid"]))
    await back.resume(alice)
    assert back.ticket == alice.ticket
    query = {"Operator_Account": "alice", "Peer_Account": "bob", "MaxCnt": 10, "MinTime": 0, "MaxTime": 2**32 - 1}
    history = await rest_of(again).call("openim/admin_getroammsg", query)
    assert [each["MsgBody"] for each in history["MsgList"]] == [text_body("kept")]
    settings = json.loads(run("app", "settings", str(facts["sdkappid"]), "--json", "--data", args[5]).ended()[1])
    assert settings["history_days"] == 30
    await back.close()


def test_doctor_sees_the_server_that_runs(run: Run, tmp_path: Path) -> None:
    server = run("serve", "--port", "0", "--data", tmp_path)
    port = server.event("started")["port"]
    code, out, _ = run("doctor", "--json", "--data", tmp_path, "--port", str(port)).ended()
    found = {each["check"]: each for each in json.loads(out)}
    assert code == 0
    assert f"process id {server.process.pid} uses it" in found["data"]["detail"]
    assert "a server answers" in found["port"]["detail"]
    assert found["apps"]["verdict"] == "warn"
