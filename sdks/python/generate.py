"""Writes src/tidings_client/rest_types.py: the REST commands' bodies, as the catalogue in spec/rest has them.

Run it from anywhere in the repository after a change of the catalogue: `python sdks/python/generate.py`.
What tests/contract/pending.txt names is not built and gets no types.
"""

# ruff: noqa: INP001 - a script beside the package, in none itself

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
TARGET = Path(__file__).with_name("src") / "tidings_client" / "rest_types.py"

HEAD = '''"""Bodies of the REST commands. Made by sdks/python/generate.py from spec/rest: change those instead."""

from typing import Any, ClassVar, Generic, TypeVar

import msgspec
from msgspec import field

from tidings_client.elements import WireElement


class Response(msgspec.Struct, frozen=True):
    """An answer; a field that was not in it has an empty value."""

    action_status: str = field(name="ActionStatus", default="OK")
    error_code: int = field(name="ErrorCode", default=0)
    error_info: str = field(name="ErrorInfo", default="")


R = TypeVar("R", bound=Response)


class Request(msgspec.Struct, Generic[R], frozen=True, omit_defaults=True):
    """A request; None leaves a field out. `command` and `response` say what it asks and what comes back."""

    command: ClassVar[str]
    response: ClassVar[type[Response]]
'''
WIDTH = 120
QUOTED = '    """"""'
ENVELOPE = {"ActionStatus", "ErrorCode", "ErrorInfo"}
ELEMENT = {"MsgType", "MsgContent"}
EMPTY = {"str": '""', "int": "0", "float": "0.0", "bool": "False", "str | int": '""', "str | int | list[str]": '""'}
SCALARS = {
    "string": "str",
    "int": "int",
    "number": "float",
    "bool": "bool",
    "object": "dict[str, Any]",
    "string or int": "str | int",
    "string, int or array of string": "str | int | list[str]",
}


@dataclass
class Node:
    """A field of the catalogue: its type, whether it has to be there, and what is inside it."""

    name: str
    kind: str = "object"
    is_required: bool = False
    members: dict[str, "Node"] = field(default_factory=dict)


def render() -> str:
    """Return the whole text of the generated file."""
    commands = list(_built_commands())
    shared = {name for name, times in Counter(raw["command"] for _, raw in commands).items() if times > 1}
    classes = [
        text for service, raw in commands for text in _command_classes(service, raw, is_shared=raw["command"] in shared)
    ]
    names = re.findall(r"^class (\w+)", "\n".join(classes), re.MULTILINE)
    if len(names) != len(set(names)):
        raise ValueError(f"two classes of one name: {sorted(name for name in set(names) if names.count(name) > 1)}")
    return "\n\n".join([HEAD, *classes])


def to_snake(name: str) -> str:
    """Return a wire name as it is written in Python: To_Account, UserID, AllC2CUnreadMsgNum, URL."""
    parted = re.sub(
        r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name.replace("C2C", "C2c").replace("URLs", "Urls")
    )
    return re.sub("_+", "_", parted).lower()


def _built_commands() -> Iterator[tuple[str, dict[str, Any]]]:
    lines = (ROOT / "tests" / "contract" / "pending.txt").read_text(encoding="utf-8").splitlines()
    pending = {line.removeprefix("rest ") for line in lines if line.startswith("rest ")}
    for path in sorted((ROOT / "spec" / "rest").glob("*.yaml")):
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        for raw in content["commands"]:
            if f"{content['service']}/{raw['command']}" not in pending:
                yield content["service"], raw


