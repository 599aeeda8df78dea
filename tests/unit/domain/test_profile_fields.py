"""Fields of profiles: what each takes, who may read and write it, and how an app declares its own."""

import pytest

from tidings.domain.profile_fields import CUSTOM_PREFIX, NICK, STANDARD, FieldKind, Side, check_declaration, fields_of
from tidings.settings import AppSettings, SettingsError, to_settings

CITY = CUSTOM_PREFIX + "City"


def test_every_standard_field_is_readable_by_all() -> None:
    assert len(STANDARD) == 12
    assert all(field.may_read(side) and field.may_write(Side.ADMIN) for field in STANDARD.values() for side in Side)
    assert [tag for tag, field in STANDARD.items() if not field.may_write(Side.USER)] == [
        "Tag_Profile_IM_AdminForbidType"
    ]


@pytest.mark.parametrize(
    ("user", "admin", "expected"),
    [
        ("rw", "-", (True, True, False, False)),
        ("r", "w", (True, False, False, True)),
        ("w", "rw", (False, True, True, True)),
    ],
)
def test_rights_are_of_each_side(user: str, admin: str, expected: tuple[bool, ...]) -> None:
    field = fields_of(f"City:string:{user}:{admin}")[CITY]
    found = [check(side) for side in (Side.USER, Side.ADMIN) for check in (field.may_read, field.may_write)]
    assert tuple(found) == expected


def test_an_app_has_the_standard_fields_and_its_own() -> None:
    assert fields_of("") == STANDARD
    fields = fields_of("City:string:rw:rw,Rank:bytes:r:rw")
    assert list(fields)[-2:] == [CITY, CUSTOM_PREFIX + "Rank"]
    assert fields[CITY].kind is FieldKind.TEXT
    assert fields[NICK] is STANDARD[NICK]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "City:string:rw:rw",
        "A:bytes:-:rw,B:string:w:r,abcdefgh:string:r:w",
        ",".join(f"{chr(97 + n)}:string:rw:-" for n in range(20)),
    ],
)
def test_a_declaration_that_can_be_is_a_setting(text: str) -> None:
    assert to_settings(AppSettings, {"profile_fields": text}).profile_fields == text


@pytest.mark.parametrize(
    "text",
    [
        "City",
        "City:int:rw:rw",
        "City:string:rw",
        "City1:string:rw:rw",
        "abcdefghi:string:rw:rw",
        ":string:rw:rw",
        "City:string:r:r",
        "City:string:w:w",
        "City:string:-:-",
        "City:string:wr:rw",
        "City:string:rw:rw,",
        "City:string:rw:rw\n",
        ",".join(f"{chr(97 + n)}:string:rw:-" for n in range(21)),
    ],
)
def test_a_declaration_that_can_not_be_is_refused(text: str) -> None:
    with pytest.raises(SettingsError, match="profile_fields"):
        to_settings(AppSettings, {"profile_fields": text})


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "City:string:rw:rw"),
        ("City:string:rw:rw", "City:string:r:rw,Rank:bytes:rw:rw"),
        ("City:string:rw:rw,Rank:bytes:rw:rw", "Rank:bytes:rw:rw,City:string:rw:rw"),
    ],
)
def test_fields_may_be_added_and_change_their_rights(before: str, after: str) -> None:
    check_declaration(before, after)


@pytest.mark.parametrize(
    ("before", "after", "named"),
    [
        ("City:string:rw:rw", "", "City:string"),
        ("City:string:rw:rw", "Town:string:rw:rw", "City:string"),
        ("City:string:rw:rw", "City:bytes:rw:rw", "City:string"),
        ("", "City:string:rw:rw,City:string:r:rw", "'City' twice"),
    ],
)
def test_fields_that_were_declared_stay(before: str, after: str, named: str) -> None:
    with pytest.raises(SettingsError, match=named):
        check_declaration(before, after)
