"""im_cos_msg: addresses of files, and bans (spec/rest/im_cos_msg.yaml, spec/client/im_cos_msg.yaml)."""

import msgspec
from msgspec import field

from tidings.command.call import Call
from tidings.command.registry import Door, command
from tidings.domain.file_types import Kind, Version
from tidings.domain.files import Offer
from tidings.errors import BAD_FILE_REQUEST, FILE_NOT_FOUND
from tidings.wire.envelope import Done, Request, Response

MAX_BATCH = 100
MAX_OFFERS = 10
MAX_URL = 4096
NORMAL, BANNED, MISSING = 0, 1, 2
# The public client numbers an image's versions the other way round here than in messages.
IMAGE_TYPES = {Version.ORIGINAL: 3, Version.LARGE: 2, Version.THUMB: 1}
ANY_FILE = 255


class UploadRequest(Request, frozen=True, kw_only=True):
    """A file that a user is about to upload."""

    type: int = field(name="file_type")
    name: str = field(name="file_name")


class UploadResponse(Response, kw_only=True, omit_defaults=True):
    """Where to upload it, and where it can be had then."""

    action_status: str = field(name="ActionStatus")
    error_code: int = field(name="ErrorCode")
    error_info: str = field(name="ErrorInfo")
    upload_url: str = field(name="upload_url")
    download_url: str = field(name="download_url")
    expired_time: int = field(name="expired_time")
    request_id: str = field(name="request_id")
    thumb_url: str = field(name="thumb_url", default="")
    large_url: str = field(name="large_url", default="")


class UploadItem(msgspec.Struct, frozen=True):
    """One file of several."""

    type: int = field(name="uint32_file_type")
    name: str = field(name="str_file_name")
    number: int = field(name="uint32_file_id", default=0)


class UploadsRequest(Request, frozen=True, kw_only=True):
    """Files that a user is about to upload."""

    items: list[UploadItem] = field(name="rpt_upload_object")


class OfferItem(msgspec.Struct):
    """Addresses of one file of several."""

    number: int = field(name="uint32_file_id")
    upload_url: str = field(name="str_upload_url")
    download_url: str = field(name="str_download_url")
    key: str = field(name="str_file_key")
    exist_flag: int = field(name="uint32_exist_flag", default=0)


class UploadsResponse(Response, kw_only=True):
    """Addresses of each file, in the order asked."""

    items: list[OfferItem] = field(name="rpt_pre_sig")


class ImageRequest(Request, frozen=True, kw_only=True):
    """An image that was uploaded."""

    url: str = field(name="str_image_url")


class ImageItem(msgspec.Struct):
    """A version of an image, in pixels."""

    type: int = field(name="uint32_image_type")
    url: str = field(name="str_url")
    width: int = field(name="uint32_width")
    height: int = field(name="uint32_height")


class ImageResponse(Response, kw_only=True):
    """The versions of an image."""

    items: list[ImageItem] = field(name="rpt_msg_image_info")


class FileRequest(Request, frozen=True, kw_only=True):
    """A file, by its address in a message."""

    url: str = field(name="RawURL")


class SignItem(msgspec.Struct, frozen=True):
    """A file that an admin wants to see."""

    number: int = field(name="ResourceID")
    url: str = field(name="RawURL")


class SignRequest(Request, frozen=True, kw_only=True):
    """Files that an admin wants to see."""

    items: list[SignItem] = field(name="RawURLs")


class SignedItem(msgspec.Struct):
    """An address with full access, and the file's state."""

    number: int = field(name="ResourceID")
    code: int = field(name="Code", default=0)
    info: str = field(name="Desc", default="")
    url: str = field(name="PreSigURL", default="")
    status: int = field(name="Status", default=NORMAL)


class SignResponse(Response, kw_only=True):
    """A row for each file, in the order asked."""

    items: list[SignedItem] = field(name="PreSigURLs")


@command("im_cos_msg/pre_sig", Door.SOCKET, BAD_FILE_REQUEST)
async def offer_upload(call: Call, request: UploadRequest) -> UploadResponse:
    """Return addresses for a file."""
    base, offer = _base(call), _offer(call, request.type, request.name)
    return UploadResponse(
        action_status="OK",
        error_code=0,
        error_info="",
        upload_url=base + offer.upload,
        download_url=base + offer.download,
        expired_time=offer.ends_at,
        request_id=offer.key,
        thumb_url=offer.thumb and base + offer.thumb,
        large_url=offer.large and base + offer.large,
    )


@command("im_cos_msg/simple_sig", Door.SOCKET, BAD_FILE_REQUEST)
async def offer_uploads(call: Call, request: UploadsRequest) -> UploadsResponse:
    """Return addresses for files, to a client that has proxies for them."""
    if not 0 < len(request.items) <= MAX_OFFERS:
        raise BAD_FILE_REQUEST(detail=f"{len(request.items)} files in one call, 1 to {MAX_OFFERS} are allowed")
    base = _base(call)
    offers = [(item.number, _offer(call, item.type, item.name)) for item in request.items]
    return UploadsResponse(
        items=[OfferItem(number, base + offer.upload, base + offer.download, offer.key) for number, offer in offers]
    )


@command("im_cos_msg/get_imageinfo", Door.SOCKET, BAD_FILE_REQUEST)
async def get_image(call: Call, request: ImageRequest) -> ImageResponse:
    """Return the versions of an image; their addresses are as good as the one given."""
    file, address = await call.rules.files.find_image(call.app, request.url[:MAX_URL])
    items = []
    for version, number in IMAGE_TYPES.items():
        _, part = file.part(version)
        url = f"{address}&version={version}" if version else address
        items.append(ImageItem(number, url, part.width, part.height))
    return ImageResponse(items=items)


@command("im_cos_msg/forbid_illegal_object", Door.REST, BAD_FILE_REQUEST)
async def ban_file(call: Call, request: FileRequest) -> Done:
    """Ban a file: ordinary addresses of it give nothing any more."""
    await call.rules.files.set_banned(call.app, request.url, is_banned=True)
    return Done()


@command("im_cos_msg/allow_banned_object", Door.REST, BAD_FILE_REQUEST)
async def allow_file(call: Call, request: FileRequest) -> Done:
    """Lift the ban of a file."""
    await call.rules.files.set_banned(call.app, request.url, is_banned=False)
    return Done()


@command("im_cos_msg/get_cos_sig", Door.REST, BAD_FILE_REQUEST)
async def sign_files(call: Call, request: SignRequest) -> SignResponse:
    """Return addresses that hold for 15 minutes, for banned files too."""
    if not 0 < len(request.items) <= MAX_BATCH:
        raise BAD_FILE_REQUEST(detail=f"RawURLs has {len(request.items)} items, 1 to {MAX_BATCH} are allowed")
    rows = []
    for item, found in zip(
        request.items, await call.rules.files.sign(call.app, [item.url for item in request.items]), strict=True
    ):
        if found.address:
            rows.append(SignedItem(item.number, url=found.address, status=BANNED if found.is_banned else NORMAL))
        else:
            fault = FILE_NOT_FOUND(address=item.url[:200])
            rows.append(SignedItem(item.number, fault.code, fault.info, status=MISSING))
    return SignResponse(items=rows)


def _offer(call: Call, number: int, name: str) -> Offer:
    if number == ANY_FILE:
        number = Kind.FILE
    if number not in set(Kind):
        raise BAD_FILE_REQUEST(detail=f"there is no kind of file {number}, only 1 to 4")
    return call.rules.files.offer(call.app, call.account, Kind(number), name)


def _base(call: Call) -> str:
    return "" if call.line is None else call.line.base
