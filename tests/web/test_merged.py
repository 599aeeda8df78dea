"""Merged messages with the public clients: within their message, and by key where they are long."""

import pytest

from tests.web.conftest import Enter, Name


@pytest.mark.parametrize(("count", "letters"), [(2, 5), (20, 1_000), (40, 11_000)], ids=["short", "long", "longest"])
def test_what_one_client_forwards_the_other_reads(enter: Enter, named: Name, count: int, letters: int) -> None:
    alice, bob = enter(named("alice")), enter(named("bob"))
    texts = [f"{number} {'x' * letters}" for number in range(count)]
    ids = [alice.send(named("bob"), text)["ID"] for text in texts]
    sent = alice.run("forward", ids, named("bob"), "with bob")
    come = bob.wait("MESSAGE_RECEIVED", {"ID": sent["ID"]})
    assert (come["type"], come["payload"]["title"]) == ("TIMRelayElem", "with bob")
    assert bool(come["payload"]["downloadKey"]) == (count > 2)
    found = bob.run("readMerged", come["ID"])
    assert [each["messageBody"][0]["payload"]["text"] for each in found] == texts
