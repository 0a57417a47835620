import itertools
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detection_worker.feeds.clock import ArrivalClock, OnwardClock, RealTime, SteadyClock

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


class Passing:
    """A steady clock that passes when told to."""

    def __init__(self) -> None:
        self.passed_s = 0.0
        self.clock = SteadyClock(wall=lambda: NOON, passed_s=lambda: self.passed_s)


@pytest.mark.parametrize(
    ("told", "read"),
    [
        pytest.param([0, 1, 2], [0, 1, 2], id="a clock that runs is believed"),
        pytest.param([5, 5.1, 5.4], [5, 5.1, 5.4], id="uneven steps are kept"),
        pytest.param([0, 0, 0], [0, 0.5, 1], id="standing still"),
        pytest.param([0, 2e-5, 4e-5], [0, 2e-5, 4e-5], id="arriving in a heap"),
        pytest.param([0, 1e-9, 2e-9], [0, 0.5, 1], id="as good as standing still"),
        pytest.param([None, None, None], [0, 0.5, 1], id="no times at all"),
        pytest.param([3, 1, 1.5, 2, 3, 4], [3, 3.5, 4, 4.5, 5.5, 6.5], id="set back"),
        pytest.param([7, 7.5, 8, 3, 8.5, 9], [7, 7.5, 8, 8.5, 8.625, 9], id="a late picture"),
        pytest.param([7, 8, 3, 3.5, 10, 11], [7, 8, 8.5, 9, 10, 11], id="two late pictures"),
        pytest.param([0, 1, 0.5, 2, 1.5, 3], [0, 1, 1.5, 2, 2.5, 3], id="pairs in disorder"),
        pytest.param([9, 9.5, 0, 9, 9.5], [9, 9.5, 10, 19, 19.5], id="set back, and a pause"),
        pytest.param([0, 1, 9000, 9001], [0, 1, 1.5, 2.5], id="leaping ahead"),
        pytest.param([0, None, 1], [0, 0.5, 1], id="a gap"),
    ],
)
def test_a_clock_always_runs_onwards(told: list[float | None], read: list[float]) -> None:
    clock = OnwardClock(step_s=0.5, longest_gap_s=10)
    assert [clock.read(time_s) for time_s in told] == pytest.approx(read)


@given(st.lists(st.none() | st.floats(-1e6, 1e6)))
def test_no_reading_is_ever_at_or_before_the_last(told: list[float | None]) -> None:
    clock = OnwardClock(step_s=0.04)
    read = [timedelta(seconds=clock.read(time_s)) for time_s in told]
    assert all(earlier < later for earlier, later in itertools.pairwise(read))


def test_a_stream_keeps_its_own_even_clock_though_it_arrives_unevenly() -> None:
    clock = ArrivalClock()
    delays_s = [0.0, 0.03, 0.2, 0.0, 0.08]
    read = [clock.read(90 + n / 10, 1000 + n / 10 + delay)[1] for n, delay in enumerate(delays_s)]
    assert read == pytest.approx([1000, 1000.1, 1000.2, 1000.3, 1000.4])


def test_frames_that_had_been_waiting_come_early_and_never_count_as_from_the_future() -> None:
    clock = ArrivalClock()
    heap = [clock.read(n / 10, 1000 + n / 1000) for n in range(5)]
    assert all(early_s > 0.09 for early_s, _ in heap[1:])
    assert heap[-1][1] <= 1000.004 + 1e-6


def test_a_stream_clock_that_drifts_away_is_set_anew() -> None:
    clock = ArrivalClock(longest_delay_s=1.0)
    clock.read(0, 1000)
    assert clock.read(1, 1005)[1] == pytest.approx(1005)


def test_setting_the_clock_of_the_machine_back_changes_nothing() -> None:
    passing = Passing()
    passing.passed_s = 3.0
    assert passing.clock.now() == NOON + timedelta(seconds=3)


def test_recorded_time_passes_as_real_time_does() -> None:
    passing = Passing()
    real_time = RealTime(passing.clock)
    assert real_time.due(0.0) == (NOON, 0.0)
    passing.passed_s = 0.1
    captured_at, wait_s = real_time.due(0.5)
    assert captured_at == NOON + timedelta(seconds=0.5)
    assert wait_s == pytest.approx(0.4)


def test_after_a_machine_slept_a_recording_goes_on_from_now() -> None:
    passing = Passing()
    real_time = RealTime(passing.clock)
    real_time.due(0.0)
    passing.passed_s = 3600.0
    assert real_time.due(0.1) == (NOON + timedelta(hours=1), 0.0)
