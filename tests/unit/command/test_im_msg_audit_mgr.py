"""The commands for words and expressions with effects of their own."""

from typing import Any

import pytest

from tests.support.stage import Stage
from tests.support.stores import APP
from tidings.command.registry import Door
from tidings.domain.word_filter import Word
from tidings.errors import TidingsError

DARN = {"Keyword": "darn", "WordType": 1, "FilterType": 1, "ReplacedContent": "dear"}
PILLS = {"Keyword": r"cheap\s+pills", "WordType": 2, "FilterType": 2}


async def run(stage: Stage, name: str, **body: Any) -> Any:
    return await stage.run(Door.REST, f"im_msg_audit_mgr/{name}_local_audit_keywords", {"SdkAppId": APP, **body})


async def listed(stage: Stage, **body: Any) -> Any:
    return await run(stage, "get", **{"Offset": 0, "Limit": 100, **body})


async def test_words_are_listed_as_they_were_added(stage: Stage) -> None:
    assert (await run(stage, "add", LocalAuditWords=[DARN, PILLS]))["RequestId"]
    page = await listed(stage)
    assert page["LocalAuditWords"] == [
        {**DARN, "Id": 1, "UpdateTime": "2025-10-09 08:53:20"},
        {**PILLS, "Id": 2, "ReplacedContent": "", "UpdateTime": "2025-10-09 08:53:20"},
    ]
    assert [page[name] for name in ("TotalCount", "TotalRegCount", "CurCount", "CurRegCount")] == [2, 1, 2, 1]
    page = await listed(stage, FilterType=1, Keyword="ar")
    assert [page[name] for name in ("TotalCount", "TotalRegCount", "CurCount", "CurRegCount")] == [2, 1, 1, 0]


async def test_words_without_an_effect_of_their_own_are_listed_with_the_settings(stage: Stage) -> None:
    await stage.rules.words.add(stage.app, [Word("代刷")], replaces=False)
    for setting, effect, replacement in (("refuse", 2, ""), ("mask", 1, "**")):
        stage.change(word_filter=setting)
        (row,) = (await listed(stage, FilterType=effect))["LocalAuditWords"]
        assert (row["FilterType"], row["ReplacedContent"]) == (effect, replacement)


async def test_a_word_that_is_there_takes_over_what_is_said_now(stage: Stage) -> None:
    await run(stage, "add", LocalAuditWords=[DARN])
    await run(stage, "add", LocalAuditWords=[{**DARN, "FilterType": 2}])
    (row,) = (await listed(stage))["LocalAuditWords"]
    assert (row["Id"], row["FilterType"]) == (1, 2)


@pytest.mark.parametrize("word", [{"Id": 1}, {"Keyword": "Darn"}, {"Keyword": "darn", "WordType": 1}])
async def test_words_are_removed_by_number_or_text(stage: Stage, word: dict[str, object]) -> None:
    await run(stage, "add", LocalAuditWords=[DARN, PILLS])
    await run(stage, "delete", LocalAuditWords=[word])
    assert [row["Keyword"] for row in (await listed(stage))["LocalAuditWords"]] == [PILLS["Keyword"]]


@pytest.mark.parametrize(
    ("name", "body", "code"),
    [
        ("add", {"LocalAuditWords": [DARN] * 11}, 2016),
        ("add", {"LocalAuditWords": []}, 2003),
        ("add", {"LocalAuditWords": [{**DARN, "Keyword": ""}]}, 2003),
        ("add", {"LocalAuditWords": [{**DARN, "Keyword": "x" * 201}]}, 2003),
        ("add", {"LocalAuditWords": [{**DARN, "ReplacedContent": "x" * 201}]}, 2003),
        ("add", {"LocalAuditWords": [{**DARN, "WordType": 3}]}, 2003),
        ("add", {"LocalAuditWords": [{**DARN, "FilterType": 0}]}, 2003),
        ("add", {"LocalAuditWords": [{**PILLS, "Keyword": "("}]}, 2003),
        ("add", {"LocalAuditWords": [DARN], "SdkAppId": 5}, 2004),
        ("delete", {"LocalAuditWords": [{"WordType": 1}]}, 2003),
        ("delete", {"LocalAuditWords": [{"Keyword": "x", "WordType": 9}]}, 2003),
        ("get", {"Offset": 0, "Limit": 9, "FilterType": 3}, 2003),
    ],
)
async def test_what_is_wrong_is_refused_with_its_code(stage: Stage, name: str, body: Any, code: int) -> None:
    with pytest.raises(TidingsError) as caught:
        await run(stage, name, **body)
    assert caught.value.code == code


async def test_more_words_than_allowed_have_the_code_of_this_service(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tidings.store.sqlite.words.MOST_EXPRESSIONS", 0)
    with pytest.raises(TidingsError) as caught:
        await run(stage, "add", LocalAuditWords=[PILLS])
    assert caught.value.code == 2016
