"""A camera in a JSON file."""

import json
from typing import Any

import pytest

from data_access.domain.camera_file import CameraFileError, read_camera
from data_access.domain.watch import Schedule, ZoneShape

LINE = {"rule": "line_count", "points": [[0.1, 0.5], [0.9, 0.5]]}
YARD = {
    "id": 9,
    "name": "yard",
    "rule": "intrusion",
    "shape": "polygon",
    "points": [[0, 0], [1, 0], [1, 1]],
    "params": {"hold_s": 2},
    "schedule": {"weekdays": [5, 6], "from": "22:00", "to": "06:30"},
}
SQUARE = [[0, 0], [1, 0], [1, 1], [0, 1]]


def read(content: Any) -> Any:
    return read_camera(json.dumps(content), "film.mp4")


def test_an_empty_camera_watches_every_frame_of_its_recording() -> None:
    camera = read({})
    assert (camera.feed_url, camera.zones, camera.calibration) == ("film.mp4", (), None)
    assert camera.analysed_fps >= 240


def test_zones_are_read_with_all_they_have() -> None:
    line, yard = read({"zones": [LINE, YARD]}).zones
    assert (line.id, line.name, line.shape) == (1, "line_count 1", ZoneShape.LINE)
    assert (yard.id, yard.name, yard.params) == (9, "yard", {"hold_s": 2})
    assert yard.schedule == Schedule(frozenset({5, 6}), 22 * 60, 6 * 60 + 30)


def test_a_calibration_is_read_in_pairs() -> None:
    calibration = read({"calibration": {"picture": SQUARE, "ground_m": SQUARE}}).calibration
    assert calibration.picture == calibration.ground_m == ((0, 0), (1, 0), (1, 1), (0, 1))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ([], "the camera must be names with values"),
        ({"zone": []}, "the camera has no “zone”; it has detector, zones, calibration"),
        ({"zones": {}}, "zones must be a list"),
        ({"zones": [{"points": [[0, 0], [1, 1]]}]}, "zone 1 names no rule"),
        ({"zones": [LINE | {"points": [0.1, 0.5]}]}, "points of zone 1 are pairs of numbers"),
        ({"zones": [LINE | {"points": [["a", 0], [1, 1]]}]}, "something that is no number"),
        ({"zones": [LINE | {"points": [[True, 0], [1, 1]]}]}, "something that is no number"),
        ({"zones": [LINE | {"points": [[0, 0], [700, 1]]}]}, "leaves the picture"),
        ({"zones": [LINE, YARD | {"points": [[0, 0], [1, 1], [1, 0], [0, 1]]}]}, "yard crosses itself"),
        ({"zones": [LINE | {"shape": "circle"}]}, "shape of zone 1 is 'circle'"),
        ({"zones": [LINE | {"polygon": 1}]}, "zone 1 has no “polygon”"),
        ({"zones": [LINE | {"params": []}]}, "params of zone 1 must be names"),
        ({"zones": [LINE | {"id": "A7"}]}, "id of zone 1"),
        ({"zones": [LINE | {"schedule": {"from": "25:00"}}]}, "'25:00' in the schedule of zone 1 is no time"),
        ({"zones": [LINE | {"points": [[10**400, 0], [1, 1]]}]}, "something that is no number"),
        ({"zones": [LINE | {"schedule": {"from": "²²:00"}}]}, "in the schedule of zone 1 is no time"),
        ({"zones": [LINE | {"schedule": {"from": "9" * 5000 + ":00"}}]}, "is no time; write it like"),
        ({"zones": [LINE | {"name": ["x"]}]}, "the name of zone 1 must be a word"),
        ({"zones": [LINE | {"id": 2}, LINE]}, "zone 2 has the id 2 of another one"),
        ({"zones": [LINE | {"schedule": {"weekdays": [7]}}]}, "numbers from 0"),
        ({"calibration": {"picture": SQUARE}}, "ground_m points must be a list"),
        ({"detector": 5}, "the detector"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_with_how_it_should_be(content: Any, sentence: str) -> None:
    with pytest.raises(CameraFileError, match=sentence):
        read(content)


def test_a_file_that_is_no_json_is_said() -> None:
    for text in ("zones: []", "[" * 200_000):
        with pytest.raises(CameraFileError, match="it is not JSON"):
            read_camera(text, "film.mp4")
