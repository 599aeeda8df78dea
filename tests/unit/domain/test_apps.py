"""Applications: found by number, shut out when disabled, told apart from later ones of their number."""

from dataclasses import replace

import pytest

from tests.support.stores import APP, NOW, OTHER_APP
from tests.support.usersigs import raises_fault
from tidings.domain.apps import App, Apps
from tidings.errors import APP_DISABLED, APP_NOT_FOUND
from tidings.settings import AppSettings


@pytest.fixture
def other(app: App) -> App:
    return replace(app, sdk_app_id=OTHER_APP)


def test_an_app_is_found_by_its_number(app: App, other: App) -> None:
    apps = Apps([other, app])
    assert apps.find(APP) is apps.get(APP) is app
    assert apps.find(OTHER_APP) is other
    assert apps.all() == [app, other]


def test_an_app_that_is_not_here_is_named() -> None:
    assert Apps().find(APP) is None
    with raises_fault(APP_NOT_FOUND, str(APP)):
        Apps().get(APP)


def test_a_disabled_app_is_there_but_shut_out(app: App) -> None:
    disabled = replace(app, is_enabled=False)
    apps = Apps([disabled])
    assert apps.find(APP) is disabled
    with raises_fault(APP_DISABLED, str(APP)):
        apps.get(APP)


def test_an_app_that_changed_is_the_same_and_one_made_anew_is_not(app: App, other: App) -> None:
    assert app.is_same_as(replace(app, name="n", is_enabled=False, settings=AppSettings(recall_seconds=1)))
    for no_more in (None, other, replace(app, created_at=NOW + 1)):
        assert not app.is_same_as(no_more)


def test_replacing_tells_which_apps_are_gone_or_made_anew(app: App, other: App) -> None:
    apps = Apps([app, other])
    assert apps.replace([replace(app, name="changed"), replace(other, created_at=NOW + 1)]) == [OTHER_APP]
    assert apps.get(APP).name == "changed"
    assert apps.replace([]) == [APP, OTHER_APP]
    assert apps.all() == []
