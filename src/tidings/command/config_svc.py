"""ConfigSvc: where the server is reached (spec/rest/ConfigSvc.yaml)."""

from msgspec import field

from tidings.command.call import Call
from tidings.command.registry import Door, command
from tidings.errors import BODY_NOT_JSON
from tidings.wire.envelope import Request, Response


class AddressesRequest(Request, frozen=True, kw_only=True):
    """Asks for nothing in particular."""


class AddressesResponse(Response, kw_only=True):
    """IP addresses and CIDR ranges."""

    addresses: list[str] = field(name="IPList")


@command("ConfigSvc/GetIPList", Door.REST, BODY_NOT_JSON)
async def get_addresses(call: Call, _request: AddressesRequest) -> AddressesResponse:
    """Return the addresses that client connections come to and webhooks come from."""
    return AddressesResponse(addresses=list(call.rules.addresses))
