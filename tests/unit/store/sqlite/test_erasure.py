"""Erasing accounts: nothing of them is left in the files, and others keep what is theirs."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

import tidings.store.sqlite.erasure as module
from tests.support.stores import APP, NOW, VAULT, People, message, people, put, whole
from tidings.domain.accounts import Account, Newcomer
from tidings.domain.devices import Platform, Session
from tidings.domain.erasure import pseudonym
from tidings.domain.events import (
    ConversationGroupChanged,
    ConversationsPinned,
    FollowChange,
    FollowsChanged,
    FriendRequested,
    MessageModified,
    MessageRecalled,
    ProfileChanged,
    ProfileField,
    ReadByPeer,
    ReadElsewhere,
    ReceiveOptionSet,
    RelationsChanged,
)
from tidings.domain.figures import Counted
from tidings.domain.follows import FollowBook, FollowCounts, FollowType, Results
from tidings.domain.ports import Logged
from tidings.domain.receiving import ReceiveOption
from tidings.domain.relation_book import Entry, RelationBook, Request
from tidings.ids import InstanceId, Position, UserId
from tidings.store.sqlite.engine import Engine, FileEngine
from tidings.store.sqlite.rows import one
from tidings.store.sqlite.store import Store, open_file

SECRETS = ("zelda-user-id", "Zelda-Nick", "https://zelda.example/face", "zelda-mood", "zelda-device", "zelda-city")
SAID, PUSHED = "what zelda said", "zelda's push title"


async def _zelda(store: Store) -> Account:
    user_id, nick, face, mood, device, _ = SECRETS
    (zelda,) = await store.accounts.save_accounts(APP, [Newcomer(UserId(user_id), nick, face)])
    await store.accounts.save_custom_status(zelda.number, mood)
    await store.sessions.save_sessions([Session(zelda.number, InstanceId(1), device, Platform.WEB, NOW, NOW, NOW)])
    return zelda


async def _live(store: Store, zelda: Account, them: People) -> None:
    """Let her leave traces wherever an account can."""
    said = f'[{{"t":"{SAID}"}}]'.encode()
    for peer in (them.alice, them.bob, zelda):
        own = message(zelda, peer, body=said, push=PUSHED.encode())
        theirs = message(peer, zelda)
        await put(store, own, theirs)
        for each in (own, theirs):
            each.version, given = each.version + 1, each.version
            changed = MessageModified(each.ref, each.version, each.body, "")
            await store.messages.modify(each, given, [Logged(peer.number, changed), Logged(zelda.number, changed)])
        theirs.revoker_id = zelda.user_id
        recalled = MessageRecalled(theirs.ref, zelda.user_id)
        await store.messages.recall(theirs, [Logged(peer.number, recalled), Logged(zelda.number, recalled)])
        told = [
            Logged(zelda.number, ReadElsewhere(peer.user_id, NOW)),
            Logged(peer.number, ReadByPeer(zelda.user_id, NOW)),
        ]
        await store.conversations.mark_read(zelda.number, peer.number, NOW, NOW, told)
    await _list(store, zelda, them)
    await store.mutes.save_mute(zelda.number, NOW, NOW)
    await store.figures.add_figures(Counted(deeds={(APP, 1): {zelda.number: 1}}), 0)


async def _list(store: Store, zelda: Account, them: People) -> None:
    """Let her have a list of conversations, and be in those of others; carol never wrote to her."""
    name = UserId(f"{zelda.user_id}-group")
    event = ConversationGroupChanged(1, name, (zelda.user_id, them.bob.user_id), (zelda.user_id,))
    await store.marks.change_marks(zelda.number, NOW, lambda book: (book.add_group(name), event))
    for owner in (them.alice, them.carol):
        option = ReceiveOptionSet((them.bob.user_id, zelda.user_id), 2)
        await store.receiving.set_option(owner.number, [zelda.number], ReceiveOption.QUIET, NOW, option)
    pinned = ConversationsPinned((zelda.user_id,), is_pinned=True)
    await store.listing.pin(them.alice.number, [zelda.number], 9, NOW, lambda _: pinned)
    await _show(store, zelda, them)


async def _show(store: Store, zelda: Account, them: People) -> None:
    """Let her have a profile that concerned others; the three follow her, and she one of them."""
    changed = ProfileChanged(zelda.user_id, (ProfileField("Tag_Profile_Custom_City", SECRETS[-1]),))
    followed = FollowsChanged((FollowChange(zelda.user_id, NOW, (1,), is_added=True),))
    pairs = [(each, zelda) for each in (them.alice, them.bob, them.carol)] + [(zelda, them.carol)]

    def follow(book: FollowBook) -> tuple[Results, list[Logged]]:
        for one_side, other in pairs:
            book.add(one_side.number, other.number, NOW)
        everybody = {each.number for pair in pairs for each in pair}
        return [], [Logged(number, followed) for number in everybody]

    await store.profiles.change_profile(zelda.number, {"Tag_Profile_Custom_City": SECRETS[-1]}, frozenset(), NOW)
    await store.follows.change_follows(NOW, follow)
    await _relate(store, zelda, them)
    logged = [Logged(zelda.number, changed), Logged(them.carol.number, changed)]
    await store.follows.change_follows(NOW, lambda _: ([], logged))


async def _relate(store: Store, zelda: Account, them: People) -> None:
    """Let her be a friend of carol's, ask bob, be asked by alice, and be blocked by him; all know her by name."""
    entry = Entry("AddSource_Type_Web", "hi", NOW, SECRETS[1])
    asked = FriendRequested(zelda.user_id, SECRETS[1], SECRETS[2], "s", "hi", NOW, zelda.user_id)
    event = RelationsChanged((zelda.user_id,), requests=(asked,), blocked_ids=(zelda.user_id,))

    def rule(book: RelationBook) -> tuple[None, list[list[Logged]]]:
        book.save(zelda.number, them.carol.number, replace(entry, remark="zelda-remark"))
        book.save(them.carol.number, zelda.number, replace(entry, remark="her friend", wording=""))
        book.ask(zelda.number, them.bob.number, Request("s", "hi", NOW))
        book.ask(them.alice.number, zelda.number, Request("s", "hi", NOW))
        book.block(them.bob.number, zelda.number, NOW)
        return None, [[Logged(each.number, event) for each in (them.alice, them.bob, them.carol)]]

    await store.relations.change_relations(NOW, rule)


