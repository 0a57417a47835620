"""A Chromium for the tests that look as a person does: one for the whole run."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from benchmarks.chromium import chromium_path, opened_chromium


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if chromium_path() is None:
        pytest.skip("SKIPPED ALOUD: no Chromium on this machine (Debian: apt install chromium)")
    with sync_playwright() as playwright, opened_chromium(playwright) as opened:
        yield opened
