"""The older commands for forbidden words."""

from typing import Any

import pytest

from tests.support.stage import Stage
from tests.support.stores import NOW
from tidings.command.registry import Door
from tidings.errors import TidingsError


async def run(stage: Stage, name: str, body: Any) -> Any:
    return await stage.run(Door.REST, f"openim_dirty_words/{name}", body)


async def listed(stage: Stage) -> list[str]:
    words: list[str] = (await run(stage, "get", {}))["DirtyWordsList"]
    return words


async def test_words_are_added_once_listed_and_removed(stage: Stage) -> None:
    await run(stage, "add", {"DirtyWordsList": ["cheap diplomas", "代刷", "CHEAP diplomas"]})
    await run(stage, "add", {"DirtyWordsList": ["代刷"]})
    assert await listed(stage) == ["cheap diplomas", "代刷"]
    assert (await stage.store.words.words(stage.app.sdk_app_id))[0].changed_at == NOW
    await run(stage, "delete", {"DirtyWordsList": ["Cheap Diplomas", "never there"]})
    assert await listed(stage) == ["代刷"]


@pytest.mark.parametrize("texts", [[], ["x"] * 51, [" "], ["é" * 101]])
async def test_too_many_empty_and_long_words_are_refused(stage: Stage, texts: list[str]) -> None:
    with pytest.raises(TidingsError) as caught:
        await run(stage, "add", {"DirtyWordsList": texts})
    assert caught.value.code == 10004
    assert await listed(stage) == []
