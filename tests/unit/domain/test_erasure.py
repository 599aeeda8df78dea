"""Erasing deleted accounts (docs/decisions/0016)."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest

from tidings.domain.erasure import Erasing, Erasure, parse_pseudonym, pseudonym
from tidings.ids import AccountNumber, SdkAppId, UserId

DUE = Erasure(AccountNumber(7), SdkAppId(1), UserId("alice"), with_messages=False)


@dataclass(slots=True)
class Scripted:
    """A store with something to erase, whose disk is clean at the second attempt."""

    due: list[Erasure] = field(default_factory=lambda: [DUE])
    fails: int = 0
    readers: int = 0
    done: list[str] = field(default_factory=list)

    async def erasures(self) -> list[Erasure]:
        """Return what is due."""
        return list(self.due)

    async def erase(self, erasures: Sequence[Erasure]) -> None:
        """Erase, or fail as often as was said."""
        if self.fails:
            self.fails -= 1
            raise OSError("the disk is gone")
        self.done += [f"store {each.user_id}" for each in erasures]

    async def anonymize(self, erasures: Sequence[Erasure]) -> None:
        """Be what lies elsewhere as well."""
        self.done += [f"elsewhere {each.user_id}" for each in erasures]

    async def finish(self, erasures: Sequence[Erasure]) -> bool:
        """Finish; say whether nobody reads the past any more."""
        self.due = [each for each in self.due if each not in erasures]
        self.done.append("finish")
        self.readers -= 1
        return self.readers < 0


async def test_what_a_process_has_left_is_erased_by_the_next_everywhere() -> None:
    store = Scripted()
    erasing = Erasing(store, [store])
    assert await erasing.work() == 1
    assert store.done == ["store alice", "elsewhere alice", "finish"]


async def test_nothing_is_asked_when_nothing_is_due() -> None:
    store = Scripted(due=[])
    erasing = Erasing(store, [])
    assert await erasing.work() == 0
    assert await erasing.work() == 0
    assert store.done == ["finish"]
    erasing.is_due()
    await erasing.work()
    assert store.done == ["finish", "finish"]


async def test_what_fails_is_tried_again() -> None:
    store = Scripted(fails=1)
    erasing = Erasing(store, [])
    with pytest.raises(OSError, match="the disk is gone"):
        await erasing.work()
    assert await erasing.work() == 1


async def test_the_past_is_dropped_again_if_somebody_has_read_it() -> None:
    store = Scripted(readers=1)
    erasing = Erasing(store, [])
    assert [await erasing.work() for _ in range(3)] == [1, 0, 0]
    assert store.done == ["store alice", "finish", "finish"]


def test_a_pseudonym_says_the_number_and_nothing_else() -> None:
    assert pseudonym(AccountNumber(12)) == "~erased-12"
    assert parse_pseudonym("~erased-12") == 12


@pytest.mark.parametrize(
    "name", ["alice", "", "~erased-", "~erased-x", "erased-12", "~erased-" + "1" * 19, "~erased-²"]
)
def test_other_names_are_no_pseudonyms(name: str) -> None:
    assert parse_pseudonym(name) is None
