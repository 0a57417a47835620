"""What is true in a scene at a moment. The worker never sees it; tests and benchmarks do."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TrueMover:
    """Someone or something that moves.

    ``label`` as detectors call it; ``box_xyxy`` in pixels of the frame, cut at its edges;
    ``visible`` is the share of the whole box that is in the picture and not hidden by what
    stands still; ``heading_deg`` from north.
    """

    id: int
    label: str
    at_m: tuple[float, float, float]
    heading_deg: float
    speed_kmh: float
    box_xyxy: tuple[float, float, float, float]
    visible: float
    plate: str | None
    part: str


@dataclass(frozen=True, slots=True)
class Happening:
    """What a rule should find: its kind, the zone's number in the scene, and who."""

    kind: str
    zone_id: int
    movers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Truth:
    """A moment of a scene: who is where, what is happening, how the signals stand."""

    t_s: float
    movers: tuple[TrueMover, ...]
    happenings: tuple[Happening, ...]
    signals: Mapping[str, str]
