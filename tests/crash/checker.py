"""The delivery promise, checked from the outside (docs/delivery.md).

A pure function over what clients wrote down and the final history of all sides. It knows nothing
of the server but the promise: no acknowledged message lost, none doubled, none made up or altered,
one order for all, unread numbers exact.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from tests.crash.records import RECALLED, Delivered, Evidence, Note, Stored

Identity = tuple[str, int]


class Kind(StrEnum):
    """How the promise was broken."""

    LOST = "lost"
    DOUBLED = "doubled"
    DISORDERED = "disordered"
    PHANTOM = "phantom"
    ALTERED = "altered"
    MISCOUNTED = "miscounted"


@dataclass(frozen=True, slots=True)
class Finding:
    """One breach, in words."""

    kind: Kind
    detail: str


def check(evidence: Evidence) -> list[Finding]:
    """Return every breach of the promise that the evidence shows."""
    return [
        *_check_histories(evidence),
        *_check_sides(evidence),
        *_check_deliveries(evidence),
        *_check_acknowledged(evidence),
        *_check_one_order(evidence),
        *_check_unread(evidence),
        *_check_changes(evidence),
    ]


def _check_histories(evidence: Evidence) -> Iterator[Finding]:
    """Each side's history: only what was sent, as it was sent, once, by time and sequence."""
    known = _sent_notes(evidence)
    keys = {(ack.sender, ack.random): ack.key for ack in evidence.acked}
    for (viewer, peer), stored in evidence.histories.items():
        where = f"{viewer}'s history with {peer}"
        yield from _check_notes(known, [entry.note for entry in stored], where)
        yield from _check_once((entry.note.identity for entry in stored), where)
        for entry in stored:
            yield from _check_key(entry, keys.get(entry.note.identity, entry.key), where)
            if {entry.note.sender, entry.note.receiver} != {viewer, peer}:
                yield Finding(Kind.PHANTOM, f"{where} holds a message of others: {entry.note}")
        for one, other in pairwise(stored):
            if (one.time, one.note.seq) > (other.time, other.note.seq):
                yield Finding(Kind.DISORDERED, f"{where} has {one} before {other}")


def _check_sides(evidence: Evidence) -> Iterator[Finding]:
    """Both sides of a conversation see the same history."""
    for (viewer, peer), stored in evidence.histories.items():
        if viewer < peer:
            mine = [entry.note.identity for entry in stored]
            others = [entry.note.identity for entry in evidence.histories.get((peer, viewer), ())]
            for identity in set(mine) ^ set(others):
                yield Finding(Kind.LOST, f"{identity} is in one history only of {viewer} and {peer}")
            if set(mine) == set(others) and mine != others:
                yield Finding(Kind.DISORDERED, f"{viewer} and {peer} see their history in different orders")


def _check_deliveries(evidence: Evidence) -> Iterator[Finding]:
    """Each device: only what was sent and is kept, each once, by rising position."""
    known = _sent_notes(evidence)
    times = {entry.note.identity: entry.time for stored in evidence.histories.values() for entry in stored}
    for device, arrived in _by_device(evidence).items():
        where = f"device {device}"
        yield from _check_notes(known, [delivery.note for delivery in arrived], where)
        yield from _check_once((delivery.note.identity for delivery in arrived), where)
        for one, other in pairwise(arrived):
            if one.position >= other.position:
                yield Finding(Kind.DISORDERED, f"{where} got {one} before {other}")
        for delivery in arrived:
            yield from _check_delivery(delivery, evidence.devices[device], times)


def _check_delivery(delivery: Delivered, account: str, times: dict[Identity, int]) -> Iterator[Finding]:
    note = delivery.note
    if account not in (note.sender, note.receiver):
        yield Finding(Kind.PHANTOM, f"device {delivery.device} got a message of others: {note}")
    if note.identity not in times:
        yield Finding(Kind.LOST, f"delivered, but in no history: {delivery}")
    elif times[note.identity] != delivery.time:
        yield Finding(Kind.ALTERED, f"the history's time {times[note.identity]} is not that of {delivery}")


def _check_acknowledged(evidence: Evidence) -> Iterator[Finding]:
    """Find what was acknowledged in both histories and at every device but the one it came from."""
    sources = {sent.note.identity: sent for sent in evidence.sent}
    reached: dict[Identity, set[str]] = defaultdict(set)
    for delivery in evidence.delivered:
        reached[delivery.note.identity].add(delivery.device)
    kept = {side: {entry.note.identity for entry in stored} for side, stored in evidence.histories.items()}
    for identity in {(ack.sender, ack.random) for ack in evidence.acked} & sources.keys():
        sent = sources[identity]
        sender, receiver = sent.note.sender, sent.note.receiver
        for side in ((sender, receiver), (receiver, sender)):
            if identity not in kept.get(side, ()):
                yield Finding(Kind.LOST, f"acknowledged, but not in {side[0]}'s history: {sent.note}")
        for device, account in evidence.devices.items():
            if account in (sender, receiver) and device != sent.device and device not in reached[identity]:
                yield Finding(Kind.LOST, f"acknowledged, but never at device {device}: {sent.note}")
    yield from _check_answers(evidence)


