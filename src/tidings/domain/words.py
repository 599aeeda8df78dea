"""The forbidden words of all apps: kept by the store, ready in memory (spec/rest/openim_dirty_words.yaml)."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from tidings.domain.apps import App
from tidings.domain.word_filter import Effect, Word, WordFilter
from tidings.errors import PROFILE_REFUSED, TidingsError
from tidings.ids import SdkAppId
from tidings.pending import Pending

MOST_WORDS = 100_000
MOST_EXPRESSIONS = 100
# As many words are made ready on the spot; beyond that all are made ready anew, beside other work.
FRESH_WORDS = 1_000
Build = Callable[[Sequence[Word]], Awaitable[WordFilter]]


@dataclass(frozen=True, slots=True)
class WordQuery:
    """Which words are asked for: those that contain a text and have one of some effects, if these are given."""

    contains: str = ""
    effects: tuple[Effect, ...] = ()
    offset: int = 0
    limit: int = 0


@dataclass(frozen=True, slots=True)
class WordCounts:
    """How many words an app has; `expressions` of them are regular expressions."""

    words: int
    expressions: int


@dataclass(frozen=True, slots=True)
class WordPage:
    """Some words, oldest first, how many there are in all, and how many of them fit the query."""

    words: list[Word]
    total: WordCounts
    fitting: WordCounts


class WordStore(Protocol):
    """What forbidden words ask of the store."""

    async def words(self, app: SdkAppId) -> list[Word]:
        """Return an app's words, oldest first."""
        ...

    async def apps_with_words(self) -> list[SdkAppId]:
        """Return the apps that have words."""
        ...

    async def page(self, app: SdkAppId, query: WordQuery) -> WordPage:
        """Return those of an app's words that a query asks for."""
        ...

    def add(self, app: SdkAppId, words: Sequence[Word], *, replaces: bool) -> Pending[tuple[int, bool]]:
        """Add words, or none; returns how many are new and whether any that was there has changed.

        `replaces`: a word that is there takes over what is said of it now, otherwise it stays as it is.
        Raises 10004 if the app had too many then.
        """
        ...

    def remove(self, app: SdkAppId, words: Sequence[Word]) -> Pending[int]:
        """Remove words, by their number or else by their key; returns how many went."""
        ...


class Words:
    """Answers what a text contains; `filters` has an entry for each app with words."""

    def __init__(self, store: WordStore, build: Build) -> None:
        """Keep words in `store`; `build` makes filters beside other work."""
        self._store = store
        self._build = build
        self._versions: dict[SdkAppId, int] = {}
        self.filters: dict[SdkAppId, WordFilter] = {}

    async def load(self) -> None:
        """Make the filters of all apps ready: called once at start."""
        for app in await self._store.apps_with_words():
            await self._rebuild(app)

    def forget(self, app: SdkAppId) -> None:
        """Drop an app's filter: the app is gone."""
        self._versions[app] = self._versions.get(app, 0) + 1
        self.filters.pop(app, None)

    def screen(self, app: App, text: str) -> str:
        """Return a text as it may pass in an app; raises 80001 if it may not."""
        words = self.filters.get(app.sdk_app_id)
        return text if words is None else words.screen(text, masks=app.settings.word_filter == "mask")

    def screen_name(self, app: App, name: str) -> str:
        """Return a name or another text of a profile as it may stand there; raises 40005 if it may not."""
        if not self.filters or not app.settings.filter_profiles:
            return name
        try:
            return self.screen(app, name)
        except TidingsError as error:
            raise PROFILE_REFUSED() from error

    async def page(self, app: App, query: WordQuery) -> WordPage:
        """Return those of an app's words that a query asks for."""
        return await self._store.page(app.sdk_app_id, query)

    async def add(self, app: App, words: Sequence[Word], *, replaces: bool) -> None:
        """Add words, no two alike, and look for them from now on.

        `replaces`: a word that is there takes over what is said of it now, otherwise it stays as it is.
        Raises 10004 if the app had more than MOST_WORDS or MOST_EXPRESSIONS then.
        """
        number = app.sdk_app_id
        added, has_changed = await self._store.add(number, words, replaces=replaces)
        if not added and not has_changed:
            return
        self._versions[number] = self._versions.get(number, 0) + 1
        current = self.filters.get(number) or WordFilter(())
        if added == len(words) and current.fresh + added <= FRESH_WORDS:
            self.filters[number] = current.joined_by(words)
        else:
            await self._rebuild(number)

    async def remove(self, app: App, words: Sequence[Word]) -> None:
        """Remove words; those that are not there are passed over."""
        number = app.sdk_app_id
        if await self._store.remove(number, words):
            self._versions[number] = self._versions.get(number, 0) + 1
            await self._rebuild(number)

    async def _rebuild(self, app: SdkAppId) -> None:
        """Make a filter of what is stored, again if that changes meanwhile."""
        while True:
            version = self._versions.get(app, 0)
            words = await self._store.words(app)
            made = await self._build(words)
            if self._versions.get(app, 0) == version:
                break
        if made:
            self.filters[app] = made
        else:
            self.filters.pop(app, None)
