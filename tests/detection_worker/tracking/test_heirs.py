"""A vehicle that was hidden keeps its id, as a table of where it comes out again."""

import pytest

from detection_worker.tracking.camera_tracker import CameraTracker
from detection_worker.tracking.heirs import Lost, heir_of
from detection_worker.tracking.tracks import TrackPoint
from tests.detection_worker.tracking.sightings import Box, a_box, at, detections, nowhere


def drove(number: int, speed_px_s: float, until_s: float = 2.0, y: float = 300) -> Lost:
    """A car that drove to the right until it was lost."""
    points = []
    for step in range(11):
        t_s = until_s - 1 + step / 10
        x = 100 + speed_px_s * t_s
        points.append(TrackPoint(at(t_s), x, y, box_xyxy=a_box(x, y)))
    return Lost(number, points)


@pytest.mark.parametrize(
    ("what", "after_s", "box", "expected"),
    [
        ("where it was going", 1.0, a_box(400, 300), 1),
        ("a little short of it, for it braked", 1.0, a_box(375, 300), 1),
        ("in the next lane, for it changed lanes", 1.0, a_box(395, 322), 1),
        ("behind where it was lost", 1.0, a_box(250, 300), None),
        ("much too far ahead", 1.0, a_box(480, 300), None),
        ("on the other side of the road", 1.0, a_box(400, 380), None),
        ("as something three times as large", 1.0, a_box(400, 300, 120, 90), None),
        ("after three seconds", 3.0, a_box(600, 300), None),
    ],
)
def test_it_comes_out(what: str, after_s: float, box: Box, expected: int | None) -> None:
    assert heir_of([drove(1, 100)], at(2 + after_s), box) == expected


def test_of_two_lost_the_nearer_one_is_it() -> None:
    lost = [drove(1, 100), drove(2, 100, y=320)]
    assert heir_of(lost, at(3), a_box(400, 318)) == 2


def test_what_stood_has_no_way_to_be_followed() -> None:
    assert heir_of([drove(1, 5)], at(3), a_box(115, 300)) is None


def ids(label: str, hidden: tuple[float, float], bend_px: float) -> set[int]:
    """The ids of one thing on its way, which bends while it is hidden."""
    tracker, seen = CameraTracker(), set()
    for frame in range(50):
        t_s = frame / 10
        if hidden[0] <= t_s < hidden[1]:
            things = detections()
        else:
            y = 300 + (bend_px if t_s >= hidden[1] else 0)
            things = detections((label, a_box(100 + 90 * t_s, y, 40, 30), 0.8))
        seen |= {track.id for track in tracker.update(at(t_s), things, nowhere(things))}
    return seen


@pytest.mark.parametrize("label", ["car", "motorcycle"])
@pytest.mark.parametrize("bend_px", [0.0, 18.0])
def test_a_vehicle_that_is_hidden_for_a_second_keeps_its_id(label: str, bend_px: float) -> None:
    assert len(ids(label, (2.0, 3.0), bend_px)) == 1


def test_two_cars_that_follow_one_another_keep_their_ids() -> None:
    tracker, seen = CameraTracker(), {}
    for frame in range(60):
        t_s = frame / 10
        cars = [("car", a_box(100 + 90 * t_s - 80 * place, 300), 0.8) for place in range(2)]
        if 2.0 <= t_s < 2.8:
            cars = cars[1:]
        things = detections(*cars)
        for track in tracker.update(at(t_s), things, nowhere(things)):
            seen.setdefault(track.id, set()).add(round((track.path[-1].x_px - 100 - 90 * t_s) / 80))
    assert seen == {1: {0}, 2: {-1}}