def _check_answers(evidence: Evidence) -> Iterator[Finding]:
    """Every answer to one send has the same key, and there are none to what was never sent."""
    known = _sent_notes(evidence)
    keys: dict[Identity, str] = {}
    for ack in evidence.acked:
        identity = (ack.sender, ack.random)
        if identity not in known:
            yield Finding(Kind.PHANTOM, f"an answer to nothing: {ack}")
        if keys.setdefault(identity, ack.key) != ack.key:
            yield Finding(Kind.ALTERED, f"{ack} was answered with {keys[identity]} before")


def _check_one_order(evidence: Evidence) -> Iterator[Finding]:
    """All devices agree on the order of messages, and it is the order each device sent its own in."""
    accounts: dict[str, dict[Identity, int]] = defaultdict(dict)
    for delivery in evidence.delivered:
        positions, identity = accounts[evidence.devices[delivery.device]], delivery.note.identity
        if positions.setdefault(identity, delivery.position) != delivery.position:
            yield Finding(Kind.DISORDERED, f"{delivery} stands at {positions[identity]} for another device")
    names = sorted(accounts)
    for at, one in enumerate(names):
        for other in names[at + 1 :]:
            both = accounts[one].keys() & accounts[other].keys()
            if sorted(both, key=accounts[one].__getitem__) != sorted(both, key=accounts[other].__getitem__):
                yield Finding(Kind.DISORDERED, f"{one} and {other} were told their messages in different orders")
    for account, positions in accounts.items():
        yield from _check_sending_order(evidence, account, positions)


def _check_sending_order(evidence: Evidence, account: str, positions: dict[Identity, int]) -> Iterator[Finding]:
    last: dict[tuple[str, str], int] = {}
    for sent in evidence.sent:
        position = positions.get(sent.note.identity)
        if position is not None:
            way = (sent.device, sent.note.receiver)
            if position < last.get(way, position):
                yield Finding(Kind.DISORDERED, f"{account} was told {sent.note} before one that was sent earlier")
            last[way] = position


def _check_unread(evidence: Evidence) -> Iterator[Finding]:
    """Unread is the number of the peer's messages after the last acknowledged read report."""
    read: dict[tuple[str, str], int] = defaultdict(int)
    for report in evidence.reads:
        side = (report.reader, report.peer)
        read[side] = max(read[side], report.time)
    for (viewer, peer), stored in evidence.histories.items():
        side = (viewer, peer)
        expected = sum(
            entry.note.sender == peer and entry.time > read[side] and not entry.is_recalled for entry in stored
        )
        if (told := evidence.unread.get(side, 0)) != expected:
            yield Finding(Kind.MISCOUNTED, f"{viewer} has {expected} unread of {peer}, the server says {told}")


def _check_changes(evidence: Evidence) -> Iterator[Finding]:
    """Find acknowledged edits and recalls in both histories, and told to every other device."""
    edits: dict[Identity, list[str]] = defaultdict(list)
    recalled = {change.identity for change in evidence.changes if change.text == RECALLED}
    for change in evidence.changes:
        if change.text != RECALLED:
            edits[change.identity].append(change.text)
    for (viewer, peer), stored in evidence.histories.items():
        for entry in stored:
            where = f"{viewer}'s history with {peer}: {entry}"
            is_recalled, known = entry.note.identity in recalled, ["", *edits[entry.note.identity]]
            if entry.is_recalled != is_recalled:
                yield Finding(Kind.LOST if is_recalled else Kind.PHANTOM, f"{where} was recalled: {is_recalled}")
            if entry.custom_data != known[-1]:
                kind = Kind.LOST if entry.custom_data in known else Kind.PHANTOM
                yield Finding(kind, f"{where} was last changed to {known[-1]!r}")
    yield from _check_heard(evidence)


def _check_heard(evidence: Evidence) -> Iterator[Finding]:
    receivers = {sent.note.identity: sent.note.receiver for sent in evidence.sent}
    for change in evidence.changes:
        sides = {change.identity[0], receivers.get(change.identity)}
        for device, account in evidence.devices.items():
            is_due = account in sides and device != change.device
            if is_due and (device, change.identity, change.text) not in evidence.heard:
                yield Finding(Kind.LOST, f"acknowledged, but device {device} was never told of {change}")


def _check_notes(known: dict[Identity, Note], notes: Iterable[Note], where: str) -> Iterator[Finding]:
    for note in notes:
        if note.identity not in known:
            yield Finding(Kind.PHANTOM, f"{where} has what nobody sent: {note}")
        elif known[note.identity] != note:
            yield Finding(Kind.ALTERED, f"{where} has {note}, sent was {known[note.identity]}")


def _check_once(identities: Iterable[Identity], where: str) -> Iterator[Finding]:
    for identity, count in Counter(identities).items():
        if count > 1:
            yield Finding(Kind.DOUBLED, f"{where} has {identity} {count} times")


def _check_key(entry: Stored, acked_key: str, where: str) -> Iterator[Finding]:
    own = f"{entry.note.seq}_{entry.note.random}_{entry.time}"
    if not own == entry.key == acked_key:
        yield Finding(Kind.ALTERED, f"{where}: {entry} should have the key {own}, acknowledged was {acked_key}")


def _sent_notes(evidence: Evidence) -> dict[Identity, Note]:
    return {sent.note.identity: sent.note for sent in evidence.sent}


def _by_device(evidence: Evidence) -> dict[str, list[Delivered]]:
    found: dict[str, list[Delivered]] = defaultdict(list)
    for delivery in evidence.delivered:
        found[delivery.device].append(delivery)
    return found
