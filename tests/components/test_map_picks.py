"""What was pressed on the map; what a browser sends is believed only as far as it goes."""

import pytest

from components.map_picks import CameraPick, ClusterPick, PlacePick, picked

POINT = {"type": "Point", "coordinates": [71.3, 50.9]}


@pytest.mark.parametrize(
    ("thing", "pick"),
    [
        ({"geometry": POINT, "properties": {"id": 118, "s": "live"}}, CameraPick(118)),
        ({"geometry": {"type": "Polygon"}, "properties": {"id": 7, "w": 1}}, CameraPick(7)),
        ({"geometry": POINT, "properties": {"n": "12", "z": 11}}, ClusterPick(71.3, 50.9, 13)),
        ({"id": "e-1", "camera": 5, "place": [71.3, 50.9]}, CameraPick(5)),
        ({"id": "sos-1", "camera": None, "place": [71.3, 50.9]}, PlacePick(71.3, 50.9)),
        ({"geometry": POINT, "properties": {"name": "Crossroad"}}, None),
        ({"geometry": None, "properties": None}, None),
        ({"geometry": {"coordinates": ["a", 1]}, "properties": {"z": 3}}, None),
        ({"geometry": {"coordinates": [1]}, "properties": {"z": 3}}, None),
        ({"place": "71.3, 50.9"}, None),
        ({"camera": "5; DROP TABLE cameras"}, None),
        ({}, None),
    ],
)
def test_a_press_is_a_camera_a_cluster_a_place_or_nothing(
    thing: dict[str, object], pick: object
) -> None:
    assert picked({"cameras": [thing]}) == pick


def test_an_empty_selection_is_no_pick() -> None:
    assert picked({}) is None
    assert picked({"cameras": []}) is None
