"""From the frame that shows an event to its row on the screen, with a clip as the cameras.

The real thing throughout: ``./qala up`` in a home of its own, the clip as several live feeds,
Chromium on the Situation screen. A row's time is when the browser has put it into the page; the
frame's is the capture of the snapshot with which the event opened.
"""

import argparse
import json
import shutil
import tempfile
import time
from pathlib import Path
from statistics import median, quantiles
from typing import Any
from uuid import UUID

from playwright.sync_api import Page, sync_playwright

from benchmarks.chromium import opened_chromium
from benchmarks.running import City, city_up
from benchmarks.shared import shared
from data_access import camera_feeds
from data_access.connections import owner_database
from data_access.domain.watch import Zone, ZoneShape
from data_access.evidence_look import snapshot_times
from data_access.settings import Settings, read_settings


def _stripe(number: int, of: int) -> Zone:
    left, right = number / of, (number + 1) / of
    corners = ((left, 0.0), (right, 0.0), (right, 1.0), (left, 1.0))
    often = {"hold_s": 0.3, "gap_s": 0.5}
    return Zone(0, f"stripe {number + 1}", "intrusion", ZoneShape.POLYGON, corners, often)


STRIPES = tuple(_stripe(number, 8) for number in range(8))

WATCH_ROWS = """
window.qalaSeen = {};
const note = () => document.querySelectorAll('[data-event]').forEach(row => {
  window.qalaSeen[row.dataset.event] ??= Date.now();
});
new MutationObserver(note).observe(document, {childList: true, subtree: true});
"""


def measure(arguments: list[str], settings: Settings) -> dict[str, Any]:
    """Seconds from frame to row: median, 95th percentile and worst, over the new events."""
    del settings  # the city that is measured has a home of its own
    words = _words(arguments)
    clip = Path(words.clip) if words.clip else shared("feeds/pedestrians_pets09.avi")
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "var"
        clips = [_copy(clip, folder, index) for index in range(words.feeds)]
        with city_up(home, *(f"--feed={one}" for one in clips)) as city:
            watch_closely(home, clips)
            seen_ms = _rows_seen(city, words.seconds)
            delays = _delays(home, seen_ms)
    return {"clip": clip.name, "feeds": words.feeds, "watched_s": words.seconds} | _figures(delays)


def _words(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./qala bench latency", description=__doc__)
    parser.add_argument("--clip", help="the recording; default: the pedestrians beside the project")
    parser.add_argument("--feeds", type=int, default=3, help="how many cameras show it")
    parser.add_argument("--seconds", type=float, default=150, help="how long to watch")
    return parser.parse_args(arguments)


def _copy(clip: Path, folder: str, index: int) -> Path:
    """The same recording under another name: a camera each, since a feed is put in place once."""
    return Path(shutil.copy(clip, Path(folder) / f"{index}-{clip.name}"))


def watch_closely(home: Path, clips: list[Path]) -> None:
    """Zones in which every walker is an event, so that a percentile has something to stand on."""
    database = owner_database(read_settings({"QALA_HOME": str(home)}))
    urls = {str(clip.resolve()) for clip in clips}
    try:
        with database.as_owner() as tx:
            for feed in camera_feeds.feeds(tx):
                if feed.url in urls:
                    camera_feeds.put_picture(tx, feed.camera_id, STRIPES, None)
    finally:
        database.close()


def _rows_seen(city: City, seconds: float) -> dict[str, int]:
    """When each row that came while we watched was first there, in ms since 1970."""
    with sync_playwright() as playwright, opened_chromium(playwright) as browser:
        page = browser.new_page(viewport={"width": 1366, "height": 768})
        _sign_in(page, city)
        page.wait_for_selector("[data-event]", state="attached", timeout=60_000)
        before = set(json.loads(page.evaluate("JSON.stringify(Object.keys(window.qalaSeen))")))
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            page.wait_for_timeout(1000)
        seen: dict[str, int] = page.evaluate("window.qalaSeen")
    return {event: at for event, at in seen.items() if event not in before}


def _sign_in(page: Page, city: City) -> None:
    page.goto(city.address)
    page.fill("input[name=login]", "operator")
    page.fill("input[name=password]", city.passwords["operator"])
    page.add_init_script(WATCH_ROWS)
    page.click("button[type=submit]")


def _delays(home: Path, seen_ms: dict[str, int]) -> list[float]:
    database = owner_database(read_settings({"QALA_HOME": str(home)}))
    try:
        with database.as_owner() as tx:
            shown = snapshot_times(tx, [UUID(event) for event in seen_ms])
    finally:
        database.close()
    return [seen_ms[str(event)] / 1000 - at.timestamp() for event, at in shown.items()]


def _figures(delays: list[float]) -> dict[str, Any]:
    if len(delays) < 2:
        return {"events": len(delays), "note": "too few events to speak of a percentile"}
    return {
        "events": len(delays),
        "median_s": round(median(delays), 2),
        "p95_s": round(quantiles(delays, n=20, method="inclusive")[-1], 2),
        "worst_s": round(max(delays), 2),
    }
