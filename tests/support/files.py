"""Uploads and downloads for tests: users of files, and images to send."""

from dataclasses import dataclass
from io import BytesIO
from typing import Any

import httpx2
from PIL import Image

from tests.support.clients import NO_TLS, PATIENCE_S, GatewayClient, Json

IMAGE, VIDEO, SOUND, FILE = 1, 2, 3, 4


@dataclass(slots=True)
class Uploader:
    """A logged-in user who uploads files."""

    client: GatewayClient

    async def offer(self, name: str, kind: int = FILE, code: int = 0) -> Json:
        """Ask for addresses, as the public client does: with the UserSig in the frame."""
        head = {"a2": "", "identifier": self.client.user_id, "usersig": self.client.user_sig}
        body = {"file_type": kind, "file_name": name, "upload_method": 0, "Duration": 900}
        return await self.client.call("im_cos_msg.pre_sig", body, code, **head)

    async def upload(self, name: str, content: bytes, kind: int = FILE) -> Json:
        """Upload a file and return its addresses."""
        offer = await self.offer(name, kind)
        response = await request("PUT", offer["upload_url"], content=content)
        assert response.status_code == 200, response.text
        return offer


async def request(method: str, url: str, **options: Any) -> httpx2.Response:
    """Send one HTTP request."""
    async with httpx2.AsyncClient(timeout=PATIENCE_S, verify=NO_TLS, trust_env=False) as http:
        return await http.request(method, url, **options)


async def get(url: str, **headers: str) -> httpx2.Response:
    """Download; an underscore in a header's name stands for a hyphen."""
    return await request("GET", url, headers={name.replace("_", "-"): value for name, value in headers.items()})


def image(width: int, height: int, kind: str = "JPEG", mode: str = "RGB", **options: Any) -> bytes:
    """Return an image of one colour."""
    written = BytesIO()
    Image.new(mode, (width, height), 128).save(written, kind, **options)
    return written.getvalue()


def size_of(content: bytes) -> tuple[int, int]:
    """Return an image's pixels."""
    with Image.open(BytesIO(content)) as opened:
        return opened.size
