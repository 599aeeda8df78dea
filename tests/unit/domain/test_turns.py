"""Turns: one at a time for each key."""

import asyncio
from functools import partial

import pytest

from tidings.domain.turns import Turns


async def test_who_comes_later_sees_what_the_one_before_did() -> None:
    turns: Turns[str] = Turns()
    done: list[int] = []

    async def act(number: int) -> int:
        before = list(done)
        await asyncio.sleep(0)
        done[:] = [*before, number]
        return number

    assert await asyncio.gather(*(turns.take("one", partial(act, n)) for n in range(5))) == list(range(5))
    assert done == list(range(5))


async def test_keys_do_not_wait_for_each_other_and_a_failure_ends_its_turn() -> None:
    turns: Turns[str] = Turns()
    gate = asyncio.Event()
    held = asyncio.create_task(turns.take("one", gate.wait))
    await asyncio.sleep(0)

    async def fail() -> None:
        raise LookupError

    with pytest.raises(LookupError):
        await turns.take("other", fail)
    gate.set()
    assert await held
    with pytest.raises(LookupError):
        await turns.take("one", fail)
    assert await turns.take("one", gate.wait)
