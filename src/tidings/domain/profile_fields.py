"""The fields of a profile: the standard ones, and those that an app has declared (spec/rest/profile.yaml)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import Literal

from tidings.errors import BAD_PROFILE_CHOICE, BAD_PROFILE_NUMBER, BAD_PROFILE_TYPE, PROFILE_TOO_LONG
from tidings.ids import UINT32
from tidings.settings import SettingsError

Value = int | str
Values = dict[str, Value]
Rights = Literal["-", "r", "w", "rw"]

CUSTOM_PREFIX = "Tag_Profile_Custom_"
NICK, IMAGE = "Tag_Profile_IM_Nick", "Tag_Profile_IM_Image"
SIGNATURE = "Tag_Profile_IM_SelfSignature"
MAX_TEXT_BYTES, LOCATION_BYTES = 500, 16
GENDERS = ("Gender_Type_Unknown", "Gender_Type_Female", "Gender_Type_Male")
ALLOW_TYPES = ("AllowType_Type_NeedConfirm", "AllowType_Type_AllowAny", "AllowType_Type_DenyAny")
FORBID_TYPES = ("AdminForbid_Type_None", "AdminForbid_Type_SendOut")


class FieldKind(Enum):
    """What a field holds: words, opaque text, one of some texts, or an unsigned 32-bit number."""

    TEXT = "string"
    BYTES = "bytes"
    CHOICE = "choice"
    NUMBER = "number"


class Side(Enum):
    """Who reads or writes: a user, or an app admin."""

    USER = "user"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Field:
    """A field; `limit` in bytes, `choices` where only some texts are allowed, rights for each side."""

    tag: str
    kind: FieldKind
    limit: int = MAX_TEXT_BYTES
    choices: tuple[str, ...] = ()
    user: Rights = "rw"
    admin: Rights = "rw"

    def may_read(self, side: Side) -> bool:
        """Say whether a side may read the field."""
        return "r" in (self.user if side is Side.USER else self.admin)

    def may_write(self, side: Side) -> bool:
        """Say whether a side may write the field."""
        return "w" in (self.user if side is Side.USER else self.admin)

    def check(self, value: object) -> Value:
        """Return a value that the field takes; raises 40610 for its type, 40601 for its size, 40605 otherwise.

        An empty text is always taken, save where only some texts are: it leaves the field without a value.
        """
        if self.kind is FieldKind.NUMBER:
            return self._number(value)
        if not isinstance(value, str):
            raise BAD_PROFILE_TYPE(tag=self.tag, kind="a string")
        if self.kind is FieldKind.CHOICE and value not in self.choices:
            raise BAD_PROFILE_CHOICE(tag=self.tag, choices=", ".join(self.choices))
        if len(value.encode()) > self.limit:
            raise PROFILE_TOO_LONG(limit=self.limit)
        return value

    def _number(self, value: object) -> int:
        if not isinstance(value, int) or isinstance(value, bool):
            raise BAD_PROFILE_TYPE(tag=self.tag, kind="an integer")
        if not 0 <= value <= UINT32:
            raise BAD_PROFILE_NUMBER(tag=self.tag, limit=UINT32)
        return value


def _standard(tag: str, kind: FieldKind, limit: int = MAX_TEXT_BYTES, *choices: str, user: Rights = "rw") -> Field:
    return Field(tag, kind, limit, choices, user)


STANDARD: Mapping[str, Field] = {
    field.tag: field
    for field in (
        _standard(NICK, FieldKind.TEXT),
        _standard("Tag_Profile_IM_Gender", FieldKind.CHOICE, MAX_TEXT_BYTES, *GENDERS),
        _standard("Tag_Profile_IM_BirthDay", FieldKind.NUMBER),
        _standard("Tag_Profile_IM_Location", FieldKind.BYTES, LOCATION_BYTES),
        _standard("Tag_Profile_IM_SelfSignature", FieldKind.TEXT),
        _standard("Tag_Profile_IM_AllowType", FieldKind.CHOICE, MAX_TEXT_BYTES, *ALLOW_TYPES),
        _standard("Tag_Profile_IM_Language", FieldKind.NUMBER),
        _standard(IMAGE, FieldKind.BYTES),
        _standard("Tag_Profile_IM_MsgSettings", FieldKind.NUMBER),
        # What an admin bans, the user can't allow himself.
        _standard("Tag_Profile_IM_AdminForbidType", FieldKind.CHOICE, MAX_TEXT_BYTES, *FORBID_TYPES, user="r"),
        _standard("Tag_Profile_IM_Level", FieldKind.NUMBER),
        _standard("Tag_Profile_IM_Role", FieldKind.NUMBER),
    )
}


@lru_cache(maxsize=256)
def fields_of(declaration: str) -> Mapping[str, Field]:
    """Return the fields of an app by tag: the standard ones, and those that its setting declares."""
    return {**STANDARD, **{field.tag: field for field in _declared(declaration)}}


def is_standard(tag: str) -> bool:
    """Say whether a field is a standard one."""
    return tag in STANDARD


def check_declaration(before: str, after: str) -> None:
    """Raise SettingsError if a declaration names a field twice, or drops or retypes one that there was.

    Values may be stored under it: only its rights may change.
    """
    kinds: dict[str, FieldKind] = {}
    for field in _declared(after):
        if field.tag in kinds:
            raise SettingsError(f"setting profile_fields declares {_name(field)!r} twice")
        kinds[field.tag] = field.kind
    for field in _declared(before):
        if kinds.get(field.tag) is not field.kind:
            raise SettingsError(
                f"setting profile_fields must keep {_name(field)}:{field.kind.value}: a field that was declared"
                " is neither deleted nor retyped; its rights may change"
            )


def _declared(declaration: str) -> list[Field]:
    rows = (part.split(":") for part in declaration.split(",") if part)
    return [
        Field(CUSTOM_PREFIX + name, FieldKind(kind), user=_rights(user), admin=_rights(admin))
        for name, kind, user, admin in rows
    ]


def _rights(text: str) -> Rights:
    return "rw" if text == "rw" else "r" if text == "r" else "w" if text == "w" else "-"


def _name(field: Field) -> str:
    return field.tag.removeprefix(CUSTOM_PREFIX)
