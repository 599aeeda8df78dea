"""Custom fields of groups: declared by the app, for types, readers and writers."""

import pytest

from tidings.domain.group.fields import (
    Access,
    Level,
    check_declarations,
    check_group_values,
    check_member_values,
    fields_of,
    readable,
    shared,
)
from tidings.domain.group.groups import Member
from tidings.domain.group.kinds import GROUP_KINDS, Action, Kind, Role
from tidings.errors import TidingsError
from tidings.ids import AccountNumber, UserId
from tidings.settings import AppSettings, SettingsError, to_settings

PUBLIC = Kind.PUBLIC
LEVELS = ("app", "owner", "admins", "members")


def member(role: Role) -> Member:
    return Member(AccountNumber(9), UserId("zoe"), role)


OWNER, ADMIN, MEMBER = (member(role) for role in (Role.OWNER, Role.ADMIN, Role.MEMBER))


def code(declaration: str, actor: Member | None, value: str = "x", *, kind: Kind = PUBLIC, key: str = "f") -> int:
    try:
        check_group_values(declaration, kind, actor, {key: value})
    except TidingsError as error:
        return error.code
    return 0


def member_code(declaration: str, actor: Member | None, value: str, *, is_own: bool = False) -> int:
    try:
        check_member_values(declaration, PUBLIC, actor, {"f": value}, is_own=is_own)
    except TidingsError as error:
        return error.code
    return 0


def test_a_field_is_of_all_types_unless_some_are_named() -> None:
    assert set(fields_of("f:anyone:owner")["f"]) == set(GROUP_KINDS)
    some = fields_of("f/Work+Meeting:members:owner,f/Public:app:app")["f"]
    ours, theirs = Access(Level.MEMBERS, Level.OWNER), Access(Level.APP, Level.APP)
    assert some == {Kind.WORK: ours, Kind.MEETING: ours, Kind.PUBLIC: theirs}
    assert fields_of("") == {}


@pytest.mark.parametrize(("level", "allowed"), [("app", ""), ("owner", "O"), ("admins", "OA"), ("members", "OAM")])
def test_who_may_write_is_whom_the_level_names_and_above(level: str, allowed: str) -> None:
    codes = [code(f"f:anyone:{level}", actor) for actor in (OWNER, ADMIN, MEMBER)]
    assert codes == [0 if letter in allowed else 10007 for letter in "OAM"]
    assert code(f"f:anyone:{level}", None) == 0


@pytest.mark.parametrize(
    ("level", "expected"),
    [("app", "----"), ("owner", "O---"), ("admins", "OA--"), ("members", "OAM-"), ("anyone", "OAMX")],
)
def test_who_may_read_is_whom_the_level_names_and_above(level: str, expected: str) -> None:
    shown = [bool(readable(f"f:{level}:owner", PUBLIC, who, {"f": "x"})) for who in (OWNER, ADMIN, MEMBER, None)]
    assert shown == [letter != "-" for letter in expected]
    assert bool(shared(f"f:{level}:owner", PUBLIC, {"f": "x"})) == (level in {"members", "anyone"})


def test_where_permission_groups_decide_admins_are_who_may_change_the_profile() -> None:
    able, unable = member(Role.MEMBER), member(Role.ADMIN)
    able.allowed, unable.allowed = frozenset({Action.CHANGE_PROFILE}), frozenset()
    assert [code("f:anyone:admins", who) for who in (able, unable)] == [0, 10007]


def test_a_field_that_the_type_has_not_is_unknown_to_everybody() -> None:
    assert code("f/Work:anyone:members", None) == 10004
    assert code("f/Work:anyone:members", None, kind=Kind.WORK) == 0
    assert code("f:anyone:members", None, key="g") == 10004
    assert readable("f/Work:anyone:members", PUBLIC, OWNER, {"f": "x", "g": "y"}) == {}


def test_values_have_their_limits_in_bytes() -> None:
    assert [code("f:anyone:app", None, text) for text in ("x" * 512, "x" * 513, "é" * 257)] == [0, 10004, 10004]
    assert [member_code("f:anyone:app", None, "x" * size) for size in (64, 65)] == [0, 10004]


def test_a_members_own_value_is_its_own() -> None:
    for actor, is_own, expected in ((MEMBER, True, 0), (MEMBER, False, 10007), (OWNER, False, 10007), (None, False, 0)):
        assert member_code("f:anyone:own", actor, "x", is_own=is_own) == expected


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("group_fields", ""),
        ("group_fields", "level:anyone:admins,_p2/Work+AVChatRoom:app:app"),
        ("group_fields", "a" * 16 + ":owner:owner"),
        ("member_fields", "seat:members:own,rank/Public:admins:admins"),
    ],
)
def test_a_declaration_that_can_be_is_a_setting(name: str, text: str) -> None:
    assert getattr(to_settings(AppSettings, {name: text}), name) == text


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("group_fields", "level"),
        ("group_fields", "level:anyone"),
        ("group_fields", "1level:anyone:app"),
        ("group_fields", "a" * 17 + ":anyone:app"),
        ("group_fields", "level:anyone:anyone"),
        ("group_fields", "level:anyone:own"),
        ("group_fields", "level/Other:anyone:app"),
        ("group_fields", "level:anyone:app,"),
        ("group_fields", "level:anyone:app\n"),
        ("member_fields", "seat/AVChatRoom:anyone:app"),
    ],
)
def test_a_declaration_that_can_not_be_is_refused(name: str, text: str) -> None:
    with pytest.raises(SettingsError, match=name):
        to_settings(AppSettings, {name: text})


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (("", ""), (",".join(f"f{n}:app:app" for n in range(11)), ""), "11 fields, at most 10"),
        (("", ""), ("", ",".join(f"f{n}:app:app" for n in range(6))), "6 fields, at most 5"),
        (("", ""), ("f:app:app", "f:app:app"), "both declare f"),
        (("f:app:app", ""), ("", ""), "must keep 'f'"),
        (("f:app:app", ""), ("f/Work:app:app", ""), "must keep 'f'"),
        (("", "g:app:app"), ("", "h:app:app"), "must keep 'g'"),
    ],
)
def test_declarations_that_may_not_follow_are_refused(
    before: tuple[str, str], after: tuple[str, str], words: str
) -> None:
    with pytest.raises(SettingsError, match=words):
        check_declarations(before, after)


def test_rights_change_and_types_are_added() -> None:
    check_declarations(("f/Work:app:app", "g:app:own"), ("f:anyone:members,h:app:app", "g:members:admins"))
