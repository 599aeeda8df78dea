"""Makes the reference pages from the catalogue (spec/) and the code: `make docs`.

Nothing else writes docs/reference; a test fails when a page there differs from what this makes.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal, get_args, get_origin

import msgspec
import yaml
from msgspec import Meta

import tidings.command  # noqa: F401 - fills the command table
from tidings import errors
from tidings.command.registry import COMMANDS, Door
from tidings.errors import Fault
from tidings.settings import ENVIRONMENT_PREFIX, AppSettings, ServerSettings

ROOT = Path(__file__).resolve().parents[1]
SPEC = ROOT / "spec"
REFERENCE = ROOT / "docs" / "reference"
MADE = "<!-- Made by `make docs`; change spec/ or the code instead. -->"

Row = Mapping[str, Any]


def main() -> None:
    """Write every page."""
    REFERENCE.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (REFERENCE / name).write_text(text, encoding="utf-8")
        print(REFERENCE.relative_to(ROOT) / name)


def pages() -> dict[str, str]:
    """Return each page's text by its file name."""
    made = {
        "commands.md": commands_page(),
        "client.md": client_page(),
        "errors.md": errors_page(),
        "settings.md": settings_page(),
    }
    return {name: "\n".join([MADE, *lines]).rstrip() + "\n" for name, lines in made.items()}


def commands_page() -> Iterator[str]:
    """Return the page of the REST commands: the built ones in full, the others by name."""
    yield from (
        "# REST commands",
        "",
        "App servers call `POST /v4/<service>/<command>` as an app admin, with a JSON object as body and the query",
        "`sdkappid=..&identifier=..&usersig=..&random=..&contenttype=json`.",
        "The answer is HTTP 200 whatever the outcome; `ErrorCode` tells it.",
        "",
    )
    yield from _envelope("rest")
    services = _services("rest")
    yield from _built(services, Door.REST)
    yield from ("## Not built yet", "", "These stand in the catalogue and are answered 60009.", "")
    for service, command in services:
        if not _is_built(Door.REST, service, command):
            yield f"- `{service}/{command['command']}`: {_cell(command['title'])}"


def client_page() -> Iterator[str]:
    """Return the page of the gateway: connection, frames, commands, pushes."""
    frames = _read(SPEC / "client" / "frames.yaml")
    pushes = _read(SPEC / "client" / "pushes.yaml")
    yield from ("# Client gateway", "")
    yield from (f"- {note}" for note in frames["notes"])
    yield from ("", "## Connecting", "", "Query parameters of the address:", "", *_table(frames["connect"]))
    yield from ("", "## Head of a request", "", *_table(frames["head"]), "")
    yield from (f"- {rule}" for rule in frames["rules"])
    yield ""
    yield from _envelope("socket")
    services = _services("client")
    yield from _built(services, Door.SOCKET)
    missing = [row for row in services if not _is_built(Door.SOCKET, *row)]
    if missing:
        yield from ("## Not built yet", "", "These are answered 60009.", "")
        yield from (f"- `{service}.{command['command']}`: {_cell(command['title'])}" for service, command in missing)
        yield ""
    yield from ("## Pushes", "")
    yield from (f"- {note}" for note in pushes["notes"])
    yield from ("", "Body:", "", *_table(pushes["body"]), "")
    for push in pushes["pushes"]:
        yield from _push(push)


def errors_page() -> Iterator[str]:
    """Return the page of the errors that this server gives."""
    lines = (SPEC / "errors.tsv").read_text(encoding="utf-8").splitlines()[1:]
    meanings = {line.split("\t")[0]: line.split("\t")[2] for line in lines}
    faults = sorted((f for f in vars(errors).values() if isinstance(f, Fault)), key=lambda fault: fault.code)
    yield from ("# Errors", "", "Every error that this server gives, with what it says and advises.")
    yield from ("Braces stand for what was compared. All codes of the protocol are in spec/errors.tsv.", "")
    yield from ("| code | meaning | sentence | what to do |", "| --- | --- | --- | --- |")
    for fault in faults:
        yield _row(fault.code, meanings.get(str(fault.code), ""), fault.cause, fault.remedy)


def settings_page() -> Iterator[str]:
    """Return the page of the settings."""
    yield from ("# Settings", "", "## Of a server process", "")
    yield from (
        "Set in the TOML file that `tidings serve --config` names, or as an environment variable, which wins.",
        "",
    )
    yield from _settings(ServerSettings, ENVIRONMENT_PREFIX)
    yield from ("", "## Of an app", "", "Kept in the store with the app.", "")
    yield from _settings(AppSettings, "")


