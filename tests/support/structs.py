"""Compares wire structs with the catalogue, both ways, from the types that the structs declare."""

import types
from collections.abc import Iterator
from dataclasses import replace
from enum import Enum
from typing import Annotated, Any, Literal, NewType, Union, get_args, get_origin

import msgspec

from tests.support.catalogue import Node

_KINDS = {int: "int", float: "number", str: "string", bool: "bool", msgspec.Raw: "any", Any: "any"}


def request_differences(struct: type, expected: Node) -> list[str]:
    """Return in words where a request struct and the catalogue differ.

    The struct must read every field (save unused ones) in every kind the catalogue allows, read no
    other, and insist on exactly the required ones.
    """
    return list(_members(struct, expected, "", is_request=True))


def response_differences(struct: type, expected: Node, envelope: Node | None = None) -> list[str]:
    """Return in words where a response struct and the catalogue differ.

    The struct must have every field (save unused ones) in a kind the catalogue allows, and no other
    but those of the envelope.
    """
    around = set() if envelope is None else set(envelope.members) - set(expected.members)
    return list(_members(struct, expected, "", is_request=False, around=around))


def _members(
    struct: type, expected: Node, path: str, *, is_request: bool, around: set[str] | None = None
) -> Iterator[str]:
    fields = {field.encode_name: field for field in msgspec.structs.fields(struct)}
    for name in sorted(expected.members.keys() - fields.keys()):
        if not expected.members[name].is_unused:
            yield f"{path}{name} is in the catalogue but not in {struct.__name__}"
    for name, field in fields.items():
        if name not in expected.members:
            if name not in (around or ()):
                yield f"{path}{name} is in {struct.__name__} but not in the catalogue"
            continue
        member = expected.members[name]
        if member.is_unused:
            yield f"{path}{name} is marked unused in the catalogue but stands in {struct.__name__}"
        if is_request and field.required != member.is_required:
            needs = [_need(is_required=each) for each in (field.required, member.is_required)]
            yield f"{path}{name} is {needs[0]} in {struct.__name__}, {needs[1]} in the catalogue"
        yield from _differences(field.type, member, f"{path}{name}", is_request=is_request)


def _differences(declared: object, expected: Node, path: str, *, is_request: bool) -> Iterator[str]:
    options = list(_options(declared))
    allowed, given = set(expected.kinds), {_kind(option) for option in options}
    if "any" in given | allowed or "event" in allowed:
        return
    if "number" in allowed | given:  # a float field takes whole numbers, too
        allowed, given = ({*kinds, "int"} if "number" in kinds else kinds for kinds in (allowed, given))
    if (allowed - given) if is_request else (given - allowed):
        yield f"{path} is {' or '.join(sorted(given))} in the struct, {' or '.join(sorted(allowed))} in the catalogue"
    structs = [option for option in options if isinstance(option, type) and issubclass(option, msgspec.Struct)]
    for struct in structs if expected.members else ():
        # What one of several kinds has not, another may have.
        known = {field.encode_name for each in structs for field in msgspec.structs.fields(each)}
        own = {field.encode_name for field in msgspec.structs.fields(struct)}
        left = {name: node for name, node in expected.members.items() if name in own or name not in known}
        yield from _members(struct, replace(expected, members=left), f"{path}.", is_request=is_request)
    for option in options:
        if get_origin(option) in {list, tuple} and expected.item is not None:
            yield from _differences(get_args(option)[0], expected.item, f"{path}[]", is_request=is_request)


def _options(declared: object) -> Iterator[object]:
    """Return the alternatives of a type, bare; null and absence are not on the wire."""
    if isinstance(declared, NewType):
        yield from _options(declared.__supertype__)
    elif get_origin(declared) is Annotated:
        yield from _options(get_args(declared)[0])
    elif get_origin(declared) in {Union, types.UnionType}:
        for option in get_args(declared):
            yield from _options(option)
    elif declared not in {None, types.NoneType, msgspec.UnsetType}:
        yield declared


def _kind(option: object) -> str:
    origin = get_origin(option)
    if origin is Literal:
        return _KINDS[type(get_args(option)[0])]
    if origin in {list, tuple}:
        return "array"
    if origin is dict or option is dict or (isinstance(option, type) and issubclass(option, msgspec.Struct)):
        return "object"
    if isinstance(option, type) and issubclass(option, Enum):
        return _KINDS[type(next(iter(option)).value)]
    return _KINDS[option]  # type: ignore[index]


def _need(*, is_required: bool) -> str:
    return "required" if is_required else "optional"
