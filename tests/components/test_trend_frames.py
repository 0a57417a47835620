from datetime import date, timedelta

import numpy as np
import pytest

from components.trend_frames import amount, build_days, build_hours, counted_by_kind
from data_access.domain.periods import Period
from data_access.trends import DayCount, DayHours, HourCount

MONDAY = date(2026, 11, 2)
TWO_WEEKS = Period(MONDAY, MONDAY + timedelta(days=13))


def test_a_day_without_a_row_had_no_events() -> None:
    counts = [DayCount(MONDAY, "red_light", 3), DayCount(MONDAY, "no_stopping", 4)]
    frame = build_days(counts, [DayHours(MONDAY, 100.0)], TWO_WEEKS, MONDAY)
    assert len(frame) == 14
    assert frame["events"].tolist() == [7.0] + [0.0] * 13
    assert frame["rate"].iloc[0] == 70.0
    assert np.isnan(frame["rate"].iloc[1]), "no camera watched: there is no rate"


def test_days_before_the_first_sum_are_unknown_and_not_zero() -> None:
    begun = MONDAY + timedelta(days=3)
    frame = build_days([], [], TWO_WEEKS, begun)
    assert frame["events"].isna().tolist() == [True] * 3 + [False] * 11
    assert amount(frame).events == 0


def test_the_average_is_of_seven_whole_days() -> None:
    counts = [DayCount(MONDAY + timedelta(days=n), "x", n) for n in range(14)]
    hours = [DayHours(MONDAY + timedelta(days=n), 1000.0 * (1 + n % 2)) for n in range(14)]
    frame = build_days(counts, hours, TWO_WEEKS, MONDAY)
    assert frame["average"].isna().sum() == 6
    assert frame["average"].iloc[6] == pytest.approx(3.0)
    assert frame["rate_average"].iloc[6] == pytest.approx(21 / 10)


def test_hours_are_means_over_the_days_of_that_weekday() -> None:
    ten_days = Period(MONDAY, MONDAY + timedelta(days=9))
    frame = build_hours([HourCount(0, 8, 6), HourCount(6, 8, 6)], ten_days)
    assert frame.shape == (7, 24)
    assert frame.loc[0, 8] == 3.0, "the period has two Mondays"
    assert frame.loc[6, 8] == 6.0, "and one Sunday"


def test_a_weekday_that_the_period_does_not_have_is_empty() -> None:
    frame = build_hours([], Period(MONDAY, MONDAY))
    assert frame.loc[0].tolist() == [0.0] * 24
    assert frame.loc[1].isna().all()


def test_kinds_are_summed_over_days() -> None:
    counts = [DayCount(MONDAY, "a", 1), DayCount(MONDAY, "b", 2), DayCount(MONDAY, "a", 3)]
    assert counted_by_kind(counts) == {"a": 4, "b": 2}
