"""Files, with a server that really takes them."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support.files import image, size_of
from tests.support.server import ADMIN, Site, running_server
from tidings_client import AdminClient, Chat, File, Image, Location, Sound, TidingsError, Video, connect
from tidings_client.files import address_of


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with running_server() as site:
        yield site


@pytest.fixture
async def alice(site: Site) -> AsyncIterator[Chat]:
    async with connect(f"ws://{site.address}", site.app, "alice", site.usersig("alice")) as chat:
        yield chat


async def test_image_is_sent_in_three_versions(alice: Chat) -> None:
    sent = await alice.send_image("bob", image(1600, 900))
    (element,) = sent.elements
    assert isinstance(element, Image)
    assert [(each.version, each.width, each.height) for each in element.versions] == [
        (1, 1600, 900),
        (2, 1280, 720),
        (3, 352, 198),
    ]
    assert [size_of(await alice.download(each.url)) for each in element.versions] == [
        (1600, 900),
        (1280, 720),
        (352, 198),
    ]
    assert size_of(await alice.download(element)) == (1600, 900)


async def test_file_goes_from_disk_to_disk(alice: Chat, tmp_path: Path) -> None:
    source, copy = tmp_path / "plan 北.bin", tmp_path / "copy.bin"
    source.write_bytes(bytes(range(256)) * 4000)
    sent = await alice.send_file("bob", source)
    (element,) = sent.elements
    assert isinstance(element, File)
    assert (element.name, element.size) == (source.name, source.stat().st_size)
    assert await alice.download(element, copy) == b""
    assert copy.read_bytes() == source.read_bytes()


async def test_recording_and_video_are_sent(alice: Chat) -> None:
    (sound,) = (await alice.send_sound("bob", b"#!AMR\n", 3)).elements
    (video,) = (await alice.send_video("bob", b"\x00\x00\x00\x18ftypmp42", 9, image(400, 300))).elements
    assert isinstance(sound, Sound)
    assert isinstance(video, Video)
    assert (sound.size, sound.seconds, video.seconds) == (6, 3, 9)
    assert (video.still_width, video.still_height) == (400, 300)
    assert await alice.download(video) == b"\x00\x00\x00\x18ftypmp42"
    (bare,) = (await alice.send_video("bob", b"x", 1)).elements
    assert isinstance(bare, Video)
    assert bare.still_url == ""


async def test_refusal_says_why(site: Site, alice: Chat) -> None:
    await site.change(file_bytes=10)
    with pytest.raises(TidingsError, match="at most 10 are allowed") as refused:
        await alice.send_file("bob", b"x" * 11, "a.txt")
    assert refused.value.code == 114002
    with pytest.raises(TidingsError) as no_image:
        await alice.send_image("bob", b"no image")
    assert no_image.value.code == 4004
    sent = await alice.upload(b"x", "a.txt")
    with pytest.raises(TidingsError) as forged:
        await alice.download(sent.url + "0")
    assert forged.value.code == 114001
    with pytest.raises(TidingsError) as strange:
        await alice.download(f"http://{site.address}/elsewhere")
    assert strange.value.code == 6008


async def test_admin_bans_looks_and_lifts_the_ban(site: Site, alice: Chat) -> None:
    sent = await alice.upload(b"bytes", "a.txt")
    async with AdminClient(f"http://{site.address}", site.app, ADMIN, site.usersig(ADMIN)) as admin:
        await admin.forbid_illegal_object(sent.url)
        with pytest.raises(TidingsError) as banned:
            await alice.download(sent.url)
        assert banned.value.code == 4005
        (row,) = (await admin.get_cos_sig(sent.url)).pre_sig_urls
        assert (row.status, await alice.download(row.pre_sig_url)) == (1, b"bytes")
        await admin.allow_banned_object(sent.url)
    assert await alice.download(sent.url) == b"bytes"


def test_element_without_a_file_has_no_address() -> None:
    for element in (Location(), Image(), File()):
        with pytest.raises(ValueError, match="has no file"):
            address_of(element)
