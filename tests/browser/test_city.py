"""What people see of a demonstration city in a real browser."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Error, Frame, Page, expect

from benchmarks.running import City
from tests.browser.conftest import SignIn
from tests.browser.seeing import changed_share, colours, pixels
from tests.support.browser import PATIENCE_S

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.timeout(900),
]

MAP_CANVAS = "[data-testid=stDeckGlJsonChart] canvas"


def becomes(page: Page, wanted: Callable[[], bool], within_s: float = PATIENCE_S) -> bool:
    """Whether ``wanted`` comes true while the page lives on."""
    until = time.monotonic() + within_s
    while time.monotonic() < until:
        if wanted():
            return True
        page.wait_for_timeout(400)
    return False


def test_the_operator_signs_in_and_sees_the_map_drawn(sign_in: SignIn, pictures: Path) -> None:
    page = sign_in("operator", size="wall")
    canvas = page.locator(MAP_CANVAS).first
    canvas.wait_for(state="visible")
    assert becomes(page, lambda: colours(canvas) >= 8), "the map is as good as blank"
    expect(page.locator("[data-event]").first).to_be_visible()
    page.screenshot(path=pictures / "situation.png")


def test_nothing_is_asked_of_the_internet(sign_in: SignIn, city: City) -> None:
    asked: list[str] = []
    page = sign_in("operator")
    page.on("request", lambda request: asked.append(request.url))
    for path in ("/", "/live_wall", "/camera", "/violations", "/watch_list", "/trends", "/health"):
        page.goto(f"{city.address}{path}")
        page.wait_for_selector("[data-testid=stApp]")
        page.wait_for_timeout(1500)
    own = (city.address, city.address.replace("http", "ws"), "blob:", "data:")
    assert becomes(page, lambda: len(asked) > 50)
    assert [url for url in asked if not url.startswith(own)] == []


def test_a_live_tile_changes(sign_in: SignIn) -> None:
    page = sign_in("operator", "/live_wall", size="wall")
    tile = page.locator(".tile canvas.picture").first
    tile.wait_for(state="visible")
    before = pixels(tile)
    assert becomes(page, lambda: changed_share(before, pixels(tile)) > 0.001)


def played_s(page: Page) -> float:
    """How far the furthest video has played; it may live in a frame of its component."""
    return max([0.0, *(one for frame in page.frames for one in played_in(frame))])


def played_in(frame: Frame) -> list[float]:
    """A frame that is being put in its place anew has played nothing yet."""
    times = "[...document.querySelectorAll('video')].map(v => v.videoWidth ? v.currentTime : 0)"
    try:
        return [float(one) for one in frame.evaluate(times)]
    except Error:
        return []


def test_the_camera_plays_over_webrtc(sign_in: SignIn) -> None:
    page = sign_in("operator", "/camera")
    assert becomes(page, lambda: played_s(page) > 1.0), "no video played for a second"


@pytest.mark.parametrize(
    ("login", "sees", "does_not_see", "doors"),
    [
        ("akim", "/trends", "/violations", 2),
        ("patrol", "/", "/health", 0),  # one screen needs no door
        ("admin", "/health", "/nowhere", 9),
    ],
)
def test_each_kind_of_user_gets_the_screens_of_their_work(
    sign_in: SignIn, city: City, login: str, sees: str, does_not_see: str, doors: int
) -> None:
    page = sign_in(login, sees)
    expect(page.locator("[data-testid=stException]")).to_have_count(0)
    expect(page.locator("[data-testid=stMain]")).not_to_be_empty()
    links = page.locator("[data-testid=stSidebarNavLink]")
    assert becomes(page, lambda: links.count() == doors), links.count()
    assert not any(str(link.get_attribute("href")).endswith(does_not_see) for link in links.all())


@pytest.mark.parametrize(("language", "half"), [("kk", "0,5"), ("ru", "0,5"), ("en", "0.5")])
def test_numbers_that_the_browser_writes_follow_the_viewers_language(
    sign_in: SignIn, city: City, language: str, half: str
) -> None:
    page = sign_in("operator", f"/login?language={language}")
    page.goto(f"{city.address}/health")
    page.wait_for_selector("[data-testid=stApp]")
    assert page.evaluate("(0.5).toLocaleString(navigator.languages)") == half
