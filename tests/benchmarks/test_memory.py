"""What the benchmark of memory says of samples."""

import mmap
import resource
from pathlib import Path

import psutil
import pytest

from benchmarks.memory import figures, level, own_bytes


def _hour(per_minute_mb: float, noise_mb: float = 0.0) -> list[tuple[float, float]]:
    return [
        (second, 500 + per_minute_mb * second / 60 + noise_mb * (second % 20 == 0))
        for second in range(5, 3600, 5)
    ]


@pytest.mark.parametrize(
    ("per_minute_mb", "noise_mb", "growth", "reached"),
    [(0.0, 0.0, 0.0, True), (0.1, 0.0, 0.0097, True), (0.1, 90.0, 0.0097, True),
     (1.0, 0.0, 0.0961, False), (-1.0, 0.0, -0.1, True)],
)  # fmt: skip
def test_growth_is_counted_from_the_tenth_minute_on(
    per_minute_mb: float, noise_mb: float, growth: float, reached: bool
) -> None:
    told = figures(_hour(per_minute_mb, noise_mb))
    assert told["growth"] == pytest.approx(growth, abs=0.001)
    assert told["reached"] is reached


def test_a_short_run_claims_nothing() -> None:
    told = figures([(second, 500.0) for second in range(5, 300, 5)])
    assert "growth" not in told and "longer" in told["note"]


def test_a_level_is_the_median_around_a_time() -> None:
    assert level([(540.0, 1.0), (600.0, 3.0), (660.0, 2.0), (800.0, 99.0)], 600) == 2.0


def test_what_a_process_keeps_for_itself_is_counted_and_a_mapped_file_is_not(
    tmp_path: Path,
) -> None:
    before, kept = _own(), bytearray(64_000_000)
    kept[:: resource.getpagesize()] = b"x" * len(range(0, len(kept), resource.getpagesize()))
    assert _own() - before == pytest.approx(64e6, rel=0.2)
    file = tmp_path / "program"
    file.write_bytes(kept)
    before = _own()
    with file.open("rb") as opened, mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ) as seen:
        assert sum(seen[:: resource.getpagesize()]) > 0
        assert _own() - before == pytest.approx(0, abs=6e6)


def _own() -> float:
    return own_bytes(psutil.Process())
