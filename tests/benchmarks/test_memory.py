"""What the benchmark of memory says of samples."""

import pytest

from benchmarks.memory import figures, level


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
