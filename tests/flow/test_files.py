"""Files over real sockets: uploaded, downloaded, refused, banned, expired (docs/files.md)."""

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from urllib.parse import unquote, urlsplit

import pytest

from tests.support.clients import PATIENCE_S
from tests.support.files import FILE, IMAGE, SOUND, VIDEO, Uploader, get, image, request, size_of
from tests.support.server import Site, running_server
from tidings.domain.history import DAY_S

PNG_HEAD = b"\x89PNG\r\n\x1a\n"


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with running_server() as site:
        yield site


@pytest.fixture
async def alice(site: Site) -> Uploader:
    return Uploader(await site.login("alice"))


async def _until(is_so: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE_S):
        while not is_so():  # noqa: ASYNC110 - the server tells nobody of it
            await asyncio.sleep(0)  # one turn of the loop


async def _code(url: str, method: str = "GET", **options: object) -> tuple[int, int]:
    response = await request(method, url, **options)
    return response.status_code, response.json()["ErrorCode"]


@pytest.mark.parametrize("kind", [VIDEO, SOUND, FILE, 255])
async def test_what_was_uploaded_is_downloaded(alice: Uploader, kind: int) -> None:
    content = bytes(range(256)) * 5000
    offer = await alice.upload("plan.bin", content, kind)
    found = await get(offer["download_url"])
    assert found.status_code == 200
    assert found.content == content
    assert found.headers["x-content-type-options"] == "nosniff"
    assert found.headers["access-control-allow-origin"] == "*"
    assert "thumb_url" not in offer


async def test_addresses_name_the_host_that_the_client_calls(site: Site, alice: Uploader) -> None:
    offer = await alice.offer("a.txt")
    assert offer["upload_url"].startswith(f"http://{site.address}/files/{site.app}/")
    assert offer["expired_time"] == site.now + 900


async def test_image_has_its_versions(site: Site, alice: Uploader) -> None:
    offer = await alice.upload("cat.jpg", image(1600, 900), IMAGE)
    sizes = [size_of((await get(offer[name])).content) for name in ("download_url", "large_url", "thumb_url")]
    assert sizes == [(1600, 900), (1280, 720), (352, 198)]
    told = await alice.client.call("im_cos_msg.get_imageinfo", {"str_image_url": offer["download_url"]})
    rows = [(row["uint32_image_type"], row["uint32_width"]) for row in told["rpt_msg_image_info"]]
    assert rows == [(3, 1600), (2, 1280), (1, 352)]
    assert (await get(told["rpt_msg_image_info"][2]["str_url"])).content == (await get(offer["thumb_url"])).content
    assert site.now


async def test_small_image_is_its_own_thumbnail(alice: Uploader) -> None:
    content = image(90, 60, "GIF", "P")
    offer = await alice.upload("dot.gif", content, IMAGE)
    assert (await get(offer["thumb_url"])).content == content


async def test_sideways_photograph_is_told_as_it_is_shown(alice: Uploader) -> None:
    turned = (
        b"Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06\x00\x00\x00\x00\x00\x00"
    )
    offer = await alice.upload("cat.jpg", image(800, 400, exif=turned), IMAGE)
    assert size_of((await get(offer["thumb_url"])).content) == (198, 396)


@pytest.mark.parametrize(
    ("wanted", "status", "expected"),
    [
        ("bytes=0-3", 206, b"0123"),
        ("bytes=7-", 206, b"789"),
        ("bytes=-2", 206, b"89"),
        ("bytes=5-100", 206, b"56789"),
        ("bytes=10-", 416, b""),
        ("bytes=-0", 416, b""),
        ("bytes=3-1", 200, b"0123456789"),
        ("bytes=0-1,4-5", 200, b"0123456789"),
        ("lines=1-2", 200, b"0123456789"),
    ],
)
async def test_part_of_a_file(alice: Uploader, wanted: str, status: int, expected: bytes) -> None:
    offer = await alice.upload("digits.bin", b"0123456789")
    found = await get(offer["download_url"], range=wanted)
    assert (found.status_code, found.content) == (status, expected)
    if status == 206:
        begin = b"0123456789".index(expected)
        assert found.headers["content-range"] == f"bytes {begin}-{begin + len(expected) - 1}/10"


async def test_who_has_the_file_already_is_not_sent_it_again(alice: Uploader) -> None:
    offer = await alice.upload("digits.bin", b"0123456789")
    tag = (await get(offer["download_url"])).headers["etag"]
    assert (await get(offer["download_url"], if_none_match=tag)).status_code == 304
    assert (await get(offer["download_url"], range="bytes=0-1", if_range='"old"')).status_code == 200
    told = await request("HEAD", offer["download_url"])
    assert (told.status_code, told.headers["content-length"], told.content) == (200, "10", b"")


