"""The store as one thing, in a file and in memory."""

from pathlib import Path

import pytest

from tests.support.stores import APP, NOW, VAULT, message, people, put, whole
from tidings.settings import AppSettings
from tidings.store.sqlite.store import open_file, open_memory
from tidings.vault import KEY_SIZE, Vault, VaultError


async def test_what_was_stored_is_there_again(tmp_path: Path) -> None:
    store = open_file(tmp_path, VAULT)
    them = await people(store)
    sent = message(them.alice, them.bob)
    await put(store, sent)
    await store.apps.create(APP, "chat", NOW)
    await store.close()
    store = open_file(tmp_path, VAULT)
    assert await store.messages.page(whole(them.bob.number, them.alice.number)) == [sent]
    assert await store.accounts.find_accounts(APP, [them.bob.user_id]) == [them.bob]
    assert [(app.name, app.settings) for app in await store.apps.load()] == [("chat", AppSettings())]
    assert await store.conversations.newest_position() == sent.position
    await store.close()


async def test_parts_share_their_commits(tmp_path: Path) -> None:
    store = open_file(tmp_path, VAULT)
    them = await people(store)
    sent = message(them.alice, them.bob)
    done: list[str] = []
    store.messages.append(sent).then(lambda _: done.append("message"))
    store.accounts.save_custom_status(them.alice.number, "busy").then(lambda _: done.append("status"))
    await store.messages.settle()
    assert done == ["message", "status"]
    await store.close()


async def test_memory_is_forgotten() -> None:
    store = open_memory(VAULT)
    them = await people(store)
    await store.close()
    store = open_memory(VAULT)
    assert await store.accounts.find_accounts(APP, [them.alice.user_id]) == []
    await store.close()


async def test_secrets_open_with_their_own_key_only(tmp_path: Path) -> None:
    store = open_file(tmp_path, VAULT)
    await store.apps.create(APP, "chat", NOW)
    await store.apps.add_key(APP, "secret", "what signs UserSigs", NOW)
    await store.close()
    other = open_file(tmp_path, Vault(b"o" * KEY_SIZE))
    with pytest.raises(VaultError, match="was not sealed with this master key"):
        await other.apps.load()
    await other.close()
