"""What the widget of live tiles is given."""

import json

import pytest

from components.live_tiles import FRONTEND, PICTURES, LiveTile, build_tiles
from components.wall import build_tile
from data_access.domain.words import Names
from data_access.wall import WallCamera
from tests.support.visits import NOON, a_visit

_ = a_visit().text
TILE = LiveTile(1, 'K-1 · <b>"x"</b>', "West", "live", "", "/camera?camera=1")


@pytest.mark.parametrize("layout", sorted(PICTURES))
def test_more_tiles_ask_for_smaller_pictures(layout: int) -> None:
    data = build_tiles([TILE], layout, NOON, _)
    assert (data["width"], data["fps"]) == PICTURES[layout]
    assert data["now_ms"] == int(NOON.timestamp() * 1000)
    assert json.loads(json.dumps(data))["tiles"][0]["name"] == TILE.name


def test_every_text_that_the_script_shows_is_given() -> None:
    script = (FRONTEND / "live_tiles.js").read_text("utf-8")
    for name in build_tiles([], 4, NOON, _)["text"]:
        assert name in script


def test_names_never_become_markup_in_the_page() -> None:
    for script in FRONTEND.glob("*.js"):
        assert "innerHTML" not in script.read_text("utf-8")


def test_a_tile_is_marked_for_a_minute_after_an_event() -> None:
    visit = a_visit()
    names = Names("Рынок", "Базар", "Market")
    quiet = WallCamera(1, "K-1", names, names, names, True, "live", "", visit.now(), NOON)
    fresh = WallCamera(1, "K-1", names, names, names, True, "live", "", visit.now(), visit.now())
    never = WallCamera(1, "K-1", names, names, names, True, None, "", None, None)
    assert [build_tile(one, visit).active for one in (quiet, fresh, never)] == [False, True, False]
    assert build_tile(never, visit).state == "off"
    assert build_tile(fresh, visit).reason == ""
