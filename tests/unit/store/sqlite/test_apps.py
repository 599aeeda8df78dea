"""Applications in SQLite: keys, admins, settings, and what deleting one takes with it."""

from collections.abc import Awaitable, Callable
from functools import partial

import pytest

from tests.support.stores import APP, NOW, OTHER_APP, People, message, put
from tidings.domain.accounts import Account, Newcomer
from tidings.domain.callbacks import Letter
from tidings.domain.devices import Platform, Session
from tidings.domain.events import ReadElsewhere
from tidings.domain.extensions import Operation, Pair, Update, apply
from tidings.domain.figures import Counted, Figures
from tidings.domain.follows import FollowBook, FollowRule, Results
from tidings.domain.group.attributes import AttributeBook
from tidings.domain.group.counters import CounterBook
from tidings.domain.group.groups import NOBODY, Group, Member
from tidings.domain.group.kinds import ApplyOption, InviteOption, Kind
from tidings.domain.group.messages import GroupMessage
from tidings.domain.group.pins import Pin
from tidings.domain.group.requests import JoinChange, JoinRequest, Stage
from tidings.domain.growing import StreamKind
from tidings.domain.ports import Logged
from tidings.domain.receiving import QuietTime, ReceiveOption
from tidings.domain.relation_book import Entry, RelationBook, Request
from tidings.domain.streams import Stream
from tidings.domain.usersig import KeyRing
from tidings.domain.word_filter import Word
from tidings.ids import AccountNumber, ConversationNumber, GroupId, InstanceId, Position, SdkAppId, UserId
from tidings.settings import AppSettings
from tidings.store.sqlite import apps as module
from tidings.store.sqlite.apps import StoredKey
from tidings.store.sqlite.engine import Engine
from tidings.store.sqlite.store import Store

BOSS = UserId("boss")
NONE = SdkAppId(1)