def _command_classes(service: str, raw: dict[str, Any], *, is_shared: bool) -> Iterator[str]:
    """Yield the classes of a command; where services share its name, the service's name leads theirs."""
    command = f"{service}/{raw['command']}"
    words = [*(service.split("_") if is_shared else []), *raw["command"].split("_")]
    stem = "".join(word.capitalize() for word in words)
    answer, ask = _to_tree(raw["response"]), _to_tree(raw["request"])
    # Rows of one name may be other ones in an answer than in what is asked.
    told = f"{stem}Told" if _rows_of(answer) & _rows_of(ask) else stem
    yield from _nested_classes(told, answer, "Response")
    own = Node("", members={name: member for name, member in answer.members.items() if name not in ENVELOPE})
    yield _class_text(f"{stem}Response", f"What {command} answers.", "Response", _response_fields(told, own))
    yield from _nested_classes(stem, ask, "Request")
    constants = [f'    command = "{command}"', f"    response = {stem}Response"]
    fields = [*constants, *_request_fields(stem, ask)]
    title = f"{raw['title']} ({command})."
    if len(title) + len(QUOTED) > WIDTH:
        title = f"{raw['title']}.\n\n    {command}\n    "
    yield _class_text(f"{stem}Request", title, f'Request["{stem}Response"]', fields)


def _to_tree(rows: list[dict[str, Any]]) -> Node:
    root = Node("")
    for row in rows:
        *parents, last = row["name"].replace("[]", "").split(".")
        at = root
        for parent in parents:
            at = at.members[parent]
        if to_snake(last) in map(to_snake, at.members):
            continue  # the same in another spelling, which servers accept from others
        at.members[last] = Node(last, row["type"], row.get("required") is True)
    return root


def _rows_of(node: Node) -> set[str]:
    """Return the names of arrays in a body whose rows have a class."""
    own = {member.name for member in node.members.values() if _is_rows(member)}
    return own.union(*(_rows_of(member) for member in node.members.values()))


def _is_rows(node: Node) -> bool:
    """Say whether it is an array with rows of a class; an object alone is a dict."""
    return node.kind.startswith("array") and bool(node.members) and set(node.members) != ELEMENT


def _nested_classes(stem: str, node: Node, door: str) -> Iterator[str]:
    for member in node.members.values():
        yield from _nested_classes(stem, member, door)
        if _is_rows(member):
            is_answer = door == "Response"
            base = "msgspec.Struct" if is_answer else "msgspec.Struct, omit_defaults=True"
            fields = _response_fields(stem, member) if is_answer else _request_fields(stem, member)
            yield _class_text(f"{stem}{_camel(member.name)}", f"A part of {member.name}.", base, fields)


def _class_text(name: str, docstring: str, base: str, fields: list[str]) -> str:
    body = ["", *fields] if fields else []
    return "\n".join([f"class {name}({base}, frozen=True):", f'    """{docstring}"""', *body, ""])


def _request_fields(stem: str, node: Node) -> list[str]:
    ordered = sorted(node.members.values(), key=lambda member: not member.is_required)
    return [_request_field(stem, member) for member in ordered]


def _request_field(stem: str, node: Node) -> str:
    kind = _type_of(stem, node)
    if node.is_required:
        return _declare(node, kind, f'name="{node.name}"')
    return _declare(node, f"{kind} | None", f'name="{node.name}", default=None')


def _response_fields(stem: str, node: Node) -> list[str]:
    return [_response_field(stem, member) for member in node.members.values()]


def _response_field(stem: str, node: Node) -> str:
    kind = _type_of(stem, node)
    default = f"default={EMPTY[kind]}" if kind in EMPTY else f"default_factory={kind.partition('[')[0]}"
    return _declare(node, kind, f'name="{node.name}", {default}')


def _declare(node: Node, kind: str, arguments: str) -> str:
    line = f"    {to_snake(node.name)}: {kind} = field({arguments})"
    if len(line) <= WIDTH:
        return line
    return f"    {to_snake(node.name)}: {kind} = field(\n        {arguments}\n    )"


def _type_of(stem: str, node: Node) -> str:
    if not node.kind.startswith("array"):
        return SCALARS[node.kind]
    if set(node.members) == ELEMENT:
        return "list[WireElement]"
    if node.members:
        return f"list[{stem}{_camel(node.name)}]"
    inner = re.fullmatch(r"array(?:<(\w+)>| of (\w+))", node.kind)
    if inner is None:
        return "list[WireElement]" if node.name == "MsgBody" else "list[dict[str, Any]]"
    return f"list[{SCALARS[inner[1] or inner[2]]}]"


def _camel(name: str) -> str:
    return "".join(word.capitalize() for word in to_snake(name).split("_"))


if __name__ == "__main__":
    TARGET.write_text(render(), encoding="utf-8")
