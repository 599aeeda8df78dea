"""A field of a profile, as answers carry it (spec/rest/profile.yaml)."""

from msgspec import Struct, field


class ProfileItem(Struct):
    """A field and its value: a number, or a text."""

    tag: str = field(name="Tag")
    value: int | str = field(name="Value")
