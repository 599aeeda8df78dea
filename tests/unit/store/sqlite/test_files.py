"""What the files' rows cost, and that an app's end strikes them (the promises: tests/contract)."""

from collections.abc import Awaitable, Callable

from tests.contract.test_store_suite_files import stored
from tests.support.database import Work
from tests.support.stores import APP, People
from tidings.store.sqlite.store import Store


async def test_deleted_app_leaves_its_files_to_be_removed(store: Store, them: People) -> None:
    file = await stored(store, them.alice, 1)
    other = await stored(store, them.stranger, 2)
    await store.apps.create(APP, "test", 1)
    assert await store.apps.delete(APP)
    assert await store.files.struck_files(9) == [file]
    assert await store.files.find_files(other.place.app, [other.place.key]) == {other.place.key: other}


async def test_no_call_goes_through_all_files(store: Store, them: People, work: Work) -> None:
    await stored(store, them.alice, 1)
    files = store.files
    calls: list[Callable[[], Awaitable[object]]] = [
        lambda: files.expire_files(APP, 5),
        lambda: files.struck_files(9),
        files.give_up_unfinished,
        lambda: store.accounts.delete_account(them.alice.number),
    ]
    assert [await work.scans(call) for call in calls] == [[]] * len(calls)
