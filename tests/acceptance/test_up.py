"""``./qala up`` from the first command to Ctrl-C, on real footage."""

import os
import signal
import socket
import subprocess
import time
from pathlib import Path

import psutil
import pytest
from playwright.sync_api import Browser, expect

from benchmarks.running import ROOT, City, city_up, free_port

pytestmark = [
    pytest.mark.acceptance,
    pytest.mark.xdist_group("browser"),
    pytest.mark.timeout(600),
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


def own_processes(city: City) -> list[psutil.Process]:
    return psutil.Process(city.process.pid).children(recursive=True)


def ended(processes: list[psutil.Process]) -> bool:
    _, alive = psutil.wait_procs(processes, timeout=10)
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
        page.goto(city.address)
        page.fill("input[name=login]", "operator")
        page.fill("input[name=password]", city.passwords["operator"])
        page.click("button[type=submit]")
        rows = page.locator("[data-event]")
        rows.first.wait_for(state="attached", timeout=60_000)
        known = {row.get_attribute("data-event") for row in rows.all()}
        page.wait_for_function(
            "known => [...document.querySelectorAll('[data-event]')]"
            ".some(row => !known.includes(row.dataset.event))",
            arg=sorted(str(one) for one in known),
            timeout=180_000,
        )
        expect(page.locator("[data-testid=stException]")).to_have_count(0)
        page.close()
        assert city.stop(signal.SIGINT) == 0, city.last_words()
        assert ended(started)
    again = time.monotonic()
    with city_up(home) as city:
        ready_s = time.monotonic() - again
        started = own_processes(city)
        assert "operator" in city.passwords
        assert city.stop(signal.SIGTERM) == 0, city.last_words()
        assert ended(started)
    assert ready_s < 30


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
        timeout=60,
        check=False,
    )
    assert ended.returncode == 1, ended.stderr
    assert len(ended.stderr.strip().splitlines()) <= 3, ended.stderr
    return ended.stderr
