"""Erased accounts are named in no notice that others were told."""

from tests.support.joining import kept
from tests.support.stores import APP, NOW, People
from tidings.domain.accounts import Newcomer
from tidings.domain.erasure import Erasure, pseudonym
from tidings.domain.events import GroupNotice
from tidings.domain.group.groups import NOBODY, Group
from tidings.domain.group.kinds import ApplyOption, InviteOption, Kind
from tidings.domain.group.requests import JoinChange, JoinRequest, Stage
from tidings.domain.ports import Logged
from tidings.ids import AccountNumber, GroupId, SdkAppId, UserId
from tidings.store.sqlite.engine import Engine
from tidings.store.sqlite.notice_erasure import erase_notices
from tidings.store.sqlite.store import Store

BOB = UserId("bob")


def notice(operator: str, *user_ids: UserId) -> GroupNotice:
    return GroupNotice(24, "team", "team", "Public", UserId(operator), NOW, 1, "words", "key", user_ids)


async def test_names_and_words_go_in_its_own_app_only(store: Store, engine: Engine, them: People) -> None:
    free = ApplyOption.FREE, InviteOption.FREE
    group = Group(APP, GroupId("team"), Kind.PUBLIC, "team", NOBODY, NOW, 10, *free)
    await store.groups.create(group, [])
    (other,) = await store.accounts.save_accounts(SdkAppId(APP + 1), [Newcomer(UserId("zoe"))])
    told = [
        Logged(them.alice.number, notice("bob")),
        Logged(them.alice.number, notice("carol", BOB)),
        Logged(them.carol.number, notice("carol")),
        Logged(other.number, notice("bob")),
    ]
    request = JoinRequest(group.number, them.carol.number, them.bob.number, Stage.CONSENT, "", "key", NOW)
    await store.group_joining.change_members(group, NOW, JoinChange(told, requests=[request]))
    await erase_notices(engine, Erasure(them.bob.number, APP, BOB, with_messages=False), 1)
    new = pseudonym(them.bob.number)

    async def heard(number: AccountNumber) -> list[object]:
        return [(event.operator_id, event.wording, event.user_ids) for _, event in await kept(store, number)]

    assert await heard(them.alice.number) == [(new, "", ()), ("carol", "words", (new,))]
    assert await heard(them.carol.number) == [("carol", "words", ())]
    assert await heard(other.number) == [("bob", "words", ())]
    assert store.group_joining.find_request(group.number, them.carol.number, them.bob.number) is None
