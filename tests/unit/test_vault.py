"""The master key file, sealing and derived keys."""

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tidings.vault import KEY_SIZE, Vault, VaultError

LABEL = b"app key"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "master.key"


@pytest.fixture
def vault() -> Vault:
    return Vault.from_key(bytes(range(KEY_SIZE)))


def test_a_key_file_is_made_for_its_owner_only(path: Path) -> None:
    Vault.open(path)
    assert path.stat().st_size == KEY_SIZE
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(path.parent.iterdir()) == [path]


def test_each_key_file_is_another(tmp_path: Path) -> None:
    Vault.open(tmp_path / "a")
    Vault.open(tmp_path / "b")
    assert (tmp_path / "a").read_bytes() != (tmp_path / "b").read_bytes()


def test_a_key_file_serves_again(path: Path) -> None:
    sealed = Vault.open(path).seal(b"secret", LABEL)
    assert Vault.open(path).unseal(sealed, LABEL) == b"secret"


def test_the_file_holds_the_key(path: Path) -> None:
    derived = Vault.open(path).derive(LABEL)
    assert Vault.from_key(path.read_bytes()).derive(LABEL) == derived


def test_vaults_opened_at_once_agree_on_one_key(path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        vaults = list(pool.map(lambda _: Vault.open(path), range(32)))
    assert len({vault.derive(LABEL) for vault in vaults}) == 1
    assert list(path.parent.iterdir()) == [path]


def test_a_new_key_is_on_disk_before_it_has_its_name(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    steps: list[str] = []
    sync, link = os.fsync, os.link

    def noted_sync(descriptor: int) -> None:
        steps.append("sync folder" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else "sync file")
        sync(descriptor)

    def noted_link(source: Path, target: Path) -> None:
        steps.append("name")
        link(source, target)

    monkeypatch.setattr(os, "fsync", noted_sync)
    monkeypatch.setattr(os, "link", noted_link)
    Vault.open(path)
    assert steps == ["sync file", "name", "sync folder"]


def test_a_failure_leaves_no_draft(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(VaultError, match="No space left on device"):
        Vault.open(path)
    assert list(path.parent.iterdir()) == []


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o666, 0o601, 0o620, 0o644])
def test_a_key_file_that_others_may_use_is_refused_with_the_remedy(path: Path, mode: int) -> None:
    Vault.open(path)
    path.chmod(mode)
    with pytest.raises(VaultError, match=f"chmod 600 {path}"):
        Vault.open(path)


@pytest.mark.parametrize("mode", [0o400, 0o600])
def test_a_key_file_for_its_owner_is_taken(path: Path, mode: int) -> None:
    Vault.open(path)
    path.chmod(mode)
    Vault.open(path)


@pytest.mark.parametrize(
    ("size", "words"), [(0, "0 bytes"), (31, "31 bytes"), (33, "more than 32"), (9999, "more than")]
)
def test_a_key_file_of_another_size_is_refused_and_kept(path: Path, size: int, words: str) -> None:
    path.touch(0o600)
    path.write_bytes(bytes(size))
    with pytest.raises(VaultError, match=words) as caught:
        Vault.open(path)
    assert "put back a copy" in str(caught.value)
    assert path.stat().st_size == size


def test_a_folder_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(VaultError, match="No such file or directory"):
        Vault.open(tmp_path / "missing" / "master.key")


def test_a_folder_in_place_of_the_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(VaultError, match="Is a directory"):
        Vault.open(tmp_path)


@pytest.mark.parametrize("size", [0, 16, 31, 33])
def test_a_key_has_one_size(size: int) -> None:
    with pytest.raises(VaultError, match=f"this one has {size}"):
        Vault.from_key(bytes(size))


@pytest.mark.parametrize("plain", [b"", b"x", bytes(100_000)])
def test_what_is_sealed_is_unsealed(vault: Vault, plain: bytes) -> None:
    sealed = vault.seal(plain, LABEL)
    assert vault.unseal(sealed, LABEL) == plain
    assert len(sealed) == len(plain) + 29


def test_the_same_secret_is_never_sealed_alike(vault: Vault) -> None:
    assert len({vault.seal(b"secret", LABEL) for _ in range(100)}) == 100


def test_what_is_sealed_does_not_show(vault: Vault) -> None:
    assert b"secret" not in vault.seal(b"secret", LABEL)


def test_another_key_opens_nothing(vault: Vault) -> None:
    other = Vault.from_key(bytes(KEY_SIZE))
    with pytest.raises(
        VaultError, match=r"'app key' was not sealed with this master key.*put the master key file back"
    ):
        other.unseal(vault.seal(b"secret", LABEL), LABEL)


def test_another_label_opens_nothing(vault: Vault) -> None:
    with pytest.raises(VaultError):
        vault.unseal(vault.seal(b"secret", LABEL), b"ticket")


def test_any_changed_byte_is_noticed(vault: Vault) -> None:
    sealed = vault.seal(b"secret", LABEL)
    for at in range(len(sealed)):
        changed = bytearray(sealed)
        changed[at] ^= 1
        with pytest.raises(VaultError):
            vault.unseal(bytes(changed), LABEL)


def test_any_missing_end_is_noticed(vault: Vault) -> None:
    sealed = vault.seal(b"secret", LABEL)
    for end in range(len(sealed)):
        with pytest.raises(VaultError):
            vault.unseal(sealed[:end], LABEL)


def test_derived_keys_stay_the_same_and_differ_by_label_and_master_key(vault: Vault) -> None:
    assert vault.derive(b"tickets") == Vault.from_key(bytes(range(KEY_SIZE))).derive(b"tickets")
    keys = {
        vault.derive(b"tickets"),
        vault.derive(b""),
        vault.derive(b"seal"),
        Vault.from_key(bytes(32)).derive(b"tickets"),
    }
    assert len(keys) == 4
    assert {len(key) for key in keys} == {32}


def test_stored_data_of_today_opens_tomorrow(vault: Vault) -> None:
    """Changing the format or the derivation would lock every operator out; these bytes were sealed once."""
    assert vault.derive(b"tickets").hex() == "d08d4df8ed7563eb23129ff5428597c3b280c076b72523a8d68dbb31531e9951"
    assert (
        vault.unseal(bytes.fromhex("01ae353437c3c17f6898b3b5d52a03315357d4d487b10c7aa98459f1c6cf262c3e7608"), LABEL)
        == b"secret"
    )


def test_a_vault_does_not_show_its_key(vault: Vault) -> None:
    assert bytes(range(KEY_SIZE)).hex() not in repr(vault)
    assert repr(bytes(range(KEY_SIZE))) not in repr(vault)
