"""The crash test's checker is itself put to the test: right logs pass, every kind of fault is found."""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.crash.checker import Kind, check
from tests.crash.records import RECALLED, Acked, Changed, Delivered, Evidence, Note, ReadReport, Sent, Stored

DEVICES = {"ann/1": "ann", "ann/2": "ann", "ben/1": "ben", "cat/1": "cat"}
# dan is never online: his messages can only be looked for in the history.
ACCOUNTS = ("ann", "ben", "cat", "dan")
NOBODY = Note("ann", "ben", 1, 999_999, 5, "never sent")
T = TypeVar("T")
Fault = Callable[[Evidence, st.DataObject], None]


@st.composite
def runs(draw: st.DrawFn) -> Evidence:
    """Return the evidence of a run in which everything was right."""
    evidence = Evidence(dict(DEVICES))
    steps = draw(
        st.lists(
            st.tuples(st.sampled_from(sorted(DEVICES)), st.integers(0, 2), st.integers(0, 2)), min_size=6, max_size=12
        )
    )
    now, kept = 100, []
    for number, (device, choice, passed) in enumerate(steps, 1):
        now += passed
        sender = DEVICES[device]
        receiver = [name for name in ACCOUNTS if name != sender][choice]
        note = Note(sender, receiver, 10 + number, number, now, f"text {number}")
        entry = Stored(f"{note.seq}_{note.random}_{now}", now, note)
        kept.append(entry)
        evidence.sent.append(Sent(device, note))
        evidence.acked += [Acked(sender, number, entry.key)] * draw(st.integers(1, 2))
        _deliver(evidence, device, 3 * number, entry)
    _close(draw, evidence, _changed(draw, evidence, kept))
    return evidence


def _changed(draw: st.DrawFn, evidence: Evidence, kept: list[Stored]) -> list[Stored]:
    """Edit and recall some of the messages, from where they came; returns them as they are in the end."""
    found = []
    sources = {sent.note.identity: sent.device for sent in evidence.sent}
    for entry in kept:
        texts = draw(st.sampled_from(((), ("one",), ("one", "two"), (RECALLED,), ("one", RECALLED))))
        for text in texts:
            change = Changed(sources[entry.note.identity], entry.note.identity, text)
            evidence.changes.append(change)
            others = [device for device in DEVICES if device != change.device]
            evidence.heard |= {(device, change.identity, text) for device in others}
        edits = [text for text in texts if text != RECALLED]
        found.append(replace(entry, custom_data=edits[-1] if edits else "", is_recalled=RECALLED in texts))
    return found


def _deliver(evidence: Evidence, source: str, position: int, entry: Stored) -> None:
    for device, account in DEVICES.items():
        if device != source and account in (entry.note.sender, entry.note.receiver):
            delivery = Delivered(device, position, entry.time, entry.note)
            evidence.delivered.append(delivery)


def _close(draw: st.DrawFn, evidence: Evidence, kept: list[Stored]) -> None:
    for viewer in ACCOUNTS:
        for peer in ACCOUNTS:
            if viewer != peer:
                seen = [entry for entry in kept if {entry.note.sender, entry.note.receiver} == {viewer, peer}]
                evidence.histories[viewer, peer] = seen
                read = draw(st.integers(98, 130))
                evidence.reads += [ReadReport(viewer, peer, read), ReadReport(viewer, peer, 99)]
                count = sum(
                    entry.note.sender == peer and entry.time > max(read, 99) and not entry.is_recalled for entry in seen
                )
                if count:
                    evidence.unread[viewer, peer] = count


def _pick(data: st.DataObject, items: list[T]) -> int:
    assume(items)
    return data.draw(st.integers(0, len(items) - 1))


def _change_history(evidence: Evidence, data: st.DataObject, change: Callable[[list[Stored], int], object]) -> None:
    side = data.draw(st.sampled_from(sorted(evidence.histories)))
    stored = list(evidence.histories[side])
    change(stored, _pick(data, stored))
    evidence.histories[side] = stored


def drop_from_history(evidence: Evidence, data: st.DataObject) -> None:
    _change_history(evidence, data, lambda stored, at: stored.pop(at))


