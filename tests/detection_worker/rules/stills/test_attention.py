"""How closely a camera is watched: what steps between pictures hide."""

import pytest

from detection_worker.rules.stills.attention import Attention
from tests.detection_worker.tracking.sightings import at


def noted(*steps_s: float) -> Attention:
    attention, now_s = Attention(), 0.0
    attention.note(at(now_s))
    for step_s in steps_s:
        now_s += step_s
        attention.note(at(now_s))
    return attention


@pytest.mark.parametrize(
    ("steps_s", "blind_s", "is_enough"),
    [
        ([0.2] * 60, 0.0, True),
        ([0.5] * 24, 0.0, True),
        ([1.0] * 12, 12.0, False),
        ([2.0] * 6, 12.0, False),
        ([0.2] * 50 + [2.0], 2.0, True),
        ([0.2, 1.0, 4.0, 0.1, 2.0, 0.2, 1.0], 8.0, False),
        ([1.0] * 12 + [0.2] * 50, 12.0, True),
        ([], 0.0, True),
    ],
    ids=[
        "5 a second", "2 a second", "one a second", "one in two", "one gap", "gaps of a busy worker",
        "busy before", "the first picture",
    ],
)  # fmt: skip
def test_steps_too_long_to_follow_anybody_are_time_not_seen(
    steps_s: list[float], blind_s: float, is_enough: bool
) -> None:
    attention = noted(*steps_s)
    assert attention.blind_s(at(0)) == pytest.approx(blind_s)
    assert attention.is_enough() is is_enough


def test_only_the_part_of_a_gap_that_is_asked_for_counts() -> None:
    attention = noted(4.0, 0.2, 0.2)
    assert attention.blind_s(at(1)) == pytest.approx(3.0)
    assert attention.blind_s(at(1), at(2)) == pytest.approx(1.0)
    assert attention.blind_s(at(4)) == 0.0


def test_gaps_are_forgotten_after_ten_minutes() -> None:
    assert noted(2.0, *[0.5] * 1300).blind_s(at(0)) == 0.0
