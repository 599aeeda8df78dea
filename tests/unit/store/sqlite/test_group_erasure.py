"""Erasing accounts from groups: no byte of them is left, and others keep what is theirs."""

from pathlib import Path

import pytest

import tidings.store.sqlite.erasure as module
from tests.support.stores import APP, NOW, VAULT, People, people
from tests.unit.store.sqlite.test_erasure import _erase, _found, _zelda
from tidings.domain.accounts import Account
from tidings.domain.erasure import pseudonym
from tidings.domain.group.groups import NOBODY, SYSTEM, Group, Member
from tidings.domain.group.kinds import ApplyOption, InviteOption, Kind, Role
from tidings.domain.group.messages import GroupMessage, Mention
from tidings.domain.group.pins import Pin
from tidings.ids import GroupId, UserId
from tidings.store.sqlite.store import Store, open_file

SAID, PUSHED, CARD = "what zelda said", "zelda's push title", "zelda-card"
NAME = "zelda-user-id"


async def _live(store: Store, zelda: Account, them: People) -> Group:
    """Let her speak in a group of hers, be spoken of, pin, take back and be told of."""
    group = Group(APP, GroupId("g"), Kind.PUBLIC, "g", zelda.number, NOW, 9, ApplyOption.FREE, InviteOption.FREE)
    owner = Member(zelda.number, zelda.user_id, Role.OWNER, name_card=CARD, custom={"k": NAME})
    await store.groups.create(group, [owner, Member(them.bob.number, them.bob.user_id)])
    said = f'[{{"t":"{SAID}"}}]'.encode()
    own = GroupMessage(
        group.number, zelda.number, zelda.user_id, NOW, 1, NOW, said, push=PUSHED.encode(), name_card=CARD
    )
    theirs = GroupMessage(group.number, them.bob.number, them.bob.user_id, NOW, 2, NOW, b"[]", push=b"kept")
    theirs.mentions = (Mention(zelda.user_id), Mention(UserId("")))
    tip = GroupMessage(
        group.number, NOBODY, SYSTEM, NOW, 3, NOW, f'{{"List_Account":["{NAME}"]}}'.encode(), is_tip=True
    )
    last = GroupMessage(group.number, them.bob.number, them.bob.user_id, NOW, 4, NOW, b"[]")
    for each in (own, theirs, tip, last):
        await store.group_messages.append(each)
    last.revoker_id = zelda.user_id
    await store.group_history.recall([last], NOW)
    for seq in (1, 2):
        await store.group_history.pin(group.number, Pin(seq, zelda.user_id), 9)
    return group


@pytest.mark.parametrize(("chunk", "with_messages"), [(1, False), (3, True), (500, False), (500, True)])
async def test_no_byte_of_the_account_is_left_in_any_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chunk: int, *, with_messages: bool
) -> None:
    monkeypatch.setattr(module, "CHUNK", chunk)
    store = open_file(tmp_path, VAULT, is_synced=False)
    zelda = await _zelda(store)
    await _live(store, zelda, await people(store))
    await _erase(store, zelda, with_messages=with_messages)
    assert _found(tmp_path, NAME, PUSHED, CARD) == []
    assert bool(_found(tmp_path, SAID)) is not with_messages
    await store.close()


async def test_others_keep_what_is_theirs_and_the_numbering_stays(tmp_path: Path) -> None:
    store = open_file(tmp_path, VAULT, is_synced=False)
    zelda, them = await _zelda(store), await people(store)
    group = await _live(store, zelda, them)
    await _erase(store, zelda)
    page = await store.group_messages.page(group.number, 9, 9)
    name = pseudonym(zelda.number)
    assert [(m.seq, m.sender_id, m.revoker_id) for m in page] == [(4, "bob", name), (2, "bob", ""), (1, name, "")]
    assert [mention.user_id for mention in page[1].mentions] == [name, ""]
    assert page[1].push == b"kept"
    stored = store.groups.find_group(APP, group.group_id)
    assert stored is not None
    assert (stored.owner, stored.member_count, stored.last_seq) == (0, 1, 4)
    assert {pin.pinner_id for pin in await store.group_history.pins(group.number)} == {name}
    await store.close()
