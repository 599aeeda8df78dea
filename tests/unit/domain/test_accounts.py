"""Accounts: a bounded memory in front of the store that never says anything else than the store."""

import asyncio
from dataclasses import replace

import pytest

from tests.support.stores import APP, NOW, OTHER_APP, People
from tests.support.usersigs import raises_fault
from tidings.domain import accounts as module
from tidings.domain.accounts import Account, Accounts, Newcomer
from tidings.domain.erasure import pseudonym
from tidings.errors import ACCOUNT_NOT_FOUND
from tidings.ids import AccountNumber, UserId
from tidings.store.sqlite.store import Store

ALICE, BOB, NOBODY = UserId("alice"), UserId("bob"), UserId("nobody")


@pytest.fixture
def accounts(store: Store) -> Accounts:
    return Accounts(store.accounts)


async def _stored(store: Store, user_id: UserId) -> Account | None:
    """Return the account as the store has it."""
    return next(iter(await store.accounts.find_accounts(APP, [user_id])), None)


async def test_an_account_is_found_and_then_known(accounts: Accounts, them: People) -> None:
    assert accounts.known(APP, ALICE) is None
    found = await accounts.find(APP, ALICE)
    assert found == them.alice
    assert accounts.known(APP, ALICE) is found
    assert await accounts.get(APP, ALICE) is found


async def test_who_does_not_exist_is_not_found_until_he_does(accounts: Accounts) -> None:
    assert await accounts.find(APP, NOBODY) is None
    with raises_fault(ACCOUNT_NOT_FOUND, "nobody"):
        await accounts.get(APP, NOBODY)
    (made,) = await accounts.save(APP, [Newcomer(NOBODY)])
    assert await accounts.find(APP, NOBODY) is made


async def test_those_that_exist_are_found_once_each(accounts: Accounts, them: People) -> None:
    await accounts.find(APP, ALICE)
    found = await accounts.find_all(APP, [BOB, NOBODY, ALICE, BOB])
    assert found == {ALICE: them.alice, BOB: them.bob}


async def test_a_namesake_in_another_app_is_somebody_else(accounts: Accounts, them: People) -> None:
    found = [await accounts.find(app, ALICE) for app in (APP, OTHER_APP)]
    assert found == [them.alice, them.stranger]
    assert await accounts.by_number(OTHER_APP, them.alice.number) is None


async def test_an_account_is_found_by_its_number(accounts: Accounts, them: People) -> None:
    assert await accounts.by_number(APP, them.alice.number) == them.alice
    assert await accounts.by_number(APP, AccountNumber(999)) is None


async def test_a_number_is_not_that_of_a_later_account_of_the_name(accounts: Accounts, them: People) -> None:
    await accounts.delete(them.alice)
    later = await accounts.ensure(APP, ALICE)
    assert later.number != them.alice.number
    assert await accounts.by_number(APP, them.alice.number) is None
    assert await accounts.names([them.alice.number, later.number]) == {
        them.alice.number: pseudonym(them.alice.number),
        later.number: ALICE,
    }


async def test_nobody_is_named_without_asking(accounts: Accounts) -> None:
    assert await accounts.names([]) == {}


async def test_an_account_is_made_once(accounts: Accounts, store: Store) -> None:
    made, again = await asyncio.gather(accounts.ensure(APP, NOBODY), accounts.ensure(APP, NOBODY))
    assert made is again is await accounts.ensure(APP, NOBODY)
    assert await _stored(store, NOBODY) == made


async def test_saving_leaves_what_exists_as_it_is(accounts: Accounts, them: People) -> None:
    known = await accounts.get(APP, ALICE)
    saved = await accounts.save(APP, [Newcomer(NOBODY, nick="N"), Newcomer(ALICE, face_url="f")])
    assert [account.user_id for account in saved] == [NOBODY, ALICE]
    assert saved[1] is known
    assert (known.nick, known.face_url) == (them.alice.nick, them.alice.face_url)
    assert saved[0].nick == "N"


async def test_names_and_avatars_are_taken_over_from_the_store(accounts: Accounts, them: People) -> None:
    known = await accounts.get(APP, ALICE)
    (fresh,) = accounts.refresh([replace(them.alice, nick="A", face_url="f")])
    assert fresh is known
    assert (known.nick, known.face_url) == ("A", "f")


async def test_a_deleted_account_is_not_known_any_more(accounts: Accounts) -> None:
    await accounts.delete(await accounts.ensure(APP, ALICE))
    assert accounts.known(APP, ALICE) is None
    assert await accounts.find(APP, ALICE) is None


async def test_an_account_made_anew_elsewhere_takes_the_place_of_the_known_one(
    accounts: Accounts, store: Store, them: People
) -> None:
    await accounts.find(APP, ALICE)
    await store.accounts.delete_account(them.alice.number)
    (later,) = await accounts.save(APP, [Newcomer(ALICE)])
    assert later.number != them.alice.number
    assert accounts.known(APP, ALICE) is later


async def test_an_app_that_is_gone_is_forgotten_alone(accounts: Accounts, them: People) -> None:
    for app in (APP, OTHER_APP):
        await accounts.find(app, ALICE)
    accounts.forget(APP)
    assert accounts.known(APP, ALICE) is None
    assert accounts.known(OTHER_APP, ALICE) == them.stranger


async def test_signatures_are_voided_for_good_and_never_unvoided(
    accounts: Accounts, store: Store, them: People
) -> None:
    await accounts.void_signatures(them.alice, NOW)
    await accounts.void_signatures(them.alice, NOW - 5)
    stored = await _stored(store, ALICE)
    assert stored is not None
    assert stored.void_until == them.alice.void_until == NOW


async def test_a_custom_status_is_kept_and_cleared(accounts: Accounts, store: Store, them: People) -> None:
    for text in ("busy", "busy", ""):
        await accounts.set_custom_status(them.alice, text)
        stored = await _stored(store, ALICE)
        assert stored is not None
        assert stored.custom_status == them.alice.custom_status == text


async def test_memory_is_bounded_and_whoever_drops_out_is_found_again(
    accounts: Accounts, them: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "KEPT_IN_MEMORY", 2)
    names = [ALICE, BOB, UserId("carol")]
    for name in names:
        await accounts.find(APP, name)
    assert [accounts.known(APP, name) is not None for name in names] == [False, True, True]
    assert await accounts.find(APP, ALICE) == them.alice
