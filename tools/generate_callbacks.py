"""Writes src/tidings/wire/callbacks: the bodies of the callbacks, as the catalogue in spec/webhooks.yaml has them.

Run it from anywhere in the repository after a change of the catalogue: `python tools/generate_callbacks.py`.
"""

# ruff: noqa: INP001, S603 - a script, in no package; it calls our own formatter

import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "src" / "tidings" / "wire" / "callbacks"
COMMAND = "CallbackCommand"
CLIENT_PARAMETER, PLATFORM_PARAMETER = "ClientIP", "OptPlatform"
MADE = "Made by tools/generate_callbacks.py from spec/webhooks.yaml"
MEMBERS = {"Member_Account"}
SCALARS = {"String": "str", "Integer": "int", "uint32 or String": "int | str", "Array of String": "list[str]"}
# What the catalogue advises to send beside what its tables have.
MORE = {
    "Group.CallbackAfterMemberFieldChanged": {"name": "Member_Account", "type": "String"},
    "Group.CallbackAfterTopicInfoChanged": {"name": "TopicId", "type": "String", "required": False},
}
# What may be left out, though the tables do not say so: newer documentation only, or one kind of conversation only.
OPTIONAL = {
    ("C2C.CallbackBeforeSendMsg", "EventTime"),
    ("Push.OfflinePush", "GroupID"),
    ("Push.OfflinePush", "MsgKey"),
    ("ContentCallback.ResultNotify", "To_Account"),
    ("ContentCallback.ResultNotify", "ToGroupId"),
}


@dataclass
class Node:
    """A field of a body: its type, whether it may be left out, and what is inside it."""

    name: str
    kind: str = "Object"
    is_optional: bool = False
    members: dict[str, "Node"] = field(default_factory=dict)


def catalogue() -> list[dict[str, Any]]:
    """Return the catalogue's entries."""
    entries: list[dict[str, Any]] = yaml.safe_load((ROOT / "spec" / "webhooks.yaml").read_text(encoding="utf-8"))
    return entries


def render() -> dict[str, str]:
    """Return the texts of the generated files by their names."""
    modules: dict[str, list[dict[str, Any]]] = {}
    for entry in catalogue():
        modules.setdefault(_module(entry["command"]), []).append(entry)
    return {f"{name}.py": _module_text(name, entries) for name, entries in modules.items()}


def to_class(command: str) -> str:
    """Return the class of a callback: C2C.CallbackAfterSendMsg, C2cAfterSendMsg."""
    category, _, name = command.partition(".")
    name = name.removeprefix("Callback")
    return _camel(name if category == "State" else f"{category}{name}")


def _module(command: str) -> str:
    return to_snake(command.partition(".")[0])


def _module_text(name: str, entries: list[dict[str, Any]]) -> str:
    classes = [text for entry in entries for text in _classes(entry)]
    body = "\n\n".join(classes)
    bases = ["Callback", *(each for each in ("MemberItem", "Phase") if re.search(rf"\b{each}\b", body))]
    raw = ["import msgspec"] if "msgspec." in body else []
    names = ["Struct"] if "(Struct" in body else []
    names += ["UNSET", "UnsetType"] if "UNSET" in body else []
    names += ["field"]
    lines = [
        f'"""Callbacks of {name}. {MADE}: change those instead."""',
        "",
        "from typing import ClassVar",
        "",
        *raw,
        f"from msgspec import {', '.join(sorted(names, key=lambda n: (n.islower(), not n.isupper(), n)))}",
        "",
        f"from tidings.wire.callbacks.callback import {', '.join(bases)}",
        "",
        "",
    ]
    return "\n".join(lines) + body


def _classes(entry: dict[str, Any]) -> Iterator[str]:
    command, name = entry["command"], to_class(entry["command"])
    tree = _tree(entry)
    yield from _nested(name, tree, command)
    parameters = entry["query_parameters"]
    facts = [f'    callback: ClassVar[str] = "{command}"']
    if entry["phase"] == "before":
        facts.append("    phase: ClassVar[Phase] = Phase.BEFORE")
    if entry["phase"] == "alarm":
        facts.append("    phase: ClassVar[Phase] = Phase.ALARM")
    if CLIENT_PARAMETER not in parameters:
        facts.append("    tells_address: ClassVar[bool] = False")
    if PLATFORM_PARAMETER not in parameters:
        facts.append("    tells_platform: ClassVar[bool] = False")
    yield _class_text(name, entry["title"], "Callback, kw_only=True", [*facts, *_fields(name, tree, command)])


def _tree(entry: dict[str, Any]) -> Node:
    root = Node("")
    rows = list(entry["request_fields"])
    if (more := MORE.get(entry["command"])) is not None:
        rows.insert(4, more)
    for row in rows:
        *parents, last = row["name"].replace("[]", "").split(".")
        at = root
        for parent in parents:
            at = at.members[parent]
        is_optional = row.get("required") is False or (entry["command"], last) in OPTIONAL
        at.members[last] = Node(last, row["type"], is_optional)
    return root


def _nested(stem: str, node: Node, command: str) -> Iterator[str]:
    for member in node.members.values():
        if member.members and member.name != "MsgBody" and set(member.members) != MEMBERS:
            yield from _nested(stem, member, command)
            name = f"{stem}{_camel(member.name)}"
            yield _class_text(name, f"A part of {member.name}", "Struct, kw_only=True", _fields(stem, member, command))


def _fields(stem: str, node: Node, command: str) -> list[str]:
    return [_field(stem, member, command) for member in node.members.values()]


def _field(stem: str, node: Node, command: str) -> str:
    if node.name == COMMAND and not stem.startswith("Push"):
        return f'    callback_command: str = field(name="{COMMAND}", default="{command}")'
    kind = _kind(stem, node)
    snake = to_snake(node.name)
    line = f'    {snake}: {kind} = field(name="{node.name}")'
    if node.is_optional:
        line = f'    {snake}: {kind} | UnsetType = field(name="{node.name}", default=UNSET)'
    return line


def _kind(stem: str, node: Node) -> str:
    if node.name == "MsgBody":
        return "msgspec.Raw"
    if node.members:
        inner = "MemberItem" if set(node.members) == MEMBERS else f"{stem}{_camel(node.name)}"
        return f"list[{inner}]" if node.kind == "Array" else inner
    return SCALARS[node.kind]


def _class_text(name: str, title: str, bases: str, fields: list[str]) -> str:
    title = title[0].upper() + title[1:]
    return "\n".join([f"class {name}({bases}):", f'    """{title.rstrip(".")}."""', "", *fields, ""])


def to_snake(name: str) -> str:
    """Return a wire name as it is written in Python: To_Account, MsgSeq, C2CMsgInfo."""
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name.replace("C2C", "C2c"))
    return re.sub("_+", "_", parted).lower()


def _camel(name: str) -> str:
    return "".join(word.capitalize() for word in to_snake(name).split("_"))


if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else TARGET
    for file_name, text in render().items():
        (folder / file_name).write_text(text, encoding="utf-8")
    subprocess.run(
        [sys.executable, "-m", "ruff", "format", "-q", "--config", ROOT / "pyproject.toml", folder], check=True
    )
