"""GeoJSON of the map: how clusters, cameras and the drawing look to deck.gl."""

import math

import pytest

from data_access.domain.words import Language, Names
from data_access.map_drawing import DrawnCrossroad, DrawnSection, DrawnStreet
from data_access.map_tiles import Cluster, MapCamera, TileContent
from routes.map_features import (
    SAME_PLACE_M,
    WEDGE_FROM_ZOOM,
    WEDGE_M,
    Feature,
    cluster_radius_px,
    crossroad_features,
    ground_features,
    moved,
    section_features,
    street_features,
    tile_features,
)

NAME = Names("Камера", "Камера (kk)", "Camera")


def a_camera(number: int = 1, azimuth_deg: float | None = 90.0, **changes: object) -> MapCamera:
    values: dict[str, object] = {
        "id": number, "code": f"C-{number}", "name": NAME, "latitude": 51.0, "longitude": 71.0,
        "kind": "fixed", "azimuth_deg": azimuth_deg, "field_of_view_deg": 60.0, "state": "live",
    }  # fmt: skip
    return MapCamera(**values | changes)  # type: ignore[arg-type]


def metres(start: list[float], end: list[float]) -> float:
    north = (end[1] - start[1]) * 111_320
    east = (end[0] - start[0]) * 111_320 * math.cos(math.radians(start[1]))
    return math.hypot(north, east)


def features(content: TileContent, zoom: int) -> list[Feature]:
    return tile_features(content, zoom, Language.ENGLISH)


def test_a_cluster_tells_its_count_its_size_and_how_many_are_down() -> None:
    found = features(TileContent((), (Cluster(51.0, 71.0, 1472, 28),)), 11)
    assert found[1]["geometry"] == {"type": "Point", "coordinates": [71.0, 51.0]}
    assert found[1]["properties"] == {
        "name": "Cameras: 1\u202f472", "note": "No picture: 28", "n": "1\u202f472",
        "r": 26.0, "s": "live", "z": 11,
    }  # fmt: skip


def test_a_cluster_that_is_mostly_down_looks_down() -> None:
    found = features(TileContent((), (Cluster(51.0, 71.0, 10, 6),)), 11)
    assert found[1]["properties"]["s"] == "down"


@pytest.mark.parametrize("zoom", [7, 17])
def test_nothing_that_can_be_pressed_stands_first(zoom: int) -> None:
    found = features(TileContent((a_camera(),), (Cluster(51.0, 71.0, 2, 0),)), zoom)
    assert found[0]["geometry"] == {"type": "GeometryCollection", "geometries": []}


def test_a_larger_cluster_is_drawn_larger_but_never_beyond_its_cell() -> None:
    sizes = [cluster_radius_px(count) for count in (2, 10, 100, 1_000, 10_000, 1_000_000)]
    assert sizes == sorted(sizes)
    assert sizes[0] == 11
    assert sizes[-1] == 30


def test_fields_of_view_are_drawn_from_near_and_under_the_cameras() -> None:
    content = TileContent((a_camera(),), ())
    assert [f["geometry"]["type"] for f in features(content, WEDGE_FROM_ZOOM - 1)[1:]] == ["Point"]
    near = features(content, WEDGE_FROM_ZOOM)[1:]
    assert [f["geometry"]["type"] for f in near] == ["Polygon", "Point"]
    ring = near[0]["geometry"]["coordinates"][0]
    assert ring[0] == ring[-1] == [71.0, 51.0]
    assert all(metres(ring[0], point) == pytest.approx(WEDGE_M, abs=0.2) for point in ring[1:-1])
    assert ring[len(ring) // 2][0] > 71.0  # it looks east
    assert near[0]["properties"]["id"] == near[1]["properties"]["id"] == 1


def test_a_camera_that_looks_nowhere_has_no_field_of_view() -> None:
    content = TileContent((a_camera(azimuth_deg=None),), ())
    assert [f["geometry"]["type"] for f in features(content, 18)[1:]] == ["Point"]


def test_a_round_view_is_a_circle_without_a_corner_in_the_middle() -> None:
    content = TileContent((a_camera(field_of_view_deg=360.0),), ())
    ring = features(content, 17)[1]["geometry"]["coordinates"][0]
    assert ring[0] == ring[-1]
    assert [71.0, 51.0] not in ring


def test_cameras_of_one_mast_are_drawn_apart_towards_what_they_see() -> None:
    content = TileContent((a_camera(1, 0.0), a_camera(2, 90.0), a_camera(3, None)), ())
    places = [f["geometry"]["coordinates"] for f in features(content, 15)[1:]]
    assert places[0][1] > 51.0
    assert places[1][0] > 71.0
    assert all(
        metres([71.0, 51.0], place) == pytest.approx(SAME_PLACE_M, abs=0.2) for place in places
    )


def test_a_camera_alone_stands_where_it_stands() -> None:
    found = features(TileContent((a_camera(),), ()), 15)[1]
    assert found["geometry"]["coordinates"] == [71.0, 51.0]
    assert found["properties"]["note"] == "C-1 · Fixed camera · Live"


def test_moving_north_and_east_goes_north_and_east() -> None:
    assert moved(71.0, 51.0, 0.0, 111.32) == [71.0, 51.001]
    assert moved(71.0, 0.0, 90.0, 111.32) == [71.001, 0.0]


def test_the_drawing_keeps_classes_lengths_and_plans() -> None:
    path = ((71.0, 51.0), (71.1, 51.0))
    names = Names("А", "Ә", "A")
    street = street_features([DrawnStreet(names, "main", path)])[0]
    section = section_features([DrawnSection(1, names, 2400.4, 60, path)], Language.KAZAKH)[0]
    crossroad = crossroad_features([DrawnCrossroad(1, names, 71.0, 51.0, True)], Language.ENGLISH)[
        0
    ]
    assert street["properties"] == {"c": "main"}
    assert street["geometry"]["coordinates"] == [[71.0, 51.0], [71.1, 51.0]]
    assert section["properties"]["name"] == "Ә"
    assert "2\u202f400" in section["properties"]["note"]
    assert crossroad["properties"]["p"] == 1


def test_the_ground_is_water_and_parks_or_nothing() -> None:
    ring = [[71.0, 51.0], [71.1, 51.0], [71.1, 51.1], [71.0, 51.0]]
    found = ground_features({"water": [ring], "parks": [ring], "other": [ring]})
    assert [feature["properties"]["c"] for feature in found] == ["parks", "water"]
    assert ground_features(None) == []
