import pytest

from tidings.domain.file_types import UNKNOWN, ending, to_media_type


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"GIF89a", "image/gif"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "image/webp"),
        (b"RIFF\x00\x00\x00\x00WAVEfmt ", "audio/wav"),
        (b"RIFF\x00\x00\x00\x00AVI ", UNKNOWN),
        (b"\x00\x00\x00\x20ftypisom", "video/mp4"),
        (b"\x00\x00\x00\x20ftypqt  ", "video/quicktime"),
        (b"\x00\x00\x00\x20ftypM4A ", "audio/mp4"),
        (b"#!AMR\n", "audio/amr"),
        (b"<!doctype html>", UNKNOWN),
        (b"<svg xmlns=", UNKNOWN),
        (b"%PDF-1.7", UNKNOWN),
        (b"MZ\x90", UNKNOWN),
        (b"", UNKNOWN),
    ],
)
def test_type_is_told_by_the_first_bytes(head: bytes, expected: str) -> None:
    assert to_media_type(head) == expected


@pytest.mark.parametrize(
    ("name", "expected"), [("a.TXT", "txt"), ("a.tar.gz", "gz"), ("none", ""), (".x", "x"), ("a.", "")]
)
def test_ending_of_a_name(name: str, expected: str) -> None:
    assert ending(name) == expected
