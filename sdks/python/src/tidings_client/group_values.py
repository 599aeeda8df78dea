"""Attributes and counters of groups."""

from collections.abc import Mapping, Sequence

from tidings_client import wire_group_values as ask
from tidings_client.group_events import GroupAttribute
from tidings_client.group_feed import SERVICE
from tidings_client.session import Session
from tidings_client.wire_group_asks import OneGroup

ATTRIBUTES = "group_open_attr_http_svc"
RACE = "RaceConflict"


class GroupValues:
    """Reads and changes attributes and counters."""

    def __init__(self, session: Session) -> None:
        """Act as the user of `session`."""
        self._call = session.traffic.call

    async def attributes(self, group: str) -> dict[str, GroupAttribute]:
        """Return all attributes."""
        body = OneGroup(group=group)
        found = await self._call(f"{ATTRIBUTES}.get_group_attr", body, ask.Attributes)
        return {each.key: GroupAttribute(each.value, each.seq) for each in found.items}

    async def set_all(self, group: str, values: Mapping[str, str], seen_seq: int | None) -> int:
        """Put attributes in the place of all there are; returns how often they were written."""
        return await self._write(group, "set", values, {}, seen_seq)

    async def change(self, group: str, values: Mapping[str, str], seen: Mapping[str, GroupAttribute] | None) -> int:
        """Add attributes or give them other values."""
        return await self._write(group, "modify", values, seen, None)

    async def delete(self, group: str, keys: Sequence[str], seen: Mapping[str, GroupAttribute] | None) -> int:
        """Delete attributes."""
        return await self._write(group, "delete", dict.fromkeys(keys, ""), seen, None)

    async def clear(self, group: str, seen_seq: int | None) -> int:
        """Delete all attributes."""
        return await self._write(group, "clear", {}, {}, seen_seq)

    async def counters(self, group: str, keys: Sequence[str]) -> dict[str, int]:
        """Return counters, all without `keys`."""
        body = ask.AskCounters(group=group, keys=list(keys) or None)
        found = await self._call(f"{SERVICE}.get_group_counter", body, ask.Counters)
        return {each.key: each.value for each in found.items}

    async def count(self, group: str, mode: str, values: Mapping[str, int]) -> dict[str, int]:
        """Set, Increase or Decrease counters; returns what they are now."""
        steps = [ask.Step(key=key, value=value) for key, value in values.items()]
        body = ask.ChangeCounters(group=group, steps=steps, mode=mode)
        found = await self._call(f"{SERVICE}.update_group_counter", body, ask.Counters)
        return {each.key: each.value for each in found.items}

    async def _write(
        self,
        group: str,
        verb: str,
        values: Mapping[str, str],
        seen: Mapping[str, GroupAttribute] | None,
        seen_seq: int | None,
    ) -> int:
        """Write; what was `seen`, and the whole at `seen_seq`, must still be so where they are given."""
        known = seen or {}
        pairs = [
            ask.Attribute(key=key, value=value, seq=known[key].seq if key in known else 0)
            for key, value in values.items()
        ]
        is_checked = bool(seen) or seen_seq is not None
        body = ask.Write(group=group, attributes=pairs, seq=seen_seq or 0, control=[RACE] if is_checked else [])
        return (await self._call(f"{SERVICE}.{verb}_group_attr", body, ask.Attributes)).seq
