"""open_msg_svc: an hour's messages to download (spec/rest/open_msg_svc.yaml)."""

from datetime import UTC, datetime, timedelta, timezone

import msgspec
from msgspec import field

from tidings.command.call import Call
from tidings.command.registry import Door, command
from tidings.errors import ARCHIVE_NOT_THERE, BAD_ARCHIVE_JSON, BAD_ARCHIVE_REQUEST
from tidings.view.archives import parse_label
from tidings.wire.envelope import Request, Response

RATE = 10
CHATS, GROUPS = "C2C", "Group"
SHOWN_TIME = "%Y-%m-%d %H:%M:%S"


class ArchiveRequest(Request, frozen=True, kw_only=True):
    """An hour in the app's own time, as yyyymmddhh."""

    chat_type: str = field(name="ChatType")
    hour: str = field(name="MsgTime")


class ArchiveItem(msgspec.Struct):
    """A file: where it can be had until when, sizes in bytes and MD5 before and after compression."""

    url: str = field(name="URL")
    ends_at: str = field(name="ExpireTime")
    size: int = field(name="FileSize")
    digest: str = field(name="FileMD5")
    packed_size: int = field(name="GzipSize")
    packed_digest: str = field(name="GzipMD5")


class ArchiveResponse(Response, kw_only=True):
    """The files of an hour: one."""

    files: list[ArchiveItem] = field(name="File")


_FAULTS = {"ChatType": BAD_ARCHIVE_REQUEST, "MsgTime": BAD_ARCHIVE_REQUEST}


@command("open_msg_svc/get_history", Door.REST, BAD_ARCHIVE_JSON, bad_fields=_FAULTS, rate=RATE)
async def get_archive(call: Call, request: ArchiveRequest) -> ArchiveResponse:
    """Return where the messages of an hour can be downloaded."""
    hour = parse_label(request.hour)
    if hour is None:
        raise BAD_ARCHIVE_REQUEST(detail=f"MsgTime {request.hour[:32]!r} is not yyyymmddhh")
    if request.chat_type not in {CHATS, GROUPS}:
        raise BAD_ARCHIVE_REQUEST(detail=f"ChatType {request.chat_type[:32]!r} is neither C2C nor Group")
    found = await call.rules.archives.find(call.app, hour)
    if request.chat_type == GROUPS:
        raise ARCHIVE_NOT_THERE(detail="nobody sent anything")
    address, ends_at = call.rules.archives.address(found)
    item = ArchiveItem(
        f"{call.base}{address}",
        _to_shown(ends_at, call.app.settings.utc_offset_hours),
        found.size,
        found.digest,
        found.packed_size,
        found.packed_digest,
    )
    return ArchiveResponse(files=[item])


def _to_shown(time: int, offset_hours: int) -> str:
    return datetime.fromtimestamp(time, UTC).astimezone(timezone(timedelta(hours=offset_hours))).strftime(SHOWN_TIME)
