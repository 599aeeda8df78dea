import base64
from typing import Any

import pytest

from tests.support.files import image
from tests.web.browser import Page, RefusedError
from tests.web.conftest import Enter, Name
from tests.web.emulator import running_emulator


def _picture(width: int, height: int) -> dict[str, Any]:
    content = base64.b64encode(image(width, height)).decode()
    return {"name": "cat in the sun.jpg", "type": "image/jpeg", "base64": content}


def _received(page: Page, sent: dict[str, Any]) -> dict[str, Any]:
    come: dict[str, Any] = page.wait("MESSAGE_RECEIVED", {"ID": sent["ID"]})["payload"]
    return come


def test_image_arrives_in_three_sizes_that_a_page_can_show(enter: Enter, named: Name) -> None:
    alice, bob = enter(named("alice")), enter(named("bob"))
    sent = alice.run("sendFile", "Image", named("bob"), _picture(1600, 900))
    assert sent["told"]
    versions = _received(bob, sent)["imageInfoArray"]
    for version in versions:
        assert bob.run("measure", version["url"]) == [version["width"], version["height"]]
    assert sorted(version["width"] for version in versions) == [352, 1280, 1600]


def test_file_arrives_whole_under_its_name(enter: Enter, named: Name) -> None:
    alice, bob = enter(named("alice")), enter(named("bob"))
    sent = alice.run(
        "sendFile", "File", named("bob"), {"name": "плян <1>.html", "type": "text/html", "size": 3_000_000}
    )
    come = _received(bob, sent)
    assert (come["fileName"], come["fileSize"]) == ("плян <1>.html", 3_000_000)
    assert bob.run("download", come["fileUrl"]) == {"status": 200, "size": 3_000_000}


def test_recording_arrives(enter: Enter, named: Name) -> None:
    alice, bob = enter(named("alice")), enter(named("bob"))
    file = {"name": "a.mp3", "type": "audio/mp3", "size": 40_000, "duration": 3000}
    sent = alice.run("sendFile", "Audio", named("bob"), file)
    come = _received(bob, sent)
    assert (come["size"], come["second"]) == (40_000, 3)
    assert bob.run("download", come["url"]) == {"status": 200, "size": 40_000}


def test_video_arrives(enter: Enter, named: Name) -> None:
    alice, bob = enter(named("alice")), enter(named("bob"))
    sent = alice.run("sendFile", "Video", named("bob"), {"name": "a.mp4", "type": "video/mp4", "size": 400_000})
    come = _received(bob, sent)
    assert come["videoSize"] == 400_000
    assert bob.run("download", come["videoUrl"]) == {"status": 200, "size": 400_000}


def test_what_the_app_does_not_take_is_refused(enter: Enter, named: Name) -> None:
    with running_emulator("--set", "file_bytes=1000", "--set", "refused_file_types=exe") as strict:
        alice = enter(named("alice"), strict)
        alice.expect_error("413", "_onSendMessageFailed")
        for file in ({"name": "a.bin", "size": 1001}, {"name": "a.exe", "size": 10}):
            with pytest.raises(RefusedError):
                alice.run("sendFile", "File", "bob", {"type": "", **file})
        alice.run("sendFile", "File", "bob", {"name": "a.bin", "type": "", "size": 1000})