async def _erase(store: Store, zelda: Account, *, with_messages: bool = False) -> None:
    await store.accounts.delete_account(zelda.number, with_messages=with_messages)
    erasures = await store.erasure.erasures()
    assert [each.account for each in erasures] == [zelda.number]
    await store.erasure.erase(erasures)
    assert await store.erasure.finish(erasures)
    assert await store.erasure.erasures() == []


def _bytes(folder: Path) -> Iterator[bytes]:
    return (path.read_bytes() for path in folder.iterdir())


def _found(folder: Path, *texts: str) -> list[str]:
    return [text for text in texts for content in _bytes(folder) if text.encode() in content]


async def test_who_followed_it_or_was_followed_is_counted_anew(tmp_path: Path) -> None:
    store = open_file(tmp_path, VAULT, is_synced=False)
    them = await people(store)
    zelda = await _zelda(store)
    await _show(store, zelda, them)

    def follow(book: FollowBook) -> tuple[Results, list[Logged]]:
        book.add(them.alice.number, them.carol.number, NOW)
        return [], []

    await store.follows.change_follows(NOW, follow)
    await _erase(store, zelda)
    numbers = [them.alice.number, them.bob.number, them.carol.number, zelda.number]
    nothing, one_followed, one_follower = FollowCounts(), FollowCounts(followed=1), FollowCounts(followers=1)
    found = await store.follows.follow_counts(numbers)
    assert found == dict(zip(numbers, (one_followed, nothing, one_follower), strict=False))
    assert [row.user_id for row in await store.follows.follow_page(numbers[2], FollowType.FOLLOWER, 0, 9)] == ["alice"]
    await store.close()


@pytest.mark.parametrize("chunk", [1, 3, 500])
async def test_no_byte_of_the_account_is_left_in_any_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chunk: int
) -> None:
    monkeypatch.setattr(module, "CHUNK", chunk)
    store = open_file(tmp_path, VAULT, is_synced=False)
    them = await people(store)
    zelda = await _zelda(store)
    await _live(store, zelda, them)
    assert set(_found(tmp_path, *SECRETS, PUSHED)) == {*SECRETS, PUSHED}
    await _erase(store, zelda)
    assert _found(tmp_path, *SECRETS, PUSHED) == []
    assert _found(tmp_path, SAID) != []
    await store.close()
    assert _found(tmp_path, *SECRETS, PUSHED) == []


async def test_what_it_sent_goes_as_well_if_the_app_wants_that(tmp_path: Path) -> None:
    store = open_file(tmp_path, VAULT, is_synced=False)
    them = await people(store)
    zelda = await _zelda(store)
    await _live(store, zelda, them)
    await _erase(store, zelda, with_messages=True)
    assert _found(tmp_path, *SECRETS, PUSHED, SAID) == []
    (kept,) = await store.messages.page(whole(them.bob.number, zelda.number))
    assert kept.sender == them.bob.number
    (state,) = await store.conversations.conversations(them.bob.number, Position(0), 9, 9)
    assert state.last is not None
    assert (state.last.key, state.peer.user_id) == (kept.key, pseudonym(zelda.number))
    await store.close()


