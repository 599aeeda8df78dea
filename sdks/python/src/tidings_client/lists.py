"""What a user does with the own list of conversations: pins, deletion, marks, groups, do not disturb."""

from collections.abc import Iterable, Sequence

from tidings_client import wire
from tidings_client import wire_lists as up
from tidings_client.decode_lists import to_option
from tidings_client.errors import TidingsError
from tidings_client.events import QuietTime, ReceiveOption
from tidings_client.session import Session

ONE_TO_ONE, GROUP, FROM_GROUP = 1, 2, 1
PIN, UNPIN = 1, 2
BITS, CUSTOM = 1, 2
ADD, REMOVE = 1, 2
RENAME, MOVE = 1, 2
PEERS_A_CALL = 30


class Lists:
    """Changes the list; the user's other devices are told."""

    def __init__(self, session: Session, kind: int = ONE_TO_ONE) -> None:
        """Change the list of the user of `session`: conversations with peers, or of groups."""
        self._call = session.traffic.call
        self._kind = kind

    async def pin(self, peers: Sequence[str], *, is_pinned: bool) -> None:
        """Pin conversations to the top, or no more."""
        ask = up.Pin(kind=PIN if is_pinned else UNPIN, names=self._names(peers))
        await self._call("recentcontact.top", ask, wire.Nothing)

    async def delete(self, peers: Sequence[str], *, with_history: bool) -> None:
        """Take conversations out of the list, on wish with their history."""
        ask = up.Delete(names=[self._low_name(peer) for peer in peers], clears=int(with_history))
        _check((await self._call("recentcontact.batch_delete", ask, up.Results)).rows)

    async def clear(self, peer: str) -> None:
        """Clear the own view of a history."""
        await self._call("recentcontact.clear_msg", self._low_name(peer), wire.Nothing)

    async def mark(self, peers: Sequence[str], added: Sequence[int], removed: Sequence[int]) -> None:
        """Set and clear mark bits, counted from 0."""
        marks = [
            up.Mark(name=name, kind=BITS, set_bits=list(added), clear_bits=list(removed)) for name in self._names(peers)
        ]
        _check((await self._call("recentcontact.mark_contact", up.SetMarks(marks=marks), up.Results)).rows)

    async def set_custom_mark(self, peers: Sequence[str], text: str) -> None:
        """Set the custom mark; empty clears it."""
        marks = [up.Mark(name=name, kind=CUSTOM, custom=text) for name in self._names(peers)]
        _check((await self._call("recentcontact.mark_contact", up.SetMarks(marks=marks), up.Results)).rows)

    async def groups(self) -> dict[str, tuple[str, ...]]:
        """Return the groups of conversations by name, with the peers and groups in them."""
        numbers: dict[int, str] = {}
        found: dict[str, list[str]] = {}
        page = up.Marked(complete=0)
        while not page.complete:
            before = page.next_start
            page = await self._call("recentcontact.get_contact_group", up.Start(start=before), up.Marked)
            numbers = {group.number: group.name for group in page.groups}
            for name in numbers.values():
                found.setdefault(name, [])
            for row in page.rows:
                for number in row.groups:
                    found.setdefault(numbers.get(number, ""), []).append(row.group or row.peer)
            if page.next_start <= before:
                break
        return {name: tuple(found[name]) for name in numbers.values()}

    async def create_group(self, name: str, peers: Sequence[str]) -> None:
        """Create a group with conversations in it."""
        ask = up.CreateGroup(groups=[up.NewGroup(name=name, names=self._names(peers))])
        answer = await self._call("recentcontact.create_contact_group", ask, up.CreatedGroups)
        _check(row for group in answer.groups for row in group.rows)

    async def delete_group(self, name: str) -> None:
        """Delete a group; its conversations stay."""
        await self._call("recentcontact.del_contact_group", up.DeleteGroup(names=[name]), wire.Nothing)

    async def rename_group(self, name: str, new_name: str) -> None:
        """Give a group another name."""
        await self._update(up.Update(kind=RENAME, name=name, new_name=new_name))

    async def change_group(self, name: str, added: Sequence[str], removed: Sequence[str]) -> None:
        """Put conversations into a group and take others out."""
        moves = [up.Move(kind=ADD, name=each) for each in self._names(added)]
        moves += [up.Move(kind=REMOVE, name=each) for each in self._names(removed)]
        await self._update(up.Update(kind=MOVE, name=name, moves=moves))

    async def set_option(self, peers: Sequence[str], option: ReceiveOption) -> dict[str, int]:
        """Set how users' messages are received; returns the code for each who does not exist."""
        refused: dict[str, int] = {}
        for at in range(0, len(peers), PEERS_A_CALL):
            ask = up.SetMutes(peers=list(peers[at : at + PEERS_A_CALL]), option=int(option))
            answer = await self._call("openim.set_c2c_peer_mute_notifications", ask, up.MutesSet)
            refused |= {row.peer: row.code for row in answer.failures}
        return refused

    async def quiet_time(self) -> QuietTime:
        """Return when nobody's messages are announced."""
        found = await self._call("im_msg_db_logic.ws_get_do_not_disturb", wire.Up(), up.QuietNow)
        return QuietTime(to_option(found.option), found.start, found.end, bool(found.is_repeated))

    async def set_quiet_time(self, quiet: QuietTime) -> None:
        """Set when nobody's messages are announced."""
        ask = up.Quiet(option=int(quiet.option), start=quiet.start, end=quiet.end, is_repeated=int(quiet.is_repeated))
        await self._call("im_msg_db_logic.ws_set_do_not_disturb", ask, wire.Nothing)

    def _names(self, names: Sequence[str]) -> list[up.Name]:
        if self._kind == GROUP:
            return [up.Name(kind=GROUP, group=name) for name in names]
        return [up.Name(kind=ONE_TO_ONE, peer=name) for name in names]

    def _low_name(self, name: str) -> up.LowName:
        if self._kind == GROUP:
            return up.LowName(kind=GROUP, group=name)
        return up.LowName(kind=ONE_TO_ONE, peer=name)

    async def _update(self, update: up.Update) -> None:
        answer = await self._call(
            "recentcontact.update_contact_group", up.UpdateGroup(update=update, kind=FROM_GROUP), up.Updated
        )
        _check(answer.result.rows)


def _check(rows: Iterable[up.Failure]) -> None:
    """Raise the first failure of a call that was carried out for the others."""
    for row in rows:
        if row.code:
            raise TidingsError(row.code, row.info)
