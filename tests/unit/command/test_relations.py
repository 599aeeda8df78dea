"""What all commands of service sns have in common."""

import pytest

from tests.support.stage import Stage
from tests.unit.command.test_group_history import code_of
from tidings.command.registry import Door
from tidings.command.relations import check_bytes, find, known, owner_of, screen, to_rows
from tidings.domain.word_filter import Effect, Word
from tidings.errors import NO_FRIENDSHIP, TidingsError
from tidings.ids import UserId

NAMES = [UserId("bob"), UserId("nobody"), UserId("carol"), UserId("bob")]


async def test_app_servers_act_for_anybody_and_users_for_themselves(stage: Stage) -> None:
    assert await owner_of(stage.call(), Door.REST, UserId("bob")) == stage.them.bob
    assert await owner_of(stage.call(), Door.SOCKET, UserId("alice")) == stage.them.alice
    assert await code_of(owner_of(stage.call(), Door.REST, UserId("nobody"))) == 30003
    assert await code_of(owner_of(stage.call(), Door.SOCKET, UserId("bob"))) == 30004


async def test_each_name_has_a_row_whoever_it_is_and_however_often(stage: Stage) -> None:
    found = await find(stage.call(), NAMES)
    assert known(NAMES, found) == [stage.them.bob, stage.them.carol]
    rows = to_rows(NAMES, found, [None, NO_FRIENDSHIP(user_id="carol")])
    assert [(row.to_account, row.code) for row in rows.rows] == [
        ("bob", 0),
        ("nobody", 30003),
        ("carol", 31704),
        ("bob", 0),
    ]
    assert rows.failed == ["nobody", "carol"]


@pytest.mark.parametrize("count", [0, 1001])
async def test_none_and_too_many_names_are_refused(stage: Stage, count: int) -> None:
    assert await code_of(find(stage.call(), [UserId("bob")] * count)) == 30001


async def test_forbidden_words_are_refused_or_masked(stage: Stage) -> None:
    words = [Word("darn"), Word("heck", effect=Effect.REPLACE, replacement="h")]
    await stage.rules.words.add(stage.app, words, replaces=False)
    assert screen(stage.call(), "what the heck") == "what the h"
    with pytest.raises(TidingsError) as refused:
        screen(stage.call(), "darn")
    assert refused.value.code == 30005


def test_a_text_of_too_many_bytes_is_refused() -> None:
    check_bytes("Remark", "ä", 2)
    with pytest.raises(TidingsError) as refused:
        check_bytes("Remark", "ä", 1)
    assert (refused.value.code, "Remark" in refused.value.info) == (30001, True)