async def test_page_of_another_origin_may_upload(alice: Uploader) -> None:
    offer = await alice.offer("a.txt")
    asks = {
        "origin": "https://app.example.org",
        "access-control-request-method": "PUT",
        "access-control-request-headers": "content-type",
    }
    allowed = await request("OPTIONS", offer["upload_url"], headers=asks)
    assert allowed.status_code == 204
    assert allowed.headers["access-control-allow-origin"] == "*"
    assert "PUT" in allowed.headers["access-control-allow-methods"]
    assert allowed.headers["access-control-allow-headers"] == "content-type"


async def test_form_is_an_upload_too(alice: Uploader) -> None:
    offer = await alice.offer("a.txt")
    fields = {"key": "anything", "success_action_status": "200", "Content-Type": ""}
    sent = await request("POST", offer["upload_url"], data=fields, files={"file": ("x", b"by a form" * 9999)})
    assert sent.status_code == 200, sent.text
    assert (await get(offer["download_url"])).content == b"by a form" * 9999


@pytest.mark.parametrize(
    ("headers", "content"),
    [
        ({"content-type": "text/plain"}, b"no form"),
        ({"content-type": "multipart/form-data; boundary=b"}, b"--b\r\nno form"),
        (
            {"content-type": "multipart/form-data; boundary=b"},
            b'--b\r\ncontent-disposition: form-data; name="file"\r\n\r\nx',
        ),
        (
            {"content-type": "multipart/form-data; boundary=b"},
            b'--b\r\ncontent-disposition: form-data; name="x"\r\n\r\n' + b"y" * 100_000 + b"\r\n--b--\r\n",
        ),
    ],
    ids=["no form", "malformed", "cut short", "no file"],
)
async def test_broken_form_is_refused(alice: Uploader, headers: dict[str, str], content: bytes) -> None:
    offer = await alice.offer("a.txt")
    assert await _code(offer["upload_url"], "POST", headers=headers, content=content) == (400, 114011)


async def test_repeated_upload_changes_nothing_and_another_is_refused(alice: Uploader) -> None:
    offer = await alice.upload("a.txt", b"first")
    assert (await request("PUT", offer["upload_url"], content=b"first")).status_code == 200
    assert await _code(offer["upload_url"], "PUT", content=b"other") == (409, 114011)
    assert (await get(offer["download_url"])).content == b"first"


async def test_forged_addresses_are_refused(site: Site, alice: Uploader) -> None:
    offer = await alice.upload("a.txt", b"mine")
    other = await alice.upload("b.txt", b"other")
    up, down = offer["upload_url"], offer["download_url"]
    signature = urlsplit(other["download_url"]).query
    forged = [
        down.partition("?")[0],
        down.replace("sign=", "sign=A"),
        down.replace("sign=", "sign=all."),
        f"{down.partition('?')[0]}?{signature}",
        re.sub("expired=[0-9]+", f"expired={site.now + 9 * DAY_S}", down),
        re.sub("expired=[0-9]+", "expired=9e9", down),
        up,
    ]
    assert [await _code(url) for url in forged] == [(403, 114001)] * len(forged)
    later = re.sub(r"sign=4-([0-9]+)-([0-9]+)", rf"sign=4-\1-{site.now + 9000}", up)
    ups = [down, later, up.replace("sign=4-", "sign=2-"), up.replace("/a.txt", "/a.exe"), up.replace("sign=", "s=")]
    assert [await _code(url, "PUT", content=b"x") for url in ups] == [(403, 114001)] * len(ups)


async def test_addresses_end(site: Site, alice: Uploader) -> None:
    offer, late = await alice.upload("a.txt", b"mine"), await alice.offer("b.txt")
    site.clock.step(901)
    assert await _code(late["upload_url"], "PUT", content=b"x") == (403, 114001)
    assert (await get(offer["download_url"])).status_code == 200
    site.clock.step(7 * DAY_S)
    assert await _code(offer["download_url"]) == (403, 114001)


async def test_file_expires_with_the_history_and_its_bytes_go(site: Site, alice: Uploader) -> None:
    offer = await alice.upload("cat.jpg", image(900, 900), IMAGE)
    await site.change(history_days=1)
    site.clock.step(DAY_S + 1)
    await site.server.expire()
    assert await _code(offer["download_url"]) == (404, 114000)
    assert await site.server.rules.files.clean() == 1
    assert await site.server.rules.files.clean() == 0


async def test_deleted_account_leaves_no_files(site: Site, alice: Uploader) -> None:
    offer, late = await alice.upload("a.txt", b"mine"), await alice.offer("b.txt")
    await site.rest().call("im_open_login_svc/account_delete", {"DeleteItem": [{"UserID": "alice"}]})
    assert await _code(offer["download_url"]) == (404, 114000)
    assert await _code(late["upload_url"], "PUT", content=b"x") == (404, 114000)
    assert await site.server.rules.files.clean() == 1


