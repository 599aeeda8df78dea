"""The wire catalogue (spec/) as something to check answers and pushes against.

`check_response` and `check_push` raise AssertionError with the path of what does not fit:
an unknown field, a wrong type, a missing field, an error code the command may not give.
"""

import functools
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from tidings.command.registry import Door, of_door

SPEC = Path(__file__).resolve().parents[2] / "spec"
REST, SOCKET = "rest", "socket"
PUSH = "im_open_push.msg_push"
# Members by whose content one push is told from another.
PARTED = {"MsgExtensionNotify", "MsgReactionNotifyList"}
NO_SUCH_COMMAND = 60009
# With these an app's own server refuses, by a callback (spec/webhooks.md).
OWN_CODES = (range(10_016, 10_017), range(10_100, 10_201), range(120_001, 130_001), range(38_000, 39_001))

JsonObject = Mapping[str, Any]


@dataclass(slots=True)
class Node:
    """What may stand at one place: JSON kinds, members of an object, items of an array.

    Kinds are string, int, number, bool, object, array, event, any. An object without declared
    members is of free form. Unused: part of the protocol, but this server does not read or send it.
    """

    kinds: frozenset[str]
    is_required: bool = False
    is_ours: bool = False
    is_unused: bool = False
    members: dict[str, "Node"] = field(default_factory=dict)
    item: "Node | None" = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One command of one door, as the catalogue has it; an example is of a request, a response or a file."""

    name: str
    door: str
    request: Node
    response: Node
    errors: frozenset[int]
    examples: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PushEntry:
    """One push: its servcmd, its event number (None for a push with a servcmd of its own), its fields."""

    name: str
    servcmd: str
    event: int | None
    shape: Node
    example: str


@dataclass(frozen=True, slots=True)
class Envelope:
    """What every answer of a door has: fields, and errors that any command may give."""

    shape: Node
    errors: frozenset[int]


def check_response(door: object, command: str, body: bytes | str | JsonObject) -> None:
    """Raise AssertionError unless `body` is an answer that the catalogue allows for a command.

    `door` is "rest" or "socket", or a member of an enum with these values; `command` may have a
    dot or a slash.
    """
    name = command.replace(".", "/")
    at = str(getattr(door, "value", door))
    answer = _to_object(body, name)
    code = _check_envelope(envelopes()[at], answer, name)
    entry = find(at, name)
    if entry is None:
        assert code in envelopes()[at].errors, f"{name} is no command of {at}, but was answered {code}"
        return
    allowed = entry.errors | envelopes()[at].errors | {0}
    assert code in allowed or any(code in own for own in OWN_CODES), (
        f"{name} answered {code}, which the catalogue does not list for it"
    )
    known = {**envelopes()[at].shape.members, **entry.response.members}
    _check_members(answer, known, name, wants_all=code == 0)


def check_push(body: bytes | str | JsonObject, servcmd: str = PUSH) -> None:
    """Raise AssertionError unless `body` is a push that the catalogue allows."""
    push = _to_object(body, servcmd)
    own = [entry for entry in pushes() if entry.servcmd == servcmd and entry.event is None]
    if own:
        _check_members(push, own[0].shape.members, servcmd, wants_all=True)
        return
    assert any(entry.servcmd == servcmd for entry in pushes()), f"{servcmd} is no push of the catalogue"
    _check_members(push, push_body().members, servcmd, wants_all=True)


def check_event(event: object, path: str) -> None:
    """Raise AssertionError unless `event` is one of the catalogue's, whole."""
    assert isinstance(event, Mapping), f"{path} is no object: {event!r}"
    found = [entry for entry in pushes() if entry.event is not None and _names(entry.shape, event)]
    assert len(found) == 1, f"{path} is no event of the catalogue: {json.dumps(event)[:300]}"
    assert event.get("Event") == found[0].event, f"{path}.Event of {found[0].name} is {event.get('Event')!r}"
    _check_members(event, found[0].shape.members, path, wants_all=True)


