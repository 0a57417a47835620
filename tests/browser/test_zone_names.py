"""Names of zones over a picture: at their zones, within the picture, and clear of each other."""

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from components.zone_canvas import FRONTEND, SCRIPTS

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.timeout(900),
]

WIDE, TALL = (900, 506), (692, 389)
"""The picture on a screen of 1280 px, and on one of 800."""

NAME = (130, 18)
Point = tuple[float, float]
Zone = dict[str, Any]
Box = tuple[float, float, float, float]


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """An empty page with the placing of names alone."""
    opened = browser.new_page()
    script = (FRONTEND / "zone_names.js").read_text("utf-8")
    opened.add_script_tag(type="module", content=f"{script}\nwindow.placeNames = placeNames;")
    opened.wait_for_function("() => window.placeNames")
    yield opened
    opened.close()


def area(*points: Point, size: tuple[int, int] = NAME) -> Zone:
    return {"points": points, "closed": True, "size": size}


def line(*points: Point, size: tuple[int, int] = NAME) -> Zone:
    return {"points": points, "closed": False, "size": size}


def square(left: float, top: float, side: float, size: tuple[int, int] = NAME) -> Zone:
    right, bottom = left + side, top + side
    return area((left, top), (right, top), (right, bottom), (left, bottom), size=size)


def placed(page: Page, zones: Sequence[Zone], picture: tuple[int, int] = WIDE) -> list[Box]:
    """The boxes of the names: left, top, right, bottom."""
    given = [list(zones), list(picture)]
    found = page.evaluate("([zones, picture]) => placeNames(zones, picture)", given)
    sizes = [zone["size"] for zone in zones]
    return [(x, y, x + w, y + h) for (x, y), (w, h) in zip(found, sizes, strict=True)]


def overlaps(boxes: Sequence[Box]) -> int:
    return sum(
        a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
        for a, b in combinations(boxes, 2)
    )


def touches(box: Box, zone: Zone) -> bool:
    """Whether the name lies on the outline of its zone: the outline is looked at closely."""
    points = zone["points"]
    ends = [*points[1:], points[0]] if zone["closed"] else points[1:]
    for (ax, ay), (bx, by) in zip(points, ends, strict=False):
        for part in range(1001):
            x, y = ax + (bx - ax) * part / 1000, ay + (by - ay) * part / 1000
            if box[0] - 1 <= x <= box[2] + 1 and box[1] - 1 <= y <= box[3] + 1:
                return True
    return False


WITH_ROOM: dict[str, list[Zone]] = {
    "one": [square(100, 100, 200)],
    "far apart": [square(10, 10, 150), square(500, 300, 150)],
    "two that are one": [square(100, 100, 200)] * 2,
    "eight that are one": [square(300, 150, 200)] * 8,
    "eight small ones in one place": [square(400, 240, 90)] * 8,
    "eight in each other": [square(200 + 10 * n, 100 + 10 * n, 300 - 20 * n) for n in range(8)],
    "eight that overlap": [square(150 + 25 * n, 80 + 20 * n, 180) for n in range(8)],
    "five in the lower right corner": [square(780, 386, 120)] * 5,
    "five in the upper left corner": [square(0, 0, 120)] * 5,
    "six lines through one point": [
        line((450 - dx, 250 - dy), (450 + dx, 250 + dy))
        for dx, dy in ((200, 0), (0, 200), (150, 150), (150, -150), (200, 80), (80, 200))
    ],
    "eight lines that are one": [line((100, 250), (800, 250))] * 8,
    "the whole picture over a small one": [
        area((0, 0), (900, 0), (900, 506), (0, 506)), square(0, 0, 60),
    ],
    "triangles with one tip": [
        area((450, 20), (450 + dx, 480), (450 + dx - 120, 480)) for dx in (-200, 0, 200, 330)
    ],
    "names of many lengths": [
        square(350, 200, 120, size=(width, 18)) for width in (30, 60, 120, 240, 360, 45, 90, 180)
    ],
}  # fmt: skip


@pytest.mark.parametrize("picture", [WIDE, TALL], ids=["wide", "narrow"])
@pytest.mark.parametrize("scene", WITH_ROOM)
def test_where_there_is_room_no_name_covers_another(
    page: Page, scene: str, picture: tuple[int, int]
) -> None:
    scale = picture[0] / WIDE[0]
    zones = [scaled(zone, scale) for zone in WITH_ROOM[scene]]
    boxes = placed(page, zones, picture)
    assert overlaps(boxes) == 0
    for box, zone in zip(boxes, zones, strict=True):
        assert touches(box, zone)
        assert inside(box, picture)


def scaled(zone: Zone, scale: float) -> Zone:
    return {**zone, "points": [(x * scale, y * scale) for x, y in zone["points"]]}


def inside(box: Box, picture: tuple[int, int]) -> bool:
    return box[0] >= 0 and box[1] >= 0 and box[2] <= picture[0] and box[3] <= picture[1]


def test_a_name_stands_inside_the_upper_left_corner_and_the_next_below(page: Page) -> None:
    first, second = placed(page, [square(100, 100, 200)] * 2)
    assert first[:2] == (100, 100)
    assert second[:2] == (100, 300)


def test_a_small_zone_has_its_corner_and_a_large_one_gives_way(page: Page) -> None:
    large, small = placed(page, [square(100, 100, 300), square(100, 100, 50)])
    assert small[:2] == (100, 100)
    assert large[:2] == (100, 400)


def test_the_same_zones_have_the_same_places(page: Page) -> None:
    zones = WITH_ROOM["eight that overlap"]
    assert placed(page, zones) == placed(page, zones)
    assert placed(page, [*zones, square(700, 20, 100)])[:8] == placed(page, zones)


@pytest.mark.parametrize(
    ("zones", "picture"),
    [
        ([square(5, 5, 20)] * 9, (60, 40)),
        ([square(820, 430, 75)] * 8, WIDE),
        ([square(400, 240, 10)] * 60, WIDE),
        ([area((450, 250), (450, 250), (450, 250))] * 3, WIDE),
        ([line((900, 506), (899, 505))] * 4, WIDE),
        ([], WIDE),
    ],
    ids=["a tiny picture", "a corner", "sixty in one place", "points", "the last pixel", "none"],
)
def test_where_there_is_no_room_each_name_is_still_at_its_zone(
    page: Page, zones: list[Zone], picture: tuple[int, int]
) -> None:
    boxes = placed(page, zones, picture)
    for box, zone in zip(boxes, zones, strict=True):
        assert touches(box, zone)
        assert box[0] >= 0
        assert box[1] >= 0


def test_the_widget_is_one_script_with_one_way_in() -> None:
    script = "\n".join((FRONTEND / name).read_text("utf-8") for name in SCRIPTS)
    assert script.count("export default") == 1
    assert "import " not in script
