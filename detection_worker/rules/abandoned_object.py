"""Abandoned object: something new and still, and nobody who may have brought it is near."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from data_access.domain.watch import Zone
from detection_worker.rules.lying import (
    alone_s,
    box_mark,
    is_of_size,
    least_alone_s,
    lies_in,
    seconds,
)
from detection_worker.rules.scene import Finding, Scene, Still


@dataclass(frozen=True, slots=True)
class Params:
    """Settings of a place that is watched for things left behind."""

    still_s: float = 10.0
    """How long it must lie: who puts a bag down to tie a shoe has it up again by then."""

    alone_s: float = 8.0
    """How long none of those who brought it may be near: longer than a turn to a kiosk."""

    unseen_s: float = 20.0
    """How long it must lie where nobody was seen to bring it: longer, because they may stand
    there unseen, too."""

    upright_s: float = 120.0
    """How long it must have been alone if it is as tall and narrow as the people seen there: a
    detector may have lost somebody who stands; who waits has taken a step by then."""

    least_confidence: float = 0.65
    """How sure it must be that a thing came, from 0 to 1: light and leaves stay below."""

    least_share: float = 0.0001
    """Smallest thing as a part of the picture: 5 × 5 px of a picture 480 px wide."""

    most_share: float = 0.06
    """Largest: a suitcase three metres from a camera; more is a car or a wall of light."""

    gap_s: float = 20.0
    """How long it may be hidden or attended before it counts as gone: people walk past, and who
    brought it comes by once more and is away for ``alone_s`` again; that is no second bag."""


def evaluate(scene: Scene, zone: Zone, params: Params) -> Iterator[Finding]:
    """One finding for each thing that lies in the zone and has been left."""
    for still in scene.stills:
        lain_s = seconds(scene, still.since_at)
        left_s = alone_s(scene, still)
        if (
            lain_s >= params.still_s
            and left_s >= least_alone_s(still, params)
            and still.confidence >= params.least_confidence
            and is_of_size(still, scene, params.least_share, params.most_share)
            and lies_in(still, scene, zone)
        ):
            yield _finding(zone, params, still, lain_s, left_s)


def _finding(zone: Zone, params: Params, still: Still, lain_s: float, left_s: float) -> Finding:
    facts: dict[str, Any] = {
        "zone": zone.name,
        "still_s": round(lain_s),
        "alone_s": round(left_s),
        "brought_by": still.carrier or "unknown",
    }
    if still.label is not None:
        facts["label"] = still.label
    return Finding(
        kind="abandoned_object",
        matter=f"still {still.id}",
        zone_id=zone.id,
        track_ids=(still.brought_by,) if still.brought_by is not None else (),
        confidence=still.confidence,
        facts=facts,
        gap_s=params.gap_s,
        marks=(box_mark(still),),
    )
