"""Names of districts: beside what would hide them, and still in their district."""

import math

import pytest

from data_access.domain.geometry import point_in_polygon
from data_access.map_tiles import Tile
from routes.map_label_places import (
    HALF_HEIGHT_PX,
    LETTER_PX,
    SMALLEST_SCALE,
    TILE_PX,
    Disc,
    clear_place,
    tiles_around,
)

ZOOM, NAME = 12, "Центральный"
PX = TILE_PX * SMALLEST_SCALE * 2**ZOOM
MIDDLE = (0.7, 0.4)


def at(x_px: float, y_px: float) -> tuple[float, float]:
    return MIDDLE[0] + x_px / PX, MIDDLE[1] + y_px / PX


def square(half_px: float) -> list[tuple[float, float]]:
    return [at(half_px * x, half_px * y) for x, y in ((-1, -1), (1, -1), (1, 1), (-1, 1))]


def is_free(place: tuple[float, float], disc: Disc) -> bool:
    """Whether the name at ``place`` and the disc have no point in common."""
    aside = abs(place[0] - disc.place[0]) * PX - LETTER_PX * len(NAME) / 2
    below = abs(place[1] - disc.place[1]) * PX - HALF_HEIGHT_PX
    return math.hypot(max(aside, 0), max(below, 0)) > disc.radius_px


def test_a_name_that_nothing_hides_stays_in_the_middle() -> None:
    far = Disc(at(0, 60), 20)
    assert clear_place(MIDDLE, NAME, ZOOM, [far], square(400)) == MIDDLE


@pytest.mark.parametrize("x_px", [-40, -7, 0, 25])
def test_a_name_steps_aside_of_a_cluster_and_of_its_neighbours(x_px: float) -> None:
    discs = [
        Disc(at(x_px + 85 * column, 85 * row), 20) for column in (-1, 0, 1) for row in (-1, 0, 1)
    ]
    place = clear_place(MIDDLE, NAME, ZOOM, discs, square(400))
    assert all(is_free(place, disc) for disc in discs)
    assert math.dist(place, MIDDLE) * PX < 50


def test_a_name_never_leaves_its_district() -> None:
    small = square(30)
    place = clear_place(MIDDLE, NAME, ZOOM, [Disc(MIDDLE, 25)], small)
    assert place == MIDDLE or point_in_polygon(place, small)


def test_where_everything_is_covered_a_name_still_has_a_place() -> None:
    crowd = [Disc(at(20 * x, 20 * y), 25) for x in range(-12, 13) for y in range(-12, 13)]
    assert point_in_polygon(clear_place(MIDDLE, NAME, ZOOM, crowd, square(400)), square(400))


def test_the_tiles_that_are_asked_hold_all_that_could_hide_the_name() -> None:
    found = tiles_around(MIDDLE, NAME, ZOOM)
    assert Tile(ZOOM, int(MIDDLE[0] * 2**ZOOM), int(MIDDLE[1] * 2**ZOOM)) in found
    assert len(found) <= 9


def test_at_the_edge_of_the_world_no_tile_outside_it_is_asked_for() -> None:
    assert tiles_around((0.0, 0.0), NAME, 3)
