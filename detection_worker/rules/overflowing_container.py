"""Overflowing container: what lies above and beside it, against how it looks when empty.

Its zone is drawn around the container with as much of the air above its rim as rubbish would
fill. The reference picture is kept in the zone itself (``reference``), so that it lives as long
as the zone, is set by whoever sees the container empty, and needs no file; without one the
first quiet pictures by day are taken for empty.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from data_access.domain.watch import Zone
from detection_worker.rules.geometry import in_pixels
from detection_worker.rules.lying import seconds
from detection_worker.rules.scene import Finding, Mark, Scene
from detection_worker.rules.stills.containers import decoded


@dataclass(frozen=True, slots=True)
class Params:
    """Settings of a container's zone."""

    full_share: float = 0.35
    """Share of the zone that has changed for good from which it overflows: a closed lid or a
    bag at the rim changes a tenth, a heap over the rim the upper third."""

    hold_s: float = 300.0
    """How long it must last: who throws something in stands there for a minute, a lorry that
    empties it for three."""

    gap_s: float = 600.0
    """How long it may not be seen before it counts as emptied: night, a van before it."""

    reference: str = ""
    """The zone's picture when empty: PNG in base64, as ``rules.stills.containers`` writes it;
    empty learns it from the first pictures."""

    def __post_init__(self) -> None:
        """A reference that is no picture is said when the zone is armed."""
        if self.reference:
            decoded(self.reference)


def evaluate(scene: Scene, zone: Zone, params: Params) -> Iterator[Finding]:
    """One finding for the zone while its container overflows."""
    fill = scene.fills.get(zone.id)
    if fill is None or fill.share < params.full_share:
        return
    full_s = seconds(scene, fill.since_at)
    yield Finding(
        kind="overflowing_container",
        matter=f"zone {zone.id}",
        zone_id=zone.id,
        track_ids=(),
        confidence=round(min(0.99, 0.5 + 0.5 * fill.share / max(2 * params.full_share, 1e-6)), 3),
        facts={
            "zone": zone.name,
            "fill_percent": round(100 * fill.share),
            "full_percent": round(100 * params.full_share),
            "full_min": round(full_s / 60, 1),
        },
        hold_s=params.hold_s,
        gap_s=params.gap_s,
        marks=(Mark(in_pixels(zone.points, scene.frame_wh), f"{round(100 * fill.share)} %", True),),
    )