@pytest.mark.parametrize(("kind", "name"), [(IMAGE, "image"), (SOUND, "sound"), (VIDEO, "video"), (FILE, "file")])
async def test_too_large_a_file_is_refused(site: Site, alice: Uploader, kind: int, name: str) -> None:
    await site.change(**{f"{name}_bytes": 1000})
    offer = await alice.offer("a.bin", kind)

    async def without_length() -> AsyncIterator[bytes]:
        for _ in range(40):
            yield b"x" * 100

    assert await _code(offer["upload_url"], "PUT", content=b"x" * 1001) == (413, 114002)
    assert await _code(offer["upload_url"], "PUT", content=without_length()) == (413, 114002)
    assert await _code(offer["upload_url"], "POST", files={"file": b"x" * 1001}) == (413, 114002)
    assert await _code(offer["download_url"]) == (404, 114000)


async def test_types_are_the_apps_choice(site: Site, alice: Uploader) -> None:
    early = await alice.offer("tool.exe")
    await site.change(refused_file_types="exe,bat")
    await alice.offer("tool.EXE", code=114011)
    await alice.offer("tool.txt")
    assert await _code(early["upload_url"], "PUT", content=b"x") == (415, 114011)
    await site.change(file_types="png,jpg")
    await alice.offer("no ending", code=114011)
    await alice.offer("cat.png")


@pytest.mark.parametrize("content", [b"<svg onload='alert(1)'/>", b"<html>", b"%PDF-1.7", b"x"])
async def test_only_an_image_is_sent_as_one(alice: Uploader, content: bytes) -> None:
    offer = await alice.offer("cat.png", IMAGE)
    assert await _code(offer["upload_url"], "PUT", content=content) == (415, 4004)


async def test_image_bomb_is_refused_and_leaves_nothing(site: Site, alice: Uploader) -> None:
    bomb = image(12_000, 12_000, "PNG", "1")
    assert len(bomb) < 200_000
    for content in (bomb, PNG_HEAD + b"\x00" * 500, image(500, 500)[:-200], image(40_000, 2, "PNG", "1")):
        offer = await alice.offer("bomb.png", IMAGE)
        assert await _code(offer["upload_url"], "PUT", content=content) == (422, 4003)
        assert await _code(offer["download_url"]) == (404, 114000)
    assert await site.server.rules.files.clean() == 0


@pytest.mark.parametrize(
    ("content", "kind", "way"),
    [
        (b"<html><script>alert(1)</script>", "application/octet-stream", "attachment"),
        (b"<?xml version='1.0'?><svg/>", "application/octet-stream", "attachment"),
        (b"\x00\x00\x00\x18ftypmp42....", "video/mp4", "inline"),
        (b"ID3\x04", "audio/mpeg", "inline"),
        (b"RIFF....WAVEfmt ", "audio/wav", "inline"),
    ],
)
async def test_browser_runs_nothing_whatever_the_name(alice: Uploader, content: bytes, kind: str, way: str) -> None:
    offer = await alice.upload("page.html", content)
    found = await get(offer["download_url"])
    assert found.headers["content-type"] == kind
    assert found.headers["content-disposition"].startswith(way)
    assert "sandbox" in found.headers["content-security-policy"]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd", "_.._etc_passwd"),
        ('a"; filename="b.exe', 'a"; filename="b.exe'),
        ("a\r\nSet-Cookie: x=1", "a__Set-Cookie: x=1"),
        ("报告 2026.pdf", "报告 2026.pdf"),
        ("gpj.\u202eexe", "gpj._exe"),
        ("", "file"),
        ("..", "file"),
        ("%2e%2e%2f%00", "%2e%2e%2f%00"),
        ("x" * 5000 + ".txt", "x" * 116 + ".txt"),
        ("C:\\x?a=b#c&sign=1", "C:_x?a=b#c&sign=1"),
    ],
)
async def test_hostile_name_does_no_harm(alice: Uploader, name: str, shown: str) -> None:
    offer = await alice.upload(name, b"content")
    found = await get(offer["download_url"])
    assert found.content == b"content"
    assert "set-cookie" not in found.headers
    disposition = found.headers["content-disposition"]
    assert unquote(disposition.partition("filename*=UTF-8''")[2]) == shown
    assert len(re.findall('"', disposition)) == 2


