"""A real Chromium before a real city."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from benchmarks.running import City, city_up
from tests.support.browser import PATIENCE_S, own_home

SIZES = {
    "wall": (1920, 1080),
    "office": (1366, 768),
    "projector": (1280, 720),
    "tablet": (800, 1280),
}


@pytest.fixture(scope="module")
def city() -> Iterator[City]:
    with own_home() as folder, city_up(folder) as up:
        yield up


SignIn = Callable[..., Page]


@pytest.fixture
def sign_in(browser: Browser, city: City) -> Iterator[SignIn]:
    """Sign in as one of the demonstration's people; the page is where they were going."""
    contexts: list[BrowserContext] = []

    def enter(login: str = "operator", path: str = "/", size: str = "office") -> Page:
        width, height = SIZES[size]
        context = browser.new_context(viewport={"width": width, "height": height})
        context.set_default_timeout(PATIENCE_S * 1000)
        contexts.append(context)
        page = context.new_page()
        page.goto(f"{city.address}{path}")
        page.fill("input[name=login]", login)
        page.fill("input[name=password]", city.passwords[login])
        page.click("button[type=submit]")
        page.wait_for_selector("[data-testid=stApp]")
        return page

    yield enter
    for context in contexts:
        context.close()


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """Where screenshots go: a folder that the caller named, or one that is forgotten."""
    folder = Path(os.environ.get("QALA_TEST_PICTURES", tmp_path))
    folder.mkdir(parents=True, exist_ok=True)
    return folder
