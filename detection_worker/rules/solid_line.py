"""Solid line: a vehicle that drives over a line which must not be crossed."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from data_access.domain.watch import Zone
from detection_worker.rules import marks, movement
from detection_worker.rules.crossings import (
    Direction,
    LineCrossing,
    Path,
    last_crossing,
    side_of,
)
from detection_worker.rules.geometry import beyond, in_pixels
from detection_worker.rules.scene import Finding, Scene
from detection_worker.tracking.tracks import Track, TrackPoint


@dataclass(frozen=True, slots=True)
class Params:
    """Settings of a solid line; it may have corners."""

    direction: Direction = Direction.BOTH
    """Which crossings count; forward is along the line's arrow, for a line that is dashed on
    one of its sides."""

    margin_sizes: float = 0.12
    """How far the middle of a vehicle must be beyond the line, in sizes of its box (root of its
    area): about a third of a metre, when more than half of its width is over. Its jitter is
    less, and it must stay there."""

    clear_s: float = 0.4
    """How long it must stay on either side (give or take a frame): boxes of two cars that merge
    leap to and fro faster."""

    window_s: float = 4.0
    """Within what time a change of sides is seen as one."""

    least_way_sizes: float = 0.7
    """How far it must have moved meanwhile: what stands beside the line only jitters."""

    gap_s: float = 3.0
    """How long it may be hidden before it counts as over."""


def evaluate(scene: Scene, zone: Zone, params: Params) -> Iterator[Finding]:
    """A finding for each vehicle that has lately come over the line and stays there."""
    stretches = tuple(pairwise(in_pixels(zone.points, scene.frame_wh)))
    for track in scene.tracks:
        if not track.is_vehicle:
            continue
        recent = movement.lately(track, scene.at, params.window_s + params.clear_s)
        path = movement.footprint(track, recent)
        margin_px = params.margin_sizes * movement.size_px(track)
        crossing = last_crossing(path, stretches, margin_px, params.direction)
        if crossing is not None and _is_clear(path, crossing, margin_px, track, params):
            yield _finding(scene, zone, track, path[-1], crossing, params)


def _is_clear(
    path: Path, crossing: LineCrossing, margin_px: float, track: Track, params: Params
) -> bool:
    """Whether it was on its own side for a while, has been on the other since, and moved."""
    old_side = _while_before(path, crossing, params.clear_s)
    new_side = [p for p in path if p.at >= crossing.after.at]
    stays = all(
        movement.seconds(points) >= 0.8 * params.clear_s
        and all(side_of(point, crossing.stretch, margin_px) != not_here for point in points)
        for points, not_here in ((old_side, crossing.side), (new_side, -crossing.side))
    )
    way_px = movement.distance(movement.in_pixels_of([crossing.before, path[-1]]))
    return stays and way_px >= params.least_way_sizes * movement.size_px(track)


def _while_before(path: Path, crossing: LineCrossing, clear_s: float) -> list[TrackPoint]:
    """The points up to the crossing that reach back for at least so long, if there are any.

    The first may be older than asked: at five frames a second every second one may be missed.
    """
    found: list[TrackPoint] = []
    for point in reversed([p for p in path if p.at <= crossing.before.at]):
        found.append(point)
        if (crossing.before.at - point.at).total_seconds() >= 0.8 * clear_s:
            break
    return found[::-1]


def _finding(
    scene: Scene,
    zone: Zone,
    track: Track,
    now: TrackPoint,
    crossing: LineCrossing,
    params: Params,
) -> Finding:
    facts: dict[str, Any] = {
        "label": track.label,
        "zone": zone.name,
        "before_at": movement.moment(crossing.before.at),
        "crossed_at": movement.moment(crossing.at),
        "behind_at": movement.moment(track.path[-1].at),
    }
    over_m = _over_m(scene, now, crossing)
    if over_m is not None:
        facts["over_m"] = round(over_m, 1)
    sizes = abs(beyond((now.x_px, now.y_px), crossing.stretch)) / movement.size_px(track)
    return Finding(
        kind="solid_line",
        matter=f"zone {zone.id} track {track.id}",
        zone_id=zone.id,
        track_ids=(track.id,),
        confidence=movement.sureness(track, sizes / (8 * params.margin_sizes)),
        facts=facts,
        gap_s=params.gap_s,
        marks=(
            marks.outline(crossing.stretch, zone.name, closed=False),
            marks.way([p for p in track.path if p.at >= crossing.before.at]),
            marks.box(track),
        ),
    )


def _over_m(scene: Scene, now: TrackPoint, crossing: LineCrossing) -> float | None:
    """How far beyond the line it is on the ground, where that is known."""
    if scene.ground is None:
        return None
    points = np.array([*crossing.stretch, (now.x_px, now.y_px)]) / np.array(scene.frame_wh)
    first, last, here = (tuple(place) for place in scene.ground.to_metres(points).tolist())
    over_m = abs(beyond(here, (first, last)))
    return over_m if np.isfinite(over_m) else None
