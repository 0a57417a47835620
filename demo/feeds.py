"""Feeds of the demonstration: rendered scenes at six cameras, or the user's own in their place."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from data_access import camera_feeds
from data_access.camera_feeds import Feed
from data_access.database import Database, Transaction
from data_access.domain.watch import Zone, ZoneShape
from data_access.domain.words import N_
from demo.errors import NoPlaceForFeeds, NoSuchRecording
from demo.scenes import SCENES

SCENE_SCHEME = "scene://"
SCENE_DETECTOR = "motion"
"""What knows rendered people and cars best: models were trained on photographs."""

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*://")

DEFAULT_ZONES = (
    Zone(
        id=0,
        name="Линия счёта",
        rule="line_count",
        shape=ZoneShape.LINE,
        points=((0.02, 0.45), (0.5, 0.45), (0.5, 0.75), (0.98, 0.75)),
    ),
    Zone(
        id=0,
        name="Весь кадр",
        rule="crowd",
        shape=ZoneShape.POLYGON,
        points=((0.01, 0.01), (0.99, 0.01), (0.99, 0.99), (0.01, 0.99)),
        params={"people": 5},
    ),
)
"""Zones of a picture that nobody has seen yet: whatever moves, up or across, meets the line, and
a small group is an event, so that a newcomer sees one; who draws their own zones replaces both.
"""


def put_scenes(tx: Transaction, scenes: Mapping[int, str]) -> None:
    """Let cameras (by number) show rendered scenes, with the scenes' zones and calibrations."""
    for camera_id, name in scenes.items():
        scene = SCENES[name]
        camera_feeds.put_feed(
            tx,
            Feed(
                camera_id,
                f"{SCENE_SCHEME}{name}?seed=1",
                loops=True,
                detector=SCENE_DETECTOR,
                analysed_fps=scene.fps,
            ),
        )
        drawn = [replace(zone, id=0) for zone in scene.zones]
        camera_feeds.put_picture(tx, camera_id, drawn, scene.calibration)


def put_feeds_in_place(owner: Database, feed_urls: Sequence[str]) -> None:
    """Put recordings and cameras of the user where scenes are shown; where none is, add a camera.

    A feed that is in place already stays as it is, with the zones drawn for it. All or none are
    put. Raises ``NoSuchRecording`` for a file that is not there, ``NoPlaceForFeeds`` in a
    database without any site.
    """
    given = dict.fromkeys(_whole_address(url) for url in feed_urls)
    with owner.as_owner() as tx:
        there = camera_feeds.feeds(tx)
        shown = [feed.camera_id for feed in there if feed.url.startswith(SCENE_SCHEME)]
        known = {feed.url for feed in there}
        for url in given:
            if url not in known:
                _put(tx, shown.pop(0) if shown else _own_camera(tx), url)


def _put(tx: Transaction, camera_id: int, url: str) -> None:
    camera_feeds.put_feed(tx, Feed(camera_id, url, loops=_SCHEME.match(url) is None))
    camera_feeds.put_picture(tx, camera_id, DEFAULT_ZONES, None)


def _own_camera(tx: Transaction) -> int:
    spot = camera_feeds.first_spot(tx)
    if spot is None:
        raise NoPlaceForFeeds(
            N_("There is no site to put a camera at. Begin with ./qala up, which makes one.")
        )
    return camera_feeds.add_camera(tx, spot, camera_feeds.own_cameras(tx) + 1)


def _whole_address(url: str) -> str:
    """An address as it is kept: that of a recording without ``~`` and ``..``."""
    if _SCHEME.match(url):
        return url
    if not url.strip():
        raise NoSuchRecording(
            N_("--feed is empty. Write a recording's path or a camera's address.")
        )
    path = Path(url).expanduser().resolve()
    if not path.is_file():
        raise NoSuchRecording(
            N_("There is no recording {path}. Check the path after --feed."), path=path
        )
    return str(path)
