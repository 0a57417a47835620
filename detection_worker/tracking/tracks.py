"""A track: one thing seen over time."""

from dataclasses import dataclass
from datetime import datetime

from detection_worker.boxes import Box

PERSON_LABELS = frozenset({"person", "person_like"})
VEHICLE_LABELS = frozenset(
    {"car", "truck", "bus", "motorcycle", "bicycle", "train", "vehicle_like"}
)


@dataclass(frozen=True, slots=True)
class TrackPoint:
    """Where a track stood: bottom centre of its box in pixels, and in metres where calibrated.

    ``box_xyxy`` is the whole box, for those who measure by its edges.
    """

    at: datetime
    x_px: float
    y_px: float
    x_m: float | None = None
    y_m: float | None = None
    box_xyxy: Box | None = None


@dataclass(frozen=True, slots=True)
class Track:
    """A track as of one frame; ``path`` is oldest first, the last point is this frame's."""

    id: int
    label: str
    confidence: float
    box_xyxy: Box
    path: tuple[TrackPoint, ...]

    @property
    def is_person(self) -> bool:
        """Whether its label is that of a person."""
        return self.label in PERSON_LABELS

    @property
    def is_vehicle(self) -> bool:
        """Whether its label is that of a vehicle."""
        return self.label in VEHICLE_LABELS
