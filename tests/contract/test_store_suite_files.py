"""Every store: files (domain/files.py, FileStore)."""

from dataclasses import replace

from tests.support.stores import APP, NOW, OTHER_APP, People
from tidings.domain.accounts import Account
from tidings.domain.file_addresses import Place
from tidings.domain.file_types import Kind, Version
from tidings.domain.files import Part, StoredFile
from tidings.ids import AccountNumber
from tidings.store.sqlite.store import Store


def file_of(account: Account, number: int, created_at: int = NOW) -> StoredFile:
    """Return an image that differs from others by its number."""
    place = Place(account.app, f"{number:032x}", "猫.jpg")
    smaller = {Version.THUMB: Part("image/jpeg", 5, 20, 10)}
    original = Part("image/png", 1 << 33, 200, 100)
    return StoredFile(place, account.number, Kind.IMAGE, "ab" * 32, created_at, original, smaller)


async def stored(store: Store, account: Account, number: int, created_at: int = NOW) -> StoredFile:
    """Return a file that is stored whole."""
    file = file_of(account, number, created_at)
    assert await store.files.begin_file(file) is file
    await store.files.finish_file(file.place.key)
    return file


async def _found(store: Store, file: StoredFile) -> StoredFile | None:
    return (await store.files.find_files(file.place.app, [file.place.key])).get(file.place.key)


async def test_file_is_found_once_it_is_stored_whole(store: Store, them: People) -> None:
    file = file_of(them.alice, 1)
    assert await store.files.begin_file(file) is file
    assert await _found(store, file) is None
    await store.files.finish_file(file.place.key)
    assert await _found(store, file) == file
    assert await store.files.find_files(OTHER_APP, [file.place.key]) == {}


async def test_key_is_taken_once(store: Store, them: People) -> None:
    file = await stored(store, them.alice, 1)
    assert await store.files.begin_file(replace(file, digest="cd" * 32)) == file


async def test_file_of_nobody_is_not_begun(store: Store, them: People) -> None:
    await store.accounts.delete_account(them.bob.number)
    for account in (them.bob.number, AccountNumber(99), them.stranger.number):
        assert await store.files.begin_file(replace(file_of(them.alice, 1), account=account)) is None


async def test_ban_is_set_and_lifted_by_its_own_app(store: Store, them: People) -> None:
    file = await stored(store, them.alice, 1)
    assert not await store.files.set_file_banned(OTHER_APP, file.place.key, is_banned=True)
    assert await store.files.set_file_banned(APP, file.place.key, is_banned=True)
    assert await _found(store, file) == replace(file, is_banned=True)
    assert await store.files.set_file_banned(APP, file.place.key, is_banned=False)
    assert await _found(store, file) == file


async def test_struck_files_are_there_to_be_removed_and_to_nobody_else(store: Store, them: People) -> None:
    old, new = await stored(store, them.alice, 1, NOW - 5), await stored(store, them.alice, 2)
    other = await stored(store, them.stranger, 3, NOW - 5)
    assert await store.files.expire_files(APP, NOW - 4) == 1
    assert [await _found(store, file) for file in (old, new, other)] == [None, new, other]
    assert await store.files.struck_files(9) == [old]
    await store.files.forget_files([old.place.key, new.place.key])
    assert await store.files.struck_files(9) == []
    assert await _found(store, new) == new


async def test_deleted_account_strikes_its_files(store: Store, them: People) -> None:
    file, other = await stored(store, them.alice, 1), await stored(store, them.bob, 2)
    await store.accounts.delete_account(them.alice.number)
    assert [await _found(store, each) for each in (file, other)] == [None, other]
    assert await store.files.struck_files(9) == [file]


async def test_unfinished_files_are_given_up(store: Store, them: People) -> None:
    file, whole = file_of(them.alice, 1), await stored(store, them.alice, 2)
    await store.files.begin_file(file)
    await store.files.give_up_unfinished()
    await store.files.finish_file(file.place.key)  # too late
    assert await store.files.struck_files(9) == [file]
    assert await _found(store, whole) == whole
