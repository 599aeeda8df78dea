"""Fields of friends: those an app declares, and what may be given to them."""

import pytest

from tests.support.stage import Stage
from tidings.domain.friend_fields import check_custom, declared, to_update
from tidings.errors import TidingsError


def test_an_apps_fields_are_known_by_their_tags(stage: Stage) -> None:
    assert declared(stage.app) == {}
    stage.change(friend_fields="Since:string,Badge:bytes")
    assert declared(stage.app) == {"Tag_SNS_Custom_Since": "string", "Tag_SNS_Custom_Badge": "bytes"}
    assert check_custom(stage.app, {"Tag_SNS_Custom_Since": "2019"}) == {"Tag_SNS_Custom_Since": "2019"}


def test_an_update_is_of_remark_groups_and_declared_fields(stage: Stage) -> None:
    stage.change(friend_fields="Since:string")
    values: dict[str, int | str | list[str]] = {
        "Tag_SNS_IM_Remark": "r",
        "Tag_SNS_IM_Group": ["a", "b"],
        "Tag_SNS_Custom_Since": "2019",
    }
    update = to_update(stage.app, stage.them.bob, values)
    assert (update.remark, update.groups, update.custom) == ("r", ("a", "b"), {"Tag_SNS_Custom_Since": "2019"})
    nothing = to_update(stage.app, stage.them.bob, {})
    assert (nothing.remark, nothing.groups) == (None, None)


@pytest.mark.parametrize(
    ("tag", "value"),
    [
        ("Tag_SNS_IM_Remark", 5),
        ("Tag_SNS_IM_Remark", "x" * 97),
        ("Tag_SNS_IM_Group", "a"),
        ("Tag_SNS_IM_AddTime", 5),
        ("Tag_SNS_Custom_None", "x"),
        ("Tag_SNS_Custom_Since", ["x"]),
        ("Tag_SNS_Custom_Since", "x" * 1001),
    ],
)
def test_what_cannot_be_given_is_refused(stage: Stage, tag: str, value: int | str | list[str]) -> None:
    stage.change(friend_fields="Since:string")
    with pytest.raises(TidingsError) as refused:
        to_update(stage.app, stage.them.bob, {tag: value})
    assert refused.value.code == 30001
