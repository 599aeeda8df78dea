"""Decodes one untrusted image from stdin, under limits; run by pictures.py as a script of its own.

On stdout: a line of JSON with the dimensions and what was made, then the bytes of that, in order.
Ends with 3 and a sentence if the image is refused. Imports nothing of ours.
"""

import json
import resource
import sys
from io import BytesIO
from typing import Any, BinaryIO

from PIL import Image, ImageOps

FORMATS = ("JPEG", "PNG", "GIF", "BMP", "WEBP")
# A JPEG is decoded at the size wanted; of the others every pixel is held at once.
MAX_PIXELS = {"JPEG": 256_000_000}
MAX_PIXELS_HELD = 64_000_000
MAX_SIDE = 32_768
# The shorter side of each version, as the public clients count.
VERSIONS = (("large", 720), ("thumb", 198))
QUALITY = 85
MEMORY, CPU_S, FILES = 1 << 30, 15, 16
REFUSED = 3


class RefusedError(Exception):
    """An image that is not taken."""


def limit() -> None:
    """Give up what an image has no need of."""
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_DATA, MEMORY),
        (resource.RLIMIT_CPU, CPU_S),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def examine(file: BinaryIO) -> tuple[dict[str, Any], list[bytes]]:
    """Return what is told of an image, and its smaller versions; raises RefusedError."""
    try:
        with Image.open(file, formats=FORMATS) as image:
            _check(image)
            width, height = _upright(image)
            scale = 2 * VERSIONS[0][1] / min(image.size)
            image.draft("RGB", (round(image.width * scale), round(image.height * scale)))
            whole = ImageOps.exif_transpose(image)
            made = [_shrink(whole, name, side) for name, side in VERSIONS if min(width, height) > side]
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, MemoryError, EOFError) as error:
        raise RefusedError(f"it cannot be decoded ({type(error).__name__})") from error
    return {"width": width, "height": height, "made": [facts for facts, _ in made]}, [content for _, content in made]


def _check(image: Image.Image) -> None:
    width, height = image.size
    most = MAX_PIXELS.get(image.format or "", MAX_PIXELS_HELD)
    if width * height > most or max(width, height) > MAX_SIDE:
        raise RefusedError(f"it has {width} x {height} pixels")


def _upright(image: Image.Image) -> tuple[int, int]:
    """Return the dimensions as they are shown: a camera that was held sideways says so in the file."""
    width, height = image.size
    return (height, width) if image.getexif().get(0x0112, 1) in {5, 6, 7, 8} else (width, height)


def _shrink(image: Image.Image, name: str, side: int) -> tuple[dict[str, Any], bytes]:
    has_alpha = image.has_transparency_data
    small = image.convert("RGBA" if has_alpha else "RGB")
    scale = side / min(small.size)
    small = small.resize((round(small.width * scale), round(small.height * scale)), reducing_gap=2.0)
    written = BytesIO()
    if has_alpha:
        small.save(written, "PNG")
    else:
        small.save(written, "JPEG", quality=QUALITY)
    content = written.getvalue()
    kind = "image/png" if has_alpha else "image/jpeg"
    facts = {"version": name, "type": kind, "size": len(content), "width": small.width, "height": small.height}
    return facts, content


def main() -> int:
    """Examine stdin."""
    limit()
    Image.MAX_IMAGE_PIXELS = None  # the check here is stricter
    try:
        facts, contents = examine(sys.stdin.buffer)
    except RefusedError as error:
        sys.stdout.write(str(error))
        return REFUSED
    sys.stdout.buffer.write(json.dumps(facts).encode() + b"\n" + b"".join(contents))
    return 0


if __name__ == "__main__":
    sys.exit(main())
