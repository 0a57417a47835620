"""The wall itself: tiles whose words are renewed in place, while pictures come by themselves."""

from datetime import UTC, datetime, timedelta

import streamlit as st

from components.camera_beside import open_camera
from components.camera_words import Feed, camera_address, no_picture_words, tile_state
from components.live_tiles import LiveTile, build_tiles, show_tiles
from components.plain_trouble import said_plainly
from components.shared_reads import SHARED
from components.visit import Visit
from components.wall_tools import WallView
from data_access import wall
from data_access.database import Database
from data_access.domain.people import Scope
from data_access.wall import WallCamera

FRAGMENT = "wall"
REFRESH_S = 5.0
FRESH_S = 2
ACTIVE = timedelta(seconds=60)
"""A tile is marked for so long after an event of its camera began."""


@st.fragment(key=FRAGMENT, run_every=REFRESH_S)
def show_wall(visit: Visit, view: WallView, begun_at: datetime) -> None:
    """The tiles of the chosen wall; ``begun_at`` is when the page was run as a whole."""
    _ = visit.text
    with said_plainly(visit):
        if not view.chosen.ids:
            st.info(_("No camera is like this. Take a word or the district away."))
            return
        shown = _read_cameras(visit.database, visit.scope, view.chosen.ids)
        tiles = [build_tile(camera, visit) for camera in shown]
        data = build_tiles(tiles, view.layout, begun_at, _, keys=True)
        show_tiles(data, "wall", open_camera)


def build_tile(camera: WallCamera, visit: Visit) -> LiveTile:
    """One tile of the wall."""
    _, language, now, last = visit.text, visit.language, visit.now(), camera.last_event_at
    feed = Feed(camera.state, camera.reason, camera.last_frame_at, camera.enabled)
    reason = no_picture_words(feed, now, _)
    return LiveTile(
        id=camera.id,
        name=f"{camera.code} · {camera.site.in_language(language)}",
        place=camera.district.in_language(language),
        state=tile_state(feed, reason),
        reason=reason,
        href=camera_address(camera.id),
        active=last is not None and now - last < ACTIVE,
    )


@st.cache_data(ttl=FRESH_S, max_entries=256, show_spinner=False, hash_funcs=SHARED)
def _read_cameras(database: Database, scope: Scope, ids: tuple[int, ...]) -> list[WallCamera]:
    with database.as_viewer(scope) as tx:
        return wall.cameras(tx, ids, datetime.now(UTC))