def check(value: object, node: Node, path: str, *, wants_all: bool = True) -> None:
    """Raise AssertionError unless `value` fits a node; `wants_all`: required members must be there."""
    if "event" in node.kinds:
        check_event(value, path)
        return
    kind = kind_of(value)
    fits = node.kinds & {kind, "any"} or (kind == "int" and "number" in node.kinds)
    assert fits, f"{path} is {kind}, not {' or '.join(sorted(node.kinds))}: {value!r:.200}"
    if isinstance(value, Mapping) and node.members:
        _check_members(value, node.members, path, wants_all=wants_all)
    elif isinstance(value, list) and node.item is not None:
        for number, item in enumerate(value):
            check(item, node.item, f"{path}[{number}]", wants_all=wants_all)


def kind_of(value: object) -> str:
    """Return the catalogue's word for the kind of a decoded JSON value."""
    kinds = {bool: "bool", int: "int", float: "number", str: "string", list: "array", dict: "object"}
    return kinds.get(type(value), "null")


def find(door: str, name: str) -> Entry | None:
    """Return the command of a name, or that which goes by it as its second one."""
    served = of_door(Door(door), "/").get(name)
    return commands().get((door, name)) or (None if served is None else commands().get((door, served.name)))


@functools.cache
def commands() -> dict[tuple[str, str], Entry]:
    """Return every command by door and name ("openim/sendmsg")."""
    found = {}
    for door, folder in ((REST, "rest"), (SOCKET, "client")):
        for file in sorted((SPEC / folder).glob("*.yaml")):
            content = read_yaml(file)
            for raw in content.get("commands", []):
                entry = _to_entry(door, content["service"], raw)
                assert (door, entry.name) not in found, f"{entry.name} stands twice in the catalogue"
                found[door, entry.name] = entry
    return found


@functools.cache
def pushes() -> tuple[PushEntry, ...]:
    """Return every push."""
    rows = read_yaml(SPEC / "client" / "pushes.yaml")["pushes"]
    return tuple(
        PushEntry(row["push"], row["servcmd"], row["event"], to_node(row["fields"]), row["example"]) for row in rows
    )


@functools.cache
def push_body() -> Node:
    """Return the body around the events of a push."""
    return to_node(read_yaml(SPEC / "client" / "pushes.yaml")["body"])


@functools.cache
def envelopes() -> dict[str, Envelope]:
    """Return the envelope of each door."""
    content = read_yaml(SPEC / "envelope.yaml")
    return {door: Envelope(to_node(raw["fields"]), frozenset(raw["errors"])) for door, raw in content.items()}


@functools.cache
def error_codes() -> frozenset[int]:
    """Return every code of spec/errors.tsv; ranges of codes that apps may choose are left out."""
    lines = (SPEC / "errors.tsv").read_text(encoding="utf-8").splitlines()
    first = (line.partition("\t")[0].strip() for line in lines)
    return frozenset(int(text) for text in first if re.fullmatch(r"-?\d+", text))


def read_yaml(file: Path) -> dict[str, Any]:
    """Return a file of the catalogue, decoded by the fast loader."""
    content = yaml.load(file.read_bytes(), Loader=yaml.CSafeLoader)
    assert isinstance(content, dict), f"{file} holds no mapping"
    return content


def to_node(rows: Sequence[Mapping[str, Any]]) -> Node:
    """Return a tree of fields from rows named in the notation `A[].B`."""
    root = Node(frozenset({"object"}))
    for row in rows:
        at = root
        *parents, last = row["name"].split(".")
        for step in parents:
            at = _step_into(at, step, row["name"])
        at.members[last] = _to_leaf(row)
    return root


def walk(node: Node, path: str = "") -> Iterator[tuple[str, Node]]:
    """Return every field below a node with its path."""
    for name, member in node.members.items():
        yield f"{path}{name}", member
        if member.item is not None:
            yield from walk(member.item, f"{path}{name}[].")
        yield from walk(member, f"{path}{name}.")


