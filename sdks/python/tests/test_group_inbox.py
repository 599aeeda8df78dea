"""Each message of a group is told once and in its place, however it arrives."""

from dataclasses import replace
from random import Random

import pytest

from tidings_client import (
    Event,
    GroupMessage,
    GroupMessageRecalled,
    GroupMessageReceived,
    GroupTip,
    GroupTipReceived,
    TipKind,
    TopicsCreated,
    TopicsDeleted,
)
from tidings_client.group_events import GroupEvent
from tidings_client.group_inbox import GroupInbox, message_of

G = "@TGS#1"


def arrival(seq: int, **changes: object) -> GroupMessageReceived:
    message = GroupMessage(f"id-{seq}", G, seq, "bob", is_own=False, time=0, random=seq)
    return GroupMessageReceived(G, replace(message, **changes))  # type: ignore[arg-type]


def tip(seq: int, random: int, kind: TipKind = TipKind.PROFILE, *users: str) -> GroupTipReceived:
    message = GroupMessage(f"tip-{random}", G, seq, "@TIM#SYSTEM", is_own=False, time=0, random=random)
    return GroupTipReceived(G, replace(message, tip=GroupTip(kind, "boss", users)))


def seqs(events: list[Event]) -> list[int]:
    return [message.seq for event in events if (message := message_of(event))]


TOPIC = "@TGS#_c@TOPIC#_t"


def test_topics_are_as_silent_as_their_community() -> None:
    inbox = GroupInbox("alice")
    inbox.begin(TOPIC, 3)
    inbox.silence("@TGS#_c", 5)
    inbox.take([TopicsCreated("@TGS#_c", (f"{TOPIC}2",), "boss")])
    assert [inbox.is_silent(name) for name in ("@TGS#_c", TOPIC, f"{TOPIC}2", G)] == [True, True, True, False]
    inbox.forget("@TGS#_c")
    assert inbox.reached == {}
    assert not inbox.is_silent(TOPIC)


def test_silent_group_has_no_holes_and_begins_with_what_is_told_next() -> None:
    inbox = inbox_at(3)
    inbox.silence(G, 3)
    assert inbox.has_sent(G, 6) == []
    assert (inbox.holes, inbox.place(G)) == ({}, 6)
    assert seqs(inbox.take([arrival(9)])) == [9]
    assert (inbox.holes, inbox.is_silent(G)) == ({}, False)
    assert seqs(inbox.take([arrival(11)])) == []
    assert inbox.holes == {G: 11}


def test_topic_that_was_made_begins_with_its_first_message_and_one_that_is_gone_is_forgotten() -> None:
    inbox = GroupInbox("alice")
    inbox.take([TopicsCreated("@TGS#_c", (TOPIC,), "boss")])
    inbox.expect(TOPIC)
    assert inbox.reached == {TOPIC: 0}
    inbox.take([TopicsDeleted("@TGS#_c", (TOPIC,), "boss")])
    assert inbox.reached == {}


def inbox_at(seq: int) -> GroupInbox:
    inbox = GroupInbox("alice")
    inbox.begin(G, seq)
    return inbox


def test_first_message_of_a_group_is_its_beginning() -> None:
    inbox = GroupInbox("alice")
    assert seqs(inbox.take([arrival(7), arrival(8), arrival(7)])) == [7, 8]
    assert inbox.reached == {G: 8}


def test_what_comes_after_a_hole_waits_until_it_is_filled() -> None:
    inbox = inbox_at(3)
    recalled = GroupMessageRecalled(G, 5, 5, "bob")
    assert inbox.take([arrival(6), arrival(5), recalled]) == []
    assert inbox.holes == {G: 6}
    told = inbox.fill(G, [arrival(4), arrival(5), arrival(6)], 6)
    assert seqs(told) == [4, 5, 6]
    assert told[-1] is recalled
    assert inbox.holes == {}


def test_sequence_of_which_nothing_is_left_is_no_hole() -> None:
    inbox = inbox_at(3)
    inbox.take([arrival(9)])
    assert seqs(inbox.fill(G, [arrival(5)], 8)) == [5, 9]


