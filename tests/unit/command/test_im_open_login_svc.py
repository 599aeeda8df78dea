"""Accounts by REST: one or many, checked one by one (spec/rest/im_open_login_svc.yaml)."""

import pytest

from tests.support.clients import Json
from tests.support.stage import Stage
from tests.support.stores import APP
from tidings.command.registry import Door
from tidings.errors import TidingsError
from tidings.ids import UserId

SERVICE = "im_open_login_svc"


async def run(stage: Stage, name: str, body: Json) -> Json:
    return await stage.run(Door.REST, f"{SERVICE}/{name}", body)


@pytest.mark.parametrize("name", ["UserID", "Identifier"])
async def test_an_account_is_made_by_either_name_and_made_again_changes_what_is_given(stage: Stage, name: str) -> None:
    await run(stage, "account_import", {name: "dave", "Nick": "Dave", "FaceUrl": "http://a"})
    await run(stage, "account_import", {name: "dave", "Nick": "D"})
    dave = await stage.rules.accounts.get(APP, UserId("dave"))
    assert (dave.nick, dave.face_url) == ("D", "http://a")


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"UserID": ""}, 70402),
        ({"UserID": "x" * 33}, 70402),
        ({"UserID": "späť"}, 70402),
        ({"UserID": "dave", "Nick": "x" * 501}, 40601),
    ],
)
async def test_an_account_that_can_not_be_is_refused(stage: Stage, body: Json, code: int) -> None:
    with pytest.raises(TidingsError) as refused:
        await run(stage, "account_import", body)
    assert refused.value.code == code
    assert await stage.rules.accounts.find(APP, UserId("dave")) is None


async def test_of_many_the_good_ones_are_made_and_the_others_named(stage: Stage) -> None:
    rows = [{"UserID": "dave"}, {"UserID": "ö"}, {"UserID": "erin", "Nick": "x" * 501}]
    assert (await run(stage, "multiaccount_import", {"AccountList": rows}))["FailAccounts"] == ["ö", "erin"]
    assert (await run(stage, "multiaccount_import", {"Accounts": ["erin"]}))["FailAccounts"] == []
    rows = [{"UserID": name} for name in ("dave", "erin", "nobody")]
    found = (await run(stage, "account_check", {"CheckItem": rows}))["ResultItem"]
    assert [row["AccountStatus"] for row in found] == ["Imported", "Imported", "NotImported"]


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("multiaccount_import", {}),
        ("multiaccount_import", {"AccountList": [], "Accounts": []}),
        ("multiaccount_import", {"Accounts": []}),
        ("multiaccount_import", {"Accounts": ["a"] * 101}),
        ("account_delete", {"DeleteItem": []}),
        ("account_check", {"CheckItem": [{"UserID": "a"}] * 101}),
        ("kick", {}),
    ],
)
async def test_what_names_nobody_or_too_many_is_refused(stage: Stage, name: str, body: Json) -> None:
    with pytest.raises(TidingsError) as refused:
        await run(stage, name, body)
    assert refused.value.code == 70402


async def test_deleting_says_of_each_what_became_of_it(stage: Stage) -> None:
    rows = [{"UserID": "carol"}, {"UserID": "nobody"}]
    found = (await run(stage, "account_delete", {"DeleteItem": rows}))["ResultItem"]
    assert [(row["UserID"], row["ResultCode"]) for row in found] == [("carol", 0), ("nobody", 70107)]
    assert await stage.rules.accounts.find(APP, UserId("carol")) is None


async def test_kicking_needs_an_account(stage: Stage) -> None:
    await run(stage, "kick", {"UserID": "bob"})
    with pytest.raises(TidingsError) as refused:
        await run(stage, "kick", {"UserID": "nobody"})
    assert refused.value.code == 70107
