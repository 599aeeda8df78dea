"""Whatever is said, indexed, changed and taken back: a search finds what looking at every text finds."""

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.stores import NOW, VAULT, People, message, people, put
from tidings.domain.accounts import Account
from tidings.domain.messages import Message
from tidings.domain.searching import FoundConversations, FoundMessages, SearchQuery, Sought
from tidings.ids import AccountNumber, Position
from tidings.store.sqlite import search as module
from tidings.store.sqlite.store import Store, open_memory

LETTERS = '我你のaBß. "*İ😀'
TEXTS = st.text(LETTERS, max_size=6)
KEYWORDS = st.lists(st.text(LETTERS, min_size=1, max_size=2).map(str.casefold), min_size=1, max_size=2)
COUNTED = 4
PAIRS = ((0, 1), (1, 0), (0, 2), (1, 2), (0, 0))
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("send"), st.sampled_from(PAIRS), st.lists(TEXTS, min_size=1, max_size=2)),
        st.tuples(st.sampled_from(["recall", "hide", "remove"]), st.integers(0, 99), st.none()),
        st.tuples(st.just("modify"), st.integers(0, 99), st.lists(TEXTS, min_size=1, max_size=2)),
        st.tuples(st.just("index"), st.none(), st.none()),
    ),
    max_size=25,
)


def body_of(texts: Sequence[str]) -> bytes:
    elements = [{"MsgType": "TIMTextElem", "MsgContent": {"Text": text}} for text in texts]
    return json.dumps(elements, ensure_ascii=False).encode()


@dataclass(slots=True)
class Said:
    """A message and what the model knows of it."""

    message: Message
    texts: Sequence[str]
    unseen_by: set[AccountNumber]

    def has(self, keywords: Sequence[str], *, needs_all: bool) -> bool:
        found = [any(keyword in text.casefold() for text in self.texts) for keyword in keywords]
        return all(found) if needs_all else any(found)


class World:
    """A store, and beside it a list of everything."""

    def __init__(self, store: Store, them: People) -> None:
        self.store = store
        self.people = (them.alice, them.bob, them.carol)
        self.said: list[Said] = []

    async def take(self, name: str, what: object, texts: Sequence[str] | None) -> None:
        if name == "index":
            await self.store.search_index.take_in()
        elif name == "send":
            one, other = (self.people[place] for place in what)  # type: ignore[attr-defined]
            sent = message(one, other, body=body_of(texts or ()))
            await put(self.store, sent)
            self.said.append(Said(sent, texts or (), set()))
        elif self.said:
            await self.change(name, self.said[int(str(what)) % len(self.said)], texts)

    async def change(self, name: str, said: Said, texts: Sequence[str] | None) -> None:
        sent = said.message
        if name == "recall":
            await self.store.messages.recall(sent, [])
            said.unseen_by |= {sent.sender, sent.receiver}
        elif name == "hide":
            await self.store.messages.hide([sent], sent.sender)
            said.unseen_by.add(sent.sender)
        elif name == "modify" and texts is not None:
            changed = replace(sent, body=body_of(texts), version=sent.version + 1)
            if await self.store.messages.modify(changed, sent.version, []) is not None:
                said.message, said.texts = changed, texts
        elif name == "remove":
            await self.store.messages.hide([sent], sent.receiver)
            said.unseen_by.add(sent.receiver)

    def expected(self, viewer: Account, keywords: Sequence[str], *, needs_all: bool) -> list[Said]:
        """Return what a viewer should find, newest first."""
        mine = [said for said in self.said if viewer.number in {said.message.sender, said.message.receiver}]
        seen = [said for said in mine if viewer.number not in said.unseen_by]
        return [said for said in seen if said.has(keywords, needs_all=needs_all)][::-1]

    async def check(self, keywords: Sequence[str], *, needs_all: bool, limit: int) -> None:
        sought = Sought(tuple(keywords), needs_all=needs_all)
        for viewer in self.people:
            found = self.expected(viewer, keywords, needs_all=needs_all)
            query = SearchQuery(viewer.number, sought, limit, COUNTED)
            await self.check_all(query, found)
            for peer in self.people:
                there = [s.message for s in found if s.message.conversation == _between(viewer, peer)]
                await self.check_one(replace(query, peer=peer.number), there)

    async def check_one(self, query: SearchQuery, expected: list[Message]) -> None:
        pages: list[Message] = []
        page: FoundMessages | None = None
        while page is None or not page.is_complete:
            page = await self.store.search.find_in_conversation(query)
            assert page.total == min(len(expected), COUNTED)
            pages += page.messages
            query = replace(query, before=pages[-1].position if pages else Position(0))
        assert [(m.position, m.body) for m in pages] == [(m.position, m.body) for m in expected]

    async def check_all(self, query: SearchQuery, expected: list[Said]) -> None:
        newest: dict[int, int] = {}
        counts: dict[int, int] = {}
        for said in expected:
            place = said.message.conversation
            newest.setdefault(place, said.message.position)
            counts[place] = min(counts.get(place, 0) + 1, COUNTED)
        listed: list[tuple[int, int, int]] = []
        page: FoundConversations | None = None
        while page is None or len(listed) < page.total:
            page = await self.store.search.find_conversations(query)
            assert page.total == len(newest)
            listed += [(c.newest.conversation, c.newest.position, c.count) for c in page.conversations]
            query = replace(query, before=page.before, skipped=len(listed))
        assert listed == [(place, newest[place], counts[place]) for place in newest]


def _between(one: Account, other: Account) -> int:
    return message(one, other, NOW).conversation


@settings(max_examples=300)
@given(
    steps=STEPS,
    keywords=KEYWORDS,
    needs_all=st.booleans(),
    limit=st.integers(1, 3),
    passed_over=st.sampled_from([1, module.PASSED_OVER]),
)
def test_search_finds_what_looking_at_every_text_finds(
    steps: list[tuple[str, object, Sequence[str] | None]],
    keywords: list[str],
    limit: int,
    passed_over: int,
    *,
    needs_all: bool,
) -> None:
    async def run() -> None:
        store = open_memory(VAULT)
        world = World(store, await people(store))
        for step in steps:
            await world.take(*step)
        await world.check(keywords, needs_all=needs_all, limit=limit)
        while await store.search_index.take_in():
            pass
        await world.check(keywords, needs_all=needs_all, limit=limit)
        await store.close()

    with patch.object(module, "PASSED_OVER", passed_over):
        asyncio.run(run())