async def contents(engine: Engine) -> dict[str, int]:
    """Return how many rows each table holds."""
    names = await engine.read(
        lambda c: [str(name) for (name,) in c.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    )
    counts = {
        name: await engine.read(lambda c, name=name: len(c.execute(f"SELECT 1 FROM {name}").fetchall()))  # type: ignore[misc]
        for name in names
    }
    own = {"meta", "schema_steps", "sqlite_sequence"}
    # What FTS5 keeps for itself beside the index.
    return {name: count for name, count in counts.items() if name not in own and not name.startswith("search_")}


async def test_app_comes_back_with_all_that_belongs_to_it(store: Store) -> None:
    assert await store.apps.create(APP, "chat", NOW)
    await store.apps.add_key(APP, "secret", "one", NOW + 1)
    await store.apps.add_key(APP, "secret", "two", NOW + 2)
    await store.apps.add_admin(APP, BOSS)
    await store.apps.set_settings(APP, AppSettings(history_days=30))
    (app,) = await store.apps.load()
    assert (app.sdk_app_id, app.name, app.is_enabled, app.created_at) == (APP, "chat", True, NOW)
    assert app.keys == KeyRing((b"one", b"two"), ())
    assert app.admins == {BOSS}
    assert app.settings == AppSettings(history_days=30)


async def test_apps_share_nothing(store: Store) -> None:
    for number in (OTHER_APP, APP):
        await store.apps.create(number, "chat", NOW)
    await store.apps.add_key(APP, "secret", "one", NOW)
    await store.apps.add_admin(APP, BOSS)
    first, second = await store.apps.load()
    assert (first.sdk_app_id, second.sdk_app_id) == (APP, OTHER_APP)
    assert (second.keys, second.admins) == (KeyRing((), ()), frozenset())


async def test_keys_have_numbers_and_are_removed_by_them(store: Store) -> None:
    await store.apps.create(APP, "chat", NOW)
    for text in ("one", "two"):
        await store.apps.add_key(APP, "secret", text, NOW)
    one, two = await store.apps.keys(APP)
    assert two == StoredKey(two.number, "secret", "two", NOW)
    assert not await store.apps.remove_key(OTHER_APP, one.number)
    assert await store.apps.remove_key(APP, one.number)
    assert not await store.apps.remove_key(APP, one.number)
    assert await store.apps.keys(APP) == [two]


async def test_secret_does_not_stand_in_the_database(store: Store, engine: Engine) -> None:
    await store.apps.create(APP, "chat", NOW)
    await store.apps.add_key(APP, "secret", "what signs UserSigs", NOW)
    dump = await engine.read(lambda connection: connection.serialize("main"))
    assert b"chat" in dump
    assert b"what signs" not in dump


@pytest.mark.parametrize(
    "change",
    [
        lambda apps: apps.set_enabled(NONE, is_enabled=True),
        lambda apps: apps.set_settings(NONE, AppSettings()),
        lambda apps: apps.add_key(NONE, "secret", "one", NOW),
        lambda apps: apps.remove_key(NONE, 1),
        lambda apps: apps.add_admin(NONE, BOSS),
        lambda apps: apps.remove_admin(NONE, BOSS),
        lambda apps: apps.delete(NONE),
        lambda apps: apps.create(APP, "another", NOW + 1),
        lambda apps: apps.add_admin(APP, BOSS),
    ],
    ids=["enable", "settings", "add key", "remove key", "appoint", "dismiss", "delete", "taken", "appointed before"],
)
async def test_change_that_can_not_be_made_says_so(
    store: Store, engine: Engine, change: Callable[[object], Awaitable[bool]]
) -> None:
    await store.apps.create(APP, "chat", NOW)
    await store.apps.add_admin(APP, BOSS)
    before = await contents(engine)
    assert not await change(store.apps)
    assert await contents(engine) == before
    assert [app.name for app in await store.apps.load()] == ["chat"]


async def test_every_change_raises_the_version(store: Store) -> None:
    apps = store.apps
    seen = [await apps.version()]
    for change in (
        lambda: apps.create(APP, "chat", NOW),
        lambda: apps.add_key(APP, "secret", "one", NOW),
        lambda: apps.add_admin(APP, BOSS),
        lambda: apps.set_enabled(APP, is_enabled=False),
        lambda: apps.set_settings(APP, AppSettings()),
        lambda: apps.remove_key(APP, 1),
        lambda: apps.remove_admin(APP, BOSS),
        lambda: apps.delete(APP),
    ):
        await change()
        seen.append(await apps.version())
    assert seen == sorted(set(seen))


async def fill(store: Store, them: People) -> None:
    """Give each app something of everything."""
    (friend,) = await store.accounts.save_accounts(OTHER_APP, [Newcomer(UserId("friend"))])
    for app, one, other in ((APP, them.alice, them.bob), (OTHER_APP, them.stranger, friend)):
        await store.apps.create(app, "chat", NOW)
        await store.apps.add_key(app, "secret", "one", NOW)
        await store.apps.add_admin(app, BOSS)
        sent = [message(one, other) for _ in range(5)]
        await put(store, *sent)
        pairs = Update(Operation.SET, [Pair("vote", "yes")], is_checked=False)
        await store.extensions.update_pairs(sent[0].position, NOW, partial(apply, update=pairs), lambda _: ())
        await store.reactions.react(sent[0].position, "smile", one.number, NOW, lambda _: ())
        stream = Stream(app, StreamKind.ELEMENT, id=str(app), message=sent[0])
        await store.streams.open_stream(stream)
        await store.robots.add_robot(one, 20)
        await store.merged.save_merged(str(app), one, NOW, b"[]")
        await store.search_index.take_in()
        await store.words.add(app, [Word("darn")], replaces=False)
        await store.sessions.save_sessions([Session(one.number, InstanceId(1), "d", Platform.WEB, NOW, NOW, NOW)])
        told = [Logged(other.number, ReadElsewhere(one.user_id, NOW))]
        await store.conversations.mark_read(other.number, one.number, NOW, NOW, told)
        await store.mutes.save_mute(one.number, NOW, NOW)
        counted = Counted({(app, 1): Figures(sent=1)}, {(app, 1): {one.number: 1}})
        await store.figures.add_figures(counted, 0)
        (gone,) = await store.accounts.save_accounts(app, [Newcomer(UserId("gone"))])
        await store.accounts.delete_account(gone.number)
        await store.marks.change_marks(other.number, NOW, lambda book: (book.add_group("Work"), None))
        quiet, option = QuietTime(ReceiveOption.QUIET, NOW, NOW), ReceiveOption.QUIET
        await store.receiving.set_quiet_time(other.number, quiet, NOW, told[0].event)
        await store.receiving.set_option(other.number, [one.number], option, NOW, told[0].event)
        await store.profiles.change_profile(one.number, {"Tag_Profile_IM_Level": 1}, {"Tag_Profile_IM_Level"}, NOW)
        await store.follows.change_follows(NOW, _following(one, other, told[0]))
        await _fill_group(store, one)
        await store.relations.change_relations(NOW, partial(_relate, one.number, other.number))


def _relate(one: AccountNumber, other: AccountNumber, book: RelationBook) -> tuple[None, list[list[Logged]]]:
    book.add_group(one, "Choir")
    book.save(one, other, Entry(groups=("Choir",)))
    book.ask(one, other, Request("", "", NOW))
    book.block(one, other, NOW)
    return None, []


async def _fill_group(store: Store, owner: Account) -> None:
    free = ApplyOption.FREE, InviteOption.FREE
    group = Group(owner.app, GroupId("team"), Kind.PUBLIC, "team", owner.number, NOW, 9, *free)
    await store.groups.create(group, [Member(owner.number, owner.user_id)])
    said = GroupMessage(group.number, owner.number, owner.user_id, NOW, 1, NOW, b"[]")
    await store.group_messages.append(said)
    await store.group_extras.save_attributes(group.number, AttributeBook())
    await store.group_extras.save_counters(group.number, CounterBook(0, {}))
    await store.live_rooms.save_robots(group.number, [owner.number], NOW)
    await store.group_history.hide(group.number, owner.number, [1])
    await store.group_history.pin(group.number, Pin(1, owner.user_id), 9)
    await store.group_receipts.give([said], owner.number, NOW, lambda _: [])
    await store.group_history.recall([said], NOW)
    asked = JoinRequest(group.number, owner.number, NOBODY, Stage.APPLICATION, "", "key", NOW)
    await store.group_joining.change_members(group, NOW, JoinChange(requests=[asked], bans={owner.number: NOW}))


def _following(one: Account, other: Account, told: Logged) -> FollowRule:
    def rule(book: FollowBook) -> tuple[Results, list[Logged]]:
        book.add(one.number, other.number, NOW)
        return [], [told]

    return rule


@pytest.mark.parametrize("chunk", [1, 3, 5000])
async def test_deleting_takes_everything_of_the_app_and_nothing_else(
    store: Store, them: People, engine: Engine, monkeypatch: pytest.MonkeyPatch, chunk: int
) -> None:
    monkeypatch.setattr(module, "CHUNK", chunk)
    await fill(store, them)
    letter = Letter(APP, ConversationNumber(1), "State.StateChange", "", b"{}", float(NOW))
    await store.letters.write([letter, letter._replace(app=OTHER_APP)])
    newest = await store.conversations.newest_position()
    assert await store.apps.delete(APP)
    assert not await store.apps.delete(APP)
    assert [app.sdk_app_id for app in await store.apps.load()] == [OTHER_APP]
    assert await contents(engine) == {
        **dict.fromkeys(("apps", "app_keys", "app_admins", "sessions", "words"), 1),
        "events": 4,
        "accounts": 3,
        "conversations": 2,
        "messages": 6,
        "search": 5,
        "files": 0,
        **dict.fromkeys(("mutes", "erasures", "daily_figures", "daily_accounts"), 1),
        "archives": 0,
        **dict.fromkeys(("extensions", "extension_heads", "reactions"), 1),
        **dict.fromkeys(("streams", "robots", "merged_messages"), 1),
        **dict.fromkeys(("conversation_traits", "conversation_groups", "quiet_times"), 1),
        **dict.fromkeys(("profiles", "follows"), 1),
        "follow_counts": 2,
        **dict.fromkeys(("friends", "friend_groups", "friend_group_members", "friend_requests", "blocks"), 1),
        "relation_states": 2,
        **dict.fromkeys(("permission_groups", "permission_members", "topic_permissions"), 0),
        **dict.fromkeys(("groups", "group_members", "group_attributes", "group_counters"), 1),
        **dict.fromkeys(("group_hidden", "group_receipts", "group_recalls", "group_bans", "group_requests"), 1),
        **dict.fromkeys(("group_pins", "group_mutes"), 0),
        **dict.fromkeys(("live_robots", "group_counts", "letters"), 1),
        "dead_letters": 0,
    }
    assert await store.conversations.newest_position() == newest
    page = await store.conversations.log_after(them.stranger.number, Position(0), 100, NOW)
    assert len(page.entries) == 5


async def test_positions_are_not_given_again_when_the_last_app_is_deleted(store: Store, them: People) -> None:
    await store.apps.create(APP, "chat", NOW)
    sent = message(them.alice, them.bob)
    await put(store, sent)
    await store.apps.delete(APP)
    assert await store.conversations.newest_position() == sent.position


async def test_deleting_that_was_cut_short_leaves_the_app_shut_and_goes_on_when_asked_again(
    store: Store, them: People, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    await fill(store, them)

    def cut_short(*_: object, **__: object) -> None:
        raise InterruptedError

    with monkeypatch.context() as patched:
        patched.setattr(module, "_delete_messages", cut_short)
        with pytest.raises(InterruptedError):
            await store.apps.delete(APP)
    assert [app.is_enabled for app in await store.apps.load()] == [False, True]
    assert await store.apps.delete(APP)
    assert (await contents(engine))["messages"] == 6
