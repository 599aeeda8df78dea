"""Daily figures in SQLite: counting goes through what is new, and nothing else."""

from tests.support.database import Work
from tests.support.stores import APP, People, message, put
from tidings.store.sqlite.store import Store


async def test_counting_costs_as_much_as_there_is_new(store: Store, them: People, work: Work) -> None:
    await put(store, *(message(them.alice, them.bob) for _ in range(50)))
    marks = (await store.figures.uncounted({})).marks
    small = await work.size(lambda: store.figures.uncounted(marks))
    await put(store, *(message(them.alice, them.bob) for _ in range(5_000)))
    marks = (await store.figures.uncounted({})).marks
    assert await work.size(lambda: store.figures.uncounted(marks)) <= small


async def test_no_query_goes_through_a_table(store: Store, them: People, work: Work) -> None:
    await put(store, message(them.alice, them.bob))
    marks = (await store.figures.uncounted({})).marks
    made_by_it = {"SCAN g"}
    assert set(await work.scans(lambda: store.figures.uncounted(marks))) <= made_by_it
    assert await work.scans(lambda: store.figures.figures(APP, 1, 9)) == []
