"""Figures for Prometheus, read when asked for: the hot path only counts in plain integers."""

from collections.abc import Callable, Iterable

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from tidings.delivery.hub import Hub
from tidings.gateway.server import Gateway
from tidings.webhook.poster import Poster

CONTENT_TYPE = b"text/plain; version=0.0.4; charset=utf-8"


class Metrics(Collector):
    """What a server can tell of itself."""

    def __init__(self, gateway: Gateway, hub: Hub, poster: Poster) -> None:
        """Read from `gateway`, `hub` and `poster`."""
        self._poster = poster
        self._gateway = gateway
        self._hub = hub
        self._rest_requests: Callable[[], int] = int
        self._registry = CollectorRegistry()
        self._registry.register(self)

    def page(self, rest_requests: Callable[[], int]) -> tuple[bytes, bytes]:
        """Return the content type and the text of the metrics page."""
        self._rest_requests = rest_requests
        return CONTENT_TYPE, generate_latest(self._registry)

    def collect(self) -> Iterable[Metric]:
        """Return the figures of this moment."""
        gateway, hub = self._gateway, self._hub
        yield GaugeMetricFamily("tidings_connections", "open gateway connections", len(gateway.connections))
        yield GaugeMetricFamily("tidings_accounts_online", "accounts with a connection", hub.accounts)
        yield GaugeMetricFamily("tidings_requests_in_flight", "gateway requests under way", gateway.in_flight)
        yield CounterMetricFamily("tidings_gateway_requests", "gateway requests taken", gateway.requests)
        yield CounterMetricFamily("tidings_rest_requests", "REST requests taken", self._rest_requests())
        yield CounterMetricFamily("tidings_deliveries", "frames put into outboxes", hub.deliveries)
        yield CounterMetricFamily("tidings_slow_readers", "connections cut off as slow readers", gateway.slow_readers)
        figures = self._poster.figures
        yield CounterMetricFamily("tidings_callbacks_answered", "callbacks that were answered", figures.answered)
        yield CounterMetricFamily("tidings_callbacks_failed", "callbacks that failed", figures.failed)
        yield CounterMetricFamily("tidings_callbacks_bypassed", "callbacks left out, as all fail", figures.bypassed)
        yield CounterMetricFamily("tidings_callbacks_given_up", "callbacks that failed for a day", figures.given_up)
        circuits = self._poster.circuits.open
        yield GaugeMetricFamily("tidings_callback_receivers_bypassed", "apps' servers that are left alone", circuits)
