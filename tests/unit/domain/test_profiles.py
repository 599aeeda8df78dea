"""Rules of profiles: memory follows the store, and all whom a change concerns are told of it."""

import pytest

from tests.support.stage import Stage
from tests.support.stores import APP
from tests.support.usersigs import raises_fault
from tidings.domain.accounts import Newcomer
from tidings.domain.events import ProfileChanged, ProfileField
from tidings.domain.profile_fields import IMAGE, NICK, Side
from tidings.domain.profiles import Profile
from tidings.domain.word_filter import Effect, Word
from tidings.errors import PROFILE_ACCOUNT_NOT_FOUND, PROFILE_TOO_LONG
from tidings.ids import NO_INSTANCE, Position, UserId

LEVEL = "Tag_Profile_IM_Level"


async def test_names_in_memory_are_those_of_the_store(stage: Stage) -> None:
    profiles, held = stage.rules.profiles, stage.them.alice
    known = await stage.rules.accounts.get(APP, held.user_id)
    await profiles.change(stage.app, held, [(NICK, "A"), (IMAGE, "f")], Side.USER)
    for account in (held, known):
        assert (account.nick, account.face_url) == ("A", "f")
    await profiles.import_accounts(APP, [Newcomer(held.user_id, "B")])
    assert (known.nick, known.face_url) == ("B", "f")


async def test_two_changes_at_once_leave_the_later_name(stage: Stage) -> None:
    known = await stage.rules.accounts.get(APP, UserId("alice"))
    changes = [stage.rules.profiles.change(stage.app, known, [(NICK, name)], Side.USER) for name in "XYZ"]
    for change in changes:
        await change
    assert known.nick == "Z"
    found = await stage.rules.profiles.of(stage.app, [known], Side.USER, [NICK])
    assert found[known.number].values == {NICK: "Z"}


async def test_the_device_that_changes_is_told_as_well(stage: Stage) -> None:
    alice = stage.them.alice
    await stage.rules.profiles.change(stage.app, alice, [(LEVEL, 1)], Side.USER)
    event = ProfileChanged(alice.user_id, (ProfileField(LEVEL, 1),))
    assert stage.delivery.events == [(alice.number, event, NO_INSTANCE)]


async def test_the_last_of_two_values_counts(stage: Stage) -> None:
    await stage.rules.profiles.change(stage.app, stage.them.alice, [(LEVEL, 1), (LEVEL, 2)], Side.USER)
    found = await stage.rules.profiles.of(stage.app, [stage.them.alice], Side.USER, [LEVEL])
    assert found[stage.them.alice.number].values == {LEVEL: 2}


async def test_what_a_mask_makes_too_long_is_refused(stage: Stage) -> None:
    word = Word("ab", effect=Effect.REPLACE, replacement="x" * 500)
    await stage.rules.words.add(stage.app, [word], replaces=False)
    stage.change(filter_profiles=True)
    with raises_fault(PROFILE_TOO_LONG):
        await stage.rules.profiles.change(stage.app, stage.them.alice, [(NICK, "ab cd")], Side.USER)


async def test_an_account_that_went_meanwhile_is_refused(stage: Stage) -> None:
    await stage.store.accounts.delete_account(stage.them.alice.number)
    with raises_fault(PROFILE_ACCOUNT_NOT_FOUND):
        await stage.rules.profiles.change(stage.app, stage.them.alice, [(NICK, "A")], Side.USER)
    assert stage.delivery.events == []


@pytest.mark.parametrize(("standard", "custom", "newest"), [(0, 0, 0), (4, 2, 4), (4, 7, 7)])
def test_a_profile_is_as_new_as_its_newest_part(standard: int, custom: int, newest: int) -> None:
    assert Profile({}, Position(standard), Position(custom)).sequence == newest