def _to_entry(door: str, service: str, raw: Mapping[str, Any]) -> Entry:
    keys = (key for key in raw if key.endswith("_example"))
    examples = [("request" if key.endswith("request_example") else "response", raw[key]) for key in keys]
    examples += [(more.get("of", "request"), more["json"]) for more in raw.get("more_examples", [])]
    return Entry(
        f"{service}/{raw['command']}",
        door,
        to_node(raw["request"]),
        to_node(raw["response"]),
        frozenset(raw["errors"]),
        tuple(examples),
    )


def _step_into(at: Node, step: str, name: str) -> Node:
    found = at.members.get(step.removesuffix("[]"))
    assert found is not None, f"{name}: {step} is not declared before its members"
    if not step.endswith("[]"):
        return found
    assert found.item is not None, f"{name}: {step} is no array"
    if found.item.kinds == {"any"}:
        found.item.kinds = frozenset({"object"})
    return found.item


def _to_leaf(row: Mapping[str, Any]) -> Node:
    kinds, item = set(), None
    for text in re.split(r", | or ", row["type"]):
        if array := re.fullmatch(r"array(?:<(\w+)>| of (\w+))?", text):
            inner = array[1] or array[2]
            kinds.add("array")
            item = Node(frozenset({inner or "any"}))
        else:
            assert text in {"string", "int", "number", "bool", "object", "any"}, f"{row['name']}: type {text!r}?"
            kinds.add(text)
    is_required = row.get("required") is True and "or" not in row
    return Node(frozenset(kinds), is_required, row.get("ours") is True, row.get("unused") is True, item=item)


def _check_envelope(envelope: Envelope, answer: JsonObject, name: str) -> int:
    _check_members(answer, envelope.shape.members, name, wants_all=True, is_open=True)
    code: int = answer["ErrorCode"]
    status, info = answer["ActionStatus"], answer["ErrorInfo"]
    assert status in ({"OK", "SomeError"} if code == 0 else {"FAIL"}), f"{name}: ActionStatus {status} with {code}"
    assert code == 0 or info, f"{name}: {code} without a sentence in ErrorInfo"
    return code


def _check_members(
    value: JsonObject, members: Mapping[str, Node], path: str, *, wants_all: bool, is_open: bool = False
) -> None:
    for name, member in members.items():
        if name in value:
            check(value[name], member, f"{path}.{name}", wants_all=wants_all)
        else:
            assert not (wants_all and member.is_required), f"{path}.{name} is missing"
    unknown = value.keys() - members.keys()
    assert is_open or not unknown, f"{path} has fields that the catalogue does not know: {sorted(unknown)}"


def _names(shape: Node, event: JsonObject) -> bool:
    """Say whether an event has the array, and in it the notice, by which a push is told."""
    for name, member in shape.members.items():
        if not member.is_required or name == "Event":
            continue
        if name not in event:
            return False
        items = event[name]
        inner = (member.item or member).members
        if name == "C2cNotifyMsgArray" and not all(_required(inner) & set(item) for item in items):
            return False
        if name in PARTED and not all(_required(inner) <= set(each) for each in _parts(items)):
            return False
        if name == "GroupTips" and not all(_is_tip(inner, item) for item in items):
            return False
    return True


def _parts(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _is_tip(members: Mapping[str, Node], item: JsonObject) -> bool:
    """Say whether news of a group has all, its body all, and what is in that all, by which a push is told."""
    body = members.get("MsgBody", Node(frozenset())).members
    if not _required(members) <= set(item) or not _required(body) <= set(item["MsgBody"]):
        return False
    inner = ((body[name], item["MsgBody"][name]) for name in _required(body))
    return all(_required(node.members) <= set(value) for node, value in inner if isinstance(value, Mapping))


def _required(members: Mapping[str, Node]) -> set[str]:
    return {key for key, node in members.items() if node.is_required}


def _to_object(body: bytes | str | JsonObject, name: str) -> JsonObject:
    decoded = json.loads(body) if isinstance(body, bytes | str) else body
    assert isinstance(decoded, Mapping), f"{name} was answered with something that is no object: {body!r:.200}"
    return decoded
