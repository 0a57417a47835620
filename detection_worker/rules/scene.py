"""What a rule looks at, and what it returns."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from data_access.domain.watch import Zone
from detection_worker.ground_plane import GroundPlane
from detection_worker.tracking.tracks import Track


@dataclass(frozen=True, slots=True)
class Scene:
    """One camera at one moment: tracks with their paths, zones, signals, the local clock."""

    camera_id: int
    at: datetime
    frame_wh: tuple[int, int]
    tracks: tuple[Track, ...]
    zones: tuple[Zone, ...] = ()
    signals: Mapping[str, str] = field(default_factory=dict)
    ground: GroundPlane | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule saw in one scene.

    ``matter`` says which findings belong together (a track, a zone): findings of one kind,
    camera and matter merge into one event. It becomes an event after ``hold_s`` of findings
    with no gap over ``gap_s``, and ends ``gap_s`` after the last one. ``facts`` are the numbers
    that decided it.
    """

    kind: str
    matter: str
    zone_id: int | None
    track_ids: tuple[int, ...]
    confidence: float
    facts: Mapping[str, Any]
    hold_s: float = 0.0
    gap_s: float = 2.0


@dataclass(frozen=True, slots=True)
class Crossing:
    """A track has crossed a counting line: it is counted, and is no event."""

    zone_id: int
    track_id: int
    label: str
    direction: str
    at: datetime
