"""Spot speed, as a table of drives past a calibrated camera; sixty is allowed."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data_access.domain.watch import Point
from detection_worker.ground_plane import GroundPlane
from detection_worker.rules.scene import Finding, Scene
from detection_worker.rules.spot_speed import Params, evaluate, read_speed
from detection_worker.tracking.tracks import Track
from tests.detection_worker.driving import CAMERA, a_calibration, a_drive
from tests.detection_worker.rules.scenes import WHOLE, a_zone

GROUND = GroundPlane(a_calibration())
FAR_CORNER = ((0.9, 0.0), (1.0, 0.0), (1.0, 0.1), (0.9, 0.1))


def found(
    *tracks: Track,
    ground: GroundPlane | None = GROUND,
    points: tuple[Point, ...] = WHOLE,
    **params: Any,
) -> list[Finding]:
    moment = max(track.path[-1].at for track in tracks)
    scene = Scene(1, moment, CAMERA.wh, tracks, ground=ground)
    zone = a_zone("spot_speed", points)
    return list(evaluate(scene, zone, Params(**({"every_s": 0.0} | params))))


def two_halves(first: Track, second: Track) -> Track:
    """A track that was handed from one vehicle to another on its way."""
    middle = len(first.path) // 2
    return replace(first, path=(*first.path[:middle], *second.path[middle:]))


@pytest.mark.parametrize(
    ("what", "track", "expected"),
    [
        ("drives ninety", a_drive(90), 1),
        ("drives ninety and is seen roughly", a_drive(90, noise=0.02), 1),
        ("drives ninety towards the camera", a_drive(90, from_m=60, heading_deg=180), 1),
        ("drives ninety and is called a truck", a_drive(90, body="van", label="truck"), 1),
        ("is a bus", a_drive(90, body="bus", label="bus", from_m=22), 1),
        ("drives sixty", a_drive(60), 0),
        ("is over the limit by less than the fines begin at", a_drive(66), 0),
        ("is so little beyond that, that nobody can tell", a_drive(70.4, noise=0.02), 0),
        ("is seen for a quarter of a second", a_drive(90, seconds=0.25), 0),
        ("is seen once a second", a_drive(90, seconds=2, fps=1), 0),
        ("is a person", a_drive(90, label="person"), 0),
        ("stands and jitters", a_drive(0, noise=0.05), 0),
        ("is two vehicles", two_halves(a_drive(90), a_drive(90, lane_m=-5.4)), 0),
    ],
)
def test_a_vehicle_that(what: str, track: Track, expected: int) -> None:
    assert len(found(track)) == expected


def test_without_calibration_it_is_silent() -> None:
    assert found(a_drive(90), ground=None) == []


def test_four_marks_close_together_do_not_carry_far_enough() -> None:
    near = GroundPlane(a_calibration(marks=((-3.6, 12), (3.6, 12), (-3.6, 16), (3.6, 16))))
    assert found(a_drive(90, ground=near, from_m=20), ground=near) == []


def test_outside_the_zone_nothing_is_measured() -> None:
    assert found(a_drive(90), points=FAR_CORNER) == []


def test_the_facts_are_those_of_the_explanation() -> None:
    (finding,) = found(a_drive(90))
    assert finding.matter == "track 1"
    assert finding.facts["speed_kmh"] == pytest.approx(90, abs=1.0)
    assert finding.facts["limit_kmh"] == 60
    assert finding.facts["length_m"] == pytest.approx(40, abs=1.0)
    assert 0.1 <= finding.facts["error_kmh"] <= 3.0


def test_the_measured_way_is_drawn() -> None:
    track = a_drive(90)
    (mark,) = found(track)[0].marks
    assert mark.points_px == tuple((point.x_px, point.y_px) for point in track.path)
    assert mark.text.endswith("km/h")


def test_each_vehicle_is_a_matter_of_its_own() -> None:
    tracks = a_drive(90), a_drive(95, track_id=2, lane_m=5.4)
    assert [one.matter for one in found(*tracks)] == ["track 1", "track 2"]


def test_a_longer_way_makes_it_surer() -> None:
    (short,) = found(a_drive(90, seconds=0.8, noise=0.01))
    (long,) = found(a_drive(90, seconds=2.0, noise=0.01))
    assert long.facts["error_kmh"] < short.facts["error_kmh"]
    assert long.confidence > short.confidence


def test_it_is_measured_a_few_times_a_second_only() -> None:
    track = a_drive(90)
    moments = [replace(track, path=track.path[:count]) for count in range(15, len(track.path))]
    measured = sum(len(found(one, every_s=0.2)) for one in moments)
    assert 3 <= measured <= 8


def test_jumpy_clocks_are_part_of_the_error() -> None:
    track = a_drive(90)
    calm, jumpy = found(track, jitter_s=0.0), found(track, jitter_s=0.02)
    assert jumpy[0].facts["error_kmh"] > calm[0].facts["error_kmh"]


@settings(max_examples=12)
@given(st.floats(20, 120), st.sampled_from(["sedan", "suv", "hatch", "van"]), st.floats(-4, 4))
def test_any_speed_is_told_within_its_error(speed_kmh: float, body: str, lane_m: float) -> None:
    track = a_drive(speed_kmh, body=body, lane_m=lane_m, noise=0.008, seconds=1.5)
    reading = read_speed(track.path, GROUND, CAMERA.wh, Params(limit_kmh=5, tolerance_kmh=0))
    if reading is not None:
        assert abs(reading.speed_kmh - speed_kmh) <= 1.5 * reading.error_kmh


@settings(max_examples=6)
@given(st.floats(-86400, 86400))
def test_the_hour_of_the_day_changes_nothing(shift_s: float) -> None:
    track, by = a_drive(80, noise=0.01), timedelta(seconds=shift_s)
    later = [replace(point, at=point.at + by) for point in track.path]
    params = Params(limit_kmh=5, tolerance_kmh=0)
    one, other = (read_speed(way, GROUND, CAMERA.wh, params) for way in (track.path, later))
    assert one is not None and other is not None
    assert other.speed_kmh == pytest.approx(one.speed_kmh, abs=0.05)
