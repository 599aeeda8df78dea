"""Friends: consent, limits, one-way and both, and what each side is told."""

from dataclasses import replace

from tests.support.stage import Stage
from tidings.domain.accounts import Account
from tidings.domain.events import RelationsChanged
from tidings.domain.friends import Adding, Imported, Update, Wish
from tidings.domain.profile_fields import Side
from tidings.domain.relation_book import GROUP, REMARK, Entry
from tidings.errors import TidingsError
from tidings.ids import UserId

WEB = "AddSource_Type_Web"
ASK, DENY = "AllowType_Type_NeedConfirm", "AllowType_Type_DenyAny"


async def allow(stage: Stage, account: Account, kind: str) -> None:
    await stage.rules.profiles.change(stage.app, account, [("Tag_Profile_IM_AllowType", kind)], Side.USER)


async def add(
    stage: Stage, owner: Account, *others: Account, is_both: bool = True, is_forced: bool = False
) -> list[int]:
    wishes = [Wish(other, WEB, "hi", f"r-{other.user_id}", "Choir") for other in others]
    results = await stage.rules.relations.friends.add(owner, wishes, Adding(stage.app, is_both, is_forced))
    return codes(results)


def codes(results: list[TidingsError | None]) -> list[int]:
    return [0 if result is None else result.code for result in results]


async def names(stage: Stage, owner: Account) -> list[str]:
    return [row.person.user_id for row in await stage.rules.relations.lists.friend_page(owner.number, 0, 99)]


def told(stage: Stage, account: Account) -> list[RelationsChanged]:
    return [e for a, e, _ in stage.delivery.events if a == account.number and isinstance(e, RelationsChanged)]


async def test_who_lets_anybody_in_is_a_friend_at_once_on_both_sides(stage: Stage) -> None:
    alice, bob = stage.them.alice, stage.them.bob
    assert await add(stage, alice, bob) == [0]
    lists = stage.rules.relations.lists
    own = (await lists.entries(alice.number, [bob.number]))[bob.number]
    theirs = (await lists.entries(bob.number, [alice.number]))[alice.number]
    assert (own.remark, own.groups, own.source, own.wording) == ("r-bob", ("Choir",), WEB, "hi")
    assert (theirs.remark, theirs.groups, theirs.source) == ("", (), WEB)
    assert [event.added_ids for event in told(stage, alice)] == [("bob",)]
    assert [event.added_ids for event in told(stage, bob)] == [("alice",)]
    assert await add(stage, alice, bob) == [0]
    assert len(told(stage, alice)) == 1


async def test_one_way_adds_to_one_list_only(stage: Stage) -> None:
    assert await add(stage, stage.them.alice, stage.them.bob, is_both=False) == [0]
    assert (await names(stage, stage.them.alice), await names(stage, stage.them.bob)) == (["bob"], [])
    assert told(stage, stage.them.bob) == []


async def test_who_wants_to_be_asked_is_asked_and_a_wish_of_both_is_consent(stage: Stage) -> None:
    alice, bob = stage.them.alice, stage.them.bob
    for account in (alice, bob):
        await allow(stage, account, ASK)
    assert await add(stage, alice, bob) == [30539]
    assert [request.asker_id for request in told(stage, bob)[0].requests] == ["alice"]
    assert (await names(stage, alice), await names(stage, bob)) == ([], [])
    assert await add(stage, bob, alice) == [0]
    assert (await names(stage, alice), await names(stage, bob)) == (["bob"], ["alice"])
    assert await stage.rules.relations.lists.unread_requests(bob.number) == 0


