"""The composition root: what it opens, and what it takes over while it runs."""

from pathlib import Path

import pytest

from tests.support.server import running_server
from tidings.app import MASTER_KEY, open_vault
from tidings.settings import ServerSettings
from tidings.store.sqlite.store import DATABASE
from tidings.vault import VaultError


def test_a_new_folder_gets_a_master_key(tmp_path: Path) -> None:
    open_vault(ServerSettings(data_dir=str(tmp_path / "new")))
    assert (tmp_path / "new" / MASTER_KEY).exists()


def test_no_fresh_master_key_is_made_beside_a_database(tmp_path: Path) -> None:
    (tmp_path / DATABASE).touch()
    with pytest.raises(VaultError, match=r"master\.key is missing.* put the file back from a copy"):
        open_vault(ServerSettings(data_dir=str(tmp_path)))
    assert [each.name for each in tmp_path.iterdir()] == [DATABASE]


def test_memory_needs_no_master_key(tmp_path: Path) -> None:
    (tmp_path / DATABASE).touch()
    open_vault(ServerSettings(store="memory", data_dir=str(tmp_path)))
    assert [each.name for each in tmp_path.iterdir()] == [DATABASE]


async def test_deleted_app_takes_its_logins_with_it() -> None:
    async with running_server() as site:
        alice = await site.login("alice")
        beside = await (await site.beside()).login("alice")
        await site.server.store.apps.delete(site.app)
        await site.server.refresh()
        assert await alice.closed() == (4006, "the app was deleted")
        await beside.call("heartbeat.alive")
