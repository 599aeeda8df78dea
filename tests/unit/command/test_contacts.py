"""Marks and groups as both doors call for them: what is wrong with one conversation is said of that one."""

import pytest

from tests.support.stage import Stage
from tidings.command.contacts import Contact, check_count, find_peers, get_peers, to_result
from tidings.errors import TidingsError
from tidings.ids import UserId

BOB, NOBODY = Contact(1, UserId("bob")), Contact(1, UserId("nobody"))


async def test_each_conversation_is_looked_up_by_its_kind(stage: Stage) -> None:
    asked = [BOB, NOBODY, Contact(2, group_id="@TGS#1"), Contact(2, UserId("@TGS#2")), Contact(3, UserId("bob"))]
    found = [to_result(each) for each in await find_peers(stage.call(), stage.them.alice, asked)]
    assert [code for code, _ in found] == [0, 50002, 51007, 51007, 50002]
    assert [text in info for text, (_, info) in zip(("", "nobody", "#1", "#2", "Type 3"), found, strict=True)] == [
        True
    ] * 5


async def test_where_there_is_no_result_of_each_the_first_fault_is_the_calls(stage: Stage) -> None:
    assert [peer.user_id for peer in await get_peers(stage.call(), stage.them.alice, [BOB, BOB])] == ["bob", "bob"]
    with pytest.raises(TidingsError, match="nobody") as refused:
        await get_peers(stage.call(), stage.them.alice, [BOB, NOBODY])
    assert refused.value.code == 50002


@pytest.mark.parametrize("count", [0, 101])
def test_a_call_changes_1_to_100_conversations(count: int) -> None:
    with pytest.raises(TidingsError) as refused:
        check_count(count)
    assert refused.value.code == 51006
    check_count(1)
    check_count(100)
