"""What the worker needs to know to watch one camera."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

Point = tuple[float, float]


class ZoneShape(StrEnum):
    """A polygon encloses; a line is crossed."""

    POLYGON = "polygon"
    LINE = "line"


@dataclass(frozen=True, slots=True)
class Schedule:
    """When a rule is awake: local weekdays (0 is Monday) and minutes of the day.

    ``from_min > to_min`` runs over midnight; the weekday is that of its beginning.
    """

    weekdays: frozenset[int] = frozenset(range(7))
    from_min: int = 0
    to_min: int = 24 * 60


@dataclass(frozen=True, slots=True)
class Zone:
    """A shape drawn on a camera's picture for one rule.

    ``points`` are fractions of the picture (x to the right, y downwards, 0 to 1), so that
    a smaller stream of the same camera keeps its zones. ``params`` override the rule's.
    """

    id: int
    name: str
    rule: str
    shape: ZoneShape
    points: tuple[Point, ...]
    params: dict[str, Any] = field(default_factory=dict)
    schedule: Schedule | None = None


@dataclass(frozen=True, slots=True)
class Calibration:
    """Pairs of picture fractions and metres on the ground, four or more."""

    picture: tuple[Point, ...]
    ground_m: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class WatchedCamera:
    """A camera as the worker watches it; its addresses may hold passwords: never log them.

    Where there is a ``sub_feed_url``, that smaller stream is analysed, and evidence is taken from
    ``feed_url``. ``onvif_url`` is where it is turned and asked. ``paused`` says by rule why it
    does not look at this camera for now.
    """

    id: int
    code: str
    feed_url: str
    detector: str | None = None
    analysed_fps: float = 10.0
    loops: bool = False
    zones: tuple[Zone, ...] = ()
    calibration: Calibration | None = None
    paused: dict[str, str] = field(default_factory=dict)
    sub_feed_url: str | None = None
    onvif_url: str | None = None

    def __repr__(self) -> str:
        return f"WatchedCamera(id={self.id}, code={self.code!r})"
