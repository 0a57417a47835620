"""Tracks of a recording, finished when all of it is known."""

from collections.abc import Mapping

import numpy as np
import pytest

from detection_worker.detection.detections import Detections
from detection_worker.tracking.finishing import finished
from detection_worker.tracking.strands import CONFIDENCE, NUMBER, Look, Strand, not_taken
from tests.detection_worker.tracking.sightings import Box, a_box, detections

FPS = 10.0
Weak = tuple[str, Box, float]


def walker_at(number: float) -> Box:
    """Somebody who goes 30 px a second to the right."""
    return a_box(100 + 3 * number, 200, 20, 50)


def a_strand(*numbers: int, track_id: int = 1, label: str = "person") -> Strand:
    rows = [[number, *walker_at(number), 0.8] for number in numbers]
    return Strand(track_id, label, np.array(rows, np.float64))


def looks(frames: int, left_over: Mapping[int, Weak], fps: float = FPS) -> list[Look]:
    """Frames from 1 on; some have one detection that no track took."""
    nothing = Detections.none()
    return [
        Look(
            number,
            number / fps,
            detections(left_over[number]) if number in left_over else nothing,
        )
        for number in range(1, frames + 1)
    ]


def numbers(strand: Strand) -> list[int]:
    return [int(number) for number in strand.rows[:, NUMBER]]


def test_a_short_absence_is_filled_straight_from_side_to_side() -> None:
    (strand,) = finished([a_strand(1, 2, 3, 7, 8)], looks(10, {}))
    assert numbers(strand) == [1, 2, 3, 4, 5, 6, 7, 8]
    for row in strand.rows:
        assert row[1:5] == pytest.approx(walker_at(row[NUMBER]))


def test_what_was_filled_in_is_as_sure_as_the_less_sure_side() -> None:
    strand = a_strand(1, 2, 4)
    strand.rows[-1, CONFIDENCE] = 0.3
    (filled,) = finished([strand], looks(5, {}))
    assert filled.rows[:, CONFIDENCE].tolist() == [0.8, 0.8, 0.3, 0.3]


@pytest.mark.parametrize(
    ("fps", "gap", "filled"),
    [(10.0, 10, True), (10.0, 11, False), (25.0, 25, True), (25.0, 26, False), (0.5, 1, True)],
)
def test_an_absence_is_measured_in_seconds_whatever_the_rate(
    fps: float, gap: int, filled: bool
) -> None:
    (strand,) = finished([a_strand(1, 2, 2 + gap)], looks(60, {}, fps))
    assert len(strand.rows) == (2 + gap if filled else 3)


@pytest.mark.parametrize(
    ("case", "weak", "expected"),
    [
        ("before the first sight", (3, ("person", walker_at(3), 0.3)), [3, 4, 5, 6]),
        ("after the last sight", (7, ("person", walker_at(7), 0.3)), [4, 5, 6, 7]),
        ("a frame away", (8, ("person", walker_at(8), 0.3)), [4, 5, 6]),
        ("beside the way", (7, ("person", walker_at(12), 0.3)), [4, 5, 6]),
        ("of another family", (7, ("car", walker_at(7), 0.3)), [4, 5, 6]),
    ],
)
def test_a_weak_detection_lengthens_a_track_that_leads_there(
    case: str, weak: tuple[int, Weak], expected: list[int]
) -> None:
    (strand,) = finished([a_strand(4, 5, 6)], looks(10, dict([weak])))
    assert numbers(strand) == expected, case


def test_classes_of_one_family_lengthen_each_other() -> None:
    truck = ("truck", walker_at(7), 0.3)
    (strand,) = finished([a_strand(4, 5, 6, label="car")], looks(10, {7: truck}))
    assert numbers(strand) == [4, 5, 6, 7]


def test_a_track_is_followed_for_a_while_and_no_further() -> None:
    ghost = {number: ("person", walker_at(number), 0.3) for number in range(4, 31)}
    (strand,) = finished([a_strand(1, 2, 3)], looks(30, ghost))
    assert numbers(strand) == list(range(1, 11))  # 0.7 s at ten frames a second


def test_a_detection_belongs_to_one_track_and_the_longer_one_goes_first() -> None:
    weak = {6: ("person", walker_at(6), 0.3)}
    short, long = a_strand(7, 8, track_id=1), a_strand(2, 3, 4, 5, track_id=2)
    assert [numbers(strand) for strand in finished([short, long], looks(9, weak))] == [
        [7, 8],
        [2, 3, 4, 5, 6],
    ]


def test_a_single_sight_stands_where_it_was_seen() -> None:
    weak = {3: ("person", walker_at(2), 0.3)}
    (strand,) = finished([a_strand(2)], looks(5, weak))
    assert numbers(strand) == [2, 3]


@pytest.mark.parametrize(
    ("who", "label", "seconds", "wander_px", "kept"),
    [
        ("a lamp post with the detector's noise", "person", 20, 1.0, False),
        ("the same, not long enough to tell", "person", 14, 1.0, True),
        ("somebody who waits and shifts his weight", "person", 20, 10.0, True),
        ("a parked car", "car", 20, 1.0, True),
    ],
)
def test_what_never_stirs_is_no_person(
    who: str, label: str, seconds: int, wander_px: float, kept: bool
) -> None:
    chance, frames = np.random.default_rng(3), round(seconds * FPS)
    aside = wander_px * np.sin(np.arange(frames) / 30) + chance.normal(0, 0.5, frames)
    rows = [[n + 1, *a_box(100 + aside[n], 200, 35, 100), 0.5] for n in range(frames)]
    strand = Strand(1, label, np.array(rows, np.float64))
    assert bool(finished([strand], looks(frames, {}))) == kept, who


def test_no_tracks_are_none() -> None:
    assert finished([], []) == []


def test_an_unsure_detection_lengthens_no_track() -> None:
    (strand,) = finished([a_strand(4, 5, 6)], looks(10, {7: ("person", walker_at(7), 0.15)}))
    assert numbers(strand) == [4, 5, 6]


def test_what_tracks_took_is_not_left_over() -> None:
    found = detections(("person", (1, 2, 3, 4), 0.9), ("person", (5, 6, 7, 8), 0.1))
    left = not_taken(found, [(1.0, 2.0, 3.0, 4.0)])
    assert (left.labels, left.xyxy_px.tolist()) == (("person",), [[5, 6, 7, 8]])
    assert len(not_taken(Detections.none(), [])) == 0
