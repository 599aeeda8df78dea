"""What every request and every answer has in common (spec/auth.md, section 6)."""

from typing import ClassVar

import msgspec


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """A request body; unknown fields are ignored, wrong types are refused with their path."""

    # Whether REST takes it by GET, too, without a body.
    is_gettable: ClassVar[bool] = False


class Response(msgspec.Struct, kw_only=True, omit_defaults=False):
    """An answer body: success, until a fault says otherwise."""

    action_status: str = msgspec.field(name="ActionStatus", default="OK")
    error_code: int = msgspec.field(name="ErrorCode", default=0)
    error_info: str = msgspec.field(name="ErrorInfo", default="")


class Done(Response, kw_only=True):
    """The answer of a command that has nothing else to say."""


class Refusal(Response, omit_defaults=True, kw_only=True):
    """The answer of a command that failed; `kick_type` tells a client why its login was ended."""

    action_status: str = msgspec.field(name="ActionStatus")
    error_code: int = msgspec.field(name="ErrorCode")
    error_info: str = msgspec.field(name="ErrorInfo")
    kick_type: int = msgspec.field(name="KickType", default=0)


# The default of a member that is kept as raw JSON.
ABSENT = msgspec.Raw()
_NULL = b"null"


def is_present(raw: msgspec.Raw) -> bool:
    """Say whether a raw member was sent, with something else than null."""
    return len(memoryview(raw)) > 0 and bytes(raw) != _NULL


encode = msgspec.json.Encoder().encode
DONE = encode(Done())


def refuse(code: int, info: str, kick_type: int = 0) -> bytes:
    """Return the encoded answer of a failed command."""
    return encode(Refusal(action_status="FAIL", error_code=code, error_info=info, kick_type=kick_type))
