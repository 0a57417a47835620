"""The browser that benchmarks and tests look with."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Playwright

SWITCHES = [
    "--no-sandbox",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--disable-background-networking",
    "--autoplay-policy=no-user-gesture-required",
]
"""Runs as root and draws maps without a graphics card."""


def chromium_path() -> str | None:
    """The Chromium of this machine, if it has one."""
    return shutil.which("chromium") or shutil.which("google-chrome")


@contextmanager
def opened_chromium(playwright: Playwright) -> Iterator[Browser]:
    """A Chromium without a window; raises ``FileNotFoundError`` where there is none."""
    path = chromium_path()
    if path is None:
        raise FileNotFoundError("There is no Chromium here (Debian: apt install chromium).")
    browser = playwright.chromium.launch(executable_path=path, args=SWITCHES)
    try:
        yield browser
    finally:
        browser.close()
