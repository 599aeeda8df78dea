"""Rights: roles stand above those below them, app admins above all."""

import pytest

from tests.support.groups import found
from tests.support.stage import Stage
from tidings.domain.group.groups import Group, Member
from tidings.domain.group.kinds import Action, Kind, Role
from tidings.domain.group.rights import check, check_kind, check_over
from tidings.errors import TidingsError
from tidings.ids import AccountNumber, UserId


def member(role: Role) -> Member:
    return Member(AccountNumber(9), UserId("zoe"), role)


@pytest.fixture
async def group(stage: Stage) -> Group:
    return await found(stage, Kind.PUBLIC)


def code(group: Group, actor: Member | None, action: Action, target: Role | None = None) -> int:
    try:
        if target is None:
            check(group, actor, action)
        else:
            check_over(group, actor, action, member(target))
    except TidingsError as error:
        return error.code
    return 0


def test_who_has_not_the_role_is_refused_with_a_reason(group: Group) -> None:
    with pytest.raises(TidingsError) as refused:
        check(group, member(Role.ADMIN), Action.DISBAND)
    assert refused.value.code == 10007
    assert "Admin" in refused.value.info
    assert "Public" in refused.value.info


def test_an_app_admin_may_do_everything(group: Group) -> None:
    assert {code(group, None, action) for action in Action} == {0}
    assert {code(group, None, Action.KICK, role) for role in Role} == {0}


@pytest.mark.parametrize(
    ("actor", "target", "expected"),
    [
        (Role.OWNER, Role.ADMIN, 0),
        (Role.OWNER, Role.MEMBER, 0),
        (Role.OWNER, Role.OWNER, 10007),
        (Role.ADMIN, Role.MEMBER, 0),
        (Role.ADMIN, Role.ADMIN, 10007),
        (Role.ADMIN, Role.OWNER, 10007),
        (Role.MEMBER, Role.MEMBER, 10007),
    ],
)
def test_one_acts_only_on_those_below(group: Group, actor: Role, target: Role, expected: int) -> None:
    assert code(group, member(actor), Action.KICK, target) == expected


@pytest.mark.parametrize(("kind", "action"), [(Kind.WORK, Action.MUTE), (Kind.LIVE, Action.CHANGE_OWNER)])
async def test_what_nobody_may_in_a_kind_app_admins_may_not_either(stage: Stage, kind: Kind, action: Action) -> None:
    with pytest.raises(TidingsError) as refused:
        check_kind(await found(stage, kind), action)
    assert refused.value.code == 10007
    check_kind(await found(stage, Kind.PUBLIC), action)
