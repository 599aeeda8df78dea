"""Uploads as an HTML form, which clients send that cannot PUT (web-sdk-wire.md, section 11)."""

from collections.abc import AsyncIterator

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from tidings.errors import BAD_FILE_REQUEST

# Fields beside the file, their names and line ends: more than that is no upload of ours.
MAX_EXTRA = 65_536


class _Parts:
    """What a parser says, put in order: the pieces of the part that is named `file`."""

    def __init__(self) -> None:
        self.pieces: list[bytes] = []
        self.has_file = False
        self.is_ended = False
        self._is_file = False
        self._header = b""
        self._value = b""

    def on_part_begin(self) -> None:
        """Begin with a part, of which nothing is known yet."""
        self._is_file = False

    def on_header_field(self, data: bytes, start: int, end: int) -> None:
        """Take part of a header's name."""
        self._header += data[start:end]

    def on_header_value(self, data: bytes, start: int, end: int) -> None:
        """Take part of a header's value."""
        self._value += data[start:end]

    def on_header_end(self) -> None:
        """Look which part this is."""
        if self._header.lower() == b"content-disposition":
            self._is_file = parse_options_header(self._value)[1].get(b"name") == b"file" and not self.has_file
            self.has_file = self.has_file or self._is_file
        self._header = self._value = b""

    def on_part_data(self, data: bytes, start: int, end: int) -> None:
        """Take part of a part."""
        if self._is_file:
            self.pieces.append(data[start:end])

    def on_end(self) -> None:
        """Note the end of the form."""
        self.is_ended = True


async def file_of_form(body: AsyncIterator[bytes], content_type: bytes) -> AsyncIterator[bytes]:
    """Return the file in a form, piece by piece; raises 114011 if the body is no form with a file."""
    kind, options = parse_options_header(content_type)
    parts = _Parts()
    if kind != b"multipart/form-data" or not options.get(b"boundary"):
        raise BAD_FILE_REQUEST(detail="the body is no multipart form")
    callbacks = {name: getattr(parts, name) for name in dir(parts) if name.startswith("on_")}
    parser = MultipartParser(options[b"boundary"], callbacks)  # type: ignore[arg-type] # the names it asks for
    extra = 0
    async for piece in body:
        try:
            parser.write(piece)
        except FormParserError as error:
            raise BAD_FILE_REQUEST(detail=f"the form is malformed: {error}") from error
        found, parts.pieces = b"".join(parts.pieces), []
        extra += len(piece) - len(found)
        if extra > MAX_EXTRA:
            raise BAD_FILE_REQUEST(detail=f"the form has more than {MAX_EXTRA} bytes beside its file")
        if found:
            yield found
    if not (parts.has_file and parts.is_ended):
        raise BAD_FILE_REQUEST(detail="the form ends early or has no file")
