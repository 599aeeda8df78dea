"""Groups and members as values: which IDs they may have, and until when somebody is muted."""

import pytest

from tidings.domain.group.groups import Member, is_group_id, new_group_id
from tidings.domain.group.kinds import GROUP_KINDS, Kind
from tidings.ids import AccountNumber, UserId


@pytest.mark.parametrize(
    ("text", "ordinary", "community"),
    [
        ("team", True, False),
        (" ~", True, False),
        ("x" * 48, True, False),
        ("x" * 49, False, False),
        ("", False, False),
        ("käse", False, False),
        ("a\nb", False, False),
        ("@TGS#mine", False, False),
        ("@TGS#_mine", False, True),
        ("@TGS#_", False, False),
        ("@TGS#_a@TOPIC#_b", False, False),
        ("a@TOPIC#_b", False, False),
    ],
)
def test_an_app_may_give_ids_of_one_form(text: str, *, ordinary: bool, community: bool) -> None:
    assert is_group_id(text, Kind.PUBLIC) is ordinary
    assert is_group_id(text, Kind.COMMUNITY) is community


@pytest.mark.parametrize("kind", GROUP_KINDS)
def test_a_made_id_tells_communities_from_other_kinds(kind: Kind) -> None:
    made = new_group_id(kind, b"\x01\x02\x03\x04")
    assert made.startswith("@TGS#_@TGS#c") is (kind is Kind.COMMUNITY)
    assert made.startswith("@TGS#")
    assert len(made) <= 48


def test_somebody_is_muted_until_the_moment_comes() -> None:
    member = Member(AccountNumber(1), UserId("bob"), muted_until=100)
    assert [member.is_muted(now) for now in (99.9, 100.0)] == [True, False]
