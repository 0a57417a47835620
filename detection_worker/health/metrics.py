"""The health of the worker in the words of Prometheus."""

from collections.abc import Callable, Iterator

from prometheus_client import CollectorRegistry
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from data_access.domain.feeds import FeedStatus
from detection_worker.health.report import HealthReport, MakeReport

_GAUGES: dict[str, tuple[str, Callable[[HealthReport], float]]] = {
    "qala_cameras_watched": ("Cameras with a feed", lambda report: len(report.feeds)),
    "qala_cameras_live": ("Cameras that give pictures", lambda report: report.live),
    "qala_inference_ms": ("Detector's time a picture", lambda report: report.inference_ms),
    "qala_outbox_waiting": ("Findings on disk", lambda report: report.outbox_waiting),
    "qala_outbox_set_aside": ("Findings that cannot be written", lambda report: report.set_aside),
    "qala_pre_roll_bytes": ("Memory of the last seconds", lambda report: report.pre_roll_bytes),
    "qala_analysed_share": (
        "Share of the asked frames that is analysed",
        lambda report: report.analysed_share,
    ),
    "qala_writer_stuck": ("Whether nothing is written", lambda report: report.writer_stuck),
}

_FEED_GAUGES: dict[str, tuple[str, Callable[[FeedStatus], float]]] = {
    "qala_feed_fps": ("Pictures a second from the camera", lambda feed: feed.fps),
    "qala_feed_analysed_fps": ("Pictures analysed a second", lambda feed: feed.analysed_fps),
    "qala_feed_hardware": (
        "Whether hardware decodes the feed",
        lambda feed: float(bool(feed.decoder)),
    ),
    "qala_feed_latency_ms": ("From capture to the outbox", lambda feed: feed.latency_ms),
}


def make_registry(make_report: MakeReport) -> CollectorRegistry:
    """A registry that asks for a report each time it is scraped."""
    registry = CollectorRegistry()
    registry.register(_WorkerCollector(make_report))
    return registry


class _WorkerCollector(Collector):
    def __init__(self, make_report: MakeReport) -> None:
        self._make_report = make_report

    def describe(self) -> list[Metric]:
        """Nothing yet: a worker that is starting has no report to give."""
        return []

    def collect(self) -> Iterator[Metric]:
        """All measures of one report."""
        report = self._make_report()
        for name, (meaning, value_of) in _GAUGES.items():
            yield GaugeMetricFamily(name, meaning, value=value_of(report))
        yield CounterMetricFamily("qala_written", "Findings written", value=report.written)
        for name, (meaning, measure) in _FEED_GAUGES.items():
            family = GaugeMetricFamily(name, meaning, labels=["camera"])
            for feed in report.feeds:
                family.add_metric([str(feed.camera_id)], measure(feed))
            yield family
        yield _dropped(report)


def _dropped(report: HealthReport) -> Metric:
    family = CounterMetricFamily("qala_feed_dropped", "Pictures left out", labels=["camera"])
    for feed in report.feeds:
        family.add_metric([str(feed.camera_id)], feed.dropped)
    return family
