import pytest

from tidings.rest.ranges import Span, names, to_span


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (b"", None),
        (b"bytes=0-0", Span(0, 1)),
        (b"bytes=2-", Span(2, 10)),
        (b"bytes=-3", Span(7, 10)),
        (b"bytes=-99", Span(0, 10)),
        (b"bytes=8-99", Span(8, 10)),
        (b"bytes=5-4", None),
        (b"bytes=-", None),
        (b"bytes=1-2,4-5", None),
        (b"bytes=x-2", None),
    ],
)
def test_range_is_a_span_within_the_file(wanted: bytes, expected: Span | None) -> None:
    assert to_span(wanted, 10) == expected


@pytest.mark.parametrize("wanted", [b"bytes=10-", b"bytes=10-11", b"bytes=-0"])
def test_range_behind_the_end_is_refused(wanted: bytes) -> None:
    with pytest.raises(ValueError, match="behind the end"):
        to_span(wanted, 10)


@pytest.mark.parametrize(
    ("header", "expected"), [(b"", False), (b"*", True), (b'"a", W/"b"', True), (b'"c"', False), (b'"b', False)]
)
def test_version_is_named_among_others(header: bytes, *, expected: bool) -> None:
    assert names(header, b'"b"') is expected
