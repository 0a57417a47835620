"""``./qala up`` from the first command to Ctrl-C, on real footage."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from benchmarks.free_ports import free_port
from benchmarks.latency import watch_closely
from benchmarks.running import ROOT, City, city_up
from data_access.connections import owner_database
from data_access.settings import read_settings
from data_access.tables import happenings, places
from tests.support.browser import PATIENCE_S

pytestmark = [
    pytest.mark.acceptance,
    pytest.mark.xdist_group("browser"),
    pytest.mark.timeout(1200),
]

DEBIANS_CLIP = Path("/usr/share/doc/opencv-doc/examples/data/vtest.avi")


@pytest.fixture
def clip() -> Path:
    """People crossing a junction of paths, filmed by a fixed camera."""
    shared = Path(os.environ.get("QALA_SHARED", ROOT.parent / "shared"))
    for candidate in (shared / "feeds" / "pedestrians_pets09.avi", DEBIANS_CLIP):
        if candidate.exists():
            return candidate
    pytest.skip("SKIPPED ALOUD: no real clip; Debian's package opencv-doc has one")


def events_of(home: Path, clip: Path) -> set[str]:
    """The events of the camera that shows the clip: scenes at other cameras have theirs, too."""
    database = owner_database(read_settings({"QALA_HOME": str(home)}))
    try:
        with database.as_owner() as tx:
            found = tx.scalars(
                select(happenings.Event.id)
                .join(places.CameraFeed, places.CameraFeed.camera_id == happenings.Event.camera_id)
                .where(places.CameraFeed.feed_url == str(clip.resolve()))
            )
            return {str(number) for number in found}
    finally:
        database.close()


def shown_within(seconds: float, page: Page, wanted: Callable[[], set[str]]) -> bool:
    """Whether a row of one of the wanted events is on the screen in time."""
    until = time.monotonic() + seconds
    ids = "[...document.querySelectorAll('[data-event]')].map(row => row.dataset.event)"
    while time.monotonic() < until:
        if wanted() & set(page.evaluate(ids)):
            return True
        page.wait_for_timeout(500)
    return False


def own_processes(city: City) -> list[psutil.Process]:
    return psutil.Process(city.process.pid).children(recursive=True)


def ended(processes: list[psutil.Process]) -> bool:
    _, alive = psutil.wait_procs(processes, timeout=PATIENCE_S)
    return not alive


@pytest.mark.browser
def test_a_real_clip_is_watched_until_its_first_event_is_on_the_screen_and_then_stopped(
    home: Path,
    clip: Path,
    browser: Browser,
) -> None:
    with city_up(home, "--feed", str(clip)) as city:
        started = own_processes(city)
        page = browser.new_page(viewport={"width": 1366, "height": 768})
        page.set_default_timeout(PATIENCE_S * 1000)
        page.goto(city.address)
        page.fill("input[name=login]", "operator")
        page.fill("input[name=password]", city.passwords["operator"])
        page.click("button[type=submit]")
        rows = page.locator("[data-event]")
        rows.first.wait_for(state="attached", timeout=PATIENCE_S * 1000)
        known = events_of(home, clip)
        watch_closely(home, [clip])
        assert shown_within(180, page, lambda: events_of(home, clip) - known)
        expect(page.locator("[data-testid=stException]")).to_have_count(0)
        page.close()
        assert city.stop(signal.SIGINT) == 0, city.last_words()
        assert ended(started)
    with city_up(home) as city:
        assert "building the demonstration city" not in city.said
        started = own_processes(city)
        assert "operator" in city.passwords
        assert city.stop(signal.SIGTERM) == 0, city.last_words()
        assert ended(started)


def test_a_port_that_is_taken_is_one_clear_sentence(home: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        said = refused(home, "--port", str(port))
    assert f"port {port}" in said
    assert "--port" in said
    assert "Traceback" not in said


def test_a_database_that_is_not_there_is_one_clear_sentence(home: Path) -> None:
    nobody = f"postgresql://qala:secret-word@127.0.0.1:{free_port()}/qala"
    said = refused(home, QALA_DATABASE_URL=nobody)
    assert "127.0.0.1" in said
    assert "secret-word" not in said
    assert "Traceback" not in said


def refused(home: Path, *words: str, **environment: str) -> str:
    """What ``up`` says when it cannot start; ports that nobody asked about are free ones."""
    ports = {"--port": str(free_port()), "--worker-port": str(free_port())}
    ports |= dict(zip(words[::2], words[1::2], strict=True))
    kept = {key: value for key, value in os.environ.items() if not key.startswith("QALA_")}
    ended = subprocess.run(
        [ROOT / "qala", "up", *(word for pair in ports.items() for word in pair)],
        env=kept | {"QALA_HOME": str(home)} | environment,
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )
    assert ended.returncode == 1, ended.stderr
    assert len(ended.stderr.strip().splitlines()) <= 3, ended.stderr
    return ended.stderr
