"""Measurements as Prometheus reads them, by prometheus-client, with nothing of our own process beside them."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

from prometheus_client import CollectorRegistry
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest
from prometheus_client.registry import Collector

CONTENT_TYPE = CONTENT_TYPE_PLAIN_0_0_4

#: the values of a series' labels, in the order of their names
Values = tuple[str, ...]
Key = TypeVar("Key", bound=Values)


def gauge(name: str, told: str, series: Mapping[Key, float], labels: Values = ()) -> Metric:
    """What stands at a value now."""
    family = GaugeMetricFamily(name, told, labels=labels)
    for values, value in series.items():
        family.add_metric(values, value)
    return family


def counter(name: str, told: str, series: Mapping[Key, int], labels: Values = ()) -> Metric:
    """What only grows, and begins anew with the server; what is zero has no line. `name` ends in `_total`."""
    family = CounterMetricFamily(name, told, labels=labels)
    for values, value in series.items():
        if value:
            family.add_metric(values, value)
    return family


def histogram(name: str, told: str, series: Mapping[Key, Mapping[float, int]], labels: Values = ()) -> Metric:
    """How often something took up to each bound, all smaller ones among them.

    No sum of seconds, which would move with every single one that is counted.
    """
    family = HistogramMetricFamily(name, told, labels=labels)
    for values, buckets in series.items():
        if any(buckets.values()):
            family.add_metric(values, [(_bound(each), count) for each, count in sorted(buckets.items())], None)
    return family


def write_metrics(families: Iterable[Metric]) -> bytes:
    """The text of all these."""
    registry = CollectorRegistry()
    registry.register(_Given(list(families)))
    return generate_latest(registry)


class _Given(Collector):
    def __init__(self, families: list[Metric]) -> None:
        self._families = families

    def collect(self) -> Iterator[Metric]:
        return iter(self._families)


def _bound(seconds: float) -> str:
    return "+Inf" if seconds == float("inf") else str(seconds)