async def test_pages_that_were_split_and_freed_hold_nothing_either(tmp_path: Path) -> None:
    """Moving rows from page to page leaves copies, unless what is left behind is overwritten at once."""
    store, chance = open_file(tmp_path, VAULT, is_synced=False), Random(1)
    them = await people(store)
    names = [f"gone-{chance.getrandbits(64):016x}" for _ in range(300)]
    made = await store.accounts.save_accounts(APP, [Newcomer(UserId(name), f"nick {name}") for name in names])
    for _ in range(5):
        chance.shuffle(made)
        for account in made:
            store.messages.append(message(account, them.bob, push=account.user_id.encode() * chance.randrange(9)))
            told = [Logged(chance.choice(made).number, ReadByPeer(account.user_id, NOW)) for _ in range(2)]
            store.conversations.mark_read(them.bob.number, account.number, NOW, NOW, [*told, told[0]])
        await store.messages.settle()
    gone = made[::3]
    for account in gone:
        await store.accounts.delete_account(account.number)
    erasures = await store.erasure.erasures()
    await store.erasure.erase(erasures)
    assert await store.erasure.finish(erasures)
    found = set(_found(tmp_path, *names))
    # Whoever was told of another without a conversation with it, as only this test does, keeps the name.
    known = {name for name in found if await _is_told(store, name)}
    assert not (found - known) & {account.user_id for account in gone}
    await store.close()


async def _is_told(store: Store, name: str) -> bool:
    sql = "SELECT 1 FROM events WHERE instr(body, CAST(? AS BLOB)) > 0"
    engine: Engine = store.messages._engine  # noqa: SLF001 - looks where no rule looks
    return await engine.read(lambda connection: one(connection, sql, (name,))) is not None


async def test_others_keep_their_conversations_under_a_pseudonym(store: Store, them: People) -> None:
    zelda = await _zelda(store)
    await _live(store, zelda, them)
    await _erase(store, zelda)
    newer, older = await store.messages.page(whole(them.bob.number, zelda.number))
    assert {each.sender_id for each in (newer, older)} == {"bob", pseudonym(zelda.number)}
    assert {each.receiver_id for each in (newer, older)} == {"bob", pseudonym(zelda.number)}
    assert {each.revoker_id for each in (newer, older)} == {"", pseudonym(zelda.number)}
    page = await store.conversations.log_after(them.bob.number, Position(0), 100, NOW)
    told = [entry[1] for entry in page.entries if isinstance(entry, tuple)]
    assert [event.reader_id for event in told if isinstance(event, ReadByPeer)] == [pseudonym(zelda.number)]
    assert await store.accounts.find_erased(APP, zelda.number) is not None
    assert await store.accounts.find_erased(APP, them.bob.number) is None


async def test_what_nobody_sees_any_more_goes(store: Store, them: People, engine: Engine) -> None:
    zelda = await _zelda(store)
    seen, hidden = message(zelda, them.bob), message(zelda, them.bob)
    await put(store, seen, hidden, message(zelda, zelda), message(zelda, them.carol), message(them.alice, them.bob))
    await store.messages.hide([hidden], them.bob.number)
    await store.accounts.delete_account(them.carol.number)
    await store.accounts.delete_account(zelda.number)
    erasures = await store.erasure.erasures()
    await store.erasure.erase(erasures)
    rows = await engine.read(lambda c: c.execute("SELECT id FROM messages ORDER BY id").fetchall())
    assert [row[0] for row in rows] == [seen.position, seen.position + 4]


async def test_erasing_goes_on_where_it_was_cut_short(store: Store, them: People) -> None:
    zelda = await _zelda(store)
    await _live(store, zelda, them)
    await store.accounts.delete_account(zelda.number)
    erasures = await store.erasure.erasures()
    await store.erasure.erase(erasures)
    await store.erasure.erase(erasures)
    assert await store.erasure.erasures() == erasures
    assert len(await store.messages.page(whole(them.bob.number, zelda.number))) == 2


async def test_a_sender_that_hid_its_copy_is_found_by_its_peers(
    store: Store, them: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "ACCOUNTS_CHUNK", 1)
    zelda = await _zelda(store)
    sent = message(zelda, them.bob, flags=32, push=PUSHED.encode())
    await put(store, sent)
    await _erase(store, zelda)
    (kept,) = await store.messages.page(whole(them.bob.number, zelda.number))
    assert (kept.push, kept.sender_id) == (b"", pseudonym(zelda.number))


async def test_the_log_is_emptied_unless_somebody_reads_the_past(tmp_path: Path) -> None:
    engine = FileEngine(tmp_path / "db", is_synced=False)
    await engine.write(lambda tx: tx.cursor.execute("INSERT INTO meta VALUES ('x', 1)"))
    near = engine.look_up(lambda connection: connection)
    near.execute("BEGIN")
    near.execute("SELECT * FROM meta").fetchall()
    await engine.write(lambda tx: tx.cursor.execute("INSERT INTO meta VALUES ('y', 1)"))
    assert not await engine.empty_log()
    near.execute("COMMIT")
    assert await engine.empty_log()
    assert (tmp_path / "db-wal").stat().st_size == 0
    await engine.close()
