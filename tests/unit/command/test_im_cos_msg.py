import pytest

from tests.support.stage import Stage
from tidings.command.registry import COMMANDS, Door
from tidings.errors import BAD_FILE_REQUEST, FILE_NOT_FOUND, TidingsError


async def test_addresses_of_versions_are_for_images_only(stage: Stage) -> None:
    image, file = [
        await stage.run(Door.SOCKET, "im_cos_msg/pre_sig", {"file_type": kind, "file_name": "a"}) for kind in (1, 255)
    ]
    assert image["thumb_url"].startswith("/files/")
    assert {"thumb_url", "large_url"} & file.keys() == set()


@pytest.mark.parametrize("kind", [0, 5, -1])
async def test_other_kinds_are_refused(stage: Stage, kind: int) -> None:
    with pytest.raises(TidingsError) as error:
        await stage.run(Door.SOCKET, "im_cos_msg/pre_sig", {"file_type": kind, "file_name": "a"})
    assert error.value.fault is BAD_FILE_REQUEST


@pytest.mark.parametrize("count", [0, 101])
async def test_admin_signs_up_to_100_at_once(stage: Stage, count: int) -> None:
    rows = [{"ResourceID": 1, "RawURL": "x"}] * count
    with pytest.raises(TidingsError) as error:
        await stage.run(Door.REST, "im_cos_msg/get_cos_sig", {"RawURLs": rows})
    assert error.value.fault is BAD_FILE_REQUEST


@pytest.mark.parametrize("name", ["forbid_illegal_object", "allow_banned_object"])
async def test_ban_needs_a_file(stage: Stage, name: str) -> None:
    for url in ("", "https://[", f"/files/{stage.app.sdk_app_id}/{'0' * 32}/x", f"/files/1/{'0' * 32}/x"):
        with pytest.raises(TidingsError) as error:
            await stage.run(Door.REST, f"im_cos_msg/{name}", {"RawURL": url})
        assert error.value.fault is FILE_NOT_FOUND
    with pytest.raises(TidingsError) as missing:
        COMMANDS[Door.REST, f"im_cos_msg/{name}"].read(b"{}")
    assert missing.value.fault is BAD_FILE_REQUEST


async def test_image_info_is_of_images(stage: Stage) -> None:
    with pytest.raises(TidingsError) as error:
        await stage.run(Door.SOCKET, "im_cos_msg/get_imageinfo", {"str_image_url": "https://else.where/x"})
    assert error.value.fault is FILE_NOT_FOUND