async def test_what_stands_against_it_is_said_for_each(stage: Stage) -> None:
    them = stage.them
    await allow(stage, them.bob, DENY)
    assert await add(stage, them.alice, them.bob, them.alice) == [30516, 30001]
    assert await add(stage, them.alice, them.bob, is_forced=True) == [0]
    await stage.rules.relations.blocks.block(them.alice, [them.carol])
    assert [await add(stage, *pair) for pair in ((them.alice, them.carol), (them.carol, them.alice))] == [
        [30515],
        [30525],
    ]
    gone = Account(them.alice.app, them.stranger.number, UserId("zoe"))
    await stage.store.accounts.delete_account(gone.number)
    assert await add(stage, them.alice, gone) == [30003]
    barred = [("Tag_Profile_IM_AdminForbidType", "AdminForbid_Type_SendOut")]
    await stage.rules.profiles.change(stage.app, them.carol, barred, Side.ADMIN)
    assert await add(stage, them.carol, them.bob) == [30009]


async def test_full_lists_take_nobody_and_neither_side_is_written(stage: Stage) -> None:
    them = stage.them
    stage.change(friends=1)
    assert await add(stage, them.alice, them.bob) == [0]
    assert await add(stage, them.alice, them.carol) == [30010]
    assert await add(stage, them.carol, them.alice) == [30014]
    assert await names(stage, them.carol) == []


async def test_the_apps_setting_holds_for_who_has_not_said_it(stage: Stage) -> None:
    stage.change(allow_type="confirm")
    assert await add(stage, stage.them.alice, stage.them.bob) == [30539]
    stage.change(allow_type="deny")
    assert await add(stage, stage.them.alice, stage.them.carol) == [30516]


async def test_fields_change_and_only_what_is_other_is_told(stage: Stage) -> None:
    alice, bob = stage.them.alice, stage.them.bob
    await add(stage, alice, bob)
    friends = stage.rules.relations.friends
    changed = Update(bob, "Bobby", ("Choir", "Team"), {"Tag_SNS_Custom_Since": "2019"})
    assert codes(await friends.update(alice, [changed, Update(stage.them.carol, "x")])) == [0, 30001]
    fields = {field.tag: field.value for field in told(stage, alice)[-1].updates[0].fields}
    assert (fields[REMARK], fields[GROUP], fields["Tag_SNS_Custom_Since"]) == ("Bobby", ("Choir", "Team"), "2019")
    count = len(told(stage, alice))
    await friends.update(alice, [changed])
    assert len(told(stage, alice)) == count
    await friends.update(alice, [Update(bob, "", None, {"Tag_SNS_Custom_Since": ""})])
    entry = (await stage.rules.relations.lists.entries(alice.number, [bob.number]))[bob.number]
    assert (entry.remark, entry.custom, entry.groups) == ("", {}, ("Choir", "Team"))


async def test_deleting_is_of_one_side_or_of_both(stage: Stage) -> None:
    them, friends = stage.them, stage.rules.relations.friends
    await add(stage, them.alice, them.bob, them.carol)
    assert codes(await friends.delete(them.alice, [them.bob, them.bob], is_both=False)) == [0, 31704]
    assert (await names(stage, them.alice), await names(stage, them.bob)) == (["carol"], ["alice"])
    assert codes(await friends.delete(them.alice, [them.bob], is_both=True)) == [0]
    assert await names(stage, them.bob) == []
    await friends.delete_all(them.alice, is_both=True)
    assert (await names(stage, them.alice), await names(stage, them.carol)) == ([], [])
    assert (await stage.rules.relations.lists.counts(them.alice.number)).friends == 0


async def test_imports_ask_nobody_and_are_one_event(stage: Stage) -> None:
    them = stage.them
    await allow(stage, them.bob, DENY)
    entry = Entry(WEB, "hi", 1_700_000_000, "alto", 1, ("Choir",), {"Tag_SNS_Custom_Since": "2019"})
    imports = [Imported(them.bob, entry), Imported(them.carol, replace(entry, added_at=0))]
    assert codes(await stage.rules.relations.friends.import_friends(stage.app, them.alice, imports)) == [0, 0]
    found = await stage.rules.relations.lists.entries(them.alice.number, [them.bob.number, them.carol.number])
    assert found[them.bob.number] == entry
    assert found[them.carol.number].added_at == int(stage.clock.now())
    assert [event.added_ids for event in told(stage, them.alice)] == [("bob", "carol")]
    assert await names(stage, them.bob) == []
