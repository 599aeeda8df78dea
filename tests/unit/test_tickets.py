"""Tickets: only this server can have made them, and each login has one spelling of its own."""

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.stores import APP, VAULT
from tidings.domain.logins import TicketParts
from tidings.ids import UINT32, AccountNumber, InstanceId, SdkAppId
from tidings.tickets import MAX_LENGTH, SealedTickets
from tidings.vault import KEY_SIZE, Vault

TICKETS = SealedTickets(VAULT)
PARTS = TicketParts(APP, AccountNumber(7), InstanceId(UINT32))
TICKET = TICKETS.issue(PARTS)


@settings(deadline=None)
@given(st.integers(0, UINT32), st.integers(0, UINT32), st.integers(0, UINT32))
def test_a_ticket_says_what_it_was_issued_for(app: int, account: int, instance: int) -> None:
    parts = TicketParts(SdkAppId(app), AccountNumber(account), InstanceId(instance))
    ticket = TICKETS.issue(parts)
    assert TICKETS.read(ticket) == parts
    assert len(ticket) == 54
    assert set(ticket) <= set(string.ascii_letters + string.digits + "-_")


def test_a_ticket_is_genuine_after_a_restart_and_not_elsewhere() -> None:
    assert SealedTickets(VAULT).read(TICKET) == PARTS
    assert SealedTickets(Vault(b"x" * KEY_SIZE)).read(TICKET) is None


@pytest.mark.parametrize("place", range(len(TICKET)))
def test_a_change_of_any_character_is_noticed(place: int) -> None:
    for other in set("ABCDefgh01-_") - {TICKET[place]}:
        assert TICKETS.read(TICKET[:place] + other + TICKET[place + 1 :]) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "A",
        "no ticket",
        "é" * 54,
        TICKET[:-1],
        TICKET[1:],
        TICKET + "A",
        TICKET + "==",
        TICKET[:9] + "!" + TICKET[9:],
        " " + TICKET,
        TICKET + "\n",
        TICKET * 2,
        "A" * MAX_LENGTH,
        "A" * 1_000_000,
    ],
    ids=lambda text: f"{text[:12]!r} {len(text)}",
)
def test_anything_else_is_no_ticket(text: str) -> None:
    assert TICKETS.read(text) is None