def drop_from_both_histories(evidence: Evidence, data: st.DataObject) -> None:
    gone = evidence.sent[_pick(data, evidence.sent)].note.identity
    for side, stored in evidence.histories.items():
        evidence.histories[side] = [entry for entry in stored if entry.note.identity != gone]


def drop_everywhere(evidence: Evidence, data: st.DataObject) -> None:
    gone = evidence.sent[_pick(data, evidence.sent)].note.identity
    evidence.delivered = [delivery for delivery in evidence.delivered if delivery.note.identity != gone]
    for side, stored in evidence.histories.items():
        evidence.histories[side] = [entry for entry in stored if entry.note.identity != gone]


def drop_delivery(evidence: Evidence, data: st.DataObject) -> None:
    gone = evidence.delivered[_pick(data, evidence.delivered)]
    evidence.delivered = [delivery for delivery in evidence.delivered if delivery != gone]


def double_in_history(evidence: Evidence, data: st.DataObject) -> None:
    _change_history(evidence, data, lambda stored, at: stored.insert(at, stored[at]))


def double_delivery(evidence: Evidence, data: st.DataObject) -> None:
    delivery = evidence.delivered[_pick(data, evidence.delivered)]
    evidence.delivered.append(replace(delivery, position=100_000))


def repeat_delivery(evidence: Evidence, data: st.DataObject) -> None:
    """Take in again what came before, at its old position."""
    at = _pick(data, evidence.delivered)
    evidence.delivered.insert(data.draw(st.integers(at, len(evidence.delivered))), evidence.delivered[at])


def swap_in_histories(evidence: Evidence, data: st.DataObject) -> None:
    """Have both sides see two neighbours the other way round."""
    sides = [side for side, stored in evidence.histories.items() if len(stored) > 1]
    one, other = sides[_pick(data, sides)]
    stored = list(evidence.histories[one, other])
    at = data.draw(st.integers(1, len(stored) - 1))
    stored[at - 1], stored[at] = stored[at], stored[at - 1]
    evidence.histories[one, other] = evidence.histories[other, one] = stored


def forget_delivered(evidence: Evidence, data: st.DataObject) -> None:
    """Forget a message that was delivered but not yet acknowledged."""
    gone = evidence.delivered[_pick(data, evidence.delivered)].note
    evidence.acked = [ack for ack in evidence.acked if (ack.sender, ack.random) != gone.identity]
    for side, stored in evidence.histories.items():
        evidence.histories[side] = [entry for entry in stored if entry.note != gone]


def shift_position(evidence: Evidence, data: st.DataObject) -> None:
    """Tell one device of two another position, with no effect on the order."""
    at_first = {entry.note for entry in evidence.delivered if entry.device == "ann/1"}
    shared = [entry for entry in evidence.delivered if entry.device == "ann/2" and entry.note in at_first]
    moved = shared[_pick(data, shared)]
    there = replace(moved, position=moved.position + 1)
    evidence.delivered = [there if entry == moved else entry for entry in evidence.delivered]


def keep_on_one_side(evidence: Evidence, data: st.DataObject) -> None:
    """Leave a message that was never acknowledged in one side's history only."""
    gone = evidence.sent[_pick(data, evidence.sent)].note
    evidence.acked = [ack for ack in evidence.acked if (ack.sender, ack.random) != gone.identity]
    evidence.delivered = [delivery for delivery in evidence.delivered if delivery.note != gone]
    side = (gone.receiver, gone.sender)
    evidence.histories[side] = [entry for entry in evidence.histories[side] if entry.note != gone]


def misfile(evidence: Evidence, data: st.DataObject) -> None:
    """Show a message in both sides' history of another conversation."""
    last = max((entry for stored in evidence.histories.values() for entry in stored), key=lambda entry: entry.time)
    sides = [side for side in evidence.histories if set(side) != {last.note.sender, last.note.receiver}]
    one, other = sides[_pick(data, sides)]
    for side in ((one, other), (other, one)):
        evidence.histories[side] = [*evidence.histories[side], last]


