"""Attributes of groups (spec/rest/group_open_attr_http_svc.yaml, groups.yaml; web-sdk-wire.md, section 6)."""

from collections.abc import Mapping

from msgspec import Struct, field

from tidings.command.call import Call
from tidings.command.group_life import GroupRequest
from tidings.command.registry import Door, command
from tidings.domain.group.attributes import AttributeWrite
from tidings.domain.group.groups import Group
from tidings.domain.group.news import AttributeChange, AttributesChanged
from tidings.domain.group.rights import Actor
from tidings.errors import BAD_SERVICE_REQUEST
from tidings.ids import NO_INSTANCE, GroupId
from tidings.wire.envelope import Done, Request, Response

RACE_CONTROL = "RaceConflict"


class Pair(Struct, frozen=True):
    """A key and its value."""

    key: str
    value: str


class Key(Struct, frozen=True):
    """A key."""

    key: str


class SeenPair(Struct, frozen=True):
    """A key, its value, and the sequence of it that the client has seen."""

    key: str
    value: str = ""
    seq: int = 0


class Kept(Struct):
    """An attribute as it was written."""

    key: str
    seq: int


class KeptPair(Struct):
    """An attribute with its value."""

    key: str
    value: str
    seq: int


class PairsRequest(Request, frozen=True, kw_only=True):
    """Attributes to write."""

    group_id: GroupId = field(name="GroupId")
    pairs: list[Pair] = field(name="GroupAttr")


class KeysRequest(Request, frozen=True, kw_only=True):
    """Attributes to delete."""

    group_id: GroupId = field(name="GroupId")
    keys: list[Key] = field(name="GroupAttr")


class SeenRequest(Request, frozen=True, kw_only=True):
    """A write of a client, with what it has seen."""

    group_id: GroupId = field(name="GroupId")
    pairs: list[SeenPair] = field(name="GroupAttr", default_factory=list)
    seq: int = field(name="AttrMainSeq", default=0)
    control: list[str] = field(name="AttrControl", default_factory=list)


class SeenResponse(Response, kw_only=True):
    """The sequences after a write."""

    seq: int = field(name="AttrMainSeq")
    pairs: list[Kept] = field(name="GroupAttr")


class AttributesResponse(Response, kw_only=True):
    """All attributes, as app servers see them."""

    pairs: list[Pair] = field(name="GroupAttrAry")


class OwnAttributesResponse(Response, kw_only=True):
    """All attributes, as clients see them."""

    seq: int = field(name="AttrMainSeq")
    pairs: list[KeptPair] = field(name="GroupAttr")


@command("group_open_attr_http_svc/get_group_attr", Door.REST, BAD_SERVICE_REQUEST)
async def get_attributes(call: Call, request: GroupRequest) -> AttributesResponse:
    """Return all attributes of a group."""
    book = call.rules.groups.attributes.read(_group(call, request.group_id))
    return AttributesResponse(pairs=[Pair(key, item.value) for key, item in book.items.items()])


@command("group_open_attr_http_svc/get_group_attr", Door.SOCKET, BAD_SERVICE_REQUEST)
async def get_own_attributes(call: Call, request: GroupRequest) -> OwnAttributesResponse:
    """Return all attributes of a group that the caller is in."""
    group, _ = _inside(call, request.group_id)
    book = call.rules.groups.attributes.read(group)
    pairs = [KeptPair(key, item.value, item.seq) for key, item in book.items.items()]
    return OwnAttributesResponse(seq=book.seq, pairs=pairs)


@command("group_open_http_svc/set_group_attr", Door.REST, BAD_SERVICE_REQUEST)
async def set_all(call: Call, request: PairsRequest) -> Done:
    """Put attributes in the place of all that there were."""
    return await _write(call, request.group_id, AttributeChange.SET, _values(request.pairs))


@command("group_open_http_svc/modify_group_attr", Door.REST, BAD_SERVICE_REQUEST)
async def modify(call: Call, request: PairsRequest) -> Done:
    """Add attributes, or give them other values."""
    return await _write(call, request.group_id, AttributeChange.MODIFY, _values(request.pairs))


@command("group_open_http_svc/delete_group_attr", Door.REST, BAD_SERVICE_REQUEST)
async def delete(call: Call, request: KeysRequest) -> Done:
    """Delete attributes."""
    return await _write(call, request.group_id, AttributeChange.DELETE, {each.key: "" for each in request.keys})


@command("group_open_http_svc/clear_group_attr", Door.REST, BAD_SERVICE_REQUEST)
async def clear(call: Call, request: GroupRequest) -> Done:
    """Delete all attributes."""
    return await _write(call, request.group_id, AttributeChange.CLEAR, {})


@command("group_open_http_svc/set_group_attr", Door.SOCKET, BAD_SERVICE_REQUEST)
async def set_all_own(call: Call, request: SeenRequest) -> SeenResponse:
    """Put attributes in the place of all that there were."""
    return await _write_seen(call, request, AttributeChange.SET)


@command("group_open_http_svc/modify_group_attr", Door.SOCKET, BAD_SERVICE_REQUEST)
async def modify_own(call: Call, request: SeenRequest) -> SeenResponse:
    """Add attributes, or give them other values."""
    return await _write_seen(call, request, AttributeChange.MODIFY)


@command("group_open_http_svc/delete_group_attr", Door.SOCKET, BAD_SERVICE_REQUEST)
async def delete_own(call: Call, request: SeenRequest) -> SeenResponse:
    """Delete attributes."""
    return await _write_seen(call, request, AttributeChange.DELETE)


@command("group_open_http_svc/clear_group_attr", Door.SOCKET, BAD_SERVICE_REQUEST)
async def clear_own(call: Call, request: SeenRequest) -> SeenResponse:
    """Delete all attributes."""
    return await _write_seen(call, request, AttributeChange.CLEAR)


def _group(call: Call, group_id: GroupId) -> Group:
    return call.rules.groups.directory.get(call.app.sdk_app_id, group_id)


def _inside(call: Call, group_id: GroupId) -> tuple[Group, Actor]:
    group = _group(call, group_id)
    return group, call.rules.groups.directory.get_member(group, call.account.number, call.account.user_id)


def _values(pairs: list[Pair]) -> dict[str, str]:
    return {pair.key: pair.value for pair in pairs}


async def _write(call: Call, group_id: GroupId, change: AttributeChange, values: Mapping[str, str]) -> Done:
    await call.rules.groups.attributes.write(_group(call, group_id), None, AttributeWrite(change, values), NO_INSTANCE)
    return Done()


async def _write_seen(call: Call, request: SeenRequest, change: AttributeChange) -> SeenResponse:
    group, actor = _inside(call, request.group_id)
    written = await call.rules.groups.attributes.write(group, actor, _to_write(request, change), call.instance)
    return SeenResponse(seq=written.seq, pairs=_kept(written))


def _to_write(request: SeenRequest, change: AttributeChange) -> AttributeWrite:
    """Return what is asked; what the client has seen counts where it asks for that."""
    is_deleted = change is AttributeChange.DELETE
    values = {pair.key: "" if is_deleted else pair.value for pair in request.pairs}
    values = {} if change is AttributeChange.CLEAR else values
    if RACE_CONTROL not in request.control:
        return AttributeWrite(change, values)
    if change in (AttributeChange.SET, AttributeChange.CLEAR):
        return AttributeWrite(change, values, known_seq=request.seq)
    return AttributeWrite(change, values, known_seqs={pair.key: pair.seq for pair in request.pairs})


def _kept(written: AttributesChanged) -> list[Kept]:
    return [Kept(key, item.seq) for key, item in written.items.items()]
