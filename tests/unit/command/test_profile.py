"""Profile commands: what the doors differ in, and what a row leaves out."""

import pytest

from tests.support.stage import Stage
from tests.support.usersigs import raises_fault
from tidings.command.registry import Door
from tidings.errors import PROFILE_ADMIN_REQUIRED, PROFILE_NOT_WRITABLE

FORBID = {"Tag": "Tag_Profile_IM_AdminForbidType", "Value": "AdminForbid_Type_None"}
LEVEL = {"Tag": "Tag_Profile_IM_Level", "Value": 1}
GET_ALL, GET, SET = "profile/portrait_get_all", "profile/portrait_get", "profile/portrait_set"


async def test_admins_write_what_users_may_not(stage: Stage) -> None:
    body = {"From_Account": "alice", "ProfileItem": [FORBID]}
    await stage.run(Door.REST, SET, body)
    with raises_fault(PROFILE_NOT_WRITABLE):
        await stage.run(Door.SOCKET, SET, body)


async def test_admins_write_anybodys_profile_users_their_own(stage: Stage) -> None:
    body = {"From_Account": "bob", "ProfileItem": [LEVEL]}
    await stage.run(Door.REST, SET, body)
    with raises_fault(PROFILE_ADMIN_REQUIRED):
        await stage.run(Door.SOCKET, SET, body)
    await stage.run(Door.SOCKET, SET, {"ProfileItem": [LEVEL]})


@pytest.mark.parametrize(("known", "expected"), [(0, ["Level", "Nick"]), (1, ["Level", "Nick"]), (None, [])])
async def test_only_a_sequence_that_holds_saves_an_answer(stage: Stage, known: int | None, expected: list[str]) -> None:
    await stage.run(Door.SOCKET, SET, {"ProfileItem": [LEVEL]})
    (row,) = (await stage.run(Door.SOCKET, GET_ALL, {"UserItem": [{"To_Account": "alice"}]}))["UserProfileItem"]
    has = row["StandardSequence"] if known is None else row["StandardSequence"] - known if known else 0
    query = {"To_Account": "alice", "StandardSequence": has}
    (again,) = (await stage.run(Door.SOCKET, GET_ALL, {"UserItem": [query]}))["UserProfileItem"]
    assert sorted(item["Tag"].removeprefix("Tag_Profile_IM_") for item in again["ProfileItem"]) == expected


async def test_a_field_without_a_value_has_no_entry(stage: Stage) -> None:
    body = {"To_Account": ["bob"], "TagList": [LEVEL["Tag"], "Tag_Profile_IM_Nick"]}
    (row,) = (await stage.run(Door.REST, GET, body))["UserProfileItem"]
    assert row["ProfileItem"] == [{"Tag": "Tag_Profile_IM_Nick", "Value": "Bob"}]
