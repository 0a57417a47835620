from benchmarks.ingest import measure
from data_access.settings import read_settings


def test_the_benchmark_writes_all_its_events_both_ways() -> None:
    figures = measure(
        ["--events", "200", "--single", "20", "--rounds", "1", "--cameras", "4"], read_settings({})
    )
    assert figures["events"] == {"single": 20, "outbox": 200}
    assert figures["single_commits_per_s"] > 0 and figures["through_outbox_per_s"] > 0