def order_equals_by_side(evidence: Evidence, _data: st.DataObject) -> None:
    """Two messages of one second and number stand in different orders on the two sides."""
    notes = [Note("ann", "ben", 1, 888, 9999, "one"), Note("ben", "ann", 1, 889, 9999, "other")]
    evidence.sent += [Sent(f"{note.sender}/1", note) for note in notes]
    pair = [Stored(f"1_{note.random}_9999", 9999, note) for note in notes]
    evidence.histories["ann", "ben"] = [*evidence.histories["ann", "ben"], *pair]
    evidence.histories["ben", "ann"] = [*evidence.histories["ben", "ann"], *reversed(pair)]


def swap_arrivals(evidence: Evidence, data: st.DataObject) -> None:
    one, other = _two_on_a_device(evidence, data)
    swapped = {one: other, other: one}
    evidence.delivered = [swapped.get(delivery, delivery) for delivery in evidence.delivered]


def swap_positions(evidence: Evidence, data: st.DataObject) -> None:
    """One account is told two messages of the same sender the other way round, consistently."""
    one, other = _two_on_a_device(evidence, data)
    account = DEVICES[one.device]
    moved = {one.note.identity: other, other.note.identity: one}
    for at, delivery in enumerate(evidence.delivered):
        if DEVICES[delivery.device] == account and delivery.note.identity in moved:
            place = moved[delivery.note.identity]
            evidence.delivered[at] = replace(delivery, position=place.position)
    evidence.delivered.sort(key=lambda delivery: delivery.position)


def _two_on_a_device(evidence: Evidence, data: st.DataObject) -> tuple[Delivered, Delivered]:
    """Pick two messages of one way that a device got."""
    one = evidence.delivered[_pick(data, evidence.delivered)]
    source = {sent.note.identity: sent.device for sent in evidence.sent}
    others = [
        delivery
        for delivery in evidence.delivered
        if delivery.device == one.device
        and delivery.note.receiver == one.note.receiver
        and source[delivery.note.identity] == source[one.note.identity]
        and delivery.note != one.note
    ]
    return one, others[_pick(data, others)]


def alter_in_history(evidence: Evidence, data: st.DataObject) -> None:
    def alter(stored: list[Stored], at: int) -> None:
        stored[at] = replace(stored[at], note=replace(stored[at].note, text="another"))

    _change_history(evidence, data, alter)


def alter_key_in_history(evidence: Evidence, data: st.DataObject) -> None:
    def alter(stored: list[Stored], at: int) -> None:
        stored[at] = replace(stored[at], key="1_2_3")

    _change_history(evidence, data, alter)


def alter_delivery(evidence: Evidence, data: st.DataObject) -> None:
    at = _pick(data, evidence.delivered)
    delivery = evidence.delivered[at]
    evidence.delivered[at] = replace(delivery, note=replace(delivery.note, text="another"))


def alter_delivered_time(evidence: Evidence, data: st.DataObject) -> None:
    at = _pick(data, evidence.delivered)
    evidence.delivered[at] = replace(evidence.delivered[at], time=1)


def alter_answer(evidence: Evidence, data: st.DataObject) -> None:
    ack = evidence.acked[_pick(data, evidence.acked)]
    evidence.acked.insert(0, replace(ack, key="1_2_3"))


def add_to_history(evidence: Evidence, _data: st.DataObject) -> None:
    last = Stored(f"{NOBODY.seq}_{NOBODY.random}_9999", 9999, NOBODY)
    for side in (("ann", "ben"), ("ben", "ann")):
        evidence.histories[side] = [*evidence.histories[side], last]


def add_delivery(evidence: Evidence, _data: st.DataObject) -> None:
    evidence.delivered.append(Delivered("ben/1", 100_000, 9999, NOBODY))


def deliver_to_stranger(evidence: Evidence, data: st.DataObject) -> None:
    sent = evidence.sent[_pick(data, evidence.sent)].note
    strangers = [device for device, account in DEVICES.items() if account not in (sent.sender, sent.receiver)]
    device = strangers[_pick(data, strangers)]
    evidence.delivered.append(Delivered(device, 100_000, 1, sent))


def answer_to_nothing(evidence: Evidence, _data: st.DataObject) -> None:
    evidence.acked.append(Acked("ann", 999_999, "1_999999_9999"))


def miscount(evidence: Evidence, data: st.DataObject) -> None:
    side = data.draw(st.sampled_from(sorted(evidence.histories)))
    evidence.unread[side] = evidence.unread.get(side, 0) + data.draw(st.sampled_from((-1, 1)))


