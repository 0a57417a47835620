"""A zone is drawn on a camera's picture in a real browser, kept, and seen again."""

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import SignIn, city

__all__ = ["city"]

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.timeout(900),
]

NAME = "Проба у входа"
CORNERS = ((0.2, 0.4), (0.5, 0.35), (0.6, 0.7), (0.25, 0.75))


def press_at(place: Locator, x: float, y: float) -> None:
    """Press on a fraction of an element."""
    box = place.bounding_box()
    assert box is not None
    place.click(position={"x": x * box["width"], "y": y * box["height"]})


def choose(page: Page, label: str, option: str) -> None:
    page.get_by_label(label, exact=True).first.click()
    page.get_by_role("option", name=option, exact=True).click()


def test_a_zone_is_drawn_kept_and_seen_again(sign_in: SignIn, pictures: Path) -> None:
    page = sign_in("admin", "/zones")
    canvas = page.locator(".canvas")
    canvas.wait_for(state="visible")
    choose(page, "Правило", "Скопление людей")
    page.get_by_label("Название зоны").fill(NAME)
    page.get_by_label("Название зоны").press("Tab")
    expect(page.locator(".tools .said")).to_contain_text("Отмечайте углы")
    for corner in CORNERS:
        press_at(canvas, *corner)
    expect(page.locator(".canvas .handle")).to_have_count(len(CORNERS))
    press_at(canvas, *CORNERS[0])
    expect(page.locator(".tools .said")).to_contain_text("перетаскивать")
    page.get_by_role("button", name="Сохранить зону").click()
    expect(page.get_by_text("Обработчик учтёт это за секунды")).to_be_visible()
    page.screenshot(path=pictures / "zones.png")
    page.reload()
    canvas.wait_for(state="visible")
    expect(page.locator(".canvas .name", has_text=NAME)).to_be_visible()


def test_a_corner_is_dragged_and_a_direction_is_drawn(sign_in: SignIn) -> None:
    page = sign_in("admin", "/zones")
    canvas = page.locator(".canvas")
    canvas.wait_for(state="visible")
    choose(page, "Правило", "Движение навстречу")
    expect(page.locator(".tools .said")).to_contain_text("Отмечайте углы")
    for corner in CORNERS[:3]:
        press_at(canvas, *corner)
    page.locator(".tools").get_by_role("button", name="Готово").click()
    expect(page.locator(".tools .said")).to_contain_text("Проведите стрелку")
    drag(page, canvas, (0.3, 0.3), (0.3, 0.6))
    expect(page.locator(".canvas .arrow")).to_have_count(2)
    drag(page, canvas, CORNERS[0], (0.1, 0.5))
    left = page.locator(".canvas .handle").first.evaluate("handle => parseFloat(handle.style.left)")
    assert left == pytest.approx(10, abs=1)


def drag(page: Page, place: Locator, start: tuple[float, float], end: tuple[float, float]) -> None:
    box = place.bounding_box()
    assert box is not None
    points = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in (start, end)]
    page.mouse.move(*points[0])
    page.mouse.down()
    page.mouse.move(*points[1], steps=5)
    page.mouse.up()
