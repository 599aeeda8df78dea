"""Every store: groups, members, their messages and what hangs on them (domain/group/ports.py and its neighbours)."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace

import pytest

from tests.support.joining import kept
from tests.support.stores import APP, NOW, OTHER_APP, People, message, put
from tidings.domain.accounts import Account
from tidings.domain.events import GroupNotice, GroupReadElsewhere, GroupReceiptsGiven
from tidings.domain.group.attributes import AttributeBook
from tidings.domain.group.counters import CounterBook
from tidings.domain.group.groups import NOBODY, SYSTEM, Group, Member
from tidings.domain.group.kinds import ApplyOption, InviteOption, Kind, Receive, Role
from tidings.domain.group.messages import GroupMessage, Mention, Priority
from tidings.domain.group.news import Attribute
from tidings.domain.group.pins import Pin
from tidings.domain.group.ports import JoinedPage, MemberPage
from tidings.domain.group.requests import JoinChange, Told
from tidings.domain.messages import Flag
from tidings.domain.ports import Logged
from tidings.errors import TidingsError
from tidings.ids import UINT32, AccountNumber, GroupId, GroupNumber, Position, SdkAppId, UserId
from tidings.pending import Pending
from tidings.store.sqlite.store import Store

TEAM = GroupId("team")
BIG = (1 << 63) - 1


def new(name: str = TEAM, kind: Kind = Kind.PUBLIC, app: SdkAppId = APP) -> Group:
    return Group(app, GroupId(name), kind, name, NOBODY, NOW, 200, ApplyOption.FREE, InviteOption.FREE)


def place(account: Account, role: Role = Role.MEMBER, **more: object) -> Member:
    fields = {"nick": account.nick, "face_url": account.face_url, **more}
    return Member(account.number, account.user_id, role, **fields)  # type: ignore[arg-type]


def text(group: Group, sender: Account, random: int, **more: object) -> GroupMessage:
    made = GroupMessage(group.number, sender.number, sender.user_id, NOW, random, NOW, b'[{"n":%d}]' % random)
    return replace(made, sender_nick=sender.nick, **more)  # type: ignore[arg-type]


async def say(store: Store, *messages: GroupMessage) -> None:
    for pending in [store.group_messages.append(each) for each in messages]:
        await pending


def come_and_go(
    store: Store, group: Group, admitted: Sequence[Member] = (), removed: Sequence[AccountNumber] = ()
) -> Pending[Told]:
    return store.group_joining.change_members(group, NOW, JoinChange(admitted=admitted, removed=removed))


async def reload(store: Store, group: Group) -> Group:
    found = store.groups.find_group(group.app, group.group_id)
    assert found is not None
    return found


async def member(store: Store, group: Group, account: Account) -> Member:
    return store.groups.find_members(group.number, [account.number])[account.number]


async def unread(store: Store, group: Group, account: Account) -> int:
    return (await store.group_reading.unread(account.number, [group.number]))[group.number]


@pytest.fixture
async def group(store: Store, them: People) -> Group:
    """Return a group of alice, who owns it, and bob."""
    group = replace(new(), owner=them.alice.number)
    assert await store.groups.create(group, [place(them.alice, Role.OWNER), place(them.bob)])
    return group


# --- groups ---


async def test_a_group_comes_back_whole(store: Store, them: People) -> None:
    full = replace(
        new("g", Kind.COMMUNITY),
        owner=them.alice.number,
        introduction="\x00données 😀",
        notification="n",
        face_url="f",
        is_muted=True,
        custom={"k": "ü"},
        info_seq=UINT32,
        info_at=NOW,
        max_members=UINT32,
        apply_option=ApplyOption.ASK,
        invite_option=InviteOption.NEVER,
        has_topics=True,
        has_permissions=True,
        default_permission=BIG,
    )
    await store.groups.create(full, [place(them.alice, Role.OWNER)])
    assert full.number > 0
    assert await reload(store, full) == full
    changed = replace(full, name="other", is_muted=False, custom={})
    await store.groups.save(changed)
    assert await reload(store, full) == changed


async def test_an_id_is_one_groups_in_its_app_until_that_is_gone(store: Store, group: Group) -> None:
    assert not await store.groups.create(new(), [])
    assert await store.groups.create(new(app=OTHER_APP), [])
    assert store.groups.find_group(APP, GroupId("TEAM")) is None
    await store.groups.save(replace(group, is_gone=True))
    gone = store.groups.find_group(APP, TEAM)
    assert gone is not None
    assert (gone.number, gone.is_gone) == (group.number, True)
    successor = new()
    assert await store.groups.create(successor, [])
    assert await reload(store, group) == successor


async def test_of_many_who_want_one_id_at_once_one_gets_it(store: Store) -> None:
    wishes = [store.groups.create(new(), []) for _ in range(20)]
    assert [await wish for wish in wishes] == [True] + [False] * 19


async def test_an_apps_groups_are_paged_in_the_order_they_were_made(store: Store) -> None:
    for number in range(6):
        await store.groups.create(new(f"g{number}", Kind.LIVE if number == 3 else Kind.WORK), [])
    await store.groups.create(new("g9", Kind.WORK, OTHER_APP), [])
    await store.groups.save(replace(await reload(store, new("g1")), is_gone=True))
    names, last = [], GroupNumber(0)
    while page := await store.groups.page_groups(APP, [Kind.WORK], last, 2):
        names += [each.group_id for each in page]
        last = page[-1].number
    assert names == ["g0", "g2", "g4", "g5"]
    assert await store.groups.count_groups(APP, [Kind.WORK, Kind.LIVE]) == 5


# --- members ---


async def test_members_come_back_whole_and_in_the_order_they_came(store: Store, group: Group, them: People) -> None:
    carol = place(
        them.carol,
        Role.ADMIN,
        joined_at=NOW,
        joined_seq=3,
        read_seq=4,
        receive=Receive.NOTHING,
        name_card="\x00c",
        custom={"k": "ü"},
    )
    await come_and_go(store, group, admitted=[carol])
    assert await member(store, group, them.carol) == carol
    everybody = await store.groups.page_members(MemberPage(group.number, 9))
    assert [each.user_id for each in everybody] == ["alice", "bob", "carol"]
    pages = [await store.groups.page_members(MemberPage(group.number, 1, after=each.entry)) for each in everybody]
    assert pages == [[each] for each in everybody[1:]] + [[]]
    leaders = MemberPage(group.number, 1, skip=1, roles=frozenset({Role.OWNER, Role.ADMIN}))
    assert await store.groups.page_members(leaders) == [carol]


async def test_members_are_counted_however_they_come_and_go_at_once(store: Store, group: Group, them: People) -> None:
    changes = [
        come_and_go(store, group, admitted=[place(them.carol), place(them.bob)]),
        come_and_go(store, group, removed=[them.bob.number, them.stranger.number]),
        come_and_go(store, group, removed=[them.bob.number]),
        come_and_go(store, group, admitted=[place(them.carol)]),
    ]
    for change in changes:
        await change
    assert (await reload(store, group)).member_count == group.member_count == 2
    assert set(store.groups.find_members(group.number, [each.number for each in (them.bob, them.carol)])) == {
        them.carol.number
    }


async def test_an_accounts_groups_are_its_own_and_those_that_are_left(store: Store, group: Group, them: People) -> None:
    other, gone = new("other", Kind.WORK), new("gone")
    for number, each in enumerate((gone, other)):
        await store.groups.create(each, [place(them.bob, joined_at=NOW - number, receive=Receive.QUIET)])
    await store.groups.save(replace(gone, is_gone=True))
    joined = await store.groups.joined(them.bob.number, Kind)
    assert [(each.group_id, place.user_id) for each, place in joined] == [("team", "bob"), ("other", "bob")]
    assert [each.group_id for each, _ in await store.groups.joined(them.bob.number, [Kind.WORK])] == ["other"]
    assert await store.groups.page_joined(JoinedPage(them.bob.number, list(Kind))) == (2, joined)
    assert await store.groups.page_joined(JoinedPage(them.bob.number, [Kind.WORK])) == (1, joined[1:])
    assert await store.groups.page_joined(JoinedPage(them.bob.number, list(Kind), 1, 1)) == (2, joined[1:])
    assert await store.groups.page_joined(JoinedPage(them.bob.number, list(Kind), limit=0)) == (2, [])
    assert await store.groups.page_joined(JoinedPage(them.bob.number, list(Kind), has_topics=True)) == (0, [])
    assert set(store.groups.memberships(them.bob.number)) >= {
        (group.number, Receive.NOTIFY),
        (other.number, Receive.QUIET),
    }
    assert store.groups.memberships(them.carol.number) == []


async def test_unused_groups_are_listed_for_who_owns_them_or_on_wish(store: Store, them: People) -> None:
    unused = replace(new("unused", Kind.WORK), is_active=False)
    await store.groups.create(unused, [place(them.carol, Role.OWNER), place(them.bob)])
    counts = []
    for account, is_all in ((them.carol, False), (them.bob, False), (them.bob, True)):
        total, found = await store.groups.page_joined(JoinedPage(account.number, [Kind.WORK], is_all=is_all))
        counts.append((total, [each.group_id for each, _ in found]))
    assert counts == [(1, ["unused"]), (0, []), (1, ["unused"])]


async def test_an_owner_takes_the_place_of_another_together_with_what_is_told(
    store: Store, group: Group, them: People
) -> None:
    alice, bob = [await member(store, group, each) for each in (them.alice, them.bob)]
    changed = [replace(alice, role=Role.MEMBER), replace(bob, role=Role.OWNER)]
    renewed = replace(group, owner=them.bob.number, info_seq=5, info_at=NOW + 5)
    notice = Logged(bob.account, GroupNotice(9, TEAM, TEAM, "Public", UserId("alice"), NOW, 1, receive="Discard"))
    ((position, told),) = await store.group_joining.change_members(
        group, NOW, JoinChange([notice], changed=changed, renewed=renewed)
    )
    assert await reload(store, group) == renewed
    assert [(await member(store, group, each)).role for each in (them.alice, them.bob)] == [Role.MEMBER, Role.OWNER]
    assert await kept(store, bob.account) == [(position, told.event)]
    assert told.event == notice.event


async def test_mutes_hold_for_members_and_others_until_their_end(store: Store, group: Group, them: People) -> None:
    mutes = {them.bob.number: NOW + 2, them.carol.number: UINT32}
    await store.group_joining.change_members(group, NOW, JoinChange(mutes=mutes))
    assert (await member(store, group, them.bob)).muted_until == NOW + 2
    await come_and_go(store, group, removed=[them.bob.number])
    await come_and_go(store, group, [place(them.bob), place(them.carol)])
    assert [(await member(store, group, each)).muted_until for each in (them.bob, them.carol)] == [NOW + 2, UINT32]
    for now, names in ((NOW + 1, ["bob", "carol"]), (NOW + 2, ["carol"])):
        assert [each.user_id for each in await store.group_mutes.muted(group.number, now)] == names
    await store.group_joining.change_members(group, NOW, JoinChange(mutes={them.carol.number: 0}))
    assert (await member(store, group, them.carol)).muted_until == 0
    assert [each.user_id for each in await store.group_mutes.muted(group.number, NOW)] == ["bob"]


async def test_a_change_that_is_refused_changes_nothing_of_it(store: Store, group: Group, them: People) -> None:
    bob = await member(store, group, them.bob)
    broken = Logged(bob.account, GroupNotice(9, TEAM, TEAM, "Public", UserId("\ud800"), NOW, 1))
    change = JoinChange(
        [broken],
        changed=[replace(bob, role=Role.OWNER)],
        renewed=replace(group, owner=bob.account),
        mutes={bob.account: UINT32},
    )
    with pytest.raises(UnicodeEncodeError):
        await store.group_joining.change_members(group, NOW, change)
    assert (await reload(store, group), await member(store, group, them.bob)) == (group, bob)


async def test_what_is_saved_of_a_member_never_takes_reading_back(store: Store, group: Group, them: People) -> None:
    bob = await member(store, group, them.bob)
    later = replace(bob, role=Role.ADMIN, read_seq=7, name_card="b", receive=Receive.QUIET)
    for each in (later, replace(later, read_seq=5)):
        await store.group_joining.change_members(group, NOW, JoinChange(changed=[each]))
    assert await member(store, group, them.bob) == later


# --- messages ---


async def test_a_message_comes_back_whole(store: Store, group: Group, them: People) -> None:
    sent = text(
        group,
        them.alice,
        UINT32,
        client_time=7,
        custom_data="\x00données 😀",
        flags=int(Flag.RECEIPT_WANTED | Flag.TARGETED),
        push=b'{"Title":"t"}',
        priority=Priority.LOWEST,
        client_seq=UINT32,
        mentions=(Mention(UserId("bob")), Mention(UserId(""))),
        targets=(them.bob.number,),
        name_card="al",
    )
    tip = GroupMessage(group.number, NOBODY, SYSTEM, NOW, 1, NOW, b"{}", flags=int(Flag.NO_UNREAD), is_tip=True)
    await say(store, sent, tip)
    assert (sent.seq, tip.seq) == (1, 2)
    assert await store.group_messages.page(group.number, 9, 9) == [tip, sent]
    assert await store.group_messages.find(group.number, [1, 3]) == {1: sent}


async def test_sequences_have_no_gap_and_positions_are_everybodys(store: Store, group: Group, them: People) -> None:
    other = new("other")
    await store.groups.create(other, [place(them.alice)])
    sent = [text(each, them.alice, number) for number in range(150) for each in (group, other)]
    single = message(them.alice, them.bob)
    await asyncio.gather(say(store, *sent[:100]), put(store, single), say(store, *sent[100:]))
    for each in (group, other):
        assert [m.seq for m in sent if m.group == each.number] == list(range(1, 151))
        assert (await reload(store, each)).last_seq == 150
    positions = [m.position for m in sent]
    assert positions == sorted({*positions})
    assert single.position not in positions
    assert await store.conversations.newest_position() == max(*positions, single.position)


async def test_a_page_is_of_sequences_whatever_is_left_of_them(store: Store, group: Group, them: People) -> None:
    sent = [text(group, them.alice, number) for number in range(1, 7)]
    await say(store, *sent)
    for up_to, limit, seqs in ((6, 2, [6, 5]), (4, 9, [4, 3, 2, 1]), (99, 95, [6, 5]), (0, 5, [])):
        assert [m.seq for m in await store.group_messages.page(group.number, up_to, limit)] == seqs


async def test_what_was_sent_of_late_is_known_after_a_start(store: Store, group: Group, them: People) -> None:
    old, late = text(group, them.alice, 1, time=NOW - 301), text(group, them.alice, 2)
    tip = GroupMessage(group.number, NOBODY, SYSTEM, NOW, 3, NOW, b"{}", is_tip=True)
    await say(store, old, late, tip)
    await put(store, message(them.alice, them.bob))
    await store.group_history.import_messages(group, [text(group, them.bob, 4, time=NOW + 1, flags=int(Flag.IMPORTED))])
    assert await store.group_messages.recent(NOW - 300) == [late]


async def test_sending_reads_what_came_before(store: Store, group: Group, them: People) -> None:
    await say(store, text(group, them.alice, 1), text(group, them.bob, 2, time=NOW + 5))
    bob = await member(store, group, them.bob)
    assert (bob.read_seq, bob.sent_at) == (2, NOW + 5)
    assert [await unread(store, group, each) for each in (them.alice, them.bob)] == [1, 0]


async def test_imports_that_are_not_later_than_all_before_are_left_out(
    store: Store, group: Group, them: People
) -> None:
    times = (NOW + 10, NOW + 10, NOW + 20, NOW + 15, NOW + 30)
    imports = [text(group, them.bob, number, time=time) for number, time in enumerate(times)]
    assert await store.group_history.import_messages(group, imports) == {0, 2, 4}
    assert [m.random for m in await store.group_messages.page(group.number, 9, 9)] == [4, 2, 0]
    assert [await unread(store, group, each) for each in (them.alice, them.bob)] == [0, 0]


# --- what happens to messages ---


async def test_a_recall_marks_once_and_says_by_whom(store: Store, group: Group, them: People) -> None:
    one, two = text(group, them.alice, 1), text(group, them.alice, 2)
    await say(store, one, two)
    asked = [replace(each, revoker_id=UserId("boss"), reason="why") for each in (one, two)]
    assert await store.group_history.recall(asked[:1], NOW) == {1}
    assert await store.group_history.recall(asked, NOW + 5) == {2}
    found = await store.group_messages.find(group.number, [1, 2])
    assert all(m.flags & Flag.RECALLED and (m.revoker_id, m.reason) == ("boss", "why") for m in found.values())
    assert await unread(store, group, them.bob) == 0
    assert [m.seq for m in await store.group_history.recalls(group.number, NOW, 9)] == [1, 2]
    assert [m.seq for m in await store.group_history.recalls(group.number, NOW + 1, 9)] == [2]
    assert [m.seq for m in await store.group_history.recalls(group.number, NOW, 1)] == [2]


async def test_of_somebodys_messages_those_above_a_sequence_are_recalled_in_silence(
    store: Store, group: Group, them: People
) -> None:
    await say(store, *(text(group, sender, n) for n, sender in enumerate((them.bob, them.bob, them.alice, them.bob))))
    await store.group_history.recall_silently(group.number, them.bob.number, 1, UserId("boss"))
    found = await store.group_messages.find(group.number, [1, 2, 3, 4])
    assert [seq for seq, m in found.items() if m.flags & Flag.RECALLED] == [2, 4]
    assert await store.group_history.recalls(group.number, 0, 9) == []


async def test_modification_needs_the_version_that_is_stored(store: Store, group: Group, them: People) -> None:
    sent = text(group, them.alice, 1)
    await say(store, sent)
    changed = replace(sent, version=1, body=b'["new"]', custom_data="c")
    assert await store.group_history.modify(changed, 0)
    assert not await store.group_history.modify(replace(changed, body=b"[]"), 0)
    assert await store.group_messages.find(group.number, [1]) == {1: changed}
    await store.group_history.recall([sent], NOW)
    assert not await store.group_history.modify(replace(changed, version=2), 1)


async def test_what_is_hidden_is_hidden_from_one(store: Store, group: Group, them: People) -> None:
    await say(store, *(text(group, them.alice, number) for number in range(3)))
    for _ in range(2):
        await store.group_history.hide(group.number, them.bob.number, [2, 3])
    views = [await store.group_history.view(group.number, each.number) for each in (them.alice, them.bob)]
    assert [(view.hidden, view.oldest) for view in views] == [(frozenset(), 1), (frozenset({2, 3}), 1)]
    assert await store.group_history.view(group.number, None) == views[0]


async def test_clearing_moves_forward_only(store: Store, group: Group, them: People) -> None:
    await say(store, *(text(group, them.alice, number) for number in range(4)))
    for seq in (3, 1):
        await store.group_history.clear(group.number, seq)
        assert (await reload(store, group)).cleared_seq == 3
    assert await unread(store, group, them.bob) == 1


async def test_pins_are_few_new_ones_first_and_go_with_a_recall(store: Store, group: Group, them: People) -> None:
    sent = [text(group, them.alice, number) for number in range(4)]
    await say(store, *sent)
    history, bob = store.group_history, them.bob.user_id
    for seq in (1, 3, 2):
        await history.pin(group.number, Pin(seq, bob), 3)
    for seq, code in ((3, 10071), (4, 10070)):
        with pytest.raises(TidingsError) as refused:
            await history.pin(group.number, Pin(seq, bob), 3)
        assert refused.value.code == code
    assert await history.pins(group.number) == [Pin(2, bob), Pin(3, bob), Pin(1, bob)]
    assert [await history.unpin(group.number, 3) for _ in range(2)] == [True, False]
    await history.recall([sent[0]], NOW)
    assert await history.pins(group.number) == [Pin(2, bob)]


# --- reading ---


async def test_reading_goes_forward_and_is_logged_once(store: Store, group: Group, them: People) -> None:
    await say(store, *(text(group, them.alice, number) for number in range(4)))
    bob = them.bob.number
    outcomes = []
    for seq in (3, 2, 3):
        event = GroupReadElsewhere(group.group_id, seq)
        outcomes.append(await store.group_reading.mark_read(group.number, bob, seq, NOW, event))
    assert [each.position is not None for each in outcomes] == [True, False, False]
    assert await unread(store, group, them.bob) == 1
    page = await store.conversations.log_after(bob, Position(0), 9, NOW)
    assert page.entries == [(outcomes[0].position, GroupReadElsewhere(group.group_id, 3))]


async def test_messages_can_be_made_unread_again(store: Store, group: Group, them: People) -> None:
    quiet = text(group, them.alice, 9, flags=int(Flag.NO_UNREAD))
    await say(store, text(group, them.alice, 1), quiet, text(group, them.alice, 2))
    for count, read in ((0, 3), (1, 2), (2, 0), (9, 0)):
        assert await store.group_reading.set_unread(group.number, them.bob.number, count) == read
        assert await unread(store, group, them.bob) == min(count, 2)
    assert await store.group_reading.unread(them.carol.number, [group.number]) == {}


async def test_receipts_count_once_and_name_who_gave_them(store: Store, group: Group, them: People) -> None:
    await come_and_go(store, group, admitted=[place(them.carol)])
    sent = text(group, them.alice, 1, flags=int(Flag.RECEIPT_WANTED))
    await say(store, sent)
    seen: list[dict[int, tuple[int, int]]] = []

    def to_events(counts: object) -> list[Logged]:
        seen.append(dict(counts))  # type: ignore[call-overload]
        return [Logged(them.alice.number, GroupReceiptsGiven(group.group_id, ()))]

    receipts = store.group_receipts
    told = [await receipts.give([sent], them.bob.number, NOW, to_events) for _ in range(2)]
    assert [each.position is not None for each in told] == [True, False]
    assert seen == [{1: (1, 1)}]
    assert await receipts.counts([sent]) == {1: (1, 1)}
    start = AccountNumber(0)
    assert await receipts.readers(sent, start, 9, has_read=True) == [(them.bob.number, them.bob.user_id)]
    assert await receipts.readers(sent, start, 9, has_read=False) == [(them.carol.number, them.carol.user_id)]
    assert await receipts.readers(sent, them.carol.number, 9, has_read=False) == []


# --- attributes, counters and lists ---


async def test_attributes_and_counters_come_back_as_they_went_in(store: Store, group: Group) -> None:
    extras = store.group_extras
    attributes = AttributeBook(UINT32, {"\x00ü😀": Attribute("", 1), "b": Attribute("x" * 4000, 2)})
    counters = CounterBook(7, {"most": BIG, "least": -BIG - 1})
    await extras.save_attributes(group.number, attributes)
    await extras.save_counters(group.number, counters)
    assert (extras.attributes(group.number), extras.counters(group.number)) == (attributes, counters)
    nowhere = GroupNumber(group.number + 1)
    assert (extras.attributes(nowhere), extras.counters(nowhere)) == (AttributeBook(), CounterBook(0, {}))


async def test_lists_show_members_the_last_message_that_each_may_see(store: Store, group: Group, them: People) -> None:
    await come_and_go(store, group, admitted=[place(them.carol)])
    aside = text(group, them.alice, 2, targets=(them.bob.number,), flags=int(Flag.TARGETED | Flag.NO_UNREAD))
    await say(store, text(group, them.alice, 1), aside)
    for account, seq in ((them.alice, 2), (them.bob, 2), (them.carol, 1)):
        (row,) = await store.group_listing.changed_after(account.number, Position(0), 9)
        assert row.last is not None
        assert (row.group.group_id, row.last.seq, row.member.user_id) == (TEAM, seq, account.user_id)
        assert await store.group_listing.changed_after(account.number, row.changed_at, 9) == []
    await store.groups.save(replace(await reload(store, group), is_gone=True))
    assert await store.group_listing.changed_after(them.bob.number, Position(0), 9) == []
    assert await store.group_listing.names([group.number, GroupNumber(99)]) == {group.number: TEAM}
