"""Live rooms that accounts leave by themselves (with a whole server: tests/flow/test_group_callbacks.py)."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support.stores import APP, OTHER_APP, message, open_store
from tests.unit.view.callbacks.test_c2c import ALICE, BOB
from tests.unit.webhook.conftest import MakeApp
from tidings.clock import SteppedClock
from tidings.domain.apps import Apps
from tidings.domain.callbacks import LET_BE, note, overheard, post
from tidings.domain.group.groups import Group
from tidings.domain.group.happenings import JoinAsked, PresenceInRoomChanged
from tidings.domain.group.kinds import ApplyOption, InviteOption, Kind
from tidings.domain.happenings import MessageSent
from tidings.ids import AccountNumber, GroupId, GroupNumber, SdkAppId, UserId
from tidings.store.sqlite.store import Store
from tidings.webhook.listeners import Desk
from tidings.webhook.rooms import RoomsListener

ON = "Group.CallbackOnMemberStateChange"


class _Still:
    def wake(self) -> None:
        """Take nothing away."""


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    store = open_store("memory", tmp_path)
    yield store
    await store.close()


def _group(app: SdkAppId) -> Group:
    owner = AccountNumber(1)
    options = (ApplyOption.FREE, InviteOption.NEVER)
    return Group(app, GroupId("live"), Kind.LIVE, "Live", owner, 0, 100, *options, number=GroupNumber(9))


@pytest.mark.parametrize(
    ("app", "callbacks", "count"), [(APP, ON, 1), (APP, "State.StateChange", 0), (APP, "", 0), (OTHER_APP, ON, 0)]
)
async def test_only_the_app_of_a_room_hears_of_it_and_if_it_wants_to(
    store: Store, clock: SteppedClock, make_app: MakeApp, app: SdkAppId, callbacks: str, count: int
) -> None:
    desk = Desk(store.letters, None, _Still(), clock)  # type: ignore[arg-type]
    listener = RoomsListener(desk, Apps([make_app(callbacks=callbacks)]))
    overheard(listener, lambda: post(PresenceInRoomChanged, _group(app), UserId("bob"), False, True))  # noqa: FBT003
    await store.messages.settle()
    letters = await store.letters.waiting(APP, 9, [])
    assert [letter.command for letter in letters] == [ON] * count


async def test_it_hears_of_nothing_else(store: Store, clock: SteppedClock, make_app: MakeApp) -> None:
    desk = Desk(store.letters, None, _Still(), clock)  # type: ignore[arg-type]
    listener = RoomsListener(desk, Apps([make_app(callbacks=f"{ON},C2C.CallbackAfterSendMsg")]))
    overheard(listener, lambda: note(MessageSent, message(ALICE, BOB), False))  # noqa: FBT003
    assert (listener.take(), await listener.ask(JoinAsked(_group(APP), ALICE))) == ([], LET_BE)
    await store.messages.settle()
    assert await store.letters.waiting_apps() == []
