"""A city on paper looks like one: districts share borders, streets are many and light."""

import json

import numpy as np
import pytest

from demo.drawing import draw
from demo.drawing.polygons import area, contains, cut, simplified
from demo.profiles import PROFILES
from tests.demo.built import city

CITIES = list(PROFILES)
MOST_BYTES = 250_000
"""Of all streets of the largest city as JSON: the map is sent to every screen."""


@pytest.mark.parametrize("profile", CITIES)
def test_districts_cover_the_city_and_do_not_overlap(profile: str) -> None:
    drawing = city(profile).drawing

    assert sum(area(polygon) for polygon in drawing.districts) == pytest.approx(
        area(drawing.outline), rel=2e-3
    )
    spread = np.random.default_rng(1).uniform(-1, 1, (4000, 2)) * drawing.ground.radius_m * 1.2
    inside = spread[contains(drawing.outline, spread)]
    holders = sum(contains(polygon, inside).astype(int) for polygon in drawing.districts)
    assert np.mean(np.asarray(holders) == 1) > 0.998


@pytest.mark.parametrize("profile", CITIES)
def test_borders_are_bent_and_the_same_on_both_sides(profile: str) -> None:
    drawing = city(profile).drawing
    points = [{tuple(np.round(point, 3)) for point in one} for one in drawing.districts]
    shared = [len(points[a] & points[b]) for a in range(len(points)) for b in range(a)]

    assert all(len(polygon) > 12 for polygon in drawing.districts)
    assert sum(count >= 8 for count in shared) >= len(points) - 1


@pytest.mark.parametrize("profile", CITIES)
def test_the_street_net_is_dense_and_light(profile: str) -> None:
    drawing = city(profile).drawing
    classes = [street.street_class for street in drawing.streets]
    paths = [drawing.plane.path(street.path) for street in drawing.streets]

    assert 300 < len(paths) < 3000
    assert {"main", "street", "lane"} == set(classes)
    assert len(json.dumps(paths)) < MOST_BYTES
    assert all(len(path) >= 2 for path in paths)


@pytest.mark.parametrize("profile", CITIES)
def test_streets_lie_at_the_real_place_of_the_city(profile: str) -> None:
    ground = PROFILES[profile].ground
    drawing = city(profile).drawing
    points = np.concatenate([drawing.plane.degrees(street.path) for street in drawing.streets])

    assert np.abs(points[:, 0] - ground.longitude).max() < 0.25
    assert np.abs(points[:, 1] - ground.latitude).max() < 0.18


@pytest.mark.parametrize("profile", CITIES)
def test_streets_have_names_in_three_languages(profile: str) -> None:
    for street in city(profile).drawing.streets:
        whole = street.name.whole
        assert whole.ru
        assert whole.kk
        assert whole.en.isascii()


def test_no_lane_stands_in_the_river() -> None:
    drawing = city("oskemen").drawing
    lanes = np.concatenate([s.path for s in drawing.streets if s.street_class == "lane"])

    assert not any(contains(bank, lanes).any() for bank in drawing.water)


def test_the_same_seed_draws_the_same_city_and_another_seed_another() -> None:
    ground = PROFILES["kosshy"].ground
    first, second, other = draw(ground, 1), draw(ground, 1), draw(ground, 2)

    assert all(
        np.array_equal(a.path, b.path) for a, b in zip(first.streets, second.streets, strict=True)
    )
    assert not np.array_equal(first.outline, other.outline)


# The geometry below it


SQUARE = np.array([[0.0, 0.0], [10.0, 0.0], [10.0, 10.0], [0.0, 10.0]])


def test_a_polygon_contains_what_is_inside_it() -> None:
    points = np.array([[5.0, 5.0], [11.0, 5.0], [-1.0, 5.0], [9.99, 0.01]])

    assert contains(SQUARE, points).tolist() == [True, False, False, True]


def test_a_cut_leaves_the_side_that_the_normal_points_away_from() -> None:
    left = cut(SQUARE, np.array([4.0, 0.0]), np.array([1.0, 0.0]))

    assert area(left) == pytest.approx(40)
    assert left[:, 0].max() == 4


def test_a_simplified_path_keeps_its_corners() -> None:
    path = np.array([[0.0, 0.0], [5.0, 0.4], [10.0, 0.0], [10.0, 10.0]])

    assert simplified(path, 1.0).tolist() == [[0, 0], [10, 0], [10, 10]]
