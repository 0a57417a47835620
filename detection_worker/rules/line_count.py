"""Traffic counting: tracks that cross a line, by class and direction."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from data_access.domain.watch import Zone
from detection_worker.rules.crossings import Path, Stretch, between_ends, side_of
from detection_worker.rules.geometry import in_pixels
from detection_worker.rules.scene import Crossing, Scene

FORWARD, BACKWARD = "forward", "backward"
"""Along the line's normal or against it; for a line from left to right forward is down."""


@dataclass(frozen=True, slots=True)
class Params:
    """Settings of a counting line."""

    margin_percent: float = 1.5
    """Half the width of the band around the line, in percent of the picture's diagonal, in
    which a track belongs to neither side: boxes of standing cars jitter by about 1 %."""

    labels: tuple[str, ...] = ()
    """Classes that are counted; empty counts all."""


def evaluate(scene: Scene, zone: Zone, params: Params) -> Iterator[Crossing]:
    """A crossing for each track that has reached the other side with this frame.

    A track is counted once a direction: when it has left the band around the line, having
    come from the other side between the line's ends. A line may have corners.
    """
    stretches = tuple(pairwise(in_pixels(zone.points, scene.frame_wh)))
    margin_px = params.margin_percent / 100 * math.hypot(*scene.frame_wh)
    for track in scene.tracks:
        if params.labels and track.label not in params.labels:
            continue
        side = _crossed_now(track.path, stretches, margin_px)
        if side != 0:
            direction = FORWARD if side > 0 else BACKWARD
            yield Crossing(zone.id, track.id, track.label, direction, scene.at)


def _crossed_now(path: Path, stretches: tuple[Stretch, ...], margin_px: float) -> int:
    """The side that the track has come to with its last point for the first time, or 0."""
    for stretch in stretches:
        side = side_of(path[-1], stretch, margin_px)
        if side != 0 and _came_across(path, stretch, margin_px, side):
            earlier = (_did_before(path, other, margin_px, side) for other in stretches)
            return 0 if any(earlier) else side
    return 0


def _came_across(path: Path, stretch: Stretch, margin_px: float, side: int) -> bool:
    """Whether the last point outside the band before this one was on the other side."""
    before = next((p for p in reversed(path[:-1]) if side_of(p, stretch, margin_px) != 0), None)
    if before is None or side_of(before, stretch, margin_px) == side:
        return False
    return between_ends(before, path[-1], stretch)


def _did_before(path: Path, stretch: Stretch, margin_px: float, side: int) -> bool:
    """Whether the path has a crossing to ``side`` before the one that ends it now."""
    clear = [point for point in path[:-1] if side_of(point, stretch, margin_px) != 0]
    return any(
        side_of(before, stretch, margin_px) != side == side_of(after, stretch, margin_px)
        and between_ends(before, after, stretch)
        for before, after in pairwise(clear)
    )
