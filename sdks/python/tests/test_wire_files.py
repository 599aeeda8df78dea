"""The wire forms of files."""

import msgspec

from tidings_client.wire_files import AskImage, ImageTold, Offer, Upload


def test_an_upload_and_a_look_at_an_image_are_asked_in_wire_names() -> None:
    assert msgspec.to_builtins(Upload(kind=1, name="cat.png")) == {"file_type": 1, "file_name": "cat.png"}
    assert msgspec.to_builtins(AskImage(url="http://a/b")) == {"str_image_url": "http://a/b"}


def test_an_offer_may_lack_its_key() -> None:
    offer = msgspec.convert({"upload_url": "http://up", "download_url": "http://down"}, Offer)
    assert (offer.upload_url, offer.download_url, offer.key) == ("http://up", "http://down", "")


def test_an_image_has_its_versions_with_their_pixels() -> None:
    row = {"uint32_image_type": 3, "str_url": "http://c", "uint32_width": 4, "uint32_height": 5}
    (version,) = msgspec.convert({"rpt_msg_image_info": [row]}, ImageTold).versions
    assert (version.kind, version.url, version.pixels) == (3, "http://c", (4, 5))
