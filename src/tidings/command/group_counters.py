"""Counters of groups (spec/rest/groups.yaml; web-sdk-wire.md, section 6)."""

from typing import Annotated

from msgspec import Meta, Struct, field

from tidings.command.call import Call
from tidings.command.registry import Door, command
from tidings.domain.group.counters import HIGHEST, LOWEST, CounterBook, CounterMode
from tidings.domain.group.groups import Group
from tidings.domain.group.rights import Actor
from tidings.errors import BAD_SERVICE_REQUEST
from tidings.ids import NO_INSTANCE, GroupId, InstanceId
from tidings.wire.envelope import Done, Request, Response
from tidings.wire.group_news import CounterDown


class Step(Struct, frozen=True):
    """A key, and by how much or to what it changes."""

    key: str = field(name="Key")
    value: Annotated[int, Meta(ge=LOWEST, le=HIGHEST)] = field(name="Value")


class StepsRequest(Request, frozen=True, kw_only=True):
    """Changes of counters; the default mode is Set (inferred from the documents' sample)."""

    group_id: GroupId = field(name="GroupId")
    steps: list[Step] = field(name="GroupCounter")
    mode: CounterMode = field(name="Mode", default=CounterMode.SET)


class KeysRequest(Request, frozen=True, kw_only=True):
    """Counters; no keys: all."""

    group_id: GroupId = field(name="GroupId")
    keys: list[str] | None = field(name="GroupCounterKeys", default=None)


class CountersResponse(Response, kw_only=True):
    """Counters, as app servers see them."""

    counters: list[CounterDown] = field(name="GroupCounter")


class OwnCountersResponse(Response, kw_only=True):
    """Counters, as clients see them: with how often the group's have changed."""

    counters: list[CounterDown] = field(name="GroupCounter")
    seq: int = field(name="GroupCounterSeq")


@command("group_open_http_svc/get_group_counter", Door.REST, BAD_SERVICE_REQUEST)
async def get_counters(call: Call, request: KeysRequest) -> CountersResponse:
    """Return counters of a group."""
    group = call.rules.groups.directory.get(call.app.sdk_app_id, request.group_id)
    return CountersResponse(counters=_down(call.rules.groups.counters.read(group, request.keys)))


@command("group_open_http_svc/get_group_counter", Door.SOCKET, BAD_SERVICE_REQUEST)
async def get_own_counters(call: Call, request: KeysRequest) -> OwnCountersResponse:
    """Return counters of a group that the caller is in."""
    group, _ = _inside(call, request.group_id)
    book = call.rules.groups.counters.read(group, request.keys)
    return OwnCountersResponse(counters=_down(book), seq=book.seq)


@command("group_open_http_svc/update_group_counter", Door.REST, BAD_SERVICE_REQUEST)
async def update(call: Call, request: StepsRequest) -> CountersResponse:
    """Change counters of a group."""
    group = call.rules.groups.directory.get(call.app.sdk_app_id, request.group_id)
    return CountersResponse(counters=_down(await _update(call, request, group, None, NO_INSTANCE)))


@command("group_open_http_svc/update_group_counter", Door.SOCKET, BAD_SERVICE_REQUEST)
async def update_own(call: Call, request: StepsRequest) -> OwnCountersResponse:
    """Change counters of a group that the caller is in."""
    group, actor = _inside(call, request.group_id)
    book = await _update(call, request, group, actor, call.instance)
    return OwnCountersResponse(counters=_down(book), seq=book.seq)


@command("group_open_http_svc/delete_group_counter", Door.REST, BAD_SERVICE_REQUEST)
async def delete(call: Call, request: KeysRequest) -> Done:
    """Delete counters of a group."""
    group = call.rules.groups.directory.get(call.app.sdk_app_id, request.group_id)
    await call.rules.groups.counters.delete(group, None, request.keys, NO_INSTANCE)
    return Done()


def _inside(call: Call, group_id: GroupId) -> tuple[Group, Actor]:
    group = call.rules.groups.directory.get(call.app.sdk_app_id, group_id)
    return group, call.rules.groups.directory.get_member(group, call.account.number, call.account.user_id)


async def _update(call: Call, request: StepsRequest, group: Group, actor: Actor, source: InstanceId) -> CounterBook:
    values = {step.key: step.value for step in request.steps}
    told = await call.rules.groups.counters.update(group, actor, request.mode, values, source)
    return CounterBook(told.seq, told.values)


def _down(book: CounterBook) -> list[CounterDown]:
    return [CounterDown(key, value) for key, value in book.values.items()]
