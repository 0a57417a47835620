"""Names on the map: which, where, and at what angle."""

from math import floor

import pytest

from data_access.domain.words import Language, Names
from data_access.map_drawing import DrawnDistrict, DrawnStreet
from data_access.map_tiles import Tile, map_place
from routes.map_labels import labels

NAME = Names("Абая", "Абай", "Abai")
HERE = (71.40, 51.00)


def tile_at(zoom: int) -> Tile:
    x, y = map_place(*HERE)
    return Tile(zoom, floor(x * 2**zoom), floor(y * 2**zoom))


def a_street(east: float, north: float, kind: str = "main") -> DrawnStreet:
    start = (HERE[0] - east, HERE[1] - north)
    return DrawnStreet(NAME, kind, (start, (HERE[0] + east, HERE[1] + north)))


def ring(half: float) -> tuple[tuple[float, float], ...]:
    x, y = HERE
    corners = ((-1, -1), (1, -1), (1, 1), (-1, 1), (-1, -1))
    return tuple((x + half * east, y + half * north) for east, north in corners)


def test_from_afar_a_district_has_its_name_once_in_the_middle() -> None:
    district = DrawnDistrict(1, NAME, ring(0.05))
    found = labels(tile_at(11), [district], [a_street(0.1, 0)], Language.KAZAKH)
    assert [label["properties"]["n"] for label in found] == ["Абай"]
    assert found[0]["geometry"]["coordinates"] == pytest.approx(HERE, abs=1e-4)
    beside = Tile(11, tile_at(11).x + 1, tile_at(11).y)
    assert labels(beside, [district], [], Language.KAZAKH) == []


def test_a_district_without_an_area_still_has_a_place() -> None:
    flat = DrawnDistrict(1, NAME, (HERE, HERE, HERE))
    assert len(labels(tile_at(10), [flat], [], Language.RUSSIAN)) == 1


@pytest.mark.parametrize(("kind", "first_zoom"), [("main", 14), ("street", 15), ("lane", 16)])
def test_smaller_streets_get_their_names_from_nearer(kind: str, first_zoom: int) -> None:
    street = a_street(0.1, 0, kind)
    assert labels(tile_at(first_zoom - 1), [], [street], Language.RUSSIAN) == []
    assert len(labels(tile_at(first_zoom), [], [street], Language.RUSSIAN)) == 1


@pytest.mark.parametrize(
    ("east", "north", "angle"), [(0.1, 0.0, 0.0), (-0.1, 0.0, 0.0), (0.0, 0.1, 90.0)]
)
def test_a_name_runs_along_its_street_and_is_never_upside_down(
    east: float, north: float, angle: float
) -> None:
    found = labels(tile_at(15), [], [a_street(east, north)], Language.RUSSIAN)
    assert found[0]["properties"]["a"] == pytest.approx(angle, abs=0.2)


def test_a_street_of_several_pieces_is_named_once_in_a_tile() -> None:
    streets = [a_street(0.1, 0), a_street(0.1, 0.0001)]
    assert len(labels(tile_at(15), [], streets, Language.RUSSIAN)) == 1


def test_a_stretch_too_short_for_its_name_has_none() -> None:
    assert labels(tile_at(15), [], [a_street(0.0001, 0)], Language.RUSSIAN) == []


def test_a_name_stays_within_its_tile() -> None:
    tile = tile_at(16)
    found = labels(tile, [], [a_street(0.5, 0.2)], Language.RUSSIAN)
    west, north, east, south = tile.bounds
    x, y = map_place(*found[0]["geometry"]["coordinates"])
    assert west <= x < east
    assert north <= y < south
