import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.stores import APP, NOW, OTHER_APP
from tidings.domain.file_addresses import MAX_NAME, Addresses, Grant, Place, find_place, to_name
from tidings.domain.file_types import Kind, Version
from tidings.errors import FILE_ADDRESS_EXPIRED, FILE_ADDRESS_FORGED, FILE_NOT_FOUND, Fault, TidingsError
from tidings.ids import AccountNumber

PLACE = Place(APP, "0f" * 16, "a b.txt")
GRANT = Grant(PLACE, Kind.SOUND, AccountNumber(7), NOW + 9)
SIGNER = Addresses(b"secret")


def _upload(address: str, now: int = NOW, signer: Addresses = SIGNER) -> Grant:
    path, _, query = address.partition("?")
    return signer.read_upload(path, query, now)


def _fault(address: str, now: int = NOW, signer: Addresses = SIGNER) -> Fault:
    path, _, query = address.partition("?")
    with pytest.raises(TidingsError) as error:
        (signer.read_upload if "im-time" not in query else signer.read_download)(path, query, now)
    return error.value.fault


def test_address_grants_what_was_signed_until_it_ends() -> None:
    address = SIGNER.to_upload(GRANT)
    assert _upload(address) == _upload(address, NOW + 9) == GRANT
    assert _fault(address, NOW + 10) is FILE_ADDRESS_EXPIRED


def test_download_address_is_for_one_file_and_its_versions() -> None:
    path, _, query = SIGNER.to_download(PLACE, NOW).partition("?")
    access = SIGNER.read_download(path, query + "&version=thumb", NOW)
    assert (access.place, access.version, access.is_full) == (PLACE, Version.THUMB, False)
    assert _fault(f"{path}?{query}&version=huge") is FILE_NOT_FOUND
    assert _fault(f"{path}?{query}", NOW + 1) is FILE_ADDRESS_EXPIRED
    assert _fault(f"{path.replace(str(APP), str(OTHER_APP))}?{query}") is FILE_ADDRESS_FORGED
    assert _fault(f"{path.replace('0f', 'f0')}?{query}") is FILE_ADDRESS_FORGED


def test_full_access_is_signed_for_itself() -> None:
    plain, full = SIGNER.to_query(PLACE, NOW), SIGNER.to_query(PLACE, NOW, is_full=True)
    assert SIGNER.read_download(PLACE.path, full, NOW).is_full
    for forged in (plain.replace("sign=", "sign=all."), full.replace("all.", "")):
        assert _fault(f"{PLACE.path}?{forged}") is FILE_ADDRESS_FORGED


def test_another_server_signs_otherwise() -> None:
    assert _fault(SIGNER.to_upload(GRANT), signer=Addresses(b"other")) is FILE_ADDRESS_FORGED


@given(st.text())
def test_any_name_becomes_one_harmless_segment(text: str) -> None:
    name = to_name(text)
    assert 0 < len(name) <= MAX_NAME
    assert name not in {".", ".."}
    assert not set(name) & set("/\\\r\n\x00\u202e")
    place = Place(APP, PLACE.key, name)
    assert find_place(f"https://files.example.org/chat{place.path}?x=/y#z") == place
    assert _upload(SIGNER.to_upload(Grant(place, Kind.FILE, AccountNumber(1), NOW))).place == place


@pytest.mark.parametrize("address", ["", "/files/", "https://[x", f"/files/0/{'0' * 32}/x", f"/files/1/{'0' * 31}/x"])
def test_what_is_no_address_of_ours_has_no_place(address: str) -> None:
    assert find_place(address) is None
    assert _fault(address) is FILE_NOT_FOUND


@given(st.text(), st.text())
def test_nonsense_is_refused(path: str, query: str) -> None:
    assert _fault(f"{PLACE.path}?{query}") in {FILE_ADDRESS_FORGED, FILE_NOT_FOUND}
    assert _fault(path.replace("?", "")) is FILE_NOT_FOUND
