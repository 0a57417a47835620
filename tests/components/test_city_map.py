"""The deck of the map: what the page sends, and what it leaves to the tiles."""

import json
from dataclasses import replace
from itertools import combinations
from math import dist
from pathlib import Path
from typing import Any

import pytest

from components.city_map import MapContent, Press, Sign, View, build_map, fitted
from components.look import THEMES
from components.map_look import (
    LOOKS,
    SIGN_PX,
    sign_address,
    sign_image,
    sign_picture,
    sign_places,
    signs,
)
from data_access.map_drawing import Extent

ROOT = Path(__file__).resolve().parents[2]
VIEW = View(71.34, 50.95, 12.0)
SIGN = Sign("e-1", "urgent", (71.34, 50.95), "Crowd · Market", "4 min ago", 118)


def deck(content: MapContent, view: View = VIEW, **words: Any) -> dict[str, Any]:
    return json.loads(build_map(content, view, words.pop("theme", "dark"), **words).to_json())


def layers(content: MapContent, **words: Any) -> dict[str, dict[str, Any]]:
    return {layer["id"]: layer for layer in deck(content, **words)["layers"]}


def a_content(**changes: Any) -> MapContent:
    return MapContent(version="5dc-1", language="ru", **changes)


@pytest.mark.parametrize("theme", sorted(THEMES))
def test_the_page_sends_addresses_and_no_cameras(theme: str) -> None:
    text = build_map(a_content(), VIEW, theme).to_json()
    found = {layer["id"]: layer for layer in json.loads(text)["layers"]}
    assert found["cameras"]["data"] == ["/map/{z}/{x}/{y}.json?v=5dc-1&l=ru"]
    assert found["streets"]["data"] == "/map/drawing/streets.json"
    assert len(text) < 9_000


def test_nobody_outside_is_asked_for_a_map() -> None:
    found = deck(a_content())
    assert "mapProvider" not in found
    assert found["mapStyle"] == "__MAP_STYLE__"
    assert "http" not in json.dumps(found).replace("http://www.w3.org/2000/svg", "")


def test_a_map_style_of_the_settings_replaces_the_drawing() -> None:
    style = "https://maps.example/style.json"
    found = deck(a_content(), style=style)
    assert (found["mapStyle"], found["mapProvider"]) == (style, "maplibre")
    assert [layer["id"] for layer in found["layers"]] == ["cameras"]


def test_what_happens_is_drawn_above_the_cameras_sos_last() -> None:
    patrol = Sign("unit-1", "patrol", (71.34, 50.95), "Patrol 1", "free")
    button = Sign("sos-1", "sos", (71.34, 50.95), "School 4", "SOS button")
    content = a_content(incidents=[SIGN], units=[patrol], sos_buttons=[button], picks=3)
    assert list(layers(content))[-3:] == ["cameras", "labels", "signs-3"]
    signs = layers(content)["signs-3"]["data"]
    assert [sign["id"] for sign in signs] == ["unit-1", "e-1", "sos-1"]
    assert signs[1] == {
        "id": "e-1", "camera": 118, "sign": "urgent", "size": 1.0, "place": [71.34, 50.95],
        "name": "Crowd · Market", "note": "4 min ago", "beside": [25, 0],
    }  # fmt: skip


def test_signs_at_one_place_stand_around_the_most_important_and_none_hides_another() -> None:
    places = [(71.34 + n / 1e5, 50.95) for n in range(8)] + [(71.3405, 50.9504), (71.35, 50.95)]
    incidents = [replace(SIGN, id=f"e-{n}", place=place) for n, place in enumerate(places)]
    button = Sign("sos-1", "sos", (71.34, 50.95), "School 4", "SOS button")
    drawn = layers(a_content(incidents=incidents, sos_buttons=[button]))["signs-0"]["data"]
    beside = {sign["id"]: tuple(sign.get("beside", (0, 0))) for sign in drawn}
    assert beside["sos-1"] == (0, 0)
    assert beside["e-9"] == (0, 0)
    together = [place for name, place in beside.items() if name != "e-9"]
    assert all(dist(*pair) >= 24 for pair in combinations(together, 2))


