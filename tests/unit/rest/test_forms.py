from collections.abc import AsyncIterator

import pytest

from tidings.errors import BAD_FILE_REQUEST, TidingsError
from tidings.rest.forms import MAX_EXTRA, file_of_form

KIND = b'multipart/form-data; boundary="b"'
FORM = (
    b'--b\r\nContent-Disposition: form-data; name="key"\r\n\r\nx\r\n'
    b'--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\nContent-Type: text/html\r\n\r\n'
    b"\r\n--bytes--\r\n"
    b'\r\n--b\r\nContent-Disposition: form-data; name="file"\r\n\r\nanother\r\n--b--\r\n'
)


async def _file(body: bytes, size: int, kind: bytes = KIND) -> bytes:
    async def pieces() -> AsyncIterator[bytes]:
        for at in range(0, len(body), size):
            yield body[at : at + size]

    return b"".join([piece async for piece in file_of_form(pieces(), kind)])


@pytest.mark.parametrize("size", [1, 7, 10_000])
async def test_first_file_is_found_however_the_form_is_cut(size: int) -> None:
    assert await _file(FORM, size) == b"\r\n--bytes--\r\n"


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (FORM, b"text/plain"),
        (FORM, b"multipart/form-data"),
        (FORM[:-10], KIND),
        (b"--b--\r\n", KIND),
        (b"--x\r\n", KIND),
        (b'--b\r\nContent-Disposition: form-data; name="key"\r\n\r\n' + b"x" * MAX_EXTRA, KIND),
    ],
    ids=["no form", "no boundary", "cut short", "empty", "other boundary", "no end of fields"],
)
async def test_what_is_no_form_with_a_file_is_refused(body: bytes, kind: bytes) -> None:
    with pytest.raises(TidingsError) as error:
        await _file(body, 1000, kind)
    assert error.value.fault is BAD_FILE_REQUEST
