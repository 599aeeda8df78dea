"""What users hang on messages of groups: extensions (keys and values) and reactions."""

from collections.abc import AsyncIterator, Iterable, Mapping

from tidings_client import wire
from tidings_client import wire_extensions as up
from tidings_client import wire_group_values as ask
from tidings_client.decode_extensions import to_reaction
from tidings_client.events import Extension, Reaction
from tidings_client.extensions import MESSAGES_A_CALL, PAIRS_A_CALL, SERVICE, SHOWN, USERS_A_PAGE
from tidings_client.group_messages import GroupMessage
from tidings_client.session import Session


class GroupExtensions:
    """Reads and changes extensions and reactions."""

    def __init__(self, session: Session) -> None:
        """Act as the user of `session`."""
        self._session = session
        self._call = session.traffic.call

    async def all(self, message: GroupMessage) -> dict[str, Extension]:
        """Return the extensions of a message that are not deleted."""
        found: dict[str, Extension] = {}
        start, is_complete = 0, False
        while not is_complete:
            body = ask.AskPairs(group=message.group, seq=message.seq, start=start)
            page = await self._call(f"{SERVICE}.group_get_key_values", body, up.Pairs)
            found |= {pair.key: Extension(pair.value, pair.seq) for pair in page.pairs}
            is_complete = bool(page.complete) or not page.pairs
            start = page.pairs[-1].seq + 1 if page.pairs else 0
        return {key: each for key, each in found.items() if each.value}

    async def change(
        self, message: GroupMessage, operation: int, values: Mapping[str, str], seen: Mapping[str, Extension]
    ) -> dict[str, Extension]:
        """Change extensions; returns, as they are, those that somebody else has changed since they were `seen`."""
        pairs = [
            up.PairUp(key=key, value=value, seq=seen[key].seq if key in seen else 0) for key, value in values.items()
        ]
        lost: dict[str, Extension] = {}
        for first in range(0, max(len(pairs), 1), PAIRS_A_CALL):
            some = pairs[first : first + PAIRS_A_CALL]
            body = ask.ChangePairs(group=message.group, seq=message.seq, operation=operation, pairs=some)
            answer = await self._call(f"{SERVICE}.group_set_key_values", body, up.Changed)
            late = [each.pair for each in answer.outcomes if each.code]
            lost |= {pair.key: Extension(pair.value, pair.seq) for pair in late}
        return lost

    async def react(self, message: GroupMessage, name: str) -> None:
        """React to a message."""
        body = ask.React(group=message.group, seq=message.seq, reaction=name, users=[self._session.user_id])
        await self._call(f"{SERVICE}.group_reaction_add", body, wire.Nothing)

    async def unreact(self, message: GroupMessage, name: str) -> None:
        """Take the own reaction back."""
        body = ask.Unreact(group=message.group, seq=message.seq, reaction=name, users=[self._session.user_id])
        await self._call(f"{SERVICE}.group_reaction_del", body, wire.Nothing)

    async def reactions(self, messages: Iterable[GroupMessage]) -> dict[tuple[str, int], list[Reaction]]:
        """Return the reactions to messages, by the message's group and sequence."""
        seqs: dict[str, list[int]] = {}
        for message in messages:
            seqs.setdefault(message.group, []).append(message.seq)
        found: dict[tuple[str, int], list[Reaction]] = {}
        for group, named in seqs.items():
            for first in range(0, len(named), MESSAGES_A_CALL):
                some = named[first : first + MESSAGES_A_CALL]
                body = ask.AskReactions(group=group, seqs=some, count=SHOWN)
                answer = await self._call(f"{SERVICE}.group_reaction_multi_stat", body, ask.Reactions)
                found |= {(group, row.seq): [to_reaction(each) for each in row.reactions] for row in answer.rows}
        return found

    async def reacting(self, message: GroupMessage, name: str) -> AsyncIterator[list[str]]:
        """Yield who reacted so, page by page, in the order in which they did."""
        place, is_first = 0, True
        while place or is_first:
            body = ask.AskReacting(group=message.group, seq=message.seq, reaction=name, count=USERS_A_PAGE, next=place)
            page = await self._call(f"{SERVICE}.group_reaction_iterate", body, up.Reacting)
            yield page.users
            place, is_first = page.next, False
