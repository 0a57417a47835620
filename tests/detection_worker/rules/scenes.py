"""Scenes as rules get them, without video."""

from typing import Any

from data_access.domain.watch import Schedule, Zone, ZoneShape
from detection_worker.ground_plane import GroundPlane
from detection_worker.rules.scene import Scene
from detection_worker.tracking.tracks import Track

WH = (1000, 500)
WHOLE = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))
LEFT_HALF = ((0.0, 0.0), (0.5, 0.0), (0.5, 1.0), (0.0, 1.0))


def a_scene(*tracks: Track, ground: GroundPlane | None = None) -> Scene:
    """A scene at the moment of the tracks' last points."""
    moment = max(track.path[-1].at for track in tracks)
    return Scene(camera_id=1, at=moment, frame_wh=WH, tracks=tracks, ground=ground)


def a_zone(
    rule: str,
    points: tuple[tuple[float, float], ...] = WHOLE,
    schedule: Schedule | None = None,
    **params: Any,
) -> Zone:
    shape = ZoneShape.LINE if len(points) == 2 else ZoneShape.POLYGON
    return Zone(7, "gate", rule, shape, points, params, schedule)
