"""Vehicles that have driven over a line: what the rules of signals and stop lines share."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from data_access.domain.watch import Zone
from detection_worker.rules import movement
from detection_worker.rules.crossings import (
    Direction,
    LineCrossing,
    beyond_px,
    last_crossing,
)
from detection_worker.rules.geometry import in_pixels
from detection_worker.rules.scene import Scene
from detection_worker.tracking.tracks import Track


@dataclass(frozen=True, slots=True)
class OverLine:
    """A vehicle behind a line, and how it got there; ``size_px`` is the root of its box's area."""

    track: Track
    crossing: LineCrossing
    size_px: float

    @property
    def sizes_beyond(self) -> float:
        """How far it is behind the line now, in sizes of its box."""
        return beyond_px(self.track.path[-1], self.crossing) / self.size_px

    def facts(self, zone: Zone) -> dict[str, Any]:
        """Who it is, and when it was before the line, on it and behind it."""
        return {
            "label": self.track.label,
            "zone": zone.name,
            "before_at": movement.moment(self.crossing.before.at),
            "crossed_at": movement.moment(self.crossing.at),
            "behind_at": movement.moment(self.track.path[-1].at),
        }


def vehicles_over(
    scene: Scene, zone: Zone, margin_sizes: float, direction: Direction
) -> Iterator[OverLine]:
    """The vehicles whose last crossing of the zone's line was in this direction.

    ``margin_sizes`` is half the width of the band around it that belongs to neither side.
    """
    stretches = tuple(pairwise(in_pixels(zone.points, scene.frame_wh)))
    for track in scene.tracks:
        if track.is_vehicle:
            size = movement.size_px(track)
            crossing = last_crossing(track.path, stretches, margin_sizes * size, direction)
            if crossing is not None:
                yield OverLine(track, crossing, size)
