import math
import random
from collections.abc import Sequence

import pytest

from components.before_after import (
    build_before_after,
    dispersion,
    effect_of,
    side,
    t_quantile,
)
from data_access.before_after import BeforeAfterSums, WeekOfSites


def weeks(events: Sequence[int], first: int = 0, hours: float = 0.0) -> list[WeekOfSites]:
    return [WeekOfSites(first + n, count, hours) for n, count in enumerate(events)]


def cells(*events: Sequence[int]) -> list[list[WeekOfSites]]:
    return [weeks(one) for one in events]


def test_the_effect_is_the_ratio_of_ratios() -> None:
    found = effect_of(cells([10] * 8, [6] * 8, [100] * 8, [120] * 8))
    assert found is not None
    assert found.ratio == pytest.approx((6 / 10) / (120 / 100))
    assert found.low < found.ratio < found.high


def test_even_weeks_give_the_standard_error_of_poisson_counts() -> None:
    found = effect_of(cells([10] * 8, [6] * 8, [100] * 8, [120] * 8))
    error = math.sqrt(1 / 80 + 1 / 48 + 1 / 800 + 1 / 960)
    assert found is not None
    assert math.log(found.high / found.ratio) == pytest.approx(t_quantile(0.975, 28) * error)


def test_weeks_that_differ_more_than_by_chance_widen_the_interval() -> None:
    even = effect_of(cells([10] * 8, [10] * 8, [10] * 8, [10] * 8))
    wild = effect_of(cells([1, 19] * 4, [1, 19] * 4, [1, 19] * 4, [1, 19] * 4))
    assert even is not None
    assert wild is not None
    assert wild.high / wild.low > even.high / even.low
    assert dispersion(cells([1, 19] * 4))[0] == pytest.approx(8 * 81 / 10 / 7)


def test_what_moved_both_groups_alike_is_no_effect() -> None:
    found = effect_of(cells([20] * 10, [10] * 10, [200] * 10, [100] * 10))
    assert found is not None
    assert found.ratio == pytest.approx(1.0)
    assert not found.clear


def test_the_interval_holds_the_truth_about_as_often_as_it_says() -> None:
    """300 cities without any effect: about 95 in 100 intervals have to hold 1."""
    chance = random.Random(7)

    def drawn(mean: float) -> list[int]:
        # A Poisson week, as a sum of many rare hours.
        return [sum(chance.random() < mean / 168 for _ in range(168)) for _ in range(12)]

    held = 0
    for _ in range(300):
        found = effect_of(cells(drawn(7), drawn(7), drawn(28), drawn(28)))
        assert found is not None
        held += not found.clear
    assert 0.92 <= held / 300 <= 0.99


@pytest.mark.parametrize(
    ("freedom", "expected"), [(5, 2.571), (10, 2.228), (28, 2.048), (100, 1.984)]
)
def test_the_quantile_is_that_of_the_tables(freedom: int, expected: float) -> None:
    assert t_quantile(0.975, freedom) == pytest.approx(expected, rel=0.005)


def test_too_few_weeks_or_events_give_no_effect() -> None:
    assert effect_of(cells([9] * 3, [9] * 8, [9] * 8, [9] * 8)) is None
    assert effect_of(cells([0, 1, 0, 1], [9] * 4, [9] * 4, [9] * 4)) is None


def test_weeks_without_a_row_recorded_nothing() -> None:
    """A calm week has no sum; it counts as a week all the same."""
    changed = (WeekOfSites(-8, 8, 0.0), WeekOfSites(-1, 8, 0.0), *weeks([3] * 8))
    compared = tuple(weeks([20] * 16, first=-8))
    found = build_before_after(BeforeAfterSums(True, changed, compared), per_camera_hour=False)
    assert found is not None
    assert (found.changed_before.weeks, found.changed_before.events) == (8, 16)
    assert found.changed_before.a_week == 2.0
    assert found.changed_after.weeks == 8


def test_groups_that_drifted_apart_before_the_change_are_found_out() -> None:
    drifting = [40] * 8 + [10] * 8
    changed = tuple(weeks(drifting + [10] * 16, first=-16))
    compared = tuple(weeks([100] * 32, first=-16))
    found = build_before_after(BeforeAfterSums(True, changed, compared), per_camera_hour=False)
    assert found is not None
    assert found.effect is not None
    assert found.effect.clear
    assert found.placebo is not None
    assert found.placebo.clear


def test_hours_divide_only_where_all_four_cells_have_them() -> None:
    with_hours = tuple(weeks([20] * 16, first=-8, hours=168.0))
    without = tuple(weeks([20] * 16, first=-8))
    rated = build_before_after(BeforeAfterSums(True, with_hours, with_hours), per_camera_hour=True)
    counted = build_before_after(BeforeAfterSums(True, without, with_hours), per_camera_hour=True)
    assert rated is not None
    assert rated.per_camera_hour
    assert counted is not None
    assert not counted.per_camera_hour


def test_without_weeks_on_both_sides_there_is_nothing_to_compare() -> None:
    only_after = BeforeAfterSums(True, tuple(weeks([3] * 9)), tuple(weeks([3] * 9)))
    assert build_before_after(only_after, per_camera_hour=False) is None
    assert build_before_after(BeforeAfterSums(True), per_camera_hour=False) is None
    assert side(weeks([1, 2, 3])).events == 6
