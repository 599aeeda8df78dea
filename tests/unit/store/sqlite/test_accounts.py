"""Accounts and logins in SQLite."""

from tests.support.database import Work
from tests.support.stores import APP, NOW, OTHER_APP, People, message, put, whole
from tidings.domain.accounts import Account, Newcomer
from tidings.domain.devices import KickReason, Platform, Session
from tidings.ids import AccountNumber, InstanceId, UserId
from tidings.store.sqlite.store import Store

ALICE = UserId("alice")


async def found(store: Store, *names: str) -> list[Account]:
    return await store.accounts.find_accounts(APP, [UserId(name) for name in names])


# --- accounts ---


async def test_accounts_are_found_by_name_in_their_own_app(store: Store, them: People) -> None:
    assert {each.user_id for each in await found(store, "alice", "bob", "nobody")} == {"alice", "bob"}
    assert await store.accounts.find_accounts(OTHER_APP, [ALICE]) == [them.stranger]
    assert await found(store) == []


async def test_saved_accounts_come_back_in_the_order_given(store: Store, them: People) -> None:
    newcomers = [Newcomer(UserId(name)) for name in ("dave", "alice", "erin", "dave")]
    saved = await store.accounts.save_accounts(APP, newcomers)
    assert [each.user_id for each in saved] == ["dave", "alice", "erin", "dave"]
    assert saved[0] == saved[3]
    assert saved[1] == them.alice


async def test_an_account_that_exists_is_left_as_it_is(store: Store, them: People) -> None:
    (saved,) = await store.accounts.save_accounts(APP, [Newcomer(ALICE, "A", "u")])
    assert saved == them.alice
    assert await found(store, "alice") == [saved]


async def test_deleted_account_is_gone_and_its_messages_are_not(store: Store, them: People) -> None:
    sent = message(them.alice, them.bob)
    await put(store, sent)
    await store.accounts.save_custom_status(them.alice.number, "busy")
    await store.sessions.save_sessions([login(them.alice)])
    await store.accounts.delete_account(them.alice.number)
    assert await found(store, "alice") == []
    assert await store.accounts.user_ids([them.alice.number]) == {them.alice.number: "~erased-1"}
    assert await store.sessions.sessions([them.alice.number]) == {}
    (kept,) = await store.messages.page(whole(them.bob.number, them.alice.number))
    assert (kept.body, kept.sender_nick) == (sent.body, "")


async def test_name_of_a_deleted_account_is_free_for_another(store: Store, them: People) -> None:
    await store.accounts.save_custom_status(them.alice.number, "busy")
    await store.accounts.void_signatures(them.alice.number, NOW)
    await store.accounts.delete_account(them.alice.number)
    (again,) = await store.accounts.save_accounts(APP, [Newcomer(ALICE)])
    assert again == Account(APP, again.number, ALICE)
    assert again.number > them.stranger.number


async def test_signatures_are_voided_ever_further(store: Store, them: People) -> None:
    for until, expected in ((NOW, NOW), (NOW - 1, NOW), (NOW + 1, NOW + 1)):
        await store.accounts.void_signatures(them.alice.number, until)
        assert [each.void_until for each in await found(store, "alice")] == [expected]


# --- logins ---


def login(account: Account, instance: int = 1, opened_at: float = NOW + 0.5, **changes: object) -> Session:
    session = Session(account.number, InstanceId(instance), f"d{instance}", Platform.WEB, opened_at, NOW, NOW + 9)
    for name, value in changes.items():
        setattr(session, name, value)
    return session


async def kept(store: Store, *accounts: Account) -> dict[AccountNumber, list[Session]]:
    return await store.sessions.sessions([each.number for each in accounts])


async def test_logins_come_back_whole_least_recently_opened_first(store: Store, them: People) -> None:
    late = login(them.alice, 1, NOW + 2.25, left_at=NOW + 3.5, kicked=KickReason.BY_SERVER)
    early, others = login(them.alice, 2, NOW + 1.0, platform=Platform.IPAD), login(them.bob)
    await store.sessions.save_sessions([late, early, others])
    assert await kept(store, them.alice, them.bob, them.carol) == {
        them.alice.number: [early, late],
        them.bob.number: [others],
    }


async def test_login_is_replaced_by_its_newer_state(store: Store, them: People) -> None:
    await store.sessions.save_sessions([login(them.alice)])
    newer = login(them.alice, kicked=KickReason.SAME_PLATFORM)
    await store.sessions.save_sessions([newer])
    assert await kept(store, them.alice) == {them.alice.number: [newer]}


async def test_leaving_is_noted_unless_the_login_is_gone(store: Store, them: People) -> None:
    session, gone = login(them.alice), login(them.alice, 2)
    await store.sessions.save_sessions([session])
    for each in (session, gone):
        each.left_at = NOW + 5.5
        await store.sessions.set_left_at(each)
    assert await kept(store, them.alice) == {them.alice.number: [session]}


async def test_dropped_logins_are_those_named(store: Store, them: People) -> None:
    stays, others = login(them.alice, 3), login(them.bob, 1)
    await store.sessions.save_sessions([login(them.alice, 1), login(them.alice, 2), stays, others])
    await store.sessions.drop_sessions(them.alice.number, [InstanceId(1), InstanceId(2)])
    assert await kept(store, them.alice, them.bob) == {them.alice.number: [stays], them.bob.number: [others]}


# --- the work ---


async def test_nothing_goes_through_a_whole_table(store: Store, them: People, work: Work) -> None:
    accounts, sessions, number = store.accounts, store.sessions, them.alice.number
    session = login(them.alice)
    for call in (
        lambda: found(store, "alice", "nobody"),
        lambda: accounts.user_ids([number]),
        lambda: accounts.save_accounts(APP, [Newcomer(ALICE, nick="A"), Newcomer(UserId("new"))]),
        lambda: accounts.save_custom_status(number, "busy"),
        lambda: accounts.void_signatures(number, NOW),
        lambda: sessions.save_sessions([session]),
        lambda: sessions.set_left_at(session),
        lambda: sessions.sessions([number, them.bob.number]),
        lambda: sessions.drop_sessions(number, [session.instance]),
        lambda: accounts.delete_account(number),
    ):
        assert await work.scans(call) == []