def forget_read_report(evidence: Evidence, data: st.DataObject) -> None:
    """Act as a server that lost an acknowledged report."""
    unheard = {
        side: sum(entry.note.sender == side[1] and not entry.is_recalled for entry in stored)
        for side, stored in sorted(evidence.histories.items())
    }
    read = [side for side, count in unheard.items() if count != evidence.unread.get(side, 0)]
    assume(read)
    side = data.draw(st.sampled_from(read))
    evidence.unread[side] = unheard[side]


def _change_entry(evidence: Evidence, data: st.DataObject, wanted: bool | None, **changes: object) -> None:  # noqa: FBT001
    """Change one entry of a history, of those that were recalled or were not, None for those that were edited."""
    found = [
        (side, at)
        for side, stored in sorted(evidence.histories.items())
        for at, entry in enumerate(stored)
        if (bool(entry.custom_data) if wanted is None else entry.is_recalled == wanted)
    ]
    side, at = found[_pick(data, found)]
    stored = list(evidence.histories[side])
    stored[at] = replace(stored[at], **changes)  # type: ignore[arg-type]
    evidence.histories[side] = stored


def lose_edit(evidence: Evidence, data: st.DataObject) -> None:
    _change_entry(evidence, data, None, custom_data="")


def make_up_edit(evidence: Evidence, data: st.DataObject) -> None:
    _change_entry(evidence, data, None, custom_data="never written")


def lose_recall(evidence: Evidence, data: st.DataObject) -> None:
    _change_entry(evidence, data, True, is_recalled=False)  # noqa: FBT003


def make_up_recall(evidence: Evidence, data: st.DataObject) -> None:
    _change_entry(evidence, data, False, is_recalled=True)  # noqa: FBT003


def tell_no_change(evidence: Evidence, data: st.DataObject) -> None:
    """Keep a change from a device that should know of it."""
    receivers = {sent.note.identity: sent.note.receiver for sent in evidence.sent}
    due = sorted(told for told in evidence.heard if DEVICES[told[0]] in (told[1][0], receivers[told[1]]))
    evidence.heard.discard(due[_pick(data, due)])


FAULTS: dict[Fault, Kind] = {
    drop_from_history: Kind.LOST,
    drop_from_both_histories: Kind.LOST,
    drop_everywhere: Kind.LOST,
    drop_delivery: Kind.LOST,
    double_in_history: Kind.DOUBLED,
    double_delivery: Kind.DOUBLED,
    repeat_delivery: Kind.DOUBLED,
    forget_delivered: Kind.LOST,
    shift_position: Kind.DISORDERED,
    swap_in_histories: Kind.DISORDERED,
    keep_on_one_side: Kind.LOST,
    misfile: Kind.PHANTOM,
    order_equals_by_side: Kind.DISORDERED,
    swap_arrivals: Kind.DISORDERED,
    swap_positions: Kind.DISORDERED,
    alter_in_history: Kind.ALTERED,
    alter_key_in_history: Kind.ALTERED,
    alter_delivery: Kind.ALTERED,
    alter_delivered_time: Kind.ALTERED,
    alter_answer: Kind.ALTERED,
    add_to_history: Kind.PHANTOM,
    add_delivery: Kind.PHANTOM,
    deliver_to_stranger: Kind.PHANTOM,
    answer_to_nothing: Kind.PHANTOM,
    miscount: Kind.MISCOUNTED,
    forget_read_report: Kind.MISCOUNTED,
    lose_edit: Kind.LOST,
    make_up_edit: Kind.PHANTOM,
    lose_recall: Kind.LOST,
    make_up_recall: Kind.PHANTOM,
    tell_no_change: Kind.LOST,
}


@given(runs())
def test_right_evidence_passes(evidence: Evidence) -> None:
    assert check(evidence) == []


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
@settings(max_examples=40)  # a fault shows in nearly every run
@given(data=st.data())
def test_fault_is_found(fault: Fault, data: st.DataObject) -> None:
    evidence = data.draw(runs())
    fault(evidence, data)
    assert FAULTS[fault] in {finding.kind for finding in check(evidence)}
