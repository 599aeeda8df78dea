"""What is asked and told about files, in its wire form (spec/client/im_cos_msg.yaml)."""

from msgspec import field

from tidings_client.wire_base import Down, Up


class Upload(Up, frozen=True):
    """im_cos_msg.pre_sig."""

    kind: int = field(name="file_type")
    name: str = field(name="file_name")


class Offer(Down, frozen=True):
    """Where to upload a file, and where it lies then."""

    upload_url: str
    download_url: str
    key: str = field(name="request_id", default="")


class AskImage(Up, frozen=True):
    """im_cos_msg.get_imageinfo."""

    url: str = field(name="str_image_url")


class ImageRow(Down, frozen=True):
    """A version of an image: 1 thumbnail, 2 large, 3 original."""

    kind: int = field(name="uint32_image_type")
    url: str = field(name="str_url")
    width: int = field(name="uint32_width", default=0)
    height: int = field(name="uint32_height", default=0)

    @property
    def pixels(self) -> tuple[int, int]:
        """Width and height."""
        return self.width, self.height


class ImageTold(Down, frozen=True):
    """The versions of an image."""

    versions: list[ImageRow] = field(name="rpt_msg_image_info", default_factory=list)
