"""The metrics page: every figure, in the form that Prometheus reads."""

from prometheus_client.parser import text_string_to_metric_families

from tests.support.clients import GatewayClient, text_body
from tests.support.server import Site
from tidings.metrics import Metrics
from tidings.webhook.circuits import FAILURES


def _figures(metrics: Metrics, rest_requests: int) -> dict[str, float]:
    content_type, text = metrics.page(lambda: rest_requests)
    assert content_type == b"text/plain; version=0.0.4; charset=utf-8"
    families = list(text_string_to_metric_families(text.decode()))
    assert all(family.documentation for family in families)
    return {sample.name: sample.value for family in families for sample in family.samples}


async def test_a_page_has_every_figure_of_this_moment(site: Site, alice: GatewayClient) -> None:
    metrics = Metrics(site.server.gateway, site.server.hub, site.server.poster)
    first = _figures(metrics, 7)
    await site.login("bob")
    await site.login("bob")
    site.server.gateway.slow_readers += 1
    figures = site.server.poster.figures
    figures.answered, figures.failed, figures.bypassed, figures.given_up = 1, 2, 3, 4
    for _ in range(FAILURES):
        site.server.poster.circuits.failed(1, "http://app.example", "it is down")
    await site.rest().call("openim/sendmsg", {"To_Account": "alice", "MsgRandom": 1, "MsgBody": text_body()})
    await alice.next_event()
    second = _figures(metrics, 9)
    assert {name: (first[name], second[name]) for name in first} == {
        "tidings_connections": (1, 3),
        "tidings_accounts_online": (1, 2),
        "tidings_requests_in_flight": (0, 0),
        "tidings_gateway_requests_total": (1, 3),
        "tidings_rest_requests_total": (7, 9),
        "tidings_deliveries_total": (0, 2),  # the message, and bob's status to his first device
        "tidings_slow_readers_total": (0, 1),
        "tidings_callbacks_answered_total": (0, 1),
        "tidings_callbacks_failed_total": (0, 2),
        "tidings_callbacks_bypassed_total": (0, 3),
        "tidings_callbacks_given_up_total": (0, 4),
        "tidings_callback_receivers_bypassed": (0, 1),
    }