def test_what_one_camera_finds_again_and_again_is_one_sign() -> None:
    again = [replace(SIGN, id=f"e-{number}") for number in range(5)]
    drawn = layers(a_content(incidents=again))["signs-0"]["data"]
    assert all("beside" not in sign for sign in drawn)


def test_signs_have_their_colours_in_the_picture_so_that_a_selection_does_not_dim_them() -> None:
    found = layers(a_content(incidents=[SIGN]))["signs-0"]
    assert "getColor" not in found
    assert found["iconMapping"]["urgent"]["mask"] is False


def test_a_press_on_the_map_is_forgotten_by_the_chart() -> None:
    """A list of one address: Streamlit drops the selected indices that it has not got."""
    before, after = (layers(a_content(picks=number))["cameras"] for number in (1, 2))
    assert len(before["data"]) == 1
    assert before["picks"] != after["picks"]
    assert before["id"] == after["id"]


def test_layers_that_are_not_chosen_are_left_out() -> None:
    assert "cameras" not in layers(a_content(cameras=False))
    assert not any(name.startswith("signs") for name in layers(a_content()))


def test_a_programme_is_in_the_address_of_the_tiles() -> None:
    assert layers(a_content(programme="law_and_order"))["cameras"]["data"][0].endswith(
        "&programme=law_and_order"
    )


def test_a_press_draws_rings_and_lines_to_the_nearest_cameras() -> None:
    found = layers(a_content(press=Press((71.3, 50.9), [(71.31, 50.9), (71.3, 50.91)])))
    assert len(found["press-links"]["data"]) == 2
    assert sum(name.startswith("press-") for name in found) == 4
    assert "chosen" in layers(a_content(chosen=(71.3, 50.9)))


def test_a_higher_serial_moves_the_map_to_where_it_was_sent_before() -> None:
    first, again = (deck(a_content(), View(71.3, 50.9, 14, serial)) for serial in (1, 2))
    for name in ("longitude", "latitude", "zoom", "transitionDuration"):
        assert first["initialViewState"][name] != again["initialViewState"][name]
    assert again["initialViewState"]["zoom"] == pytest.approx(14, abs=1e-6)
    assert deck(a_content())["initialViewState"]["transitionDuration"] == 0


def test_the_first_view_holds_all_cameras_and_more_of_them_on_a_larger_map() -> None:
    extent = Extent(71.30, 50.90, 71.40, 50.95)
    office, wall = (fitted(extent, (0, 0), 9, size) for size in ((730, 640), (1100, 960)))
    assert (office.longitude, office.latitude) == (pytest.approx(71.35), pytest.approx(50.925))
    assert office.zoom < wall.zoom
    wide_px = 512 * 2**office.zoom * 0.10 / 360
    assert 500 < wide_px <= 730


def test_a_city_without_cameras_shows_its_own_place() -> None:
    assert fitted(None, (71.43, 51.13), 11, (730, 640)) == View(71.43, 51.13, 11)


def test_one_camera_alone_is_not_looked_at_from_too_near() -> None:
    one = Extent(71.34, 50.95, 71.34, 50.95)
    assert fitted(one, (0, 0), 9, (730, 640)).zoom <= 16


@pytest.mark.parametrize("theme", sorted(LOOKS))
def test_every_sign_has_its_place_in_the_one_picture(theme: str) -> None:
    names = list(signs(theme))
    places = sign_places(theme, *names)
    assert [place["x"] for place in places.values()] == [
        number * SIGN_PX for number in range(len(names))
    ]
    assert list(sign_places(theme, "urgent")) == ["urgent"]
    assert "width:15px" in sign_image(theme, "urgent", 15)


@pytest.mark.parametrize("theme", sorted(LOOKS))
def test_the_picture_that_is_served_is_the_one_that_is_drawn(theme: str) -> None:
    served = ROOT / "static" / f"map-signs-{theme}.svg"
    assert served.read_text("utf-8") == sign_picture(theme)
    assert sign_address(theme).startswith(f"/assets/{served.name}?")