def _settings(section: type[msgspec.Struct], prefix: str) -> Iterator[str]:
    yield _row("name", *(["variable"] if prefix else []), "type", "default", "bounds", "meaning")
    yield _row(*["---"] * (6 if prefix else 5))
    for field in msgspec.structs.fields(section):
        kind, meta = _declared(field.type)
        variable = [f"`{prefix}{field.name.upper()}`"] if prefix else []
        default = f"`{msgspec.json.encode(field.default).decode()}`"
        yield _row(f"`{field.name}`", *variable, _type_name(kind), default, _bounds(meta), meta.description or "")


def _declared(declared: object) -> tuple[object, Meta]:
    if get_origin(declared) is not Annotated:
        return declared, Meta()
    kind, *marks = get_args(declared)
    return kind, next(mark for mark in marks if isinstance(mark, Meta))


def _type_name(kind: object) -> str:
    if get_origin(kind) is Literal:
        return " or ".join(f"`{value}`" for value in get_args(kind))
    return {int: "integer", float: "number", str: "text", bool: "true or false"}.get(kind, str(kind))  # type: ignore[call-overload, no-any-return]


def _bounds(meta: Meta) -> str:
    if meta.pattern is not None:
        return f"`{meta.pattern}`"
    return "" if meta.ge is None else f"{meta.ge} to {meta.le}"


def _services(folder: str) -> list[tuple[str, Row]]:
    rows = []
    for file in sorted((SPEC / folder).glob("*.yaml")):
        content = _read(file)
        rows += [(content["service"], command) for command in content.get("commands", [])]
    return sorted(rows, key=lambda row: row[0])


def _built(services: Sequence[tuple[str, Row]], door: Door) -> Iterator[str]:
    before = ""
    for service, command in services:
        if _is_built(door, service, command):
            if service != before:
                yield from (f"## {service}", "")
            before = service
            yield from _command(service, command, "/" if door is Door.REST else ".")


def _is_built(door: Door, service: str, command: Row) -> bool:
    return (door, f"{service}/{command['command']}") in COMMANDS


def _command(service: str, command: Row, separator: str) -> Iterator[str]:
    yield from (f"### {service}{separator}{command['command']}", "", f"{command['title']}.", "")
    yield f"- Who: {command['who']}."
    for key, label in (("rate_limit", "Rate"), ("batch_limit", "Batch")):
        if key in command:
            yield f"- {label}: {command[key]}."
    yield from (f"- {rule}" for rule in command["rules"])
    for part in ("request", "response"):
        yield from ("", f"{part.capitalize()}:" if command[part] else f"{part.capitalize()}: no fields of its own.", "")
        if command[part]:
            yield from _table(command[part])
    if command["errors"]:
        yield from ("", f"Errors beside the common ones: {', '.join(map(str, command['errors']))}.")
    for part in ("request", "response"):
        yield from ("", f"Example of a {part}:", "", *_json(command[f"{part}_example"]))
    yield ""


def _push(push: Row) -> Iterator[str]:
    yield from (
        f"### {push['push']}",
        "",
        f"{push['title']}.",
        "",
        f"- To: {push['to']}.",
        f"- servcmd: `{push['servcmd']}`.",
    )
    if push["event"] is not None:
        yield f"- Event {push['event']}, {'kept in the log' if push['kept'] else 'told live only'}."
    yield from (f"- {rule}" for rule in push["rules"])
    if push["fields"]:
        yield from ("", *_table(push["fields"]))
    yield from ("", *_json(push["example"]), "")


def _envelope(door: str) -> Iterator[str]:
    envelope = _read(SPEC / "envelope.yaml")[door]
    yield from ("## Every answer", "", *_table(envelope["fields"]), "")
    yield from (f"Errors that any command may give: {', '.join(map(str, envelope['errors']))}.", "")


def _table(rows: Sequence[Row]) -> Iterator[str]:
    yield from ("| field | type | needed | meaning |", "| --- | --- | --- | --- |")
    for row in rows:
        yield _row(f"`{row['name']}`", row["type"], _need(row), row["meaning"] + _marks(row))


def _need(row: Row) -> str:
    if not row.get("required"):
        return ""
    return f"yes, or `{row['or']}`" if "or" in row else "yes"


def _marks(row: Row) -> str:
    own = "; an addition of this server" if row.get("ours") else ""
    return own + ("; this server does not use it" if row.get("unused") else "")


def _json(text: str) -> Iterator[str]:
    yield from ("```json", *text.rstrip().split("\n"), "```")


def _row(*cells: object) -> str:
    return f"| {' | '.join(map(_cell, cells))} |".replace("|  |", "| |")


def _cell(value: object) -> str:
    return re.sub(r"\s+", " ", str(value)).replace("|", "\\|")


def _read(file: Path) -> Any:  # noqa: ANN401 - YAML
    return yaml.load(file.read_bytes(), Loader=yaml.CSafeLoader)


if __name__ == "__main__":
    main()
