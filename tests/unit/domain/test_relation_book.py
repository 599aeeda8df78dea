"""Entries of lists as values."""

from tidings.domain.relation_book import Counts, Entry
from tidings.ids import START


def test_an_entry_shows_the_fields_that_have_a_value() -> None:
    entry = Entry("AddSource_Type_Web", "", 5, "Bobby", 6, ("Choir",), {"Tag_SNS_Custom_Since": "2019"})
    assert entry.fields() == {
        "Tag_SNS_IM_AddSource": "AddSource_Type_Web",
        "Tag_SNS_IM_Remark": "Bobby",
        "Tag_SNS_IM_Group": ("Choir",),
        "Tag_SNS_IM_AddTime": 5,
        "Tag_SNS_IM_RemarkTime": 6,
        "Tag_SNS_Custom_Since": "2019",
    }
    assert Entry().fields() == {}


def test_an_account_without_relations_has_nothing() -> None:
    assert (Counts().friends, Counts().standard_sequence) == (0, START)