def test_own_message_is_told_to_nobody_and_takes_its_place() -> None:
    inbox = inbox_at(3)
    inbox.does("id-4")
    assert inbox.has_sent(G, 4) == []
    assert seqs(inbox.take([arrival(5)])) == [5]
    inbox.does("id-7")
    assert inbox.has_sent(G, 7) == []
    assert inbox.holes == {G: 7}
    assert seqs(inbox.take([arrival(6)])) == [6]
    assert inbox.reached == {G: 7}
    inbox.does("id-8")
    assert seqs(inbox.fill(G, [arrival(8), arrival(9)], 9)) == [9]


def test_own_message_whose_fate_was_unknown_is_news() -> None:
    inbox = inbox_at(3)
    inbox.does("id-4")
    inbox.gave_up("id-4")
    assert seqs(inbox.take([arrival(4)])) == [4]


def test_tip_that_is_not_kept_has_the_sequence_of_the_message_before_it() -> None:
    inbox = inbox_at(3)
    assert seqs(inbox.take([arrival(4), tip(4, 77), tip(4, 77), tip(4, 78)])) == [4, 4, 4]
    assert inbox.reached == {G: 4}


@pytest.mark.parametrize("changes", [{"is_online_only": True}, {"group_type": "AVChatRoom"}])
def test_what_is_kept_nowhere_is_told_at_once(changes: dict[str, object]) -> None:
    inbox = inbox_at(3)
    inbox.hold()
    assert seqs(inbox.take([arrival(3, **changes), arrival(3, **changes)])) == [3, 3]


def test_pushes_are_held_back_and_then_told_in_their_place() -> None:
    inbox = inbox_at(3)
    inbox.hold()
    assert inbox.take([arrival(5), arrival(6)]) == []
    assert (inbox.lowest_held(G), inbox.lowest_held("other"), inbox.holes) == (5, None, {})
    assert seqs(inbox.fill(G, [arrival(4), arrival(5)], 5)) == [4, 5]
    assert seqs(inbox.release()) == [6]


def test_hole_that_stays_is_given_up() -> None:
    inbox = inbox_at(3)
    inbox.take([arrival(5), arrival(7)])
    inbox.has_sent(G, 9)
    assert seqs(inbox.give_up(G)) == [5, 7]
    assert (inbox.reached, inbox.holes) == ({G: 9}, {})


def test_who_has_left_begins_anew_when_back() -> None:
    inbox = inbox_at(3)
    left = tip(5, 5, TipKind.REMOVED, "alice")
    assert inbox.take([left, arrival(20)]) == []
    assert seqs(inbox.fill(G, [arrival(4), left], 5)) == [4, 5, 20]
    assert inbox.reached == {G: 20}


def test_recall_is_told_once_and_not_after_a_message_that_shows_it() -> None:
    inbox = inbox_at(3)
    news: list[GroupEvent] = [
        *(GroupMessageRecalled(G, 3, 3, "bob"), GroupMessageRecalled(G, 3, 3, "bob")),
        *(arrival(4, is_recalled=True), GroupMessageRecalled(G, 4, 4, "bob")),
    ]
    assert inbox.take(news) == [news[0], news[2]]
    assert inbox.recalls(G, 9)
    inbox.has_not_recalled(G, 9)
    assert inbox.recalls(G, 9)


@pytest.mark.parametrize("seed", range(200))
def test_any_order_of_pushes_pages_and_answers_tells_each_message_once_and_in_order(seed: int) -> None:
    chance, inbox, told, last = Random(seed), inbox_at(0), list[Event](), 40
    own = {seq for seq in range(1, last + 1) if not chance.randrange(4)}
    for seq in own:
        inbox.does(f"id-{seq}")
    arrivals = [seq for seq in range(1, last + 1) for _ in range(chance.randrange(3))]
    chance.shuffle(arrivals)
    for seq in arrivals:
        if not chance.randrange(6):
            inbox.hold()
        elif not chance.randrange(3):
            told += inbox.release()
        told += inbox.has_sent(G, seq) if seq in own else inbox.take([arrival(seq)])
        if not chance.randrange(5):
            page = range(inbox.reached[G] + 1, chance.randint(inbox.reached[G], last) + 1)
            told += inbox.fill(G, [arrival(each) for each in page], page.stop - 1)
    told += inbox.release()
    told += inbox.fill(G, [arrival(seq) for seq in range(inbox.reached[G] + 1, last + 1)], last)
    assert seqs(told) == [seq for seq in range(1, last + 1) if seq not in own]
    assert inbox.holes == {}
