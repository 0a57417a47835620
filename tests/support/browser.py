"""A Chromium for the tests that look as a person does, one for each file of them."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from benchmarks.chromium import chromium_path, opened_chromium

PATIENCE_S = 120.0
"""For what a browser shows on however busy a machine: what never comes costs so long, once."""

expect.set_options(timeout=PATIENCE_S * 1000)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """While it is open an event loop runs in this thread, and no other test can run its own."""
    if chromium_path() is None:
        pytest.skip("SKIPPED ALOUD: no Chromium on this machine (Debian: apt install chromium)")
    with sync_playwright() as playwright, opened_chromium(playwright) as opened:
        yield opened


@contextmanager
def own_home() -> Iterator[Path]:
    """A home for one city, not below pytest's folder.

    Every run of pytest closes that folder to other users, and PostgreSQL, which is not root,
    would lose its files in the middle of another run.
    """
    with tempfile.TemporaryDirectory(prefix="qala-home-") as folder:
        yield Path(folder) / "var"


@pytest.fixture
def home() -> Iterator[Path]:
    with own_home() as folder:
        yield folder
