"""A field of a profile on the wire."""

import msgspec
import pytest

from tidings.wire.profiles import ProfileItem


@pytest.mark.parametrize("value", [0, 4294967295, "", "Maple 🍁"])
def test_a_value_is_a_number_or_a_text(value: int | str) -> None:
    encoded = msgspec.json.encode(ProfileItem("Tag_Profile_IM_Nick", value))
    assert msgspec.json.decode(encoded) == {"Tag": "Tag_Profile_IM_Nick", "Value": value}
