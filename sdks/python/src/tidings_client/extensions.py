"""What users hang on messages: extensions (keys and values) and reactions."""

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence

from tidings_client import wire
from tidings_client import wire_extensions as up
from tidings_client.decode_extensions import to_reaction
from tidings_client.events import Extension, Reaction
from tidings_client.messages import Message
from tidings_client.session import Session

SET, DELETE, CLEAR = 1, 2, 3
SERVICE = "openim_msg_ext_http_svc"
PAIRS_A_CALL, MESSAGES_A_CALL, USERS_A_PAGE, SHOWN = 20, 20, 100, 10


class Extensions:
    """Reads and changes extensions and reactions."""

    def __init__(self, session: Session) -> None:
        """Act as the user of `session`."""
        self._session = session
        self._call = session.traffic.call

    async def all(self, message: Message) -> dict[str, Extension]:
        """Return the extensions of a message that are not deleted."""
        found: dict[str, Extension] = {}
        start, is_complete = 0, False
        while not is_complete:
            ask = up.AskPairs(message.sender, message.receiver, message.key, start=start)
            page = await self._call(f"{SERVICE}.get_key_values", ask, up.Pairs)
            found |= {pair.key: Extension(pair.value, pair.seq) for pair in page.pairs}
            is_complete = bool(page.complete) or not page.pairs
            start = page.pairs[-1].seq + 1 if page.pairs else 0
        return {key: each for key, each in found.items() if each.value}

    async def change(
        self, message: Message, operation: int, values: Mapping[str, str], seen: Mapping[str, Extension]
    ) -> dict[str, Extension]:
        """Change extensions; returns, as they are, those that somebody else has changed since they were `seen`."""
        pairs = [
            up.PairUp(key=key, value=value, seq=seen[key].seq if key in seen else 0) for key, value in values.items()
        ]
        lost: dict[str, Extension] = {}
        for first in range(0, max(len(pairs), 1), PAIRS_A_CALL):
            some = pairs[first : first + PAIRS_A_CALL]
            ask = up.Change(message.sender, message.receiver, message.key, operation=operation, pairs=some)
            answer = await self._call(f"{SERVICE}.set_key_values", ask, up.Changed)
            late = [each.pair for each in answer.outcomes if each.code]
            lost |= {pair.key: Extension(pair.value, pair.seq) for pair in late}
        return lost

    async def react(self, message: Message, name: str) -> None:
        """React to a message."""
        ask = up.React(message.sender, message.receiver, message.key, reaction=name, users=[self._session.user_id])
        await self._call(f"{SERVICE}.reaction_add", ask, wire.Nothing)

    async def unreact(self, message: Message, name: str) -> None:
        """Take the own reaction back."""
        ask = up.Unreact(message.sender, message.receiver, message.key, reaction=name, users=[self._session.user_id])
        await self._call(f"{SERVICE}.reaction_del", ask, wire.Nothing)

    async def reactions(self, messages: Iterable[Message]) -> dict[str, list[Reaction]]:
        """Return the reactions to messages, by the message's key."""
        keys: dict[str, list[str]] = {}
        for message in messages:
            keys.setdefault(message.peer, []).append(message.key)
        found: dict[str, list[Reaction]] = {}
        for peer, named in keys.items():
            for first in range(0, len(named), MESSAGES_A_CALL):
                found |= await self._reactions(peer, named[first : first + MESSAGES_A_CALL])
        return found

    async def reacting(self, message: Message, name: str) -> AsyncIterator[list[str]]:
        """Yield who reacted so, page by page, in the order in which they did."""
        place, is_first = 0, True
        while place or is_first:
            ask = up.AskReacting(
                message.sender, message.receiver, message.key, reaction=name, count=USERS_A_PAGE, next=place
            )
            page = await self._call(f"{SERVICE}.reaction_iterate", ask, up.Reacting)
            yield page.users
            place, is_first = page.next, False

    async def _reactions(self, peer: str, keys: Sequence[str]) -> dict[str, list[Reaction]]:
        ask = up.AskReactions(one=self._session.user_id, other=peer, keys=list(keys), count=SHOWN)
        answer = await self._call(f"{SERVICE}.reaction_multi_stat", ask, up.Reactions)
        return {row.key: [to_reaction(each) for each in row.reactions] for row in answer.rows}