async def test_paths_that_are_no_address_lead_nowhere(site: Site) -> None:
    paths = [
        "/files/",
        "/files/../master.key",
        f"/files/{site.app}/..%2f..%2fmaster.key/x?sign=1",
        "/files/1/" + "0" * 32,
    ]
    paths += [f"/files/{site.app}/{'0' * 32}/x/y", f"/files/{'9' * 40}/{'0' * 32}/x"]
    for path in paths:
        reader, writer = await asyncio.open_connection(site.server.host, site.server.port)
        writer.write(f"GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n".encode())
        assert (await reader.read()).startswith(b"HTTP/1.1 404 ")
        writer.close()
    assert (await request("DELETE", f"http://{site.address}/files/x")).status_code == 405


async def test_banned_file_is_for_admins_only(site: Site, alice: Uploader) -> None:
    offer, rest = await alice.upload("cat.jpg", image(900, 900), IMAGE), site.rest()
    raw = offer["download_url"].partition("?")[0]
    await rest.call("im_cos_msg/forbid_illegal_object", {"RawURL": raw})
    assert await _code(offer["download_url"]) == (403, 4005)
    assert await _code(offer["thumb_url"]) == (403, 4005)
    asked = [{"ResourceID": 7, "RawURL": offer["thumb_url"]}, {"ResourceID": 8, "RawURL": "https://else.where/x"}]
    seen, missing = (await rest.call("im_cos_msg/get_cos_sig", {"RawURLs": asked}))["PreSigURLs"]
    assert (seen["ResourceID"], seen["Code"], seen["Status"]) == (7, 0, 1)
    assert (missing["ResourceID"], missing["Code"], missing["Status"]) == (8, 114000, 2)
    assert size_of((await get(seen["PreSigURL"])).content) == (198, 198)
    site.clock.step(901)
    assert await _code(seen["PreSigURL"]) == (403, 114001)
    await rest.call("im_cos_msg/allow_banned_object", {"RawURL": offer["download_url"]})
    assert (await get(offer["download_url"])).status_code == 200


async def test_another_app_reaches_no_file_of_this_one(site: Site, alice: Uploader) -> None:
    offer = await alice.upload("a.txt", b"mine")
    other = (await site.beside()).rest()
    await other.call("im_cos_msg/forbid_illegal_object", {"RawURL": offer["download_url"]}, 114000)
    found = await other.call(
        "im_cos_msg/get_cos_sig", {"RawURLs": [{"ResourceID": 1, "RawURL": offer["download_url"]}]}
    )
    assert found["PreSigURLs"][0]["Status"] == 2
    assert (await get(offer["download_url"])).status_code == 200


async def test_upload_that_breaks_off_leaves_nothing(site: Site, alice: Uploader) -> None:
    offer = await alice.offer("a.bin")
    parts = urlsplit(offer["upload_url"])
    _, writer = await asyncio.open_connection(site.server.host, site.server.port)
    head = f"PUT {parts.path}?{parts.query} HTTP/1.1\r\nhost: x\r\ncontent-length: 900000\r\n\r\n"
    writer.write(head.encode() + b"x" * 300_000)
    await writer.drain()
    files = site.server.rest.files
    await _until(lambda: files.in_flight > 0)
    writer.transport.abort()
    await _until(lambda: not files.in_flight)
    assert await _code(offer["download_url"]) == (404, 114000)
    assert await site.server.rules.files.clean() == 0
    assert (await request("PUT", offer["upload_url"], content=b"again")).status_code == 200


async def test_simple_signatures_for_several_files(alice: Uploader) -> None:
    items = [{"uint32_file_id": n, "uint32_file_type": 4, "str_file_name": f"{n}.txt"} for n in (1, 2)]
    rows = (await alice.client.call("im_cos_msg.simple_sig", {"rpt_upload_object": items}))["rpt_pre_sig"]
    assert [row["uint32_file_id"] for row in rows] == [1, 2]
    await request("PUT", rows[1]["str_upload_url"], content=b"two")
    assert (await get(rows[1]["str_download_url"])).content == b"two"
    await alice.client.call("im_cos_msg.simple_sig", {"rpt_upload_object": items * 6}, 114011)


async def test_one_connection_serves_files_and_commands_in_order(site: Site, alice: Uploader) -> None:
    offer = await alice.upload("a.txt", b"mine")
    parts = urlsplit(offer["download_url"])
    reader, writer = await asyncio.open_connection(site.server.host, site.server.port)
    file, health = (
        f"GET {parts.path}?{parts.query} HTTP/1.1\r\nhost: x\r\n\r\n",
        "GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n",
    )
    last = health.replace("\r\n\r\n", "\r\nconnection: close\r\n\r\n")
    writer.write((health + file + file + last).encode())
    answered = await reader.read()
    writer.close()
    assert re.findall(rb"\r\n\r\n(ok\n|mine)", answered) == [b"ok\n", b"mine", b"mine", b"ok\n"]
