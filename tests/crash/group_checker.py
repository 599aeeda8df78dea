"""The promise about groups, checked from the outside: no gap, no repeat, one order, nothing acknowledged lost.

A pure function over what devices wrote down and the final history of the group.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from tests.crash.checker import Finding, Kind

Said = tuple[int, str]
"""A sequence, and what the message there says; no two messages say the same."""


@dataclass(slots=True)
class GroupEvidence:
    """What each device sent, in its order, was answered and was told; and what each viewer's history says at the end.

    `gaps` names the devices that were told of missing messages.
    """

    sent: dict[str, list[str]] = field(default_factory=dict)
    acked: dict[str, list[Said]] = field(default_factory=dict)
    told: dict[str, list[Said]] = field(default_factory=dict)
    gaps: list[str] = field(default_factory=list)
    histories: dict[str, list[Said]] = field(default_factory=dict)


def check_group(evidence: GroupEvidence) -> list[Finding]:
    """Return every breach of the promise that the evidence shows."""
    whole = next(iter(evidence.histories.values()))
    return [
        *_check_histories(evidence, whole),
        *_check_acknowledged(evidence, dict(whole)),
        *_check_told(evidence, whole),
        *_check_sending_order(evidence, {text: seq for seq, text in whole}),
    ]


def _check_histories(evidence: GroupEvidence, whole: list[Said]) -> Iterator[Finding]:
    """Sequences 1, 2, 3 ... with what was sent, each once, and the same for all."""
    if [seq for seq, _ in whole] != list(range(1, len(whole) + 1)):
        yield Finding(Kind.LOST, f"the history has sequences {_gaps(whole)} with something missing or double between")
    for text, count in Counter(text for _, text in whole).items():
        if count > 1:
            yield Finding(Kind.DOUBLED, f"the history has {text!r} {count} times")
    known = {text for texts in evidence.sent.values() for text in texts}
    for seq, text in whole:
        if text not in known:
            yield Finding(Kind.PHANTOM, f"the history has what nobody sent: {text!r} at {seq}")
    for viewer, history in evidence.histories.items():
        if history != whole:
            yield Finding(Kind.DISORDERED, f"{viewer} sees another history than the others")


def _check_acknowledged(evidence: GroupEvidence, whole: dict[int, str]) -> Iterator[Finding]:
    for device, answers in evidence.acked.items():
        for seq, text in answers:
            if whole.get(seq) != text:
                yield Finding(Kind.LOST, f"acknowledged to {device}, but not in the history: {text!r} at {seq}")


def _check_told(evidence: GroupEvidence, whole: list[Said]) -> Iterator[Finding]:
    """Each device: all that others sent, each once, in the order of the history."""
    for device in evidence.gaps:
        yield Finding(Kind.LOST, f"device {device} was told that messages are missing")
    for device, told in evidence.told.items():
        own = set(evidence.sent.get(device, ()))
        due = [said for said in whole if said[1] not in own]
        for said, count in Counter(told).items():
            if count > 1:
                yield Finding(Kind.DOUBLED, f"device {device} was told {said} {count} times")
        for said in set(due) - set(told):
            yield Finding(Kind.LOST, f"device {device} was never told {said}")
        for said in set(told) - set(due):
            yield Finding(Kind.PHANTOM, f"device {device} was told {said}, which the history has not")
        for one, other in pairwise(told):
            if one >= other:
                yield Finding(Kind.DISORDERED, f"device {device} was told {one} before {other}")


def _check_sending_order(evidence: GroupEvidence, seqs: dict[str, int]) -> Iterator[Finding]:
    for device, texts in evidence.sent.items():
        for one, other in pairwise(text for text in texts if text in seqs):
            if seqs[one] > seqs[other]:
                yield Finding(Kind.DISORDERED, f"{device} sent {one!r} before {other!r}, the group has them turned")


def _gaps(whole: Iterable[Said]) -> list[tuple[int, int]]:
    return [(one, other) for (one, _), (other, _) in pairwise(whole) if other != one + 1]
